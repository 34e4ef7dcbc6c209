"""The door of the API: who asks, whether too often, and answers as JSON, mistakes too."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import Final

import msgspec
import redis
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from dashboard.access import Scope, scope_of
from dashboard.access.address import client_address
from dashboard.outgoing.tokens import token_find
from dashboard.views.api.shapes import Problem, ProblemAnswer

PERMISSION: Final = "dashboard.view_reports"
AT_MOST: Final = 120
WITHIN_S: Final = 60
GUESSES_AT_MOST: Final = 30

Endpoint = Callable[[HttpRequest, Scope], object]
View = Callable[[HttpRequest], HttpResponse]


class BadRequest(Exception):
    """What was asked cannot be answered; the message says why."""


class NotFound(Exception):
    """What was asked for is not there, or not the token owner's to see."""


def api(endpoint: Endpoint) -> View:
    """A view that answers whoever holds a token with what the endpoint returns, within the scope of the token's owner."""

    @wraps(endpoint)
    def view(request: HttpRequest) -> HttpResponse:
        refused, scope = _admitted(request)
        if refused is not None:
            return refused
        try:
            return answer(endpoint(request, scope))
        except BadRequest as exc:
            return problem(400, "bad_request", str(exc))
        except NotFound as exc:
            return problem(404, "not_found", str(exc))

    return view


def answer(value: object, *, status: int = 200) -> HttpResponse:
    body = msgspec.json.encode(value)
    headers = {"Cache-Control": "no-store"}
    return HttpResponse(body, status=status, content_type="application/json", headers=headers)


def problem(status: int, code: str, text: str) -> HttpResponse:
    return answer(ProblemAnswer(error=Problem(code=code, text=text)), status=status)


def _admitted(request: HttpRequest) -> tuple[HttpResponse | None, Scope]:
    nothing = Scope()
    if request.method not in {"GET", "HEAD"}:
        refused = problem(405, "read_only", _("The API only reads: use GET."))
        refused.headers["Allow"] = "GET, HEAD"
        return refused, nothing
    address = f"api:guess:{client_address(request)}"
    if _count(address, add=False) >= GUESSES_AT_MOST:
        return _too_often(), nothing
    kind, _blank, text = request.headers.get("Authorization", "").partition(" ")
    token = token_find(text.strip()) if kind.lower() == "bearer" and text.strip() else None
    if token is None:
        if text.strip():
            _count(address)
        refused = problem(401, "token", _("This needs a valid token: Authorization: Bearer wb_…"))
        refused.headers["WWW-Authenticate"] = "Bearer"
        return refused, nothing
    if _count(f"api:token:{token.pk}") > AT_MOST:
        return _too_often(), nothing
    if not token.user.has_perm(PERMISSION):
        return problem(403, "forbidden", _("The owner of this token may not see reports.")), nothing
    return None, scope_of(token.user)


def _too_often() -> HttpResponse:
    text = _("Too many requests: at most %(count)s within %(seconds)s s.")
    refused = problem(429, "too_often", text % {"count": AT_MOST, "seconds": WITHIN_S})
    refused.headers["Retry-After"] = str(WITHIN_S - int(time.time()) % WITHIN_S)
    return refused


def _count(key: str, *, add: bool = True) -> int:
    """How often within this minute. 0 while Redis does not answer: then nobody is turned away."""
    key = f"{key}:{int(time.time()) // WITHIN_S}"
    try:
        if not add:
            return int(cache.get(key, 0))
        cache.add(key, 0, timeout=2 * WITHIN_S)
        return int(cache.incr(key))
    except (OSError, ValueError, redis.RedisError):
        return 0
