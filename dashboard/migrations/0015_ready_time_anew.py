"""Ready time is shared out among an agent's queues: what was worked out by the rule before is worked out again."""

from __future__ import annotations

from typing import Any

from django.db import migrations


def forget(apps: Any, _schema_editor: Any) -> None:
    """What is not covered is worked out by the next reading of history."""
    apps.get_model("dashboard", "ReadyTime").objects.all().delete()
    apps.get_model("dashboard", "Coverage").objects.filter(action="ready").delete()


class Migration(migrations.Migration):
    """Only data."""

    dependencies = [("dashboard", "0014_ringing_seen")]

    operations = [migrations.RunPython(forget, migrations.RunPython.noop)]
