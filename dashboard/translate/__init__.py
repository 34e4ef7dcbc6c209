"""From the PBX's answers to the live state. Pure: answers and previous state in, state out.

What did not answer this time keeps the values it had; how old they are is told by the source, not by the rows.
"""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.domain.kpi import IsOpen, RulesOf, always_open, default_rules
from dashboard.domain.moments import LocalTimes
from dashboard.domain.rows import LiveState
from dashboard.translate.agents import AgentRows, session_stamps
from dashboard.translate.answers import Answers, Received
from dashboard.translate.calls import call_ids_by_agent, call_rows, call_stamps, nameless_calls
from dashboard.translate.directory import Directory, directory_updated
from dashboard.translate.queues import queue_rows

__all__ = [
    "Answers",
    "Directory",
    "Received",
    "call_stamps",
    "directory_updated",
    "has_unknowns",
    "live_state",
    "nameless_calls",
    "session_stamps",
]


def has_unknowns(answers: Answers, *, before: LiveState, directory: Directory) -> bool:
    """Whether an agent or a call turned up of whom only RTUsersState can tell more."""
    calls = answers.calls.value if answers.calls else {}
    sessions = answers.sessions.value if answers.sessions else {}
    users = directory.users or {}
    return not calls.keys() <= before.calls.keys() or any(
        id_ not in before.agents and id_ not in users for id_ in sessions
    )


def live_state(
    before: LiveState,
    answers: Answers,
    *,
    directory: Directory,
    times: LocalTimes,
    rules_of: RulesOf = default_rules,
    is_open: IsOpen = always_open,
    caller_names: Mapping[str, str] | None = None,
) -> LiveState:
    """The state after these answers. `caller_names`, by call, count where the PBX has no name of its own."""
    calls = (
        before.calls
        if answers.calls is None
        else call_rows(
            before, answers, answers.calls, times=times, caller_names=caller_names or {}, is_open=is_open
        )
    )
    call_ids = call_ids_by_agent(calls)
    pauses = before.pauses if directory.pauses is None else directory.pauses
    agents = AgentRows(before, answers, directory=directory, pauses=pauses, times=times).rows(call_ids)
    queues = queue_rows(before, answers, directory=directory, agents=agents, calls=calls, rules_of=rules_of)
    return LiveState(queues=queues, agents=agents, calls=calls, pauses=pauses, figures=before.figures)
