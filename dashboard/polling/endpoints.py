"""What is asked, and how often."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import msgspec

from dashboard.pbx.groups.lines import Lines
from dashboard.pbx.groups.operators import Operators
from dashboard.pbx.groups.pauses import Pauses
from dashboard.pbx.groups.queues import Queues
from dashboard.pbx.groups.statistics import Statistics
from dashboard.pbx.request import Request


class Endpoint(msgspec.Struct, frozen=True):
    """An action that is polled; `every_ms` unless the PBX's settings say otherwise."""

    every_ms: int
    request: Callable[..., Request[Any]]


ENDPOINTS: Final[dict[str, Endpoint]] = {
    "RTStatsQueues": Endpoint(1_000, Statistics.rt_queues),
    "RTStatsSessions": Endpoint(1_000, Statistics.rt_sessions),
    "RTStatsCalls": Endpoint(1_000, Statistics.rt_calls),
    "RTStatsPauses": Endpoint(5_000, Statistics.rt_pauses),
    "RTUsersState": Endpoint(5_000, Statistics.users_state),
    "DeviceStates": Endpoint(10_000, Lines.device_states),
    "RTStatsQueuesSummary": Endpoint(10_000, Statistics.rt_queues_summary),
    "GetQueues": Endpoint(60_000, Queues.all),
    "GetUsers": Endpoint(60_000, Operators.all),
    "GetPauses": Endpoint(60_000, Pauses.all),
}

SUMMARY: Final = "RTStatsQueuesSummary"
USERS_STATE: Final = "RTUsersState"
USERS_STATE_AT_MOST_MS: Final = 3_000
"""An unknown agent or call brings RTUsersState forward, but not more often than this."""

INTERVAL_RANGE_MS: Final = (1_000, 3_600_000)


def intervals_of(every_s: Mapping[str, float]) -> dict[str, int]:
    """Milliseconds per endpoint, with a PBX's own settings in seconds over the defaults.

    Raises ValueError, in words, for an action that is not polled and for an interval out of range.
    """
    low, high = INTERVAL_RANGE_MS
    for name, value in every_s.items():
        if name not in ENDPOINTS:
            raise ValueError(f"{name} is not polled; possible are {', '.join(ENDPOINTS)}.")
        if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value * 1000 <= high:
            raise ValueError(f"The interval of {name} must be from {low // 1000} to {high // 1000} seconds.")
    return {
        name: int(every_s[name] * 1000) if name in every_s else row.every_ms
        for name, row in ENDPOINTS.items()
    }
