"""Rows of calls."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

import msgspec

from dashboard.domain.kpi import IsOpen
from dashboard.domain.moments import Clock, LocalTimes, Stamp
from dashboard.domain.rows import CallRow, LiveState
from dashboard.pbx.ids import CallId
from dashboard.pbx.wire.live import RtCall
from dashboard.pbx.wire.states import CallState
from dashboard.translate.answers import Answers, Received

WAITING_STATES: Final = frozenset({CallState.WAITING.value, CallState.RINGING.value})


def call_stamps(calls: Iterable[RtCall]) -> Iterable[Stamp]:
    """The times by which RTStatsCalls tells its clock: of all its relative seconds, only those since the entry always run on."""
    for row in calls:
        yield row.enter_time_absolute, row.enter_time_relative


def call_rows(
    before: LiveState,
    answers: Answers,
    received: Received[dict[CallId, RtCall]],
    *,
    times: LocalTimes,
    caller_names: Mapping[str, str],
    is_open: IsOpen,
) -> dict[str, CallRow]:
    """A name of the PBX's own wins, now or in a later poll; then the one the row had; then the one in `caller_names`."""
    names = _caller_names(answers)
    rows = {}
    for id_, row in received.value.items():
        was = before.calls.get(id_)
        name = names.get(id_) or (was.caller_name if was else None) or caller_names.get(id_)
        found = _call_row(row, was, received.clock, times=times, caller_name=name)
        rows[str(id_)] = _with_hours(found, is_open)
    return rows


def _with_hours(row: CallRow, is_open: IsOpen) -> CallRow:
    if row.queue_id is None or row.entered_at is None or is_open(row.queue_id, row.entered_at):
        return row
    return msgspec.structs.replace(row, outside_hours=True)


def nameless_calls(before: LiveState, answers: Answers) -> dict[str, str | None]:
    """The calls of these answers that would have no caller's name, with their callers' numbers."""
    calls = answers.calls.value if answers.calls else {}
    names = _caller_names(answers)
    return {
        id_: row.clid
        for id_, row in calls.items()
        if id_ not in names and not ((was := before.calls.get(id_)) and was.caller_name)
    }


def _caller_names(answers: Answers) -> dict[str, str]:
    """Names of callers by call, as far as RTUsersState knows them. It may give the number in place of a name, which is none."""
    states = answers.users_state.value if answers.users_state else {}
    calls = (call for user in states.values() for call in user.calls)
    return {call.id_call: name for call in calls if (name := call.clid_name) and any(map(str.isalpha, name))}


def _call_row(
    row: RtCall, was: CallRow | None, clock: Clock, *, times: LocalTimes, caller_name: str | None
) -> CallRow:
    state = row.state
    entered = clock.moment(
        (row.enter_time_absolute, row.enter_time_relative),
        times=times,
        before=was.entered_at if was else None,
    )
    is_waiting = state.value in WAITING_STATES
    return CallRow(
        queue_id=row.queue,
        agent_id=None if is_waiting else row.agent,
        ringing_agent_ids=tuple(sorted(row.users)) if state is CallState.RINGING else (),
        caller=row.clid,
        caller_name=caller_name,
        direction=row.direction,
        state=state.value,
        state_raw=row.state_raw or "",
        entered_at=entered,
        # Seconds of ringing and waiting stop at the answer, those of talk go on: only the texts are of use here.
        ringing_at=clock.moment((row.ring_time_absolute, None), times=times),
        answered_at=clock.moment((row.answer_time_absolute, None), times=times),
        held_at=clock.moment((row.hold_time_absolute, None), times=times),
    )


def call_ids_by_agent(calls: Mapping[str, CallRow]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for id_, call in calls.items():
        for agent_id in {call.agent_id, *call.ringing_agent_ids} - {None}:
            found[str(agent_id)].append(id_)
    return found
