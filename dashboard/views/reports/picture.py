"""Charts of a day and the heat map of a week, with the calls behind each point."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from statistics import median
from typing import Any, Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dashboard.domain.kpi import Part, figure_value
from dashboard.figures.expected import days_usual
from dashboard.models import Queue
from dashboard.reports.charts import Interval, chart, goal_of_all
from dashboard.reports.heat import Heat, heat
from dashboard.reports.summed import shared_quarters
from dashboard.reports.sums import Piece, grouped_calls
from dashboard.views.reports.asking import calls_address

KEYS: Final = ("service_level", "offered")
WEEKS: Final = 8
KEPT_S: Final = 60
PAST_AT_MOST: Final = 64

Usual = Mapping[tuple[str, int], tuple[float, int]]
"""Figure and minute of the day to the median and the number of weeks it is of."""


def day_charts(
    queues: Sequence[Queue], rows: Sequence[Piece], *, day: date, minutes: int, asks: dict[str, Any]
) -> list[dict[str, Any]]:
    """Service level and calls offered by interval, beside the median of the same weekday of the weeks before."""
    parts = grouped_calls(rows, lambda row: row.minute // minutes * minutes)
    usual = _usual(_keys(queues), day, minutes, int(time.time()) // KEPT_S)
    known = {*parts, *(minute for _key, minute in usual)}
    if not known:
        return []
    found = []
    weeks = max((count for _value, count in usual.values()), default=0)
    for key in KEYS:
        intervals = [
            Interval(
                minute=minute,
                minutes=minutes,
                parts=parts.get(minute, ()),
                usual=usual.get((key, minute), (None, 0))[0],
                link=calls_address(asks, figure=key, at=f"{minute}-{minute + minutes}")
                if minute in parts
                else "",
            )
            for minute in range(min(known), max(known) + minutes, minutes)
        ]
        goal = goal_of_all(intervals) if key == "service_level" else None
        found.append(
            chart(key, intervals, fact_name=_day_name(day), usual_name=_usual_name(day, weeks), goal=goal)
            | {"id": f"chart-{key}", "note": _usual_note(day, weeks)}
        )
    return found


def week_heat(queues: Sequence[Queue], *, last: date, asks: dict[str, Any]) -> Heat:
    """The last seven days, hour by hour."""
    days = [last - timedelta(days=back) for back in range(7)]
    past = _past(_keys(queues), days[-1], last - timedelta(days=1), int(time.time()) // KEPT_S)
    now = grouped_calls(
        shared_quarters(queues, first=last, last=last), lambda row: (row.day, row.minute // 60)
    )
    hours = {**past, **now}
    links = {
        (day, hour): calls_address(
            asks, **{"from": day.isoformat(), "to": day.isoformat(), "at": f"{hour * 60}-{hour * 60 + 60}"},
            figure="service_level",
        )
        for day, hour in hours
    }  # fmt: skip
    return heat(hours, days=days, link=links)


def _keys(queues: Sequence[Queue]) -> tuple[int, ...]:
    return tuple(sorted(queue.pk for queue in queues))


def _queues(keys: tuple[int, ...]) -> list[Queue]:
    return list(Queue.objects.select_related("pbx").filter(pk__in=keys))


@lru_cache(maxsize=PAST_AT_MOST)
def _past(
    keys: tuple[int, ...], first: date, last: date, _until: int
) -> dict[tuple[date, int], tuple[Part, ...]]:
    """Past hours change seldom: they are kept for a minute."""
    rows = shared_quarters(_queues(keys), first=first, last=last)
    return grouped_calls(rows, lambda row: (row.day, row.minute // 60))


@lru_cache(maxsize=PAST_AT_MOST)
def _usual(keys: tuple[int, ...], day: date, minutes: int, _until: int) -> Usual:
    queues = _queues(keys)
    values: dict[tuple[str, int], list[float]] = {}
    days = days_usual(queues, (day - timedelta(weeks=back) for back in range(1, WEEKS + 1)))
    weeks = len(days)
    for same in days:
        rows = shared_quarters(queues, first=same, last=same)
        for minute, parts in grouped_calls(rows, lambda row: row.minute // minutes * minutes).items():
            for key in KEYS:
                value = figure_value(key, parts)
                if value is not None:
                    values.setdefault((key, minute), []).append(value)
    return {
        (key, minute): (median(own + [0] * (weeks - len(own)) if key == "offered" else own), weeks)
        for (key, minute), own in values.items()
    }


def _day_name(day: date) -> str:
    return date_format(day, "D j. n.")


def _usual_name(day: date, weeks: int) -> str:
    return _("usual %(weekday)s") % {"weekday": date_format(day, "l")} if weeks else ""


def _usual_note(day: date, weeks: int) -> str:
    if not weeks:
        return _("There is no earlier %(weekday)s to compare with yet.") % {"weekday": date_format(day, "l")}
    text = ngettext(
        "grey: the same weekday of the week before",
        "grey: the median of the same weekday of %(weeks)s weeks",
        weeks,
    )
    return text % {"weeks": weeks}
