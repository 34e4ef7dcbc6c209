from django.db import migrations, models


def as_it_is_now(apps, schema_editor):
    """Until now "none chosen" meant all of them."""
    Board = apps.get_model("dashboard", "Board")
    Board.objects.filter(pbxs__isnull=False).update(all_pbxs=False)
    Announcement = apps.get_model("dashboard", "Announcement")
    Announcement.objects.filter(screens__isnull=False).update(everywhere=False)
    Announcement.objects.filter(boards__isnull=False).update(everywhere=False)


class Migration(migrations.Migration):
    dependencies = [
        ("dashboard", "0016_words_for_queues"),
    ]

    operations = [
        migrations.AddField(
            model_name="board",
            name="all_pbxs",
            field=models.BooleanField(
                default=True, help_text="Also those that are added later.", verbose_name="all PBXs"
            ),
        ),
        migrations.AddField(
            model_name="announcement",
            name="everywhere",
            field=models.BooleanField(
                default=True,
                help_text="On every screen and board, also on those that are added later.",
                verbose_name="everywhere",
            ),
        ),
        migrations.AlterField(
            model_name="announcement",
            name="screens",
            field=models.ManyToManyField(blank=True, to="dashboard.screen", verbose_name="screens"),
        ),
        migrations.RunPython(as_it_is_now, migrations.RunPython.noop),
    ]
