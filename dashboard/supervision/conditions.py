"""Whether an action makes sense now, by the live state. Each raises `Refusal` if it does not."""

from __future__ import annotations

from typing import Final

from dashboard.domain.rows import AgentRow, CallRow, LiveState
from dashboard.supervision.parameters import (
    Call,
    LogIn,
    Monitoring,
    Parameters,
    PauseAfterCall,
    PauseOn,
    Playback,
    QueueLogin,
    QueueLogout,
    Transfer,
)
from dashboard.supervision.refusal import Refusal
from dashboard.supervision.scene import Scene

SPOKEN: Final = frozenset({"speaking", "on_hold"})
WAITING: Final = frozenset({"waiting", "ringing"})
WRITTEN: Final = frozenset({"email", "chat"})
"""Types of queues whose contacts are not on the telephone."""
BUSY: Final = frozenset({"calling", "ringing", "speaking", "on_hold"})


def telephone_call(scene: Scene) -> CallRow:
    """The call, which is one: e-mails and chats are among the calls, but no telephone is in them."""
    call = scene.call
    if is_written(scene.state, call.queue_id):
        raise Refusal("written")
    return call


def is_written(state: LiveState, queue_id: str | None) -> bool:
    """Whether the contacts of this queue are e-mails or chats."""
    queue = state.queues.get(queue_id or "")
    return queue is not None and queue.type in WRITTEN


def speaks_in_call(scene: Scene, _parameters: Parameters) -> AgentRow:
    """The agent speaks in the call that the supervisor saw."""
    agent, call = scene.agent, telephone_call(scene)
    if call.agent_id != scene.agent_id:
        raise Refusal("call_moved", agent=scene.agent_name(scene.agent_id))
    if call.state not in SPOKEN:
        raise Refusal("not_speaking", agent=scene.agent_name(scene.agent_id))
    return agent


def monitoring(scene: Scene, parameters: Monitoring) -> None:
    speaks_in_call(scene, parameters)


def playback(scene: Scene, parameters: Playback) -> None:
    speaks_in_call(scene, parameters)


def pause_on(scene: Scene, parameters: PauseOn) -> None:
    agent = scene.agent
    pause_known(scene, parameters.pause_id)
    if agent.pause_id == parameters.pause_id:
        raise Refusal("paused_already", agent=scene.agent_name(scene.agent_id))
    if not agent.queue_ids:
        raise Refusal("in_no_queue", agent=scene.agent_name(scene.agent_id))
    calls = scene.running_calls_of(scene.agent_id)
    if not parameters.force:
        free(scene)
    elif any(not scene.scope.has_queue(scene.stream, call.queue_id) for call in calls.values()):
        raise Refusal("out_of_scope")


def pause_after_call(scene: Scene, parameters: PauseAfterCall) -> None:
    agent = scene.agent
    pause_known(scene, parameters.pause_id)
    if scene.call_id not in agent.call_ids:
        raise Refusal("call_over", agent=scene.agent_name(scene.agent_id))
    _ = scene.call  # must be in scope


def pause_off(scene: Scene, _parameters: Parameters) -> None:
    if scene.agent.state not in {"paused", "acw"}:
        raise Refusal("not_paused", agent=scene.agent_name(scene.agent_id))


def transfer(scene: Scene, parameters: Transfer) -> None:
    speaks_in_call(scene, parameters)
    if parameters.queue_id is not None:
        queue = scene.queue_of(parameters.queue_id)
        if queue.type in WRITTEN:
            raise Refusal("target_written", queue=queue.title)
    if parameters.to_agent_id is not None:
        if parameters.to_agent_id == scene.agent_id:
            raise Refusal("to_same_agent")
        scene.agent_of(parameters.to_agent_id, gone="target_gone")


def hangup(scene: Scene, _parameters: Parameters) -> None:
    """If an agent is named, the call must still be at him: another's call is not ended in its place."""
    call = telephone_call(scene)
    if scene.agent_id and scene.agent_id not in scene.answering(call):
        _ = scene.agent  # may be gone, or nobody whom the supervisor sees
        raise Refusal("call_moved", agent=scene.agent_name(scene.agent_id))


def answer(scene: Scene, _parameters: Parameters) -> None:
    _ = scene.agent
    if scene.agent_id not in telephone_call(scene).ringing_agent_ids:
        raise Refusal("not_ringing", agent=scene.agent_name(scene.agent_id))


def pickup(scene: Scene, _parameters: Parameters) -> None:
    if telephone_call(scene).state not in WAITING:
        raise Refusal("not_waiting")
    free(scene)


def queue_login(scene: Scene, parameters: QueueLogin) -> None:
    queue = scene.queue_of(parameters.queue_id)
    if parameters.queue_id in scene.agent.queue_ids:
        raise Refusal("in_queue_already", agent=scene.agent_name(scene.agent_id), queue=queue.title)


def queue_logout(scene: Scene, parameters: QueueLogout) -> None:
    queue = scene.queue_of(parameters.queue_id)
    if parameters.queue_id not in scene.agent.queue_ids:
        raise Refusal("not_in_queue", agent=scene.agent_name(scene.agent_id), queue=queue.title)


def login(scene: Scene, _parameters: LogIn) -> None:
    """Nobody can tell in which queues an agent will be, so the supervisor has to see all of them."""
    if not scene.scope.all_queues:
        raise Refusal("login_out_of_scope")
    if scene.agent_id in scene.state.agents:
        raise Refusal("logged_in_already", agent=scene.agent_name(scene.agent_id))


def logout(scene: Scene, _parameters: Parameters) -> None:
    free(scene)


def call(scene: Scene, parameters: Call) -> None:
    free(scene)
    if parameters.queue_id is not None:
        scene.queue_of(parameters.queue_id)


def free(scene: Scene) -> None:
    """The agent has no call."""
    agent = scene.agent
    if agent.call_ids or agent.state in BUSY:
        raise Refusal("has_call", agent=scene.agent_name(scene.agent_id))


def pause_known(scene: Scene, pause_id: str) -> None:
    """Only pauses that agents may take; the PBX's own are not for choosing."""
    pause = scene.state.pauses.get(pause_id)
    if pause is None or pause.type in {"wrap", "lajdak"}:
        raise Refusal("pause_unknown")
