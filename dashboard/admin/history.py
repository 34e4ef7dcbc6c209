"""The history in the administration: its rules, and what reading found. Everything but the rules is only looked at."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dashboard.history.ringing import ringing_verdict
from dashboard.history.selectors import gaps, progress
from dashboard.models import HistoryPolicy, Reconciliation, RejectedRow

GAPS_SHOWN = 20


def ringing_sentence(policy: HistoryPolicy) -> str:
    """What calls that were seen live say about waiting and ringing, and whether the setting contradicts it."""
    told = ringing_verdict(policy)
    if not told.seen:
        return gettext("No call that was seen live and listed afterwards tells it yet.")
    counts = {"seen": told.seen, "with": told.with_ringing, "without": told.seen - told.with_ringing}
    text = gettext(
        "Of %(seen)s calls that were seen live, waiting_time includes the ringing in %(with)s and does not in %(without)s."
    )
    if not told.is_contradicted:
        return text % counts
    return f"▲ {text % counts} " + gettext(
        "The setting says the opposite: change it, and read past days again."
    )


@admin.register(HistoryPolicy)
class HistoryPolicyAdmin(admin.ModelAdmin[HistoryPolicy]):
    """Made when a PBX is first read, not by hand."""

    list_display = ["pbx", "since", "state", "keep_days", "pseudonymise_after_days"]
    readonly_fields = ["pbx", "state", "missing", "ringing_seen", "numbers_until"]
    fieldsets = [
        (None, {"fields": ["pbx", "state", "missing", "since"]}),
        (
            _("How the PBX counts"),
            {
                "fields": ["waiting_includes_ringing", "ringing_seen", "duration_includes_hold"],
                "description": _(
                    "Holds for what is read from now on; read past days again with manage.py backfill."
                ),
            },
        ),
        (
            _("How long things are kept"),
            {"fields": ["keep_days", "pseudonymise_after_days", "numbers_until"]},
        ),
    ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: HistoryPolicy | None = None) -> bool:
        return False

    @admin.display(description=_("read so far"))
    def state(self, row: HistoryPolicy) -> str:
        told = progress(row.pbx)
        if told.is_complete:
            return gettext("● everything")
        return gettext("▲ %(share)s %% of the time since then") % {"share": f"{(told.share or 0) * 100:.1f}"}

    @admin.display(description=_("ringing, as calls were seen"))
    def ringing_seen(self, row: HistoryPolicy) -> str:
        return ringing_sentence(row)

    @admin.display(description=_("gaps"))
    def missing(self, row: HistoryPolicy) -> str | SafeString:
        found = gaps(row.pbx)
        if not found:
            return gettext("none")
        lines = [
            (gap.action, _moment(gap.begins_at), _moment(gap.ends_at), gap.reason or gettext("is being read"))
            for gap in found[:GAPS_SHOWN]
        ]
        rows = format_html_join("", "<p>{}: {} – {}: {}</p>", lines)
        more = len(found) - len(lines)
        rest = gettext("… and %(count)d more") % {"count": more} if more > 0 else ""
        return format_html("<div>{}{}</div>", rows, rest)


class LookedAt(admin.ModelAdmin[Any]):
    """Rows that only reading makes and changes."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(RejectedRow)
class RejectedRowAdmin(LookedAt):
    list_display = ["pbx", "action", "row_key", "reason", "first_at"]
    list_filter = ["pbx", "action"]
    fields = ["pbx", "action", "row_key", "reason", "first_at", "as_it_came"]

    @admin.display(description=_("as it came"))
    def as_it_came(self, row: RejectedRow) -> SafeString:
        return format_html("<pre>{}</pre>", json.dumps(row.raw, indent=2, ensure_ascii=False))


@admin.register(Reconciliation)
class ReconciliationAdmin(LookedAt):
    list_display = ["pbx", "day", "listed", "missing", "changed", "unlisted", "done_at"]
    list_filter = ["pbx"]
    date_hierarchy = "day"
    fields = ["pbx", "day", "done_at", "listed", "missing", "changed", "unlisted", "differences"]

    @admin.display(description=_("differences"))
    def differences(self, row: Reconciliation) -> str | SafeString:
        words = {
            "missing": gettext("was missing"),
            "changed": gettext("was changed"),
            "unlisted": gettext("is not listed"),
        }
        lines = [(str(one.get("call_id")), words.get(str(one.get("difference")), "")) for one in row.examples]
        return format_html("<div>{}</div>", format_html_join("", "<p>{}: {}</p>", lines)) if lines else "–"


def _moment(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%d.%m.%Y %H:%M}"
