import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dashboard", "0019_running_calls")]

    operations = [
        migrations.CreateModel(
            name="ReadyTotal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("begins_at", models.DateTimeField(verbose_name="begins")),
                ("ready_s", models.IntegerField()),
                (
                    "pbx",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ready_totals",
                        to="dashboard.pbx",
                    ),
                ),
            ],
            options={
                "verbose_name": "ready time over all queues",
                "verbose_name_plural": "ready times over all queues",
                "constraints": [
                    models.UniqueConstraint(fields=("pbx", "begins_at"), name="ready_total_once_per_interval")
                ],
            },
        ),
    ]
