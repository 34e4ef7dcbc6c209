"""When the simulation begins, and how its days go: those before the start, and the one that never ends."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from dashboard.gateway.simulated.draws import Draws
from dashboard.gateway.simulated.profile import MID_SHIFT_FROM_S, DayProfile, MidShiftProfile, Profile
from dashboard.gateway.simulated.roster import DayRoster, RollingRoster, Roster, Shift
from dashboard.gateway.simulated.settings import SimulationSettings

# At these times of day most agents are there, the last have come and the first have not left.
IN_FULL_SWING_S = (10 * 3600 + 1800, 14 * 3600)
DAY_S = 86_400
LEAVES_S = (900, 6 * 3600)


@dataclass(frozen=True)
class Calendar:
    """The plans for a run that begins at `begins_at`, which is before serving begins if there is a past."""

    profile: Profile
    roster: Roster
    begins_at: int


def calendar(settings: SimulationSettings, *, start_at: int, draws: Draws) -> Calendar:
    """The calendar that these settings ask for."""
    has_past = settings.history_days > 0 and not settings.is_quiet
    warm_up_ms = 0 if settings.is_quiet else settings.warm_up_s * 1000
    if settings.is_always_mid_shift and has_past:
        past = PastProfile(settings.timezone, start_at=start_at)
        roster = JoinedRoster(profile=past, draws=draws, start_at=start_at)
        begins_at = _midnight_at(past, start_at=start_at, days=settings.history_days)
        return Calendar(JoinedProfile(past, start_at=start_at), roster, begins_at)
    if settings.is_always_mid_shift:
        return Calendar(MidShiftProfile(start_at), RollingRoster(draws), start_at - warm_up_ms)
    days, begins_at = DayProfile(settings.timezone), start_at - warm_up_ms
    if has_past:
        begins_at = _midnight_at(days, start_at=start_at, days=settings.history_days)
    return Calendar(days, DayRoster(profile=days, draws=draws), begins_at)


class PastProfile(DayProfile):
    """Days by a wall clock that is shifted, if need be, so that the day in which serving begins is in full swing.

    That day is a working day, whatever day of the week it is.
    """

    def __init__(self, timezone: str, *, start_at: int) -> None:
        super().__init__(timezone)
        self._shift_ms = _shift_s(_second_of_day(super().local(start_at))) * 1000
        self._today = self.local(start_at).date()

    def local(self, moment_at: int) -> datetime:
        """The moment on the shifted wall clock."""
        return super().local(moment_at + self._shift_ms)

    def moment_at(self, local: datetime) -> int:
        """The moment at which the shifted wall clock shows this."""
        return super().moment_at(local) - self._shift_ms

    def is_working_day(self, local: datetime) -> bool:
        """Whether everybody works on the day of this local time."""
        return local.date() == self._today or super().is_working_day(local)


class JoinedProfile:
    """Days as they go until serving begins; from there on it is never night."""

    def __init__(self, past: PastProfile, *, start_at: int) -> None:
        self._past, self._start_at = past, start_at
        begins_s = _second_of_day(past.local(start_at)) - MID_SHIFT_FROM_S
        self._present = MidShiftProfile(start_at, begins_s=begins_s)

    def share(self, moment_at: int) -> float:
        """Arrivals at this moment as a share of the busiest half-hour."""
        days: Profile = self._past if moment_at < self._start_at else self._present
        return days.share(moment_at)


class JoinedRoster:
    """Shifts by the day until serving begins; who is there then stays for a while, and shifts roll on from there."""

    def __init__(self, *, profile: PastProfile, draws: Draws, start_at: int) -> None:
        self._past = DayRoster(profile=profile, draws=draws)
        self._present = RollingRoster(draws)
        self._draws, self._start_at = draws, start_at

    def first(self, *, index: int, now_at: int) -> Shift:
        """The shift the agent is in, or else the next one."""
        return self._joined(self._past.first(index=index, now_at=now_at), index=index)

    def following(self, *, index: int, now_at: int) -> Shift:
        """The next shift of an agent who has just left."""
        if now_at >= self._start_at:
            return self._present.following(index=index, now_at=now_at)
        return self._joined(self._past.following(index=index, now_at=now_at), index=index)

    def _joined(self, shift: Shift, *, index: int) -> Shift:
        """A shift of the past as it is; one across the joint with an end of its own, one after it anew."""
        if shift.end_at <= self._start_at:
            return shift
        if shift.start_at >= self._start_at:
            return self._present.following(index=index, now_at=self._start_at)
        return Shift(shift.start_at, self._start_at + self._draws.uniform_ms(*LEAVES_S))


def _second_of_day(local: datetime) -> int:
    return local.hour * 3600 + local.minute * 60 + local.second


def _shift_s(second: int) -> int:
    """By how much a clock that shows this second of the day must be put forward (below zero: back) at least."""
    earliest_s, latest_s = IN_FULL_SWING_S
    if earliest_s <= second <= latest_s:
        return 0
    forward_s = (earliest_s - second) % DAY_S
    back_s = (second - latest_s) % DAY_S
    return forward_s if forward_s <= back_s else -back_s


def _midnight_at(profile: DayProfile, *, start_at: int, days: int) -> int:
    """The midnight, by this profile, of the day so many days ago: nobody is there then."""
    midnight = profile.local(start_at).replace(hour=0, minute=0, second=0, microsecond=0)
    return profile.moment_at(midnight - timedelta(days=days))
