"""A live state of typed rows, and the changes of one poll, for benchmarks that need no PBX."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import msgspec

from dashboard.domain.rows import AgentRow, CallRow, LiveState, QueueRow

AGENTS: Final = 200
QUEUES: Final = 20
CALLS: Final = 80
CHANGED_AGENTS: Final = 6
CHANGED_CALLS: Final = 4
CHANGED_QUEUES: Final = 4
START_AT: Final = 1_795_415_880_000


def first_state() -> LiveState:
    """A call centre of 200 agents at work."""
    return LiveState(
        queues={str(number): _queue(number) for number in range(QUEUES)},
        agents={str(number): _agent(number) for number in range(AGENTS)},
        calls={f"1795415000.{number}": _call(number) for number in range(CALLS)},
        pauses={},
        figures={},
    )


def next_state(state: LiveState, *, turn: int) -> LiveState:
    """What a second brings: some agents change what they do, some calls are answered, some queues count anew."""
    at = START_AT + turn * 1_000
    agents, calls, queues = dict(state.agents), dict(state.calls), dict(state.queues)
    word = "speaking" if turn % 2 else "idle"
    for id_ in _some(agents, CHANGED_AGENTS, turn):
        agents[id_] = msgspec.structs.replace(
            agents[id_], state=word, state_raw=word.title(), state_since_at=at
        )
    for id_ in _some(calls, CHANGED_CALLS, turn):
        answered = msgspec.structs.replace(calls.pop(id_), state="waiting", entered_at=at)
        calls[f"{at // 1000}.{id_.partition('.')[2]}"] = answered
    for id_ in _some(queues, CHANGED_QUEUES, turn):
        queues[id_] = msgspec.structs.replace(
            queues[id_], calls_waiting=turn % 7, agents_ready=turn % 9, oldest_waiting_at=at
        )
    return LiveState(queues=queues, agents=agents, calls=calls, pauses={}, figures={})


def _some(rows: Mapping[str, object], count: int, turn: int) -> list[str]:
    ids = list(rows)
    return [ids[(turn * count + number) % len(ids)] for number in range(count)]


def _queue(number: int) -> QueueRow:
    return QueueRow(
        number=str(2000 + number),
        title=f"Support {number}",
        direction="in",
        type="in",
        agents_total=10,
        agents_ready=4,
        agents_busy=5,
        agents_paused=1,
        calls_active=4,
        calls_waiting=1,
        oldest_waiting_at=START_AT,
        threshold_s=20,
        short_s=5,
        goal=0.8,
        variant="no_short",
    )


def _agent(number: int) -> AgentRow:
    return AgentRow(
        login=f"agent{number}",
        name=f"Karolína Dvořáčková {number}",
        extension=str(1000 + number),
        state="idle",
        state_raw="Idle",
        state_since_at=START_AT,
        login_at=START_AT,
        pause_id=None,
        pause_since_at=None,
        queue_ids=(str(number % QUEUES),),
        call_ids=(),
        device_status="available",
        answered_today=None,
        talk_today_s=None,
    )


def _call(number: int) -> CallRow:
    return CallRow(
        queue_id=str(number % QUEUES),
        agent_id=None,
        ringing_agent_ids=(),
        caller=f"420602{number:06}",
        caller_name=None,
        direction="in",
        state="waiting",
        state_raw="Waiting",
        entered_at=START_AT,
        ringing_at=None,
        answered_at=None,
        held_at=None,
    )
