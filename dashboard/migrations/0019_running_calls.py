"""Answered calls that go on are told apart; and outbound queues have no share of the ready time any more."""

from __future__ import annotations

from typing import Any

from django.db import migrations, models


def forget(apps: Any, _schema_editor: Any) -> None:
    """What is not covered is worked out by the next reading of history."""
    apps.get_model("dashboard", "ReadyTime").objects.all().delete()
    apps.get_model("dashboard", "Coverage").objects.filter(action="ready").delete()


class Migration(migrations.Migration):
    """A new term, and data."""

    dependencies = [("dashboard", "0018_words_for_hours")]

    operations = [
        *(
            migrations.AddField(
                model_name=name,
                name="running",
                field=models.IntegerField(default=0),
            )
            for name in ("rollup", "rolluptotal")
        ),
        migrations.RunPython(forget, migrations.RunPython.noop),
    ]
