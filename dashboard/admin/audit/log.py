"""The audit log: one line per action, and the page of one action with everything that became of it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dashboard import conf
from dashboard.access import scope_of
from dashboard.admin.audit import export, filters
from dashboard.models import ActionEvent
from dashboard.supervision import wording

LIST = "admin:dashboard_actionevent_changelist"


@admin.register(ActionEvent)
class ActionEventAdmin(admin.ModelAdmin[ActionEvent]):
    """Nobody adds, changes or deletes here, superusers neither; the database's own triggers hold the same."""

    list_display = ["when", "who_from", "what", "whom", "about_call", "outcome", "reason"]
    list_display_links = ["when"]
    list_filter = [
        filters.WhatFilter,
        filters.OutcomeFilter,
        filters.MonitoredByFilter,
        filters.WasMonitoredFilter,
        filters.WhoFilter,
        filters.WhomFilter,
        "stream",
    ]
    search_fields = ["actor_name", "agent_name", "=agent_id", "call_id", "queue_title", "reason", "address"]
    search_help_text = _("A name, a queue, a call's ID, an address, or words of the reason.")
    date_hierarchy = "at"
    show_full_result_count = False
    empty_text = _("No supervisor has done anything yet that is still kept.")
    list_per_page = 50
    actions = None
    fields = ["when", "who", "address", "what", "whom", "about_call", "asked_for", "reason", "transitions"]
    change_form_template = "admin/dashboard/actionevent/change_form.html"
    change_list_template = "admin/dashboard/actionevent/change_list.html"

    class Media:
        css = {"all": ["css/admin.css"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[ActionEvent]:
        """Each action by its first event, with the state and the place of its last one. Within the reader's queues."""
        last = ActionEvent.objects.filter(request=OuterRef("request")).order_by("-step")
        rows = super().get_queryset(request).filter(step=ActionEvent.Step.OPENED)
        return _in_scope(rows, request).annotate(
            last_state=Subquery(last.values("state")[:1]), last_id=Subquery(last.values("pk")[:1])
        )

    # The list

    @admin.display(description=_("when"), ordering="at")
    def when(self, event: ActionEvent) -> str:
        return wording.moment_shown(event.at)

    @admin.display(description=_("who"), ordering="actor_name")
    def who(self, event: ActionEvent) -> str | SafeString:
        if not event.actor_name:
            return gettext("the system")
        return _link(event.actor_name, who=event.actor_name)

    @admin.display(description=_("who, from where"), ordering="actor_name")
    def who_from(self, event: ActionEvent) -> SafeString:
        return format_html("{}<small>{}</small>", self.who(event), event.address)

    @admin.display(description=_("what"), ordering="action")
    def what(self, event: ActionEvent) -> str:
        return wording.action_title(event.action)

    @admin.display(description=_("whom"), ordering="agent_name")
    def whom(self, event: ActionEvent) -> str | SafeString:
        shown = wording.agent_shown(event)
        if not event.agent_id:
            return shown or "–"
        return _link(shown, whom=filters.whom_value(event.stream, event.agent_id))

    @admin.display(description=_("queue and call"))
    def about_call(self, event: ActionEvent) -> str:
        return (
            " · ".join(part for part in (event.queue_title or event.queue_id, event.call_id) if part) or "–"
        )

    @admin.display(description=_("outcome"))
    def outcome(self, event: ActionEvent) -> SafeString:
        state = str(getattr(event, "last_state", event.state))
        return format_html(
            '<span class="outcome" data-state="{}">{}</span>', state, wording.state_title(state)
        )

    # The page of one action

    @admin.display(description=_("asked for"))
    def asked_for(self, event: ActionEvent) -> str:
        return ", ".join(f"{name}: {value}" for name, value in event.parameters.items()) or "–"

    @admin.display(description=_("what became of it"))
    def transitions(self, event: ActionEvent) -> SafeString:
        steps = [
            {
                "when": wording.moment_shown(step.at),
                "state": step.state,
                "title": wording.state_title(step.state),
                "text": wording.outcome_text(step),
            }
            for step in ActionEvent.objects.filter(request=event.request).order_by("step")
        ]
        return render_to_string("admin/dashboard/actionevent/transitions.html", {"steps": steps})

    # Export

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.export_view)
        return [
            path("export.<str:kind>", view, name="dashboard_actionevent_export"),
            *super().get_urls(),
        ]

    def export_view(self, request: HttpRequest, kind: str) -> HttpResponse:
        """Every event of the actions that the filters leave, as they are set in the list."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if kind not in export.KINDS:
            raise Http404
        chosen = self.get_changelist_instance(request).get_queryset(request)
        count = export.count_of(chosen)
        if count > export.EVENTS_AT_MOST:
            told = gettext(
                "These are %(count)s events, and an export holds %(most)s: narrow it by date or name."
            )
            messages.error(request, told % {"count": count, "most": export.EVENTS_AT_MOST})
            return redirect(f"{reverse(LIST)}?{request.GET.urlencode()}")
        return export.answer(chosen, kind=kind)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        query = f"?{request.GET.urlencode()}" if request.GET else ""
        context = {
            "title": gettext("Audit log"),
            "keep_days": conf.audit_days(),
            "export_query": query,
            **(extra_context or {}),
        }
        return super().changelist_view(request, context)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        context = {"title": gettext("One action"), "subtitle": None, **(extra_context or {})}
        return super().change_view(request, object_id, form_url, context)

    # Rights

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: ActionEvent | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: ActionEvent | None = None) -> bool:
        return False


def _in_scope(rows: QuerySet[ActionEvent], request: HttpRequest) -> QuerySet[ActionEvent]:
    """Who may read the log without seeing everything reads what was about the queues of his teams."""
    scope = scope_of(request.user)
    if scope.queueless:
        return rows
    if scope.all_queues:
        return rows.exclude(queue_id="")
    seen = Q(pk__in=[])
    for stream, queue_ids in scope.queues.items():
        seen |= Q(stream=stream, queue_id__in=queue_ids)
    return rows.filter(seen)


def _link(shown: str, **filters_set: str) -> SafeString:
    """To all that this person did, or that was done to him."""
    return format_html('<a href="{}?{}">{}</a>', reverse(LIST), urlencode(filters_set), shown)
