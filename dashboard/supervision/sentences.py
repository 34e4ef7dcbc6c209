"""Sentences that tell what is true now, and what the PBX's own words mean."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dashboard.models import ActionEvent
from dashboard.pbx.errors import (
    PbxCallInProgress,
    PbxError,
    PbxNotAnEmailQueue,
    PbxNotInAnyQueue,
    PbxNotInOutboundQueue,
    PbxRefused,
    PbxTimeout,
    PbxUnknownPause,
    PbxUnknownStatus,
    PbxWrongToken,
    refusal,
)
from dashboard.supervision.actions import ACTIONS
from dashboard.supervision.parameters import ActionName

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

State = ActionEvent.State

SENTENCES: Final[Mapping[str, StrPromise]] = {
    # Refused by us
    "forbidden": _("Your account may not do this."),
    "disabled": _("This action is switched off on this site."),
    "out_of_scope": _("This is outside the queues of your teams."),
    "login_out_of_scope": _(
        "An agent who is not logged in is in no queue: only those who see all queues may log him in."
    ),
    "malformed": _("The request makes no sense: %(detail)s."),
    "reason_missing": _("Say why: this action needs a reason."),
    "no_pbx": _("There is no such PBX, or it is not polled now."),
    "no_live_state": _("The live state cannot be read now. Nothing was done."),
    "agent_gone": _("The agent is not logged in any more. Nothing was done."),
    "target_gone": _("The agent to whom the call is to go is not logged in any more. Nothing was done."),
    "to_same_agent": _("The call is with this agent already."),
    "login_unknown": _("The PBX has not told the login of %(agent)s yet. Try again in a minute."),
    "call_gone": _("The call has ended. Nothing was done."),
    "call_over": _("%(agent)s is not in that call any more. Nothing was planned."),
    "call_moved": _("%(agent)s is not in the call that you saw any more. Nothing was done."),
    "has_call": _("%(agent)s has a call now. Nothing was done."),
    "not_speaking": _("%(agent)s does not speak in this call yet."),
    "not_ringing": _("The call does not ring at %(agent)s any more. Nothing was done."),
    "written": _("This is an e-mail or a chat, not a telephone call. Nothing was done."),
    "target_written": _("The queue %(queue)s takes no telephone calls. Nothing was done."),
    "not_waiting": _("The call does not wait any more. Nothing was done."),
    "paused_already": _("%(agent)s is on this pause already."),
    "not_paused": _("%(agent)s is on no pause."),
    "pause_unknown": _("There is no such pause that could be chosen."),
    "in_no_queue": _("%(agent)s is in no queue and cannot be paused."),
    "queue_unknown": _("There is no such queue."),
    "queue_number_unknown": _("The PBX has not told the number of the queue %(queue)s yet."),
    "in_queue_already": _("%(agent)s is in the queue %(queue)s already."),
    "not_in_queue": _("%(agent)s is not in the queue %(queue)s."),
    "logged_in_already": _("%(agent)s is logged in already."),
    "user_unknown": _("The PBX knows no such user."),
    "extension_missing": _("Your own telephone is not known: enter its extension first."),
    "extension_unknown": _("The PBX knows no telephone %(extension)s: correct your own extension."),
    "extension_unreachable": _("Your telephone %(extension)s is not reachable. Nothing was done."),
    "extension_busy": _("Your telephone %(extension)s is in use. Nothing was done."),
    "not_asked": _("The PBX gave no answer for another agent, so it was not asked again. Nothing was done."),
    "no_time_left": _(
        "The agents before took too long, so the PBX was not asked about this one. Nothing was done."
    ),
    "withdrawal_refused": _("This plan is not yours to withdraw. It stays."),
    # What the PBX answered, or did not
    "asked": _("The PBX is being asked."),
    "asked_monitoring": _("The PBX is being asked to ring your telephone %(extension)s."),
    "accepted": _("The PBX accepted it; it is not visible yet."),
    "accepted_monitoring": _("The PBX accepted it: your telephone %(extension)s rings."),
    "accepted_after_call": _("The PBX accepted it: the pause begins after the call."),
    "accepted_unseen": _("The PBX accepted it. That cannot be confirmed."),
    "pbx_refused": _("The PBX refused. Nothing was done."),
    "unreachable": _("The PBX cannot be reached. Nothing was done."),
    "http": _("The PBX's web server refused the request (HTTP status %(status)s). Nothing was done."),
    "settings": _("The PBX's settings cannot be used: %(detail)s Nothing was done."),
    "not_read": _(
        "The PBX could not be asked how it is with the agent or the telephone just now. Nothing was done."
    ),
    "timeout": _("The PBX gave no answer within %(limit_s)s s. Nobody knows yet whether it acted."),
    "broken": _("The PBX's answer broke off or cannot be read. Nobody knows yet whether it acted."),
    "interrupted": _("The server was interrupted while it asked. Nobody knows yet whether the PBX acted."),
    # What the live state shows
    "not_confirmed": _(
        "The PBX accepted it, but it did not show within %(seconds)s s. Look before you try again."
    ),
    "not_confirmed_monitoring": _(
        "The PBX accepted it, but your telephone %(extension)s was not seen in use. It cannot be confirmed."
    ),
    "not_confirmed_unanswered": _(
        "The PBX gave no answer, and nothing showed within %(seconds)s s that it acted. Look before you try again."
    ),
    "transfer_call_gone": _(
        "The call has ended. Whether it was transferred before, or the caller hung up, was not seen."
    ),
    "call_ended": _("The call that was listened to has ended."),
    "listening_ended": _("Your telephone is not in the call any more."),
    "listening_changed": _("Your telephone changed over to another call, or another way of listening."),
    "listening_unknown": _("Whether the listening still went on was not seen any more."),
    # Plans
    "planned": _("%(agent)s will be paused when the call ends."),
    "withdrawn": _("Withdrawn by %(actor)s. Nothing was done."),
    "plan_agent_gone": _("%(agent)s logged out before. Nothing was done."),
    "plan_forbidden": _("%(actor)s may not do this any more. Nothing was done."),
    "plan_disabled": _("This action has been switched off on this site meanwhile. Nothing was done."),
    "plan_out_of_scope": _(
        "%(agent)s is outside the queues of the teams of %(actor)s by now. Nothing was done."
    ),
    "plan_too_old": _("The call did not end in time. Nothing was done."),
    "plan_replaced": _("Another plan took its place."),
    # The retention job
    "expired": _("%(count)s events from before %(before)s were deleted."),
}

MEANINGS: Final[Mapping[type[PbxRefused], StrPromise]] = {
    PbxWrongToken: _(
        "The PBX knows no such user: either this agent does not exist, or our login is not accepted."
    ),
    PbxCallInProgress: _("The agent has a call in this queue and cannot leave it now."),
    PbxNotInOutboundQueue: _("The agent is in no outbound queue or campaign."),
    PbxNotInAnyQueue: _("The agent is in no queue and cannot be paused."),
    PbxUnknownPause: _("The PBX knows no such pause."),
    PbxUnknownStatus: _("The PBX knows no such status."),
    PbxNotAnEmailQueue: _("The queue is not one for e-mails."),
}


class _About(dict[str, str]):
    """What fills in a sentence; "" for what an older event did not keep yet."""

    def __missing__(self, _name: str) -> str:
        return ""


def sentence(event: ActionEvent) -> str:
    """What the event says, in the language that is active now."""
    about = _About(event.about)
    about.setdefault("agent", event.agent_name or event.agent_id)
    if event.state == State.CONFIRMED:
        return str(ACTIONS[ActionName(event.action)].done) % about
    known = SENTENCES.get(event.code)
    return event.text if known is None else str(known) % about


def meaning(pbx_text: str) -> str:
    """Our translation of the PBX's own words; "" if they are not documented."""
    if not pbx_text:
        return ""
    known = MEANINGS.get(type(refusal("", pbx_text)))
    return "" if known is None else str(known)


def told(code: str, about: Mapping[str, str]) -> str:
    """The sentence of a refusal that is no action's."""
    return str(SENTENCES[code]) % about


def told_error(exc: PbxError) -> str:
    """Why the PBX does not tell what was asked for."""
    if isinstance(exc, PbxRefused):
        text = meaning(exc.pbx_text)
        return f"{text} ({exc.pbx_text})" if text else gettext("The PBX refused: %s") % exc.pbx_text
    if isinstance(exc, PbxTimeout):
        return gettext("The PBX gave no answer within %s s.") % f"{exc.limit_s:g}"
    if exc.code == "unreachable":
        return gettext("The PBX cannot be reached.")
    return gettext("The PBX's answer cannot be used.")
