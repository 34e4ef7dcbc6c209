"""The site of the administration. It imports none of its pages, since they register with it."""

from __future__ import annotations

from typing import Any, Final

from django.contrib.admin import AdminSite
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

REPORTS: Final = ["ReportSubscription", "ApiToken", "HistoryPolicy", "Reconciliation", "RejectedRow"]
SECTIONS: Final = [
    ("telephony", _("PBXs and queues"), ["Pbx", "Queue", "QueueDefinition", "Hook"]),
    ("people", _("People and rights"), ["User", "Team", "Group"]),
    ("wall", _("Boards and screens"), ["Board", "Screen", "Playlist", "Announcement", "Holiday"]),
    ("callers", _("Callers"), ["Contact"]),
    ("history", _("History"), ["HistoryPolicy", "Reconciliation", "RejectedRow"]),
    ("supervision", _("Supervision"), ["ActionEvent", "ActionRule"]),
    ("reports", _("Reports and history"), REPORTS),
    ("more", _("More"), []),
]
"""Models by what they are about, in this order; what is not named here comes under the last one."""

RENAMED: Final = {"Group": _("Roles")}


class AdministrationSite(AdminSite):
    site_header = "Wallboard"
    site_title = "Wallboard"
    index_title = _("Administration")

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """There is one login for the whole site; who is logged in and may not open the administration is told so."""
        if request.user.is_authenticated and not self.has_permission(request):
            raise PermissionDenied
        return redirect_to_login(request.GET.get(REDIRECT_FIELD_NAME) or reverse("admin:index"))

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """Sections by subject instead of Django's applications; the page of one application stays as it is."""
        apps: list[Any] = super().get_app_list(request, app_label)
        return apps if app_label else sections_of([model for app in apps for model in app["models"]])


def sections_of(models: list[Any]) -> list[Any]:
    """Only sections with something in them."""
    places = {name: label for label, _title, names in SECTIONS for name in names}
    order = [name for _label, _title, names in SECTIONS for name in names]
    sections = []
    for label, title, _names in SECTIONS:
        rows = [
            model | {"name": RENAMED.get(model["object_name"], model["name"])}
            for model in models
            if places.get(model["object_name"], "more") == label
        ]
        rows.sort(
            key=lambda row: order.index(row["object_name"]) if row["object_name"] in order else len(order)
        )
        if rows:
            sections.append(
                {"name": title, "app_label": label, "app_url": "", "has_module_perms": True, "models": rows}
            )
    return sections
