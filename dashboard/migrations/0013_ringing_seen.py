from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("dashboard", "0012_roll_up_totals"),
    ]

    operations = [
        migrations.AddField(
            model_name="historypolicy",
            name="seen_with_ringing",
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name="historypolicy",
            name="seen_without_ringing",
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
    ]
