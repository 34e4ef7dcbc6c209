"""Between the PBX's local times and moments. Local times go into requests, moments into the database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from dashboard.domain.moments import LocalTimes
from dashboard.domain.stretches import Stretch

QUARTER: Final = timedelta(minutes=15)
FORM: Final = "%Y-%m-%d %H:%M:%S"
CLOSE_S: Final = 6 * 3600
"""A call's ID that begins with a Unix time no further than this from its entry is believed to be one."""


class PbxZone:
    """The zone of one PBX."""

    def __init__(self, name: str) -> None:
        self.zone = ZoneInfo(name)
        self._times = LocalTimes(name)

    def moment(self, text: str, *, hints: tuple[float | None, ...] = ()) -> datetime:
        """The moment a local time means. In the hour that comes twice the one nearest to the first hint (seconds since 1970).

        Raises ValueError if it is no local time.
        """
        first, second = self._times.candidates(text)
        chosen = first
        if first != second:
            hint = next((hint for hint in hints if hint is not None), first / 1000)
            chosen = min((first, second), key=lambda at: abs(at / 1000 - hint))
        return datetime.fromtimestamp(chosen // 1000, UTC)

    def day(self, moment: datetime) -> date:
        return moment.astimezone(self.zone).date()

    def begin(self, day: date) -> datetime:
        """The moment at which the local day begins."""
        return datetime.combine(day, time(), self.zone).astimezone(UTC)

    def stretch(self, first: date, last: date) -> Stretch:
        """From the beginning of the first day to the end of the last."""
        return self.begin(first), self.begin(last + timedelta(days=1))

    def asked(self, stretch: Stretch) -> tuple[str, str, Stretch]:
        """The two texts to ask with, and the stretch that is then read: wider where a limit lies in an hour that comes twice.

        The PBX compares printed times, so within such an hour it would mix both; there whole hours are asked for.
        """
        begins_at, ends_at = (self._steady(stretch[0], up=False), self._steady(stretch[1], up=True))
        last = (ends_at - timedelta(seconds=1)).astimezone(self.zone)
        first = begins_at.astimezone(self.zone)
        return f"{first:{FORM}}", f"{last:{FORM}}", (begins_at, ends_at)

    def _steady(self, moment: datetime, *, up: bool) -> datetime:
        """The moment itself, or the nearest one before or after it whose local time comes once."""
        local = moment.astimezone(self.zone)
        if not _is_twice(local, self.zone):
            return moment
        step = timedelta(minutes=15)
        edge = moment.replace(minute=moment.minute // 15 * 15, second=0, microsecond=0)
        while _is_twice(edge.astimezone(self.zone), self.zone):
            edge += step if up else -step
        return edge if up else edge + step

    def chunks(self, stretch: Stretch, *, length: timedelta) -> Iterator[Stretch]:
        """The stretch in pieces, latest first."""
        begins_at, ends_at = stretch
        while ends_at > begins_at:
            start = max(begins_at, ends_at - length)
            yield start, ends_at
            ends_at = start


def _is_twice(local: datetime, zone: ZoneInfo) -> bool:
    naive = local.replace(tzinfo=None)
    offsets = {naive.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1)}
    return len(offsets) == 2 and local.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == naive


def quarter_of(moment: datetime) -> datetime:
    """The beginning of the quarter of an hour."""
    return moment.replace(minute=moment.minute // 15 * 15, second=0, microsecond=0)


def unix_time_of(call_id: str, *, near: datetime) -> float | None:
    """The Unix time that a call's ID begins with, if it can be one."""
    head = call_id.partition(".")[0]
    if not (head.isascii() and head.isdecimal() and len(head) == 10):
        return None
    seconds = float(head)
    return seconds if abs(seconds - near.timestamp()) <= CLOSE_S else None


@lru_cache(maxsize=64)
def zone_of(name: str) -> PbxZone:
    return PbxZone(name)
