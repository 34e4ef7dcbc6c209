"""The real-time statistics: queues, sessions, calls, pauses and their summary."""

from collections.abc import Iterable
from typing import Any

from dashboard.gateway.engine import (
    BUSY_STATES,
    UNANSWERED_STATES,
    AgentState,
    CallState,
    Direction,
    LiveAgent,
    LiveCall,
)
from dashboard.gateway.surface.asking import Ask, Result, id_text
from dashboard.gateway.surface.settings import WaitingRule
from dashboard.gateway.surface.words import CALL_STATES, SESSION_STATES


def queues(ask: Ask) -> Result:
    """RTStatsQueues: counts per queue; an agent counts in each queue they are logged in to."""
    agents: dict[int, list[LiveAgent]] = {queue_id: [] for queue_id in ask.directory.queues}
    calls: dict[int, list[LiveCall]] = {queue_id: [] for queue_id in ask.directory.queues}
    for agent in ask.floor.agents.values():
        for queue_id in agent.queue_ids:
            agents[queue_id].append(agent)
    for call in ask.floor.calls.values():
        calls[call.queue_id].append(call)
    return ask.map(
        {
            str(queue.id): {
                "id": str(queue.id),
                **_agent_counts(agents[queue.id]),
                "calls_count": len(calls[queue.id]),
                **_waiting(ask, calls[queue.id]),
            }
            for queue in ask.directory.queues.values()
            if not queue.is_deleted
        }
    )


def summary(ask: Ask) -> Result:
    """RTStatsQueuesSummary: distinct agents and all calls, filtered by users and queues."""
    users, queue_ids = ask.ids("users"), ask.ids("queues")
    agents = _sessions(ask)
    calls = [
        call
        for call in ask.floor.calls.values()
        if (queue_ids is None or call.queue_id in queue_ids)
        and (users is None or not users.isdisjoint(call.user_ids))
    ]
    inbound = sum(call.direction is Direction.INBOUND for call in calls)
    waiting = _waiting(ask, calls)
    return {
        **_agent_counts(agents),
        "calls_count": len(calls),
        "calls_in": inbound,
        "calls_out": len(calls) - inbound,
        "calls_wait": waiting["calls_wait"],
        "calls_time": waiting["calls_time"] or 0,
    }


def sessions(ask: Ask) -> Result:
    """RTStatsSessions: who is logged in, filtered by users and queues."""
    return ask.map({str(agent.user_id): _session(ask, agent) for agent in _sessions(ask)})


def calls(ask: Ask) -> Result:
    """RTStatsCalls: the running calls."""
    return ask.map({call.id: _call(ask, call) for call in ask.floor.calls.values()})


def pauses(ask: Ask) -> Result:
    """RTStatsPauses: the pauses that somebody is on."""
    users: dict[int, list[str]] = {}
    for agent in ask.floor.agents.values():
        if agent.pause_id is not None:
            users.setdefault(agent.pause_id, []).append(str(agent.user_id))
    return ask.map(
        {
            str(pause_id): {"id": str(pause_id), "count": str(len(users[pause_id])), "users": users[pause_id]}
            for pause_id in sorted(users)
        }
    )


def _sessions(ask: Ask) -> list[LiveAgent]:
    users, queue_ids = ask.ids("users"), ask.ids("queues")
    return [
        agent
        for agent in ask.floor.agents.values()
        if (users is None or agent.user_id in users)
        and (queue_ids is None or not queue_ids.isdisjoint(agent.queue_ids))
    ]


def _agent_counts(agents: Iterable[LiveAgent]) -> dict[str, int]:
    states = [agent.state for agent in agents]
    return {
        "users_total": len(states),
        "users_ready": states.count(AgentState.IDLE),
        "users_busy": sum(state in BUSY_STATES for state in states),
        "users_pause": states.count(AgentState.PAUSED),
    }


def _waiting(ask: Ask, calls: list[LiveCall]) -> dict[str, int | None]:
    """How many wait and the longest wait: 0 without any call, null with calls of which none waits."""
    only_ringing = ask.settings.waiting_rule is WaitingRule.RINGING
    counted = {CallState.RINGING} if only_ringing else UNANSWERED_STATES
    entered = [
        call.entered_at for call in calls if call.direction is Direction.INBOUND and call.state in counted
    ]
    if entered:
        longest: int | None = ask.time.elapsed_s(since_at=min(entered), now_at=ask.floor.at)
    else:
        longest = None if calls else 0
    return {"calls_wait": len(entered), "calls_time": longest}


def _session(ask: Ask, agent: LiveAgent) -> dict[str, Any]:
    return {
        "id": str(agent.user_id),
        "extension": agent.extension,
        "queues": [str(queue_id) for queue_id in agent.queue_ids],
        "state": SESSION_STATES[agent.state],
        "pause": id_text(agent.pause_id),
        "state_time_absolute": ask.text(agent.state_since_at),
        "state_time_relative": ask.since(agent.state_since_at),
        "login_time_absolute": ask.text(agent.login_at),
        "login_time_relative": ask.since(agent.login_at),
    }


def _call(ask: Ask, call: LiveCall) -> dict[str, Any]:
    """Waiting stands still once answered; ringing runs on, as the documented example has it."""
    return {
        "id": call.id,
        "queue": str(call.queue_id),
        "agent": id_text(call.agent_id),
        "users": [str(user_id) for user_id in call.user_ids],
        "clid": call.caller,
        "direction": call.direction.value,
        "state": CALL_STATES[call.state],
        "enter_time_absolute": ask.text(call.entered_at),
        "enter_time_relative": ask.since(call.entered_at),
        "wait_time_absolute": ask.text(call.entered_at),
        "wait_time_relative": ask.since(call.entered_at, until_at=call.answered_at),
        "ring_time_absolute": ask.text(call.ringing_at),
        "ring_time_relative": ask.since(call.ringing_at),
        "answer_time_absolute": ask.text(call.answered_at),
        "answer_time_relative": ask.since(call.answered_at),
        "hold_time_absolute": ask.text(call.held_at),
        "hold_time_relative": ask.since(call.held_at),
    }
