"""Periods of whole days: presets, free ones, and what they are compared with."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

import msgspec
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

DAYS_AT_MOST: Final = 400
YEARS: Final = (2000, 2100)
"""Before and after there are no calls, and a calendar has ends."""
WEEK: Final = timedelta(days=7)
DAY: Final = timedelta(days=1)


class PeriodError(ValueError):
    """Says in a sentence, in the reader's language, what is wrong with a period."""


class Compare(StrEnum):
    """With what a period is compared."""

    NOTHING = ""
    PREVIOUS = "previous"
    WEEKDAY = "weekday"


COMPARISONS: Final = {
    Compare.NOTHING: gettext_lazy("nothing"),
    Compare.PREVIOUS: gettext_lazy("the period before"),
    Compare.WEEKDAY: gettext_lazy("the same weekdays before"),
}


class Period(msgspec.Struct, frozen=True, kw_only=True):
    """Days of the PBX, both included. `preset` is "" for a free one."""

    first: date
    last: date
    preset: str = ""

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def is_day(self) -> bool:
        return self.first == self.last

    def earlier(self, compare: Compare) -> Period | None:
        """What the period is compared with; None for nothing. A whole month is compared with the whole month before."""
        if compare is Compare.NOTHING:
            return None
        if compare is Compare.WEEKDAY:
            weeks = -(-self.days // 7)
            return Period(first=self.first - weeks * WEEK, last=self.last - weeks * WEEK)
        last = self.first - DAY
        if self._is_month:
            return Period(first=last.replace(day=1), last=last)
        return Period(first=last - timedelta(days=self.days - 1), last=last)

    @property
    def _is_month(self) -> bool:
        return self.first.day == 1 and self.last == self.first.replace(
            day=monthrange(self.first.year, self.first.month)[1]
        )


def presets(today: date) -> dict[str, tuple[str, Period]]:
    """The periods on offer by name, with what they are called. Weeks begin on Monday; running ones end today."""
    monday = today - timedelta(days=today.weekday())
    month = today.replace(day=1)
    before = month - DAY
    spans = {
        "today": (_("Today"), today, today),
        "yesterday": (_("Yesterday"), today - DAY, today - DAY),
        "this_week": (_("This week"), monday, today),
        "last_week": (_("Last week"), monday - WEEK, monday - DAY),
        "this_month": (_("This month"), month, today),
        "last_month": (_("Last month"), before.replace(day=1), before),
    }
    return {
        name: (title, Period(first=first, last=last, preset=name))
        for name, (title, first, last) in spans.items()
    }


def period_read(asked: Mapping[str, str], *, today: date, default: str) -> Period:
    """The period of an address: `period=last_week`, or `from` and `to`. Raises `PeriodError`."""
    known = presets(today)
    if not (asked.get("from") or asked.get("to")):
        name = asked.get("period") or default
        if name not in known:
            raise PeriodError(_("There is no such period; choose one of those above."))
        return known[name][1]
    first, last = (
        _day(asked.get(name) or asked.get("from" if name == "to" else "to") or "") for name in ("from", "to")
    )
    if last < first:
        raise PeriodError(_("The period ends before it begins."))
    if first > today:
        raise PeriodError(_("The period lies in the future."))
    if (last - first).days >= DAYS_AT_MOST:
        raise PeriodError(
            _("A report covers %(days)s days at most; choose a shorter period.") % {"days": DAYS_AT_MOST}
        )
    return Period(first=first, last=last)


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError as exc:
        raise PeriodError(_("A day is written as 2026-11-24.")) from exc
    if not YEARS[0] <= day.year < YEARS[1]:
        raise PeriodError(_("A report is of days from %(first)s to %(last)s.") % years_text())
    return day


def years_text() -> dict[str, str]:
    """The first and the last day that can be asked for."""
    return {"first": f"{YEARS[0]}-01-01", "last": f"{YEARS[1] - 1}-12-31"}
