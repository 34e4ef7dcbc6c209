"""What static/js/charts draws: a figure over the intervals of a day, beside what is usual, with its goal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from django.utils.translation import gettext as _

from dashboard.domain.kpi import CATALOGUE, Part, figure_value, goal_of

HOUR_MIN = 60
DAY_MIN = 1440


class Interval(msgspec.Struct, frozen=True, kw_only=True):
    """An interval of the day. `minute` is its beginning after local midnight; `usual` the median of the same weekdays."""

    minute: int
    minutes: int
    parts: tuple[Part, ...]
    usual: float | None = None
    link: str = ""

    @property
    def name(self) -> str:
        return f"{clock(self.minute)}–{clock(self.minute + self.minutes)}"


def clock(minute: int) -> str:
    """480 as "8:00"; midnight at the end of the day as "24:00"."""
    return f"{minute // HOUR_MIN}:{minute % HOUR_MIN:02}"


def chart(
    key: str, intervals: Sequence[Interval], *, fact_name: str, usual_name: str, goal: float | None = None
) -> dict[str, Any]:
    """As static/js/charts/texts.js says. Shares are from 0 to 1."""
    entry = CATALOGUE[key]
    return {
        "title": _(entry.title),
        "unit": entry.unit,
        "labels": [interval.name for interval in intervals],
        "ticks": [clock(one.minute) if one.minute % HOUR_MIN == 0 else "" for one in intervals],
        "fact": [figure_value(key, interval.parts) for interval in intervals],
        "usual": [interval.usual for interval in intervals] if usual_name else [],
        "links": [interval.link for interval in intervals],
        "fact_name": fact_name,
        "usual_name": usual_name,
        "goal": goal,
        "goal_name": _("goal %(goal)s %%") % {"goal": f"{goal * 100:g}"} if goal is not None else "",
    }


def goal_of_all(intervals: Sequence[Interval]) -> float | None:
    """The goal they share; None if they differ."""
    return goal_of([part for interval in intervals for part in interval.parts])
