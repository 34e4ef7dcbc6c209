"""How many calls are still to come today, by the same weekday of the weeks before; and which days such a comparison may use."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from statistics import median
from typing import Final
from zoneinfo import ZoneInfo

from dashboard.domain.kpi import variant_of
from dashboard.domain.kpi.outcomes import TERMS
from dashboard.domain.stretches import Stretch, holes
from dashboard.figures.definitions import Definitions, definitions_of
from dashboard.history import selectors as history
from dashboard.models import Pbx, Queue, RollUp

WEEKS: Final = 8


def expected_more(pbx: Pbx, *, now: datetime, definitions: Definitions) -> dict[str, int] | None:
    """By queue, the median of the calls that counted from this time of day on, over the weeks whose calls have all been read.

    They count as they would today: within the business hours, until the business day ends, as the queue's variant has it.
    Holidays are left out. None if there is no such week: then nobody knows. A queue that had no calls then expects none.
    """
    zone = ZoneInfo(pbx.timezone)
    local = now.astimezone(zone)
    ends_at = {
        queue_id: definitions.day_begin(
            queue_id, definitions.today(queue_id, local) + timedelta(days=1), zone
        ).astimezone(zone)
        for queue_id in pbx.queues.values_list("queue_id", flat=True)
    }
    rest = (local, max(ends_at.values(), default=_midnight(local)))
    read = history.calls_read(pbx)
    known = [
        weeks
        for weeks in range(1, WEEKS + 1)
        if _earlier(local, weeks).date() not in definitions.holidays
        and not holes(read, within=(_earlier(rest[0], weeks), _earlier(rest[1], weeks)))
    ]
    if not known:
        return None
    counts: dict[str, list[int]] = defaultdict(lambda: [0] * len(known))
    for number, weeks in enumerate(known):
        stretch = (_earlier(rest[0], weeks), _earlier(rest[1], weeks))
        for queue_id, begins_at, *terms in _rows(pbx, stretch):
            as_today = _earlier(begins_at.astimezone(zone), -weeks)
            if as_today < ends_at.get(queue_id, rest[1]):
                counts[queue_id][number] += _counted(queue_id, as_today, terms, definitions=definitions)
    return {queue_id: round(median(own)) for queue_id, own in counts.items()}


def _rows(pbx: Pbx, stretch: Stretch) -> Iterable[tuple[str, datetime, *tuple[int, ...]]]:
    rows = RollUp.objects.filter(pbx=pbx, begins_at__gte=stretch[0], begins_at__lt=stretch[1])
    return rows.order_by().values_list("queue_id", "begins_at", *TERMS)


def _counted(queue_id: str, local: datetime, terms: Iterable[int], *, definitions: Definitions) -> int:
    """How many of a quarter's calls count by the definition of this local time."""
    definition = definitions.of(queue_id, local.date())
    if not definition.hours.is_open(local, is_holiday=local.date() in definitions.holidays):
        return 0
    counted = variant_of(definition.variant).counted
    return sum(number for term, number in zip(TERMS, terms, strict=True) if term in counted)


def _earlier(local: datetime, weeks: int) -> datetime:
    """The same time by the clock on the wall."""
    return local - timedelta(weeks=weeks)


def _midnight(local: datetime) -> datetime:
    return datetime.combine(local.date() + timedelta(days=1), time(), local.tzinfo)


def days_usual(queues: Iterable[Queue], days: Iterable[date]) -> list[date]:
    """Those of the days that show what is usual: no holidays, and the calls of all these queues have been read completely."""
    by_pbx: dict[Pbx, list[str]] = defaultdict(list)
    for queue in queues:
        by_pbx[queue.pbx].append(queue.queue_id)
    found = list(days)
    for pbx, queue_ids in by_pbx.items():
        definitions, zone, read = definitions_of(pbx), ZoneInfo(pbx.timezone), history.calls_read(pbx)
        found = [
            day
            for day in found
            if day not in definitions.holidays
            and not any(
                holes(read, within=_business_day(queue_id, day, definitions=definitions, zone=zone))
                for queue_id in queue_ids
            )
        ]
    return found


def _business_day(queue_id: str, day: date, *, definitions: Definitions, zone: ZoneInfo) -> Stretch:
    begins_at = definitions.day_begin(queue_id, day, zone)
    return begins_at, definitions.day_begin(queue_id, day + timedelta(days=1), zone)
