"""Who works when."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from dashboard.gateway.simulated.draws import Draws
from dashboard.gateway.simulated.profile import DayProfile

HOUR_MS = 3_600_000
PRESENT = 0.8
SESSION_S = (4 * 3600, 8 * 3600)
AWAY_S = (1200, 9600)
DAY_STARTS = (7, 7, 8, 8, 8, 9, 9, 10, 11, 12)
DAY_HOURS = 8.5
PUNCTUAL_S = 300
WEEKEND_EVERY = 5


@dataclass(frozen=True, slots=True)
class Shift:
    """From log-in to log-out."""

    start_at: int
    end_at: int


class Roster(Protocol):
    """Plans the shifts of every agent."""

    def first(self, *, index: int, now_at: int) -> Shift:
        """The shift the agent is in, or else the next one."""
        ...

    def following(self, *, index: int, now_at: int) -> Shift:
        """The next shift of an agent who has just left."""
        ...


class RollingRoster:
    """Shifts that begin at any hour: at every moment four of five agents are there."""

    def __init__(self, draws: Draws) -> None:
        self._draws = draws

    def first(self, *, index: int, now_at: int) -> Shift:
        """Somewhere within a shift for most agents."""
        if not self._draws.chance(PRESENT):
            return self.following(index=index, now_at=now_at)
        session_ms = self._draws.uniform_ms(*SESSION_S)
        start_at = now_at - round(session_ms * self._draws.share())
        return Shift(start_at, start_at + session_ms)

    def following(self, *, index: int, now_at: int) -> Shift:
        """After a while away."""
        start_at = now_at + self._draws.uniform_ms(*AWAY_S)
        return Shift(start_at, start_at + self._draws.uniform_ms(*SESSION_S))


class DayRoster:
    """Shifts by the local time of day; at weekends one agent of five works."""

    def __init__(self, *, profile: DayProfile, draws: Draws) -> None:
        self._profile, self._draws = profile, draws

    def first(self, *, index: int, now_at: int) -> Shift:
        """Today's shift unless it is over."""
        return self._from(index=index, now_at=now_at)

    def following(self, *, index: int, now_at: int) -> Shift:
        """The next shift that has not begun."""
        shift = self._from(index=index, now_at=now_at)
        # Each look draws the day's minutes anew: only well after the shift that was is it over for certain.
        over_at = shift.end_at + 2000 * PUNCTUAL_S + 1
        return shift if shift.start_at > now_at else self._from(index=index, now_at=over_at)

    def _from(self, *, index: int, now_at: int) -> Shift:
        day = self._profile.local(now_at).replace(hour=0, minute=0, second=0, microsecond=0)
        for ahead in range(8):
            begins = day + timedelta(days=ahead, hours=DAY_STARTS[index % len(DAY_STARTS)])
            start_at = self._profile.moment_at(begins) + self._draws.uniform_ms(-PUNCTUAL_S, PUNCTUAL_S)
            end_at = start_at + round(DAY_HOURS * HOUR_MS)
            if end_at > now_at and self._works_on(begins, index=index):
                return Shift(start_at, end_at)
        raise AssertionError("Every agent works on some day of eight.")

    def _works_on(self, day: datetime, *, index: int) -> bool:
        return self._profile.is_working_day(day) or index % WEEKEND_EVERY == 0
