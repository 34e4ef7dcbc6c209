"""A user's accounts at PBXs: as which agent, and on which telephone the user listens."""

from __future__ import annotations

from typing import Any

import redis
from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.utils.translation import gettext_lazy as _

from dashboard.access.extension import extension_cleaned
from dashboard.models import Pbx, PbxAccount
from dashboard.polling.selectors import agents_known


class AccountForm(forms.ModelForm[PbxAccount]):
    class Meta:
        model = PbxAccount
        fields = ["pbx", "agent_id", "extension"]
        help_texts = {
            "agent_id": _(
                "The PBX's ID of this person, a number. With it, the person may read on “My account” who listened to the "
                "person's calls. Empty for somebody who takes no calls."
            ),
            "extension": _("The telephone that rings when this person listens to a call. Such as 204."),
        }

    def clean_extension(self) -> str:
        return extension_cleaned(str(self.cleaned_data["extension"]))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        agent_id, pbx = str(data.get("agent_id") or "").strip(), data.get("pbx")
        if agent_id and pbx is not None and "agent_id" in self.changed_data:
            problem = agent_problem(agent_id, pbx=pbx, account=self.instance)
            if problem:
                self.add_error("agent_id", problem)
        return data | {"agent_id": agent_id}


def agent_problem(agent_id: str, *, pbx: Pbx, account: PbxAccount) -> str:
    """Why this person cannot be that agent; "" if there is no reason. A PBX that was not read yet objects to nobody."""
    other = (
        PbxAccount.objects.filter(pbx=pbx, agent_id=agent_id)
        .exclude(pk=account.pk)
        .select_related("user")
        .first()
    )
    if other is not None:
        return str(_("This agent is the account of %(user)s already.") % {"user": other.user})
    try:
        agents = agents_known(pbx)
    except redis.RedisError:
        return ""
    if agents and agent_id not in agents:
        return str(_("%(pbx)s knows no agent with the ID %(id)s.") % {"pbx": pbx.title, "id": agent_id})
    return ""


class AccountInline(admin.TabularInline[PbxAccount, User]):
    model = PbxAccount
    form = AccountForm
    extra = 0
    fields = ["pbx", "agent_id", "agent_name", "extension"]
    readonly_fields = ["agent_name"]
    verbose_name = _("account at a PBX")
    verbose_name_plural = _("accounts at PBXs")

    @admin.display(description=_("known there as"))
    def agent_name(self, account: PbxAccount) -> str:
        if not account.agent_id:
            return "–"
        try:
            return agents_known(account.pbx).get(account.agent_id) or str(_("not known there now"))
        except redis.RedisError:
            return "–"
