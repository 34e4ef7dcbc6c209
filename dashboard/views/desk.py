"""The supervision page, inside the administration. Its figures come through the socket, its actions through their addresses."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils.translation import gettext as _

from dashboard import conf
from dashboard.access import scope_of
from dashboard.models import Pbx
from dashboard.supervision import rights, selectors

STYLES: Final = ["css/fonts.css", "css/desk.css", "css/desk-table.css", "css/desk-parts.css"]


def supervision_page(request: HttpRequest) -> HttpResponse:
    """For staff who may use it; who may but is in no team is told so."""
    if not rights.may_supervise(request.user):
        raise PermissionDenied
    views = selectors.supervision_views(request.user)
    context = {
        **admin.site.each_context(request),
        "title": _("Supervision"),
        "styles": STYLES,
        "config": _config(request, sorted(views or {})),
        "nothing": _nothing(request),
    }
    return render(request, "admin/supervision/desk.html", context)


def _config(request: HttpRequest, streams: list[str]) -> dict[str, Any]:
    return {
        "socket": "/ws/supervision/",
        "build": conf.build(),
        "streams": streams,
        "time_zone": conf.time_zone(),
        "csrf": get_token(request),
        "actor": request.user.get_username(),
    }


def _nothing(request: HttpRequest) -> str:
    """Why there is nothing to see, and what to do about it."""
    if not Pbx.objects.filter(is_enabled=True).exists():
        return _("No PBX is polled yet. An administrator enters one under PBXs.")
    if scope_of(request.user).is_empty:
        return _(
            "You are in no team with queues yet, so there is nobody to see here. An administrator adds you to one under Teams."
        )
    return _("There is nothing to see here yet.")
