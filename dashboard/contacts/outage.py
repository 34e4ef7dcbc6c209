"""An outage is logged once when it begins and once when it is over."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import Final

log = logging.getLogger("dashboard.contacts")

IS_OVER: Final = "%s answers again"


class Outage:
    """Of one server, as this process knows it. After `tolerates` failures in a row it is left alone for `pause_s`."""

    def __init__(
        self,
        *,
        name: str,
        pause_s: float,
        tolerates: int = 1,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.name = name
        self._pause_s = pause_s
        self._tolerates = tolerates
        self._clock = clock
        self._lock = threading.Lock()
        self._failures = 0
        self._is_logged = False
        self._again_at = 0.0

    @property
    def is_left_alone(self) -> bool:
        return self._clock() < self._again_at

    def failed(self, reason: str, *, is_answering: bool = False) -> None:
        """`is_answering`: the server is there, but its answer is of no use. Then it is asked on and on."""
        with self._lock:
            self._failures = 0 if is_answering else self._failures + 1
            if self._failures >= self._tolerates:
                self._again_at = self._clock() + self._pause_s
            is_first, self._is_logged = not self._is_logged, True
        if is_first:
            log.error("%s: %s", self.name, reason)

    def succeeded(self) -> None:
        if not (self._is_logged or self._failures):
            return
        with self._lock:
            was_logged, self._is_logged, self._failures = self._is_logged, False, 0
        if was_logged:
            log.info(IS_OVER, self.name)
