"""How busy a day is, and which moment of the day the simulation takes it to be."""

from datetime import UTC, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

HALF_HOUR_S = 1800
# Share of the busiest half-hour, from midnight on.
MORNING = (0.0,) * 14 + (0.12, 0.22, 0.45, 0.65, 0.85, 0.95, 1.0, 1.0, 0.92, 0.85, 0.75, 0.78)
AFTERNOON = (0.85, 0.92, 0.95, 0.9, 0.82, 0.75, 0.62, 0.5, 0.4, 0.32, 0.25, 0.18, 0.1, 0.05) + (0.0,) * 8
DAY: tuple[float, ...] = MORNING + AFTERNOON
SATURDAY, SUNDAY = 5, 6
WEEKEND_SHARE = 0.25
MID_SHIFT_FROM_S, MID_SHIFT_SPAN_S = 9 * 3600, 6 * 3600
MID_SHIFT_START_S = 90 * 60


class DayProfile:
    """The profile by the local time of the PBX: real nights and weekends."""

    def __init__(self, timezone: str) -> None:
        self._zone = ZoneInfo(timezone)

    def share(self, moment_at: int) -> float:
        """Arrivals at this moment as a share of the busiest half-hour of the week."""
        local = self.local(moment_at)
        level = DAY[(local.hour * 3600 + local.minute * 60) // HALF_HOUR_S]
        return level if self.is_working_day(local) else level * WEEKEND_SHARE

    def local(self, moment_at: int) -> datetime:
        """The moment on the PBX's wall clock."""
        return datetime.fromtimestamp(moment_at / 1000, UTC).astimezone(self._zone)

    def moment_at(self, local: datetime) -> int:
        """The moment at which the PBX's wall clock shows this."""
        return round(local.timestamp() * 1000)

    def is_working_day(self, local: datetime) -> bool:
        """Whether everybody works on the day of this local time."""
        return local.weekday() < SATURDAY


class MidShiftProfile:
    """The same profile, walked to and fro between nine and three o'clock: it is never night."""

    def __init__(self, start_at: int, *, begins_s: int = MID_SHIFT_START_S) -> None:
        """At `start_at` it is `begins_s` seconds past nine."""
        self._start_at, self._begins_s = start_at, begins_s

    def share(self, moment_at: int) -> float:
        """Arrivals at this moment as a share of the busiest half-hour."""
        walked_s = (self._begins_s + (moment_at - self._start_at) // 1000) % (2 * MID_SHIFT_SPAN_S)
        within_s = min(walked_s, 2 * MID_SHIFT_SPAN_S - walked_s - 1)
        return DAY[(MID_SHIFT_FROM_S + within_s) // HALF_HOUR_S]


class Profile(Protocol):
    """How busy it is when."""

    def share(self, moment_at: int) -> float:
        """Arrivals at this moment as a share of the busiest half-hour."""
        ...
