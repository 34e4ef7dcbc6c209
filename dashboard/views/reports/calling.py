"""Calling a lost caller back, through the supervisors' action: permitted, asked once, and noted."""

from __future__ import annotations

import uuid

import msgspec
from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from dashboard.models import Pbx, PbxAccount
from dashboard.polling.nudge import poll_nudge
from dashboard.supervision import services
from dashboard.supervision.parameters import ActionName, Ask
from dashboard.supervision.refusal import KeyUsed, Malformed
from dashboard.supervision.rights import may_do


def callable_pbxs(user: User) -> set[str]:
    """PBXs on which the user is an agent and may have calls made: only there the button is shown."""
    if not may_do(user, ActionName.CALL):
        return set()
    accounts = PbxAccount.objects.filter(user=user, pbx__is_enabled=True).exclude(agent_id="")
    return set(accounts.values_list("pbx__slug", flat=True))


def call_back(user: User, *, pbx: Pbx, number: str, key: str, address: str) -> str:
    """What became of it, as a sentence. `key` is of the page's making; the same one never calls twice."""
    account = PbxAccount.objects.filter(user=user, pbx=pbx).exclude(agent_id="").first()
    if account is None:
        return _("You are no agent of this PBX, so it cannot call your telephone.")
    if not number:
        return _("The number was taken away, so nobody can call it.")
    ask = Ask(
        key=key or str(uuid.uuid4()),
        stream=pbx.slug,
        action=ActionName.CALL,
        agent_id=account.agent_id,
        parameters=msgspec.Raw(msgspec.json.encode({"number": number})),
    )
    try:
        record = services.action_do(user, ask, address=address)
    except Malformed as exc:
        return _("This number cannot be called: %(reason)s.") % {"reason": exc}
    except KeyUsed:
        return _("This click was used already. Reload the page.")
    poll_nudge(pbx.slug)
    return str(record["text"])
