"""The rows of the live state: five kinds, each with a fixed set of fields.

Rows hold moments (integer milliseconds since 1970 UTC by the PBX's clock, names ending in `_at`), never elapsed seconds: a quiet
call centre has rows that do not change. Unknown is None. Sets are sorted tuples. Every field is always present on the wire.
"""

from __future__ import annotations

from typing import Final

import msgspec

SCHEMA_VERSION: Final = 2
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
    """A logged-in agent. `state` is a word of the vocabulary; the PBX's own text stays in `state_raw`.

    `answered_today` and `talk_today_s` are the calls answered since the day began and their talk; None until they are known.
    """

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
    answered_today: int | None
    talk_today_s: int | None


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
    outside_hours: bool | None = False
    """Whether it entered outside its queue's business hours, and so counts in no figure of the queue."""


class PauseRow(Row, frozen=True, kw_only=True):
    """A kind of pause an agent may take; `type` is wrap, lajdak or normal."""

    title: str
    type: str
    paid: bool | None


class FigureRow(Row, frozen=True, kw_only=True, gc=False):
    """Counts and sums of one queue in one window (`<queue id>:<window>`): one field per term of the metrics, never a ratio.

    All but the last two count calls that entered the queue within the window and whose wait has ended; sums are seconds.
    Rows of several queues are added field by field, the longest wait by its maximum. `flowed_out`, `ready_s`, `numbered` and
    `repeats` are None where they cannot be seen. Outbound calls are in `outbound` and `outbound_answered` alone.
    Numbers only, made by the thousand, so the garbage collector need not follow them (`gc=False`).
    """

    answered_in: int
    """A≤: answered within the threshold."""
    answered_late: int
    """A>: answered after the threshold."""
    abandoned_short: int
    """B≤s: abandoned within the short-abandon threshold."""
    abandoned_in: int
    """B≤T: abandoned after that, within the threshold."""
    abandoned_late: int
    """B>T: abandoned after the threshold."""
    flowed_out: int | None
    """F: left the queue before an answer by transfer, overflow or voicemail."""
    wait_answered_s: int
    wait_all_s: int
    longest_wait_s: int | None
    """The longest ended wait; None if nobody waited."""
    talk_s: int
    hold_s: int
    acw_s: int
    ready_s: int | None
    """Available idle time of the queue's agents, for the occupancy."""
    numbered: int | None
    """Calls with a number, for the repeat-free rate."""
    repeats: int | None
    """Calls from a number that called the same queue again within 7 days."""
    outbound: int
    outbound_answered: int
    expected_more: int | None
    """Calls still expected until the day ends, from the same weekday's history; only in the window `today`."""
    provisional: int
    """How many of the counted calls the PBX's own records do not hold yet."""
    running: int = 0
    """How many of the answered calls go on, so that their talk is not known: they are in no average of it."""


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
