"""What is read from the PBX itself right before it is asked to act: the agent's call, the listener's telephone."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from dashboard.pbx.client import PbxClient
from dashboard.pbx.errors import PbxRefused, PbxWrongToken
from dashboard.pbx.groups.lines import Lines
from dashboard.pbx.groups.operators import Operators
from dashboard.pbx.groups.statistics import Statistics
from dashboard.pbx.ids import Login, UserId
from dashboard.pbx.wire.directory import User
from dashboard.pbx.wire.live import UserCall, UserState
from dashboard.pbx.wire.states import CallState, DeviceStatus
from dashboard.supervision.actions import CallRule, Spec
from dashboard.supervision.conditions import is_written
from dashboard.supervision.parameters import Parameters, PauseOn
from dashboard.supervision.refusal import Refusal
from dashboard.supervision.scene import Scene

TAKEN: Final = {CallRule.SPOKEN: CallState.SPEAKING, CallRule.RINGS: CallState.RINGING}
"""In which state a call is the one that the PBX acts upon, though the agent has others."""


def agent_check(
    client: PbxClient, scene: Scene, spec: Spec, parameters: Parameters, *, limit_s: float
) -> None:
    """Read RTUserState and compare the agent's call with the one that the supervisor saw. Raises `Refusal` or a PbxError."""
    rule = spec.call_rule
    if rule is CallRule.NOT_READ:
        return
    state = _state(client, scene, limit_s=limit_s)
    if state is None:
        raise Refusal("agent_gone")
    if rule is CallRule.ANY:
        return
    name = scene.agent_name(scene.agent_id)
    is_forced = isinstance(parameters, PauseOn) and parameters.force
    if rule in TAKEN or (rule is CallRule.SEEN and is_forced and scene.call_id):
        if not state.calls:
            raise Refusal("call_gone")
        meant = state.calls if rule is CallRule.SEEN else _meant(scene, state.calls, TAKEN[rule])
        if scene.call_id not in {str(call.id_call) for call in meant}:
            raise Refusal("call_moved", agent=name)
    elif state.calls:
        raise Refusal("has_call", agent=name)


def _meant(scene: Scene, calls: list[UserCall], taken: CallState) -> list[UserCall]:
    """The one call that the PBX takes if it is told only the agent; nothing if it might be this one or another."""
    by_telephone = [call for call in calls if not is_written(scene.state, call.id_queue)]
    in_state = [call for call in by_telephone if call.state is taken]
    return next((found for found in (by_telephone, in_state) if len(found) == 1), [])


def _state(client: PbxClient, scene: Scene, *, limit_s: float) -> UserState | None:
    """None for an agent who is not logged in. A PBX may say so by refusing, but a refusal may mean anything, so it is looked up."""
    request = replace(Statistics.user_state(user=Login(scene.login), deadline_s=limit_s), if_refused=None)
    try:
        return client.fetch(request).value
    except PbxWrongToken:
        raise
    except PbxRefused:
        if UserId(scene.agent_id) in client.fetch(Statistics.rt_sessions(deadline_s=limit_s)).value:
            raise
        return None


def listener_check(client: PbxClient, extension: str, *, listens: bool, limit_s: float) -> None:
    """Whether the supervisor's own telephone can be rung; in use it may be only for listening, which then changes over."""
    if not extension:
        raise Refusal("extension_missing")
    devices = client.fetch(Lines.device_states(deadline_s=limit_s)).value
    device = next((row for row in devices if row.exten == extension), None)
    if device is None:
        raise Refusal("extension_unknown", extension=extension)
    if device.status in {DeviceStatus.UNAVAILABLE, DeviceStatus.UNKNOWN}:
        raise Refusal("extension_unreachable", extension=extension)
    if device.status is not DeviceStatus.AVAILABLE and not listens:
        raise Refusal("extension_busy", extension=extension)


def user_of(client: PbxClient, user_id: str, *, limit_s: float) -> User:
    """The PBX's user, who need not be logged in."""
    user = client.fetch(Operators.one(UserId(user_id), deadline_s=limit_s)).value
    if user is None or user.deleted or not user.name:
        raise Refusal("user_unknown")
    return user
