"""Waiting for something to become true, with an outer limit."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

LOOK_EVERY_S = 0.05


class NotInTime(AssertionError):
    """What was waited for did not happen."""


def wait_until(look: Callable[[], T | None], *, within_s: float, what: str = "") -> T:
    """Look until the answer is truthy, and give it back. Raises `NotInTime`."""
    until = time.monotonic() + within_s
    while True:
        found = look()
        if found:
            return found
        if time.monotonic() > until:
            raise NotInTime(f"{what or 'It'} did not happen within {within_s:g} s; last seen: {found!r}")
        time.sleep(LOOK_EVERY_S)
