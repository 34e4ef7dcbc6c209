"""The PBX's wall clock: local time without a zone, and whole seconds since a moment."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

FORM = "%Y-%m-%d %H:%M:%S"
FIRST_YEAR, LAST_YEAR = 1970, 2999


class PbxTime:
    """Prints moments as the PBX does.

    When the clock jumps, what was recorded before keeps the time it was recorded with, as in a real PBX;
    when the offset from UTC changes, everything is printed differently and no duration changes.
    """

    def __init__(self, timezone: str) -> None:
        self._zone = ZoneInfo(timezone)
        self._jumps: list[tuple[int, int]] = [(0, 0)]
        self._utc_shift_s = 0
        self._printed = lru_cache(maxsize=50_000)(self._print)

    def clock_set(self, *, offset_s: int, from_at: int) -> None:
        """From this moment on the clock is wrong by so many seconds."""
        if self._jumps[-1][1] != offset_s:
            self._jumps.append((from_at, offset_s))

    def utc_shift_set(self, shift_s: int) -> None:
        """Print all local times so many seconds later than the time zone says."""
        self._utc_shift_s = shift_s

    def text(self, moment_at: int) -> str:
        """The moment as `YYYY-MM-DD HH:MM:SS`."""
        return self._printed(self._seconds(moment_at), self._utc_shift_s)

    def utc_text(self, moment_at: int) -> str:
        """The moment in the same form but in UTC, which the SMS gateway prints in one place."""
        utc = datetime.fromtimestamp(self._seconds(moment_at) + self._utc_shift_s, UTC)
        return f"{utc:{FORM}}"

    def moment_at(self, text: str) -> int:
        """The moment that `YYYY-MM-DD HH:MM:SS` means; ValueError for anything else and outside 1970 to 2999.

        In the hour that comes twice it is the first one, in the hour that does not exist the one after it.
        """
        local = datetime.strptime(text, FORM).replace(tzinfo=self._zone)
        if not FIRST_YEAR <= local.year <= LAST_YEAR:
            raise ValueError(f"The year {local.year} is out of range.")
        seconds = int(local.timestamp()) - self._utc_shift_s
        return (seconds - self._jumps[-1][1]) * 1000

    def elapsed_s(self, *, since_at: int, now_at: int) -> int:
        """Whole seconds; printed moment plus elapsed seconds is always the PBX's printed now."""
        return self._seconds(now_at) - self._seconds(since_at)

    def offset_s(self, moment_at: int) -> int:
        """The printed local time of this moment less its seconds in UTC."""
        seconds = self._seconds(moment_at)
        local = datetime.fromtimestamp(seconds, UTC).astimezone(self._zone)
        ahead = local.utcoffset() or timedelta()
        return seconds + int(ahead.total_seconds()) + self._utc_shift_s - moment_at // 1000

    def jumps_at(self) -> list[int]:
        """The moments at which the clock was set."""
        return [start for start, _ in self._jumps[1:]]

    def _seconds(self, moment_at: int) -> int:
        offset_s = next(offset for start, offset in reversed(self._jumps) if start <= moment_at)
        return moment_at // 1000 + offset_s

    def _print(self, seconds: int, shift_s: int) -> str:
        local = datetime.fromtimestamp(seconds, UTC).astimezone(self._zone)
        return f"{local + timedelta(seconds=shift_s):{FORM}}"
