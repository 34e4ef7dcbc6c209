"""Ready time over all queues from that of each, and a basis for every queue that has any."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import migrations
from django.db.models import Sum


def sum_up(apps: Any, _schema_editor: Any) -> None:
    """From the rows by queue."""
    times, totals, bases = (
        apps.get_model("dashboard", name) for name in ("ReadyTime", "ReadyTotal", "RollUpBasis")
    )
    sums = times.objects.order_by().values("pbx_id", "begins_at").annotate(sum_s=Sum("ready_s"))
    totals.objects.bulk_create(
        (
            totals(pbx_id=row["pbx_id"], begins_at=row["begins_at"], ready_s=row["sum_s"])
            for row in sums.iterator()
        ),
        batch_size=1000,
    )
    bases.objects.bulk_create(
        [
            bases(pbx_id=pbx_id, queue_id=queue_id, day_from=date(2000, 1, 1), threshold_s=20, short_s=5)
            for pbx_id, queue_id in times.objects.order_by().values_list("pbx_id", "queue_id").distinct()
            if not bases.objects.filter(pbx_id=pbx_id, queue_id=queue_id).exists()
        ]
    )


class Migration(migrations.Migration):
    """Only data."""

    dependencies = [("dashboard", "0020_ready_totals")]

    operations = [migrations.RunPython(sum_up, migrations.RunPython.noop)]
