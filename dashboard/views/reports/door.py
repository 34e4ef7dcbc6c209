"""The door of all manager pages: who may come in, and what every page has around its figures."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from itertools import chain
from typing import Any, Final

from django.contrib.auth.decorators import login_required, permission_required
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dashboard.access import scope_of

VIEW_REPORTS: Final = "dashboard.view_reports"

TABS: Final = (
    ("reports", _("Today")),
    ("reports_range", _("Any period")),
    ("reports_agents", _("Agents")),
    ("reports_pauses", _("Pauses")),
    ("reports_lost", _("Lost calls")),
    ("reports_calls", _("Calls")),
    ("reports_mails", _("By e-mail")),
)
"""Names of the addresses and what their tabs are called, from left to right."""

View = Callable[..., HttpResponseBase]


def report(view: View) -> View:
    """Only for those who are logged in and may see reports; others are led to the login or told that they may not.

    What is asked with a character that no database can hold names nothing there is.
    """

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        sent = (values for asked in (request.GET, request.POST) for _name, values in asked.lists())
        if any("\x00" in text for text in (request.path, *chain(*sent))):
            raise Http404("There is no such page.")
        return view(request, *args, **kwargs)

    return login_required(permission_required(VIEW_REPORTS, raise_exception=True)(checked))


def page(
    request: HttpRequest, template: str, context: Mapping[str, Any], *, tab: str, status: int = 200
) -> HttpResponse:
    """The page with its tabs. Who has no queue in scope is told so instead."""
    tabs = [{"url": reverse(name), "name": title, "is_here": name == tab} for name, title in TABS]
    whole = {"tabs": tabs, "is_empty": scope_of(request.user).is_empty, **context}
    return render(request, f"reports/{template}.html", whole, status=status)


def user_of(request: HttpRequest) -> User:
    """Who is logged in; the door has let nobody else in."""
    user = request.user
    if not isinstance(user, User):
        raise Http404("Nobody is logged in.")
    return user
