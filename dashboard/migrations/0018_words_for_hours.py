from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("dashboard", "0017_targets_said"),
    ]

    operations = [
        migrations.AlterField(
            model_name="playlistentry",
            name="ends",
            field=models.TimeField(
                blank=True,
                help_text="May be after midnight. The same as from: a whole day.",
                null=True,
                verbose_name="until",
            ),
        ),
    ]
