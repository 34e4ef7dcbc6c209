"""How many calls are still to come today, by the same weekday of the weeks before."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, time, timedelta
from statistics import median
from typing import Final
from zoneinfo import ZoneInfo

from django.db.models import F, Q, Sum

from dashboard.domain.kpi.outcomes import TERMS
from dashboard.models import Holiday, Pbx, RollUp

WEEKS: Final = 8
OFFERED: Final = sum((F(term) for term in TERMS[1:]), F(TERMS[0]))


def expected_more(pbx: Pbx, *, now: datetime) -> dict[str, int]:
    """By queue, the median of the calls that entered from this time of day on, over the weeks of which there are records.

    Holidays are left out. Empty if there is no such week: then nobody knows. A queue that had no calls then expects none.
    """
    zone = ZoneInfo(pbx.timezone)
    local = now.astimezone(zone)
    days = [local.date() - timedelta(weeks=week) for week in range(1, WEEKS + 1)]
    off = set(Holiday.objects.filter(day__in=days).values_list("day", flat=True))
    known = (
        set(
            RollUp.objects.filter(pbx=pbx, day__in=days, begins_at__gte=_at(days[-1], time(), zone))
            .values_list("day", flat=True)
            .distinct()
        )
        - off
    )
    if not known:
        return {}
    counts = _counts(pbx, known, local=local, zone=zone)
    return {
        queue_id: round(median([by_day.get(day, 0) for day in known])) for queue_id, by_day in counts.items()
    }


def _counts(pbx: Pbx, days: set[date], *, local: datetime, zone: ZoneInfo) -> dict[str, dict[date, int]]:
    rest_of_days = Q()
    for day in days:
        begins_at, ends_at = _at(day, local.time(), zone), _at(day + timedelta(days=1), time(), zone)
        rest_of_days |= Q(begins_at__gte=begins_at, begins_at__lt=ends_at)
    rows = (
        RollUp.objects.filter(rest_of_days, pbx=pbx).values("queue_id", "day").annotate(offered=Sum(OFFERED))
    )
    counts: dict[str, dict[date, int]] = defaultdict(dict)
    for row in rows:
        counts[row["queue_id"]][row["day"]] = row["offered"]
    return counts


def _at(day: date, clock: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, clock.replace(tzinfo=None), zone)
