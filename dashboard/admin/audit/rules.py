"""What this site asks for before each action of a supervisor."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from dashboard.models import ActionRule
from dashboard.supervision.wording import action_title


@admin.register(ActionRule)
class ActionRuleAdmin(admin.ModelAdmin[ActionRule]):
    """One row per action, made by a migration: switched in the list, neither added nor deleted."""

    list_display = ["title", "is_enabled", "is_reason_required"]
    list_editable = ["is_enabled", "is_reason_required"]
    list_display_links = None
    fields = ["title", "is_enabled", "is_reason_required"]
    readonly_fields = ["title"]
    change_list_template = "admin/dashboard/actionrule/change_list.html"

    @admin.display(description=_("action"), ordering="action")
    def title(self, rule: ActionRule) -> str:
        return action_title(rule.action)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: ActionRule | None = None) -> bool:
        return False
