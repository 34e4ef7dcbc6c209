"""What a later poll has to show before an action counts as done.

Pure: what is told of the PBX in, yes or no out. A fact is believed only from an answer that came after the PBX was asked.
"""

from __future__ import annotations

from typing import Final

import msgspec

from dashboard.domain.rows import AgentRow, CallRow, LiveState, empty_state
from dashboard.domain.source import Source

SESSIONS: Final = "RTStatsSessions"
CALLS: Final = "RTStatsCalls"
TALKING: Final = frozenset({"speaking", "on_hold"})
CLOCK_MS: Final = 4_000
"""By how much the PBX's clock may differ from what we know of it; it tells whole seconds."""


class Fact(msgspec.Struct, frozen=True, kw_only=True, tag_field="fact"):
    """Base; kept as JSON while an action is open."""


class OnPause(Fact, frozen=True, kw_only=True, tag=True):
    """`during_call_id`: the call after which a forced pause begins."""

    agent_id: str
    pause_id: str
    during_call_id: str | None = None


class NotPaused(Fact, frozen=True, kw_only=True, tag=True):
    agent_id: str


class CallLeft(Fact, frozen=True, kw_only=True, tag=True):
    """The call is with this agent no longer, but has been sent on.

    A call that is merely gone shows that only if its caller is seen where he was sent. `gone_at`: since when it is (ms, our clock).
    """

    agent_id: str
    call_id: str
    caller: str | None = None
    to_agent_id: str | None = None
    to_queue_id: str | None = None
    gone_at: int | None = None


class CallGone(Fact, frozen=True, kw_only=True, tag=True):
    call_id: str


class SpeaksIn(Fact, frozen=True, kw_only=True, tag=True):
    agent_id: str
    call_id: str


class CallAt(Fact, frozen=True, kw_only=True, tag=True):
    """The call rings at the agent, or the agent speaks in it."""

    agent_id: str
    call_id: str


class InQueue(Fact, frozen=True, kw_only=True, tag=True):
    agent_id: str
    queue_id: str
    is_in: bool


class Present(Fact, frozen=True, kw_only=True, tag=True):
    """Logged in, or not."""

    agent_id: str
    is_present: bool


class Calling(Fact, frozen=True, kw_only=True, tag=True):
    """The call that was begun runs. `call_id`: as the PBX named it; None if its answer did not come."""

    agent_id: str
    call_id: str | None = None


class Listening(Fact, frozen=True, kw_only=True, tag=True):
    """The listener's telephone is in use: only DeviceStates tells. `was_in_use`: it listened before, to this call or another."""

    extension: str
    call_id: str
    was_in_use: bool = False


class Playing(Fact, frozen=True, kw_only=True, tag=True):
    """Something is being played at the agent, or not: only ControlPlayback tells."""

    login: str
    is_playing: bool


class Unseen(Fact, frozen=True, kw_only=True, tag=True):
    """Nothing shows it."""


class PlannedPause(Fact, frozen=True, kw_only=True, tag=True):
    """No fact yet, but what is to be done once the agent has no call."""

    agent_id: str
    pause_id: str
    call_id: str


AnyFact = (
    OnPause
    | NotPaused
    | CallLeft
    | CallGone
    | SpeaksIn
    | CallAt
    | InQueue
    | Present
    | Calling
    | Listening
    | Playing
    | Unseen
    | PlannedPause
)


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """The live state and how fresh it is. `source` was read before `state`, so the state is at least as new."""

    state: LiveState
    source: Source

    def is_after(self, endpoint: str, at: int) -> bool:
        """Whether the endpoint has answered since that moment (ms, our clock)."""
        told = self.source.endpoints.get(endpoint)
        return told is not None and told.ok_at is not None and told.ok_at > at

    def agent(self, agent_id: str) -> AgentRow | None:
        return self.state.agents.get(agent_id)

    def is_call_running(self, call_id: str) -> bool:
        return call_id in self.state.calls


NO_EVIDENCE: Final = Evidence(
    state=empty_state(), source=Source(endpoints={}, skew_ms=0, still_since_at=None)
)
"""Shows nothing: for a PBX that is not polled, so that deadlines pass all the same."""


def is_shown(fact: AnyFact, evidence: Evidence, *, asked_at: int) -> bool:
    """Whether the live state shows the fact. False for facts that it cannot show."""
    if isinstance(fact, CallGone | CallLeft | SpeaksIn | CallAt | Calling):
        return evidence.is_after(CALLS, asked_at) and _shown_by_calls(fact, evidence, asked_at=asked_at)
    return evidence.is_after(SESSIONS, asked_at) and _shown_by_agent(fact, evidence)


def is_vanished(fact: AnyFact, evidence: Evidence, *, asked_at: int) -> bool:
    """Whether a call that was to be sent on is gone, and was not seen to arrive."""
    if not isinstance(fact, CallLeft) or is_shown(fact, evidence, asked_at=asked_at):
        return False
    return evidence.is_after(CALLS, asked_at) and not evidence.is_call_running(fact.call_id)


def _shown_by_calls(
    fact: CallGone | CallLeft | SpeaksIn | CallAt | Calling, evidence: Evidence, *, asked_at: int
) -> bool:
    if isinstance(fact, Calling):
        return _has_begun(fact, evidence, asked_at=asked_at)
    call = evidence.state.calls.get(fact.call_id)
    if isinstance(fact, CallGone):
        return call is None
    if isinstance(fact, CallLeft):
        if call is None:
            return any(_has_arrived(fact, other) for other in evidence.state.calls.values())
        return call.agent_id != fact.agent_id or call.state == "transferred"
    if call is None:
        return False
    speaks = call.agent_id == fact.agent_id and call.state in TALKING
    return speaks or (isinstance(fact, CallAt) and fact.agent_id in call.ringing_agent_ids)


def _has_begun(fact: Calling, evidence: Evidence, *, asked_at: int) -> bool:
    """The call by its ID; without one an outbound call of this agent that began after the PBX was asked."""
    if fact.call_id is not None:
        return evidence.is_call_running(fact.call_id)
    since_at = asked_at + evidence.source.skew_ms - CLOCK_MS
    return any(
        call.direction == "out"
        and fact.agent_id in {call.agent_id, *call.ringing_agent_ids}
        and call.entered_at is not None
        and call.entered_at >= since_at
        for call in evidence.state.calls.values()
    )


def _has_arrived(fact: CallLeft, call: CallRow) -> bool:
    """Whether this is the caller where he was sent; the PBX may give the call another ID there."""
    if fact.caller is None or call.caller != fact.caller:
        return False
    if fact.to_agent_id is not None:
        return fact.to_agent_id in {call.agent_id, *call.ringing_agent_ids}
    return fact.to_queue_id is not None and call.queue_id == fact.to_queue_id


def _shown_by_agent(fact: AnyFact, evidence: Evidence) -> bool:
    if isinstance(fact, Present):
        return (evidence.agent(fact.agent_id) is not None) is fact.is_present
    if not isinstance(fact, OnPause | NotPaused | InQueue):
        return False
    agent = evidence.agent(fact.agent_id)
    if agent is None:
        return isinstance(fact, InQueue) and not fact.is_in
    if isinstance(fact, OnPause):
        return agent.pause_id == fact.pause_id
    if isinstance(fact, NotPaused):
        return agent.state not in {"paused", "acw"}
    return (fact.queue_id in agent.queue_ids) is fact.is_in
