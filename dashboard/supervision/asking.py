"""How each action is asked of the PBX, and the fact that shows that it was done."""

from __future__ import annotations

from typing import Any, TypeAlias

from dashboard.pbx.groups.calls import Calls
from dashboard.pbx.groups.operators import Operators
from dashboard.pbx.groups.pauses import Pauses
from dashboard.pbx.groups.queues import Queues
from dashboard.pbx.ids import CallId, Extension, Login, PauseId, Phone, QueueId, QueueNumber, UserId
from dashboard.pbx.request import Request
from dashboard.pbx.words import PlaybackCommand
from dashboard.supervision import facts
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
from dashboard.supervision.scene import Scene

Asked: TypeAlias = tuple[Request[Any], facts.AnyFact]
"""What is sent to the PBX, and what will show that it was done."""


def monitoring(scene: Scene, parameters: Monitoring, listener: str) -> Asked:
    request = Calls.monitor(
        user=Login(scene.login), listener=Extension(listener), mode=parameters.mode, deadline_s=None
    )
    return request, facts.Listening(extension=listener, call_id=scene.call_id)


def pause_on(scene: Scene, parameters: PauseOn, _: str) -> Asked:
    request = Pauses.on(
        user=Login(scene.login), pause=PauseId(parameters.pause_id), force=True if parameters.force else None
    )
    during = scene.call_id or None if parameters.force else None
    return request, facts.OnPause(
        agent_id=scene.agent_id, pause_id=parameters.pause_id, during_call_id=during
    )


def pause_after_call(scene: Scene, parameters: PauseAfterCall, _: str) -> Asked:
    """Asked when the call is over, and never forced: a call that has come meanwhile is the caller's."""
    request = Pauses.on(user=Login(scene.login), pause=PauseId(parameters.pause_id))
    return request, facts.OnPause(agent_id=scene.agent_id, pause_id=parameters.pause_id)


def pause_off(scene: Scene, _parameters: Parameters, _: str) -> Asked:
    return Pauses.off(user=Login(scene.login)), facts.NotPaused(agent_id=scene.agent_id)


def transfer(scene: Scene, parameters: Transfer, _: str) -> Asked:
    request = Calls.transfer(
        user=Login(scene.login),
        number=Phone(parameters.number) if parameters.number else None,
        dst_queue=QueueId(parameters.queue_id) if parameters.queue_id else None,
        dst_user=UserId(parameters.to_agent_id) if parameters.to_agent_id else None,
        type=parameters.type,
    )
    return request, facts.CallLeft(
        agent_id=scene.agent_id,
        call_id=scene.call_id,
        caller=scene.call.caller,
        to_agent_id=parameters.to_agent_id,
        to_queue_id=parameters.queue_id,
    )


def hangup(scene: Scene, _parameters: Parameters, _: str) -> Asked:
    """By the call's ID alone, so that no other call can be hit."""
    return Calls.hangup(call=CallId(scene.call_id)), facts.CallGone(call_id=scene.call_id)


def answer(scene: Scene, _parameters: Parameters, _: str) -> Asked:
    fact = facts.SpeaksIn(agent_id=scene.agent_id, call_id=scene.call_id)
    return Calls.answer(user=Login(scene.login)), fact


def pickup(scene: Scene, _parameters: Parameters, _: str) -> Asked:
    request = Calls.pickup_from_queue(call_id=CallId(scene.call_id), user=Login(scene.login))
    return request, facts.CallAt(agent_id=scene.agent_id, call_id=scene.call_id)


def queue_login(scene: Scene, parameters: QueueLogin, _: str) -> Asked:
    number = QueueNumber(scene.queue_number(parameters.queue_id))
    request = Queues.login(user=Login(scene.login), queue=number, priority=parameters.priority)
    return request, facts.InQueue(agent_id=scene.agent_id, queue_id=parameters.queue_id, is_in=True)


def queue_logout(scene: Scene, parameters: QueueLogout, _: str) -> Asked:
    request = Queues.logout(
        user=Login(scene.login), queue=QueueNumber(scene.queue_number(parameters.queue_id))
    )
    return request, facts.InQueue(agent_id=scene.agent_id, queue_id=parameters.queue_id, is_in=False)


def login(scene: Scene, parameters: LogIn, user: str) -> Asked:
    """`user` is the login that the PBX told of this ID."""
    request = Operators.login(
        user=Login(user), extension=Extension(parameters.extension) if parameters.extension else None
    )
    return request, facts.Present(agent_id=scene.agent_id, is_present=True)


def logout(scene: Scene, _parameters: Parameters, _: str) -> Asked:
    return Operators.logout(user=Login(scene.login)), facts.Present(agent_id=scene.agent_id, is_present=False)


def call(scene: Scene, parameters: Call, _: str) -> Asked:
    queue = QueueNumber(scene.queue_number(parameters.queue_id)) if parameters.queue_id else None
    request = Calls.create(user=Login(scene.login), number=Phone(parameters.number), queue=queue)
    return request, facts.Calling(agent_id=scene.agent_id)


def playback(scene: Scene, parameters: Playback, _: str) -> Asked:
    request = Calls.control_playback(
        command=parameters.command,
        user=Login(scene.login),
        recording=parameters.recording or None,
        begintime=parameters.begin_ms,
        skiptime=parameters.skip_ms,
    )
    shown: facts.AnyFact = facts.Unseen()
    if parameters.command in {PlaybackCommand.PLAY, PlaybackCommand.STOP}:
        is_playing = parameters.command is PlaybackCommand.PLAY
        shown = facts.Playing(login=scene.login, is_playing=is_playing)
    return request, shown
