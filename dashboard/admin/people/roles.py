"""Roles in the administration: read by administrators, edited by superusers only."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin
from django.contrib.auth.models import Group
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from dashboard.access.roles import ROLES, role_meaning, role_title
from dashboard.admin.people.rights import RoleForm

admin.site.unregister(Group)


@admin.register(Group)
class RoleAdmin(GroupAdmin):
    """The four roles are what permissions and pages refer to by name, so that they are neither renamed nor deleted."""

    form = RoleForm
    filter_horizontal = ()
    list_display = ["title", "meaning", "members_count"]
    readonly_fields = ["meaning", "members"]
    search_help_text = _("The name of a role.")

    class Media:
        css = {"all": ["css/admin.css"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Group]:
        return (
            super().get_queryset(request).annotate(users_count=Count("user")).prefetch_related("permissions")
        )

    @admin.display(description=_("role"), ordering="name")
    def title(self, group: Group) -> str:
        return role_title(group)

    @admin.display(description=_("what it is for"))
    def meaning(self, group: Group) -> str:
        return role_meaning(group) if group.pk else ""

    @admin.display(description=_("users"), ordering="users_count")
    def members_count(self, group: Group) -> int:
        return int(getattr(group, "users_count", 0))

    @admin.display(description=_("users"))
    def members(self, group: Group) -> str:
        names = group.user_set.order_by("username").values_list("username", flat=True) if group.pk else []
        return ", ".join(names) or str(_("nobody"))

    def get_fieldsets(self, request: HttpRequest, obj: Group | None = None) -> Any:
        return [
            (
                None,
                {"fields": ["name", "meaning", "members", "permissions"] if obj else ["name", "permissions"]},
            )
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: Group | None = None) -> list[str]:
        fixed = ["name"] if obj is not None and obj.name in ROLES else []
        return [*self.readonly_fields, *fixed]

    def has_delete_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        return super().has_delete_permission(request, obj) and not (obj is not None and obj.name in ROLES)
