"""RTUserState and RTUsersState: one agent, or all who are logged in, with their call."""

import hashlib
from typing import Any

import msgspec

from dashboard.gateway.engine import AgentState, LiveAgent, LiveCall
from dashboard.gateway.surface.asking import ApiError, Ask, Result, id_text
from dashboard.gateway.surface.words import USER_CALL_STATES, USER_STATES

IN_CALL = frozenset({AgentState.SPEAKING, AgentState.RINGING, AgentState.CALLING})


def users_state(ask: Ask) -> Result:
    """RTUsersState 4.1: a map by user id, each row with the queues of the user in full."""
    return ask.map({str(agent.user_id): _with_queues(ask, agent) for agent in ask.floor.agents.values()})


def user_state(ask: Ask) -> Result:
    """RTUserState 3.9."""
    return _row(ask, _agent(ask))


def user_state_with_queues(ask: Ask) -> Result:
    """RTUserState 4.0: with the queues of the user and a hash of all of it."""
    row = _with_queues(ask, _agent(ask))
    digest = hashlib.sha1(msgspec.json.encode(row), usedforsecurity=False).hexdigest()
    return {**row, "hash": digest}


def _agent(ask: Ask) -> LiveAgent:
    """The agent that `user` (a login) or `extension` names, who must be logged in."""
    login, extension = ask.parameters.get("user"), ask.parameters.get("extension")
    sitters = {agent.user_id for agent in ask.floor.agents.values() if agent.extension == extension}
    for user in ask.directory.users.values():
        is_there = user.id in sitters if sitters else user.extension == extension
        if user.login == login if login else is_there:
            agent = ask.floor.agents.get(user.id)
            if agent is None:
                raise ApiError("Uživatel není přihlášen do call centra")
            return agent
    raise ApiError("Tento uživatel nebyl nalezen")


def _with_queues(ask: Ask, agent: LiveAgent) -> dict[str, Any]:
    user = ask.user(agent.user_id)
    queues = ask.cards.login_queues(user=user, joined=agent.queue_ids, directory=ask.directory)
    return {**_row(ask, agent), "login_oqueues": queues}


def _row(ask: Ask, agent: LiveAgent) -> dict[str, Any]:
    user = ask.user(agent.user_id)
    call = ask.floor.calls.get(agent.call_id) if agent.call_id else None
    is_paused = agent.state is AgentState.PAUSED
    return {
        "agent_name": user.login,
        "agent_title": user.title,
        "id_agent": str(agent.user_id),
        "exten": agent.extension,
        "logintime": ask.text(agent.login_at),
        "agent_state": USER_STATES[agent.state],
        "state_time": ask.text(_state_since_at(agent, call)),
        "id_pause": id_text(agent.pause_id),
        "onpause": ask.text(agent.state_since_at) if is_paused else None,
        "callscript_opened": id_text(agent.script_id),
        "calls": [_call(ask, call)] if call else [],
    }


def _state_since_at(agent: LiveAgent, call: LiveCall | None) -> int:
    """Here the state dates from the first ring: it does not move when the call is answered."""
    if agent.state in IN_CALL and call is not None and call.ringing_at is not None:
        return call.ringing_at
    return agent.state_since_at


def _call(ask: Ask, call: LiveCall) -> dict[str, Any]:
    return {
        "id_call": call.id,
        "direction": call.direction.value,
        "clid": call.caller,
        "clid_name": call.caller_name,
        "id_queue": str(call.queue_id),
        "oqueue": ask.cards.call_queue(call.queue_id, directory=ask.directory),
        "entered": ask.text(call.entered_at),
        "ringed": ask.text(call.ringing_at),
        "answered": ask.text(call.answered_at),
        "call_state": USER_CALL_STATES[call.state],
        "onhold": ask.text(call.held_at),
    }
