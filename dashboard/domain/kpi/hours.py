"""Business hours: spans of minutes since local midnight, per weekday and for holidays."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Final

import msgspec

Spans = tuple[tuple[int, int], ...]

DAY_MIN: Final = 1440
STEP_MIN: Final = 15
HOLIDAY: Final = "holiday"
DAYS: Final = ("0", "1", "2", "3", "4", "5", "6", HOLIDAY)
"""Keys of the days: Monday to Sunday, and holidays."""

_SPAN: Final = re.compile(r"\s*(\d{1,2})(?::(\d{2}))?\s*[-–]\s*(\d{1,2})(?::(\d{2}))?\s*")


class HoursError(ValueError):
    """Says in a sentence what is wrong with a text."""


class Hours(msgspec.Struct, frozen=True, kw_only=True):
    """`days` by the keys of `DAYS`; None is around the clock. `day_start_min`: minutes after midnight at which a day begins."""

    days: dict[str, Spans] | None = None
    day_start_min: int = 0

    @property
    def is_plain(self) -> bool:
        """Around the clock, and days from midnight to midnight."""
        return self.days is None and self.day_start_min == 0

    def day_of(self, local: datetime) -> date:
        """The business day of a local time: before the day's start it still is the day before."""
        minutes = local.hour * 60 + local.minute
        return local.date() - timedelta(days=1) if minutes < self.day_start_min else local.date()

    def is_open(self, local: datetime, *, is_holiday: bool = False) -> bool:
        """Whether a call that enters at this local time comes within the business hours."""
        if self.days is None:
            return True
        minutes = local.hour * 60 + local.minute
        spans = self.days.get(HOLIDAY if is_holiday else str(local.weekday()), ())
        return any(begin <= minutes < end for begin, end in spans)


def spans_read(text: str) -> Spans:
    """The spans of a text such as "8-12, 13:30-18:00"; none of an empty one. Raises `HoursError`."""
    spans = []
    for part in filter(None, (part.strip() for part in text.split(","))):
        found = _SPAN.fullmatch(part)
        if found is None:
            raise HoursError('This must be such as "8:00-18:00" or "8-12, 13-17".')
        begin_h, begin_m, end_h, end_m = (int(group or 0) for group in found.groups())
        if begin_m >= 60 or end_m >= 60:
            raise HoursError("An hour has 60 minutes.")
        spans.append((begin_h * 60 + begin_m, end_h * 60 + end_m))
    spans.sort()
    _spans_checked(spans)
    return tuple(spans)


def _spans_checked(spans: list[tuple[int, int]]) -> None:
    last = 0
    for begin, end in spans:
        if end > DAY_MIN:
            raise HoursError("A day ends at 24:00.")
        if begin >= end:
            raise HoursError("Each span must end after it begins; write a night as two, such as 0-6, 22-24.")
        if begin < last:
            raise HoursError("Two spans overlap.")
        if begin % STEP_MIN or end % STEP_MIN:
            raise HoursError("Times must be full quarters of an hour, since figures are summed up by these.")
        last = end


def spans_text(spans: Spans) -> str:
    """As `spans_read` reads it."""
    return ", ".join(f"{clock_text(begin)}-{clock_text(end)}" for begin, end in spans)


def clock_text(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def days_stored(days: Mapping[str, Spans]) -> dict[str, list[list[str]]]:
    """As JSON; {} where no day has a span, which is around the clock."""
    return {
        day: [[clock_text(begin), clock_text(end)] for begin, end in spans]
        for day, spans in days.items()
        if spans
    }


def days_loaded(stored: Mapping[str, Iterable[Iterable[str]]]) -> dict[str, Spans] | None:
    """The other way round; None is around the clock."""
    if not stored:
        return None
    return {
        day: tuple((_minutes(begin), _minutes(end)) for begin, end in spans) for day, spans in stored.items()
    }


def _minutes(clock: str) -> int:
    hour, _, minute = clock.partition(":")
    return int(hour) * 60 + int(minute or 0)
