"""The rows of the live state: five kinds, each with a fixed set of fields.

Rows hold moments (integer milliseconds since 1970 UTC by the PBX's clock, names ending in `_at`), never elapsed seconds: a quiet
call centre has rows that do not change. Unknown is None. Sets are sorted tuples. Every field is always present on the wire.
"""

from __future__ import annotations

from typing import Final

import msgspec

SCHEMA_VERSION: Final = 1
"""Raised when a row's fields change their meaning; part of every Redis key and of every view's fingerprint."""


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """Base of all rows: immutable, compared by value."""


class QueueRow(Row, frozen=True, kw_only=True):
    """A queue as the room sees it. Counts are distinct agents and calls; None where the PBX has not said."""

    number: str | None
    title: str
    direction: str | None
    type: str | None
    agents_total: int | None
    agents_ready: int | None
    agents_busy: int | None
    agents_paused: int | None
    calls_active: int | None
    calls_waiting: int | None
    oldest_waiting_at: int | None
    threshold_s: int | None
    short_s: int | None
    goal: float | None
    variant: str | None


class AgentRow(Row, frozen=True, kw_only=True):
    """A logged-in agent. `state` is a word of the vocabulary; the PBX's own text stays in `state_raw`."""

    login: str | None
    name: str | None
    extension: str | None
    state: str
    state_raw: str
    state_since_at: int | None
    login_at: int | None
    pause_id: str | None
    pause_since_at: int | None
    queue_ids: tuple[str, ...]
    call_ids: tuple[str, ...]
    device_status: str | None


class CallRow(Row, frozen=True, kw_only=True):
    """A running call. `agent_id` is set once somebody answered; `ringing_agent_ids` while it rings at somebody."""

    queue_id: str | None
    agent_id: str | None
    ringing_agent_ids: tuple[str, ...]
    caller: str | None
    caller_name: str | None
    direction: str | None
    state: str
    state_raw: str
    entered_at: int | None
    ringing_at: int | None
    answered_at: int | None
    held_at: int | None


class PauseRow(Row, frozen=True, kw_only=True):
    """A kind of pause an agent may take; `type` is wrap, lajdak or normal."""

    title: str
    type: str
    paid: bool | None


class FigureRow(Row, frozen=True, kw_only=True):
    """Counts and sums of one queue in one window: one field per term of the metrics, never a ratio."""


class LiveState(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that is live, as five maps from id to row."""

    queues: dict[str, QueueRow]
    agents: dict[str, AgentRow]
    calls: dict[str, CallRow]
    pauses: dict[str, PauseRow]
    figures: dict[str, FigureRow]


KINDS: Final = ("queues", "agents", "calls", "pauses", "figures")


def empty_state() -> LiveState:
    """A state in which nothing is known."""
    return LiveState(queues={}, agents={}, calls={}, pauses={}, figures={})
