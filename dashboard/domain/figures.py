"""Figures of the day as they join the live state."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from dashboard.domain.rows import AgentRow, FigureRow, LiveState


class AgentToday(msgspec.Struct, frozen=True, kw_only=True):
    """Calls an agent has answered since the day began, and their talk in seconds."""

    answered: int
    talk_s: int


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """Rows by "<queue id>:<window>", and what agents did, by their ID. Who is not in `agents` answered nothing today."""

    rows: Mapping[str, FigureRow]
    agents: Mapping[str, AgentToday]


NO_CALLS = AgentToday(answered=0, talk_s=0)


def with_figures(state: LiveState, figures: Figures | None) -> LiveState:
    """The state with these figures; None leaves those it has. Figures of queues that are gone go with them."""
    if figures is None:
        return state
    rows = {key: row for key, row in figures.rows.items() if key.partition(":")[0] in state.queues}
    agents = {id_: _with_today(row, figures.agents.get(id_, NO_CALLS)) for id_, row in state.agents.items()}
    return msgspec.structs.replace(state, figures=rows, agents=agents)


def _with_today(row: AgentRow, today: AgentToday) -> AgentRow:
    if (row.answered_today, row.talk_today_s) == (today.answered, today.talk_s):
        return row
    return msgspec.structs.replace(row, answered_today=today.answered, talk_today_s=today.talk_s)
