from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("dashboard", "0015_ready_time_anew"),
    ]

    operations = [
        migrations.AlterField(
            model_name="queue",
            name="direction",
            field=models.CharField(
                blank=True,
                choices=[("in", "inbound"), ("out", "outbound")],
                max_length=20,
                verbose_name="direction",
            ),
        ),
        migrations.AlterField(
            model_name="queue",
            name="type",
            field=models.CharField(
                blank=True,
                choices=[
                    ("in", "inbound calls"),
                    ("out", "outbound calls"),
                    ("outbounder", "calling campaign"),
                    ("dialer", "predictive dialler"),
                    ("ctc", "Click to Contact"),
                    ("chat", "chat"),
                    ("email", "e-mail"),
                ],
                max_length=20,
                verbose_name="type",
            ),
        ),
    ]
