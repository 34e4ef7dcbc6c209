"""One line per PBX whose calls contradict what is set about its waiting times."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from dashboard.admin.history import ringing_sentence
from dashboard.admin.start.lines import Line
from dashboard.history.ringing import ringing_verdict
from dashboard.models import HistoryPolicy


def ringing_lines() -> list[Line]:
    """None while the setting agrees with what was seen, or too little was."""
    return [
        Line(
            key=f"ringing-{policy.pbx.slug}",
            subject=policy.pbx.title,
            level="warning",
            text=ringing_sentence(policy),
            advice=_("Waits and service levels of this PBX are wrong by the time a telephone rings."),
            url=reverse("admin:dashboard_historypolicy_change", args=[policy.pk]),
        )
        for policy in HistoryPolicy.objects.select_related("pbx").filter(pbx__is_enabled=True)
        if ringing_verdict(policy).is_contradicted
    ]
