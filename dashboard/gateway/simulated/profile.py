"""How busy a day is, and which moment of the day the simulation takes it to be."""

from datetime import UTC, datetime
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
        return level * WEEKEND_SHARE if local.weekday() >= SATURDAY else level

    def local(self, moment_at: int) -> datetime:
        """The moment on the PBX's wall clock."""
        return datetime.fromtimestamp(moment_at / 1000, UTC).astimezone(self._zone)


class MidShiftProfile:
    """The same profile, walked to and fro between nine and three o'clock: it is never night."""

    def __init__(self, start_at: int) -> None:
        self._start_at = start_at

    def share(self, moment_at: int) -> float:
        """Arrivals at this moment as a share of the busiest half-hour."""
        walked_s = (MID_SHIFT_START_S + (moment_at - self._start_at) // 1000) % (2 * MID_SHIFT_SPAN_S)
        within_s = min(walked_s, 2 * MID_SHIFT_SPAN_S - walked_s - 1)
        return DAY[(MID_SHIFT_FROM_S + within_s) // HALF_HOUR_S]


Profile = DayProfile | MidShiftProfile
