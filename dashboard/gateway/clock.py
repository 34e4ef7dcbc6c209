"""The engine's time: real time, faster time, or time that a test moves by hand."""

import threading
import time


class VirtualClock:
    """Milliseconds since 1970 UTC, starting at `start_at` and running `speed` times as fast as real time.

    With speed 0 it stands still until `skip` moves it.
    """

    def __init__(self, *, start_at: int | None = None, speed: float = 1.0) -> None:
        self._anchor_at = wall_clock_ms() if start_at is None else start_at
        self._anchor_s = time.monotonic()
        self._speed = speed
        self._lock = threading.Lock()

    def now_at(self) -> int:
        """The moment it is now."""
        with self._lock:
            return self._read()

    def skip(self, seconds: float) -> None:
        """Move the clock forward at once."""
        with self._lock:
            self._anchor_at = self._read() + round(seconds * 1000)
            self._anchor_s = time.monotonic()

    def _read(self) -> int:
        return self._anchor_at + int((time.monotonic() - self._anchor_s) * self._speed * 1000)


def wall_clock_ms() -> int:
    """The machine's own time in milliseconds since 1970 UTC."""
    return time.time_ns() // 1_000_000
