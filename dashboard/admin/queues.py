"""Queues in the administration: as the PBXs name them, with the teams that see them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Exists, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dashboard.domain.kpi import variant_of
from dashboard.figures.definitions import Definitions, definitions_of
from dashboard.models import Queue, Team

IN_NO_TEAM = "none"
READ = "definitions_read"


class QueueForm(forms.ModelForm[Queue]):
    seen_by = forms.ModelMultipleChoiceField(
        Team.objects.all(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        label=_("teams"),
        help_text=_("Whose members see this queue. Teams over all queues see it in any case."),
    )

    class Meta:
        model = Queue
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen_by"].initial = list(self.instance.teams.values_list("pk", flat=True))


class SeenByFilter(admin.SimpleListFilter):
    """By team, and which queues nobody but administrators sees."""

    title = _("team")
    parameter_name = "team"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            (IN_NO_TEAM, gettext("▲ in no team")),
            *((str(team.pk), team.name) for team in Team.objects.all()),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Queue]) -> QuerySet[Queue]:
        value = self.value() or ""
        if value == IN_NO_TEAM:
            is_seen = Team.objects.filter(all_queues=True).exists()
            return queryset.none() if is_seen else queryset.filter(teams=None, is_gone=False)
        return queryset.filter(teams=int(value)) if value in dict(self.lookup_choices) else queryset


@admin.register(Queue)
class QueueAdmin(admin.ModelAdmin[Queue]):
    """Neither added nor deleted by hand: the register enters what the PBX names and marks what it does not name any more."""

    form = QueueForm
    list_display = ["title", "number", "pbx", "direction_told", "type_told", "level", "seen_by", "presence"]
    list_filter = ["pbx", SeenByFilter, "direction", "type", "is_gone"]
    empty_text = _(
        "Queues appear here by themselves, half a minute after a PBX is polled for the first time."
    )
    list_select_related = ["pbx"]
    search_fields = ["title", "number", "queue_id", "teams__name"]
    search_help_text = _("The title, number or ID of a queue, or a team.")
    readonly_fields = [
        *("pbx", "title", "number", "queue_id"),
        *("direction_told", "type_told", "presence", "level"),
    ]
    fieldsets = [
        (
            None,
            {
                "fields": ["title", "number", "queue_id", "pbx", "direction_told", "type_told", "presence"],
                "description": _("As the PBX names it; changed there, and read from there every 20 s."),
            },
        ),
        (
            _("Service level"),
            {
                "fields": ["level"],
                "description": _(
                    "By the definition that holds today; a new version is added under Definitions of service levels."
                ),
            },
        ),
        (_("Who sees it"), {"fields": ["seen_by"]}),
    ]

    class Media:
        css = {"all": ["css/admin.css"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Queue]:
        everywhere = Exists(Team.objects.filter(all_queues=True))
        return super().get_queryset(request).annotate(is_seen=everywhere).prefetch_related("teams")

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        changes = super().get_changelist_instance(request)
        read: dict[int, Definitions] = {}
        for queue in changes.result_list:
            if queue.pbx_id not in read:
                read[queue.pbx_id] = definitions_of(queue.pbx)
            setattr(queue, READ, read[queue.pbx_id])
        return changes

    @admin.display(description=_("direction"), ordering="direction")
    def direction_told(self, queue: Queue) -> str:
        return queue.get_direction_display() or "–"

    @admin.display(description=_("type"), ordering="type")
    def type_told(self, queue: Queue) -> str:
        return queue.get_type_display() or "–"

    @admin.display(description=_("goal, threshold, formula"))
    def level(self, queue: Queue) -> SafeString:
        """By what holds today; the list has read the definitions of each PBX once."""
        definitions = getattr(queue, READ, None) or definitions_of(queue.pbx)
        rule = definitions.of(queue.queue_id, timezone.localdate())
        told = gettext("%(goal)s %% in %(threshold)s s") % {
            "goal": f"{rule.goal * 100:g}",
            "threshold": rule.threshold_s,
        }
        return format_html("{} <small>{}</small>", told, gettext(variant_of(rule.variant).title))

    @admin.display(description=_("teams"))
    def seen_by(self, queue: Queue) -> str | SafeString:
        names = [team.name for team in queue.teams.all()]
        if names or queue.is_gone:
            return ", ".join(names) or "–"
        if getattr(queue, "is_seen", False):
            return gettext("all-queue teams")
        return format_html('<strong class="warns">▲ {}</strong>', gettext("none: only administrators see it"))

    @admin.display(description=_("state"), ordering="is_gone")
    def presence(self, queue: Queue) -> str | SafeString:
        if queue.is_gone:
            return format_html(
                '<span class="gone">✕ {}</span>', gettext("gone: the PBX does not name it any more")
            )
        return format_html('<span class="fine">● {}</span>', gettext("there"))

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: FBT001  # Django's signature
        super().save_related(request, form, formsets, change)
        form.instance.teams.set(form.cleaned_data["seen_by"])

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Queue | None = None) -> bool:
        return False
