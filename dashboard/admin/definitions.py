"""Definitions of service levels in the administration: versions are added, and none is ever changed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dashboard.admin.definition_form import (
    DAY_TITLES,
    DefinitionForm,
    applies_text,
    initial_of,
    standing_text,
)
from dashboard.domain.kpi import variant_of
from dashboard.domain.kpi.hours import DAYS, days_loaded, spans_text
from dashboard.models import Holiday, QueueDefinition


@admin.register(QueueDefinition)
class QueueDefinitionAdmin(admin.ModelAdmin[QueueDefinition]):
    form = DefinitionForm
    list_display = [
        "holds",
        "level",
        "short",
        "formula",
        "applies",
        "standing",
        "made_by",
        "made_at",
        "note",
        "again",
    ]
    list_filter = ["pbx", "made_at"]
    list_select_related = ["pbx", "queue", "made_by"]
    search_fields = ["queue__title", "queue__number", "note"]
    search_help_text = _("The title or number of a queue, or the reason of a change.")
    add_fieldsets = [
        (
            None,
            {
                "fields": ["holds_for", "when", "applies_from", "note"],
                "description": _(
                    "A definition is never changed: a new version replaces it, and old ones stay listed."
                ),
            },
        ),
        (
            _("Service level"),
            {
                "fields": ["threshold_s", "short_s", "goal_percent", "variant"],
                "description": _(
                    "A answered, B gave up, F left the queue before an answer by transfer or overflow, O all of these."
                    " ≤ and > say whether within T, or s, seconds."
                ),
            },
        ),
        (
            _("Business hours"),
            {"fields": [*(f"hours_{day}" for day in DAYS), "day_start"], "classes": ["business-hours"]},
        ),
    ]
    fieldsets = [
        (None, {"fields": ["holds", "applies", "standing", "note", "made_by", "made_at"]}),
        (_("Service level"), {"fields": ["threshold_s", "short_s", "level", "formula"]}),
        (_("Business hours"), {"fields": ["open", "day_start"]}),
        (_("Versions"), {"fields": ["versions"]}),
    ]

    class Media:
        css = {"all": ["css/admin.css"]}

    def get_fieldsets(self, request: HttpRequest, obj: QueueDefinition | None = None) -> Any:
        return self.add_fieldsets if obj is None else self.fieldsets

    def get_readonly_fields(self, request: HttpRequest, obj: QueueDefinition | None = None) -> list[str]:
        if obj is None:
            return []
        return [str(name) for _title, options in self.fieldsets for name in options["fields"]]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """A new version begins as the one it was asked for from, and tomorrow, so that a day is judged by one rule."""
        tomorrow = timezone.localdate() + timedelta(days=1)
        row = QueueDefinition.objects.filter(pk=_number(request.GET.get("version"))).first()
        return {"applies_from": tomorrow, **(initial_of(row) if row else {})}

    def save_model(self, request: HttpRequest, obj: QueueDefinition, form: Any, change: bool) -> None:  # noqa: FBT001  # Django's signature
        obj.made_by = request.user  # type: ignore[assignment]  # only real users get here
        super().save_model(request, obj, form, change)

    def has_change_permission(self, request: HttpRequest, obj: QueueDefinition | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: QueueDefinition | None = None) -> bool:
        return False

    @admin.display(description=_("holds for"), ordering="queue__title")
    def holds(self, row: QueueDefinition) -> str:
        return row.holds_for

    @admin.display(description=_("goal"), ordering="goal")
    def level(self, row: QueueDefinition) -> str:
        return f"{row.goal * 100:g}/{row.threshold_s}"

    @admin.display(description=_("short abandon"), ordering="short_s")
    def short(self, row: QueueDefinition) -> str:
        return f"{row.short_s}\u202fs"

    @admin.display(description=_("service level"), ordering="variant")
    def formula(self, row: QueueDefinition) -> SafeString:
        variant = variant_of(row.variant)
        return format_html('<span title="{}">{}</span>', gettext(variant.title), variant.formula)

    @admin.display(description=_("applies from"), ordering="applies_from")
    def applies(self, row: QueueDefinition) -> str:
        return applies_text(row)

    @admin.display(description=_("state"))
    def standing(self, row: QueueDefinition) -> str:
        return standing_text(row, list(_versions(row).filter(pk__gt=row.pk)), today=timezone.localdate())

    @admin.display(description=_("open"))
    def open(self, row: QueueDefinition) -> str:
        days = days_loaded(row.hours)
        if days is None:
            return gettext("around the clock")
        return "; ".join(
            f"{title} {spans_text(days[day])}" for day, title in DAY_TITLES.items() if days.get(day)
        )

    @admin.display(description="")
    def again(self, row: QueueDefinition) -> SafeString:
        url = reverse("admin:dashboard_queuedefinition_add")
        return format_html('<a href="{}?version={}">{}</a>', url, row.pk, gettext("New version"))

    @admin.display(description=_("all versions for the same"))
    def versions(self, row: QueueDefinition) -> SafeString:
        rows = list(_versions(row))
        lines = [
            {
                "row": one,
                "level": self.level(one),
                "applies": self.applies(one),
                "standing": standing_text(one, rows[:index], today=timezone.localdate()),
                "is_this": one.pk == row.pk,
            }
            for index, one in enumerate(rows)
        ]
        return render_to_string("admin/dashboard/queuedefinition/versions.html", {"lines": lines})


@admin.register(Holiday)
class HolidayAdmin(admin.ModelAdmin[Holiday]):
    list_display = ["day", "name"]
    date_hierarchy = "day"
    search_fields = ["name"]


def _versions(row: QueueDefinition) -> QuerySet[QueueDefinition]:
    """Those for the same queues, the newest first."""
    return QueueDefinition.objects.filter(pbx=row.pbx_id, queue=row.queue_id).order_by("-pk")


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() else 0
