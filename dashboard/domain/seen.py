"""What two successive states of the calls tell of waits that ended. A call's wait ends once: with an answer, or without one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from dashboard.domain.rows import CallRow
from dashboard.domain.terms import Outcome

TRANSFERRED = "transferred"


class SeenCall(msgspec.Struct, frozen=True, kw_only=True):
    """A call as it was seen when its wait had ended. Moments are milliseconds; `ended_at` is None while the call goes on."""

    call_id: str
    queue_id: str | None
    direction: str | None
    caller: str | None
    agent_id: str | None
    outcome: Outcome
    entered_at: int
    ringing_at: int | None
    answered_at: int | None
    ended_at: int | None


def calls_seen(before: Mapping[str, CallRow], after: Mapping[str, CallRow], *, at: int) -> Iterator[SeenCall]:
    """Calls that were answered, transferred before an answer, or are gone, since `before`. `at` is the PBX's time of `after`."""
    for call_id, row in after.items():
        was = before.get(call_id)
        if row.answered_at is not None and (was is None or was.answered_at is None):
            yield from _seen(call_id, row, Outcome.ANSWERED, ended_at=None)
        elif _has_flowed_out(row) and not (was is not None and _has_flowed_out(was)):
            yield from _seen(call_id, row, Outcome.FLOWED_OUT, ended_at=at)
    for call_id, row in before.items():
        if call_id not in after:
            yield from _seen(call_id, row, _outcome(row), ended_at=at)


def _has_flowed_out(row: CallRow) -> bool:
    return row.state == TRANSFERRED and row.answered_at is None


def _outcome(row: CallRow) -> Outcome:
    if row.answered_at is not None:
        return Outcome.ANSWERED
    return Outcome.FLOWED_OUT if row.state == TRANSFERRED else Outcome.ABANDONED


def _seen(call_id: str, row: CallRow, outcome: Outcome, *, ended_at: int | None) -> Iterator[SeenCall]:
    if row.entered_at is None:
        return
    yield SeenCall(
        call_id=call_id,
        queue_id=row.queue_id,
        direction=row.direction,
        caller=row.caller,
        agent_id=row.agent_id,
        outcome=outcome,
        entered_at=row.entered_at,
        ringing_at=row.ringing_at,
        answered_at=row.answered_at,
        ended_at=ended_at,
    )
