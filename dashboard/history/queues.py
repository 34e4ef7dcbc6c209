"""Queues that calls name and the PBX does not: without a row of their own their calls would be in no report."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import F

from dashboard.domain.terms import INBOUND
from dashboard.models import CallRecord, Pbx, Queue, RollUp


def queues_enter(pbx: Pbx, calls: Iterable[CallRecord]) -> None:
    """Enter the queues of these calls that are not known, as gone: the register takes that back if the PBX names them."""
    directions: dict[str, str] = {}
    for call in calls:
        if call.queue_id and directions.get(call.queue_id) != INBOUND:
            directions[call.queue_id] = call.direction
    known = _entered(pbx, directions)
    # What somebody called is a queue that callers wait in, whatever was seen of it before.
    inbound = [
        id_
        for id_, direction in directions.items()
        if direction == INBOUND and known.get(id_, INBOUND) != INBOUND
    ]
    Queue.objects.filter(pbx=pbx, queue_id__in=inbound, is_gone=True, title=F("queue_id")).update(
        direction=INBOUND
    )


def queues_enter_all(pbx: Pbx) -> None:
    """The same for everything that was ever read."""
    ids = RollUp.objects.filter(pbx=pbx).exclude(queue_id="").order_by().values_list("queue_id", flat=True)
    _entered(pbx, dict.fromkeys(ids.distinct(), "in"))


def _entered(pbx: Pbx, directions: dict[str, str]) -> dict[str, str]:
    """The directions of the queues that were known before."""
    known = dict(Queue.objects.filter(pbx=pbx).values_list("queue_id", "direction"))
    rows = [
        Queue(pbx=pbx, queue_id=queue_id, title=queue_id, direction=direction, is_gone=True)
        for queue_id, direction in directions.items()
        if queue_id not in known
    ]
    if rows:
        Queue.objects.bulk_create(rows, ignore_conflicts=True)
    return known
