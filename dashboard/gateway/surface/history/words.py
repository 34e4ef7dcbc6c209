"""Calls in the API's words: durations in whole seconds as the PBX's clock shows them, and who ended what."""

from dataclasses import dataclass

from dashboard.gateway.engine import EndCause
from dashboard.gateway.history import CallRecord
from dashboard.gateway.surface.asking import Ask

# The documentation knows the agent and the caller; a call may also end by an overflow or a restart of the PBX.
CAUSES = {EndCause.AGENT: "agent", EndCause.CALLER: "caller"}
OTHER_CAUSE = "system"


@dataclass(frozen=True, slots=True)
class Durations:
    """Seconds: the wait until the answer or the end, the last ringing, the talk with its holds, and all of it."""

    waiting: int
    ringing: int
    hold: int
    talk: int
    total: int


def durations(ask: Ask, call: CallRecord) -> Durations:
    """The durations of a call."""
    elapsed_s = ask.time.elapsed_s
    ringing = talk = 0
    if call.ringing_at is not None and call.rung_until_at is not None:
        ringing = elapsed_s(since_at=call.ringing_at, now_at=call.rung_until_at)
    if call.answered_at is not None:
        talk = elapsed_s(since_at=call.answered_at, now_at=call.ended_at)
    return Durations(
        waiting=elapsed_s(since_at=call.entered_at, now_at=call.waited_until_at),
        ringing=ringing,
        hold=call.held_ms // 1000,
        talk=talk,
        total=elapsed_s(since_at=call.entered_at, now_at=call.ended_at),
    )


def cause(call: CallRecord) -> str:
    """Who ended the call."""
    return CAUSES.get(call.cause, OTHER_CAUSE)
