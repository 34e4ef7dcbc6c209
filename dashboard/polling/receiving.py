"""What came back from the PBX, with the clock it told, and what is remembered of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import msgspec

from dashboard.domain.moments import Clock, LocalTimes, pbx_clock
from dashboard.domain.source import skew_told
from dashboard.polling.endpoints import USERS_STATE
from dashboard.polling.fetch import Outcome
from dashboard.polling.memory import EndpointMemory, Memory
from dashboard.translate import Answers, Received, call_stamps, session_stamps

HALF_SECOND_MS: Final = 500
"""The PBX prints whole seconds: on average half a second has gone."""


def answers_received(
    memory: Memory, outcomes: Mapping[str, Outcome], *, times: LocalTimes, intervals: Mapping[str, int]
) -> tuple[Memory, Answers]:
    """The memory after these outcomes, and the answers with the PBX's clock as each tells it. `intervals` in ms."""
    clocks = {
        name: pbx_clock(
            stamps(outcome.value.values()), times=times, about_at=outcome.received_at + memory.skew_ms
        )
        for name, stamps in (("RTStatsSessions", session_stamps), ("RTStatsCalls", call_stamps))
        if (outcome := outcomes.get(name)) is not None and outcome.error is None
    }
    endpoints = dict(memory.endpoints)
    for name, outcome in outcomes.items():
        clock = clocks.get(name, Clock(None))
        endpoints[name] = _remembered(memory, name, outcome, clock, every_ms=intervals[name])
    answers = Answers(
        queues=received(outcomes, "RTStatsQueues"),
        sessions=received(outcomes, "RTStatsSessions", clocks),
        calls=received(outcomes, "RTStatsCalls", clocks),
        users_state=received(outcomes, USERS_STATE),
        pauses=received(outcomes, "RTStatsPauses"),
        devices=received(outcomes, "DeviceStates"),
    )
    skew_ms = _skew(memory, outcomes, clocks)
    return msgspec.structs.replace(memory, endpoints=endpoints, skew_ms=skew_ms), answers


def received(
    outcomes: Mapping[str, Outcome], name: str, clocks: Mapping[str, Clock] | None = None
) -> Received[Any] | None:
    """None if the endpoint was not asked or failed."""
    outcome = outcomes.get(name)
    if outcome is None or outcome.error is not None:
        return None
    return Received(outcome.value, (clocks or {}).get(name, Clock(None)))


def value_of(outcomes: Mapping[str, Outcome], name: str) -> Any:
    """The decoded answer; None if the endpoint was not asked or did not answer."""
    outcome = outcomes.get(name)
    return outcome.value if outcome is not None else None


def _remembered(
    memory: Memory, name: str, outcome: Outcome, clock: Clock, *, every_ms: int
) -> EndpointMemory:
    was = memory.endpoint(name)
    if outcome.error is not None:
        return was.failed(outcome.error, asked_at=outcome.asked_at, at=outcome.received_at, every_ms=every_ms)
    now = was.succeeded(
        asked_at=outcome.asked_at, ok_at=outcome.received_at, every_ms=every_ms, pbx_at=clock.now_at
    )
    # What a nudge brought forward is asked again at its regular time, else nudges would slow the polls down.
    is_early = was.due_at > outcome.asked_at and name != USERS_STATE
    return msgspec.structs.replace(now, due_at=was.due_at) if is_early else now


def _skew(memory: Memory, outcomes: Mapping[str, Outcome], clocks: Mapping[str, Clock]) -> int:
    """The skew to tell. Data that stands still tells nothing of the PBX's clock."""
    for name, clock in clocks.items():
        known = memory.endpoint(name).clock
        if clock.now_at is not None and (known is None or known.pbx_at != clock.now_at):
            measured_ms = clock.now_at + HALF_SECOND_MS - outcomes[name].received_at
            return skew_told(told_ms=memory.skew_ms, measured_ms=measured_ms)
    return memory.skew_ms
