"""How many calls are still to come today, by the same weekday of the weeks before; and which days such a comparison may use."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from statistics import median
from typing import Final
from zoneinfo import ZoneInfo

from django.db.models import QuerySet, Sum

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
    restricted = {queue_id for queue_id in ends_at if not definitions.is_plain(queue_id)}
    rest = (local, max(ends_at.values(), default=_midnight(local)))
    read = history.calls_read(pbx)
    known = [
        weeks
        for weeks in range(1, WEEKS + 1)
        if _earlier(local, weeks).date() not in definitions.holidays
        and not holes(read, within=_past(rest, weeks))
    ]
    if not known:
        return None
    counts: dict[str, list[int]] = defaultdict(lambda: [0] * len(known))
    for number, weeks in enumerate(known):
        for queue_id, terms in _sums(pbx, _past((local, _midnight(local)), weeks), without=restricted):
            counts[queue_id][number] += _counted(queue_id, local, terms, definitions=definitions)
        for queue_id, begins_at, *quarter in _quarters(pbx, _past(rest, weeks), queue_ids=restricted):
            as_today = _earlier(begins_at.astimezone(zone), -weeks)
            if as_today < ends_at[queue_id] and definitions.is_open(queue_id, as_today, zone=zone):
                counts[queue_id][number] += _counted(queue_id, as_today, quarter, definitions=definitions)
    return {queue_id: round(median(own)) for queue_id, own in counts.items()}


def _sums(pbx: Pbx, stretch: Stretch, *, without: set[str]) -> Iterator[tuple[str, list[int]]]:
    """By queue, for those that are open around the clock: their rows need not be looked at one by one."""
    rows = _rolled_up(pbx, stretch).exclude(queue_id__in=without).values("queue_id")
    sums = {f"sum_{term}": Sum(term) for term in TERMS}
    for queue_id, *terms in rows.annotate(**sums).values_list("queue_id", *sums):
        yield queue_id, terms


def _quarters(
    pbx: Pbx, stretch: Stretch, *, queue_ids: set[str]
) -> Iterable[tuple[str, datetime, *tuple[int, ...]]]:
    return (
        _rolled_up(pbx, stretch).filter(queue_id__in=queue_ids).values_list("queue_id", "begins_at", *TERMS)
    )


def _rolled_up(pbx: Pbx, stretch: Stretch) -> QuerySet[RollUp]:
    return RollUp.objects.filter(pbx=pbx, begins_at__gte=stretch[0], begins_at__lt=stretch[1]).order_by()


def _counted(queue_id: str, local: datetime, terms: Iterable[int], *, definitions: Definitions) -> int:
    """How many of these calls count by the definition of this local time."""
    counted = variant_of(definitions.of(queue_id, local.date()).variant).counted
    return sum(number for term, number in zip(TERMS, terms, strict=True) if term in counted)


def _past(stretch: Stretch, weeks: int) -> Stretch:
    return _earlier(stretch[0], weeks), _earlier(stretch[1], weeks)


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
