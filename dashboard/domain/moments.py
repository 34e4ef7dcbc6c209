"""From the PBX's local times to moments: integer milliseconds since 1970 UTC by the PBX's clock.

The PBX prints local times without a zone, with whole seconds, and beside them how many seconds ago that was. The absolute time is
taken, since it does not wander; the relative one decides what the absolute one leaves open: which of the two hours is meant when
the clocks go back, and whether the absolute time can be believed at all.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from statistics import median_low
from typing import Final, TypeAlias
from zoneinfo import ZoneInfo

import msgspec

TOLERANCE_MS: Final = 2_000
_REMEMBERED: Final = 50_000

Stamp: TypeAlias = tuple[str | None, int | None]
"""A local time as printed ('YYYY-MM-DD HH:MM:SS') and the seconds since then; None where the PBX gives none."""


class LocalTimes:
    """Reads local times of one zone. Remembers what it read: the same texts come again with every poll."""

    def __init__(self, zone: str) -> None:
        self._zone = ZoneInfo(zone)
        self._read: dict[str, tuple[int, int]] = {}

    def candidates(self, text: str) -> tuple[int, int]:
        """The two moments a local time may mean; the same twice except in the hour that comes twice a year.

        Raises ValueError if the text is not a local time.
        """
        known = self._read.get(text)
        if known is None:
            if len(self._read) >= _REMEMBERED:
                self._read.clear()
            known = self._read[text] = self._parse(text)
        return known

    def _parse(self, text: str) -> tuple[int, int]:
        local = datetime.fromisoformat(text)
        if local.tzinfo is not None:
            raise ValueError(f"{text!r} is not a local time")
        try:
            first, second = (_milliseconds(local.replace(tzinfo=self._zone, fold=fold)) for fold in (0, 1))
        except OverflowError as exc:
            raise ValueError(f"{text!r} is no moment") from exc  # at either end of the calendar
        # In the hour that is skipped, fold 0 and 1 lie the other way round; the first is what a clock not yet moved shows.
        return (first, second) if first <= second else (first, first)


def _milliseconds(moment: datetime) -> int:
    return int(moment.astimezone(UTC).timestamp()) * 1000


class Clock(msgspec.Struct, frozen=True):
    """The PBX's own time when it made an answer: `now_at` by its clock, None if the answer does not tell."""

    now_at: int | None

    def moment(self, stamp: Stamp, *, times: LocalTimes, before: int | None = None) -> int | None:
        """The moment of a stamp; None if there is none or it cannot be read.

        Where the absolute time contradicts the relative one by more than 2 s, the relative one counts (from the PBX's now), and
        `before`, the moment this row had until now, is kept if it is the same within the tolerance: so nothing jitters.
        """
        text, relative_s = stamp
        if text is None:
            return None
        try:
            first, second = times.candidates(text)
        except ValueError:
            return None
        if self.now_at is None:
            return first
        if relative_s is None:
            return second if second <= self.now_at + TOLERANCE_MS else first
        expected = self.now_at - relative_s * 1000
        chosen = first if abs(first - expected) <= abs(second - expected) else second
        if abs(chosen - expected) <= TOLERANCE_MS:
            return chosen
        if before is not None and abs(before - expected) <= TOLERANCE_MS:
            return before
        return expected


def pbx_clock(stamps: Iterable[Stamp], *, times: LocalTimes, about_at: int) -> Clock:
    """The PBX's time by the rows of one answer: the median of absolute + relative.

    `about_at` is our best guess of it beforehand (our clock plus the known skew), which settles the hour that comes twice.
    """
    seen: list[int] = []
    for text, relative_s in stamps:
        if text is None or relative_s is None:
            continue
        try:
            first, second = times.candidates(text)
        except ValueError:
            continue
        gone = relative_s * 1000
        seen.append(min((first + gone, second + gone), key=lambda now_at: abs(now_at - about_at)))
    return Clock(median_low(seen) if seen else None)
