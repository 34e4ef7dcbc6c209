"""The two limits by which a call's wait is sorted into the terms of the metrics."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final, TypeAlias

import msgspec


class Thresholds(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """T, within which an answer counts as in time, and s, up to which an abandoned call counts as short. Both in seconds."""

    threshold_s: int
    short_s: int


DEFAULT_THRESHOLDS: Final = Thresholds(threshold_s=20, short_s=5)
"""Of a queue for which nobody has chosen anything."""

ThresholdsOf: TypeAlias = Callable[[str, date], Thresholds]
"""Queue ID and day to the limits in force on that day."""


def default_thresholds(_queue_id: str, _day: date) -> Thresholds:
    return DEFAULT_THRESHOLDS
