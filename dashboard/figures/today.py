"""Which business day it is now, queue by queue: one that begins its day at six is still in yesterday at five."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from dashboard.figures.definitions import Definitions, definitions_of
from dashboard.models import Pbx, Queue


def days_now(queues: Iterable[Queue], *, now: datetime) -> dict[int, date]:
    """By the queue's key. Two queries per PBX."""
    known: dict[Pbx, Definitions] = {}
    days = {}
    for queue in queues:
        if queue.pbx not in known:
            known[queue.pbx] = definitions_of(queue.pbx)
        local = now.astimezone(ZoneInfo(queue.pbx.timezone))
        days[queue.pk] = known[queue.pbx].today(queue.queue_id, local)
    return days
