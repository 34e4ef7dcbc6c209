"""The table of actions: who may, what must be true, how it is asked, what shows it, and until when."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

import msgspec
from django.utils.translation import gettext_lazy as _

from dashboard.pbx.words import TransferType
from dashboard.supervision import asking, conditions, parameters
from dashboard.supervision.asking import Asked
from dashboard.supervision.parameters import ActionName, Parameters
from dashboard.supervision.scene import Scene

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


class Subject(StrEnum):
    """What an action is about, and which ids must come with it."""

    AGENT = "agent"
    CALL = "call"
    AGENT_AND_CALL = "agent_and_call"


class CallRule(StrEnum):
    """What the agent's call must be when RTUserState is read again, right before the PBX is asked."""

    SPOKEN = "spoken"
    """The one the supervisor saw, and the one that the PBX takes when it is told only the agent: the only one, or the only one
    that is spoken in."""
    RINGS = "rings"
    """The same with the only one that rings."""
    NONE = "none"
    SEEN = "seen"
    """None, or if it is forced the one the supervisor saw, if any."""
    ANY = "any"
    NOT_READ = "not_read"
    """The action is not addressed to an agent, or the agent is not logged in."""


class Spec(msgspec.Struct, frozen=True, kw_only=True):
    """One action. `deadline_s` is how long its fact may take; `waits_s` how long a plan waits for the end of the call."""

    title: StrPromise
    done: StrPromise
    """What is true once it is confirmed."""
    parameters: type[Parameters] = Parameters
    subject: Subject = Subject.AGENT
    call_rule: CallRule = CallRule.ANY
    condition: Callable[[Scene, Any], None]
    ask: Callable[[Scene, Any, str], Asked]
    deadline_s: float = 15.0
    deadlines_s: Mapping[str, float] = {}
    """Other deadlines, by the parameter `type`."""
    waits_s: float | None = None
    permission: str
    is_bulk: bool = False
    is_reason_required: bool = False

    def deadline_of(self, asked: Mapping[str, Any]) -> float:
        """By what was asked for: a caller who is sent on at once is there sooner than after a word before."""
        return self.deadlines_s.get(str(asked.get("type", "")), self.deadline_s)


ACTIONS: Final[dict[ActionName, Spec]] = {
    ActionName.MONITORING: Spec(
        title=_("Listen"),
        done=_("Your telephone %(extension)s is in the call."),
        parameters=parameters.Monitoring,
        subject=Subject.AGENT_AND_CALL,
        call_rule=CallRule.SPOKEN,
        condition=conditions.monitoring,
        ask=asking.monitoring,
        deadline_s=30.0,
        permission="act_monitoring",
        is_reason_required=True,
    ),
    ActionName.PAUSE_ON: Spec(
        title=_("Pause"),
        done=_("%(agent)s is on the pause."),
        parameters=parameters.PauseOn,
        call_rule=CallRule.SEEN,
        condition=conditions.pause_on,
        ask=asking.pause_on,
        permission="act_pause_on",
        is_bulk=True,
    ),
    ActionName.PAUSE_AFTER_CALL: Spec(
        title=_("Pause after this call"),
        done=_("%(agent)s is on the pause."),
        parameters=parameters.PauseAfterCall,
        subject=Subject.AGENT_AND_CALL,
        call_rule=CallRule.NONE,
        condition=conditions.pause_after_call,
        ask=asking.pause_after_call,
        waits_s=4 * 3600.0,
        permission="act_pause_on",
    ),
    ActionName.PAUSE_OFF: Spec(
        title=_("End pause"),
        done=_("%(agent)s is on no pause any more."),
        condition=conditions.pause_off,
        ask=asking.pause_off,
        permission="act_pause_off",
        is_bulk=True,
    ),
    ActionName.TRANSFER: Spec(
        title=_("Transfer"),
        done=_("The call has left %(agent)s."),
        parameters=parameters.Transfer,
        subject=Subject.AGENT_AND_CALL,
        call_rule=CallRule.SPOKEN,
        condition=conditions.transfer,
        ask=asking.transfer,
        deadline_s=90.0,
        deadlines_s={TransferType.BLIND.value: 20.0},
        permission="act_transfer",
    ),
    ActionName.HANGUP: Spec(
        title=_("Hang up"),
        done=_("The call has ended."),
        subject=Subject.CALL,
        call_rule=CallRule.NOT_READ,
        condition=conditions.hangup,
        ask=asking.hangup,
        permission="act_hangup",
    ),
    ActionName.ANSWER: Spec(
        title=_("Answer"),
        done=_("%(agent)s speaks in the call."),
        subject=Subject.AGENT_AND_CALL,
        call_rule=CallRule.RINGS,
        condition=conditions.answer,
        ask=asking.answer,
        permission="act_answer",
    ),
    ActionName.PICKUP: Spec(
        title=_("Hand to agent"),
        done=_("The call is at %(agent)s."),
        subject=Subject.AGENT_AND_CALL,
        call_rule=CallRule.NONE,
        condition=conditions.pickup,
        ask=asking.pickup,
        permission="act_pickup",
    ),
    ActionName.QUEUE_LOGIN: Spec(
        title=_("Log in to queue"),
        done=_("%(agent)s is in the queue."),
        parameters=parameters.QueueLogin,
        condition=conditions.queue_login,
        ask=asking.queue_login,
        permission="act_queue_login",
        is_bulk=True,
    ),
    ActionName.QUEUE_LOGOUT: Spec(
        title=_("Log out of queue"),
        done=_("%(agent)s is not in the queue any more."),
        parameters=parameters.QueueLogout,
        condition=conditions.queue_logout,
        ask=asking.queue_logout,
        permission="act_queue_logout",
        is_bulk=True,
    ),
    ActionName.LOGIN: Spec(
        title=_("Log in"),
        done=_("%(agent)s is logged in."),
        parameters=parameters.LogIn,
        call_rule=CallRule.NOT_READ,
        condition=conditions.login,
        ask=asking.login,
        deadline_s=20.0,
        permission="act_login",
    ),
    ActionName.LOGOUT: Spec(
        title=_("Log out"),
        done=_("%(agent)s is logged out."),
        call_rule=CallRule.NONE,
        condition=conditions.logout,
        ask=asking.logout,
        permission="act_logout",
    ),
    ActionName.CALL: Spec(
        title=_("Call a number"),
        done=_("%(agent)s is in the call."),
        parameters=parameters.Call,
        call_rule=CallRule.NONE,
        condition=conditions.call,
        ask=asking.call,
        deadline_s=20.0,
        permission="act_call",
    ),
    ActionName.PLAYBACK: Spec(
        title=_("Play an announcement"),
        done=_("The PBX says that it does so."),
        parameters=parameters.Playback,
        subject=Subject.AGENT_AND_CALL,
        call_rule=CallRule.SPOKEN,
        condition=conditions.playback,
        ask=asking.playback,
        deadline_s=10.0,
        permission="act_playback",
    ),
}
