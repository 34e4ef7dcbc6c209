"""The start page, and its lines as JSON for the script that keeps them fresh."""

from __future__ import annotations

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from dashboard.access import is_administrator
from dashboard.admin.start.lines import Overview, overview_of
from dashboard.admin.start.pbxs import pbx_lines
from dashboard.admin.start.processes import process_lines
from dashboard.admin.start.ringing import ringing_lines
from dashboard.admin.start.stock import stock_lines


def overview() -> Overview:
    return overview_of([*pbx_lines(), *ringing_lines(), *process_lines(), *stock_lines()])


def start_page(request: HttpRequest) -> HttpResponse:
    """Django's own index, for administrators with the state of everything above it."""
    context = {"overview": overview(), "looked_at": _now()} if is_administrator(request.user) else {}
    return admin.site.index(request, extra_context=context)


@never_cache
def status(request: HttpRequest) -> JsonResponse:
    """For administrators only: it tells of all PBXs, queues and users."""
    if not is_administrator(request.user):
        raise PermissionDenied
    told = overview()
    lines = [
        {
            "key": line.key,
            "subject": line.subject,
            "level": line.level,
            "word": line.word,
            "text": line.text,
            "advice": line.advice,
            "url": line.url,
        }
        for line in told.lines
    ]
    return JsonResponse({"at": _now(), "level": told.level, "headline": told.headline, "lines": lines})


def _now() -> str:
    return f"{timezone.localtime():%H:%M:%S}"
