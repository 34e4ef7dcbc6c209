"""The addresses behind the supervision page: JSON in, JSON out. `docs/supervision.md` describes them."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec, TypeVar

import msgspec
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dashboard.access.address import client_address
from dashboard.domain.outside_json import holds_nul, is_too_deep
from dashboard.models import Pbx
from dashboard.polling.nudge import poll_nudge
from dashboard.supervision import details, selectors, sentences, services
from dashboard.supervision.parameters import Ask, BulkAsk, ExtensionAsk
from dashboard.supervision.refusal import KeyUsed, Malformed, Refusal
from dashboard.supervision.rights import may_supervise

P = ParamSpec("P")
T = TypeVar("T")

View = Callable[Concatenate[HttpRequest, P], HttpResponse]
UserView = Callable[Concatenate[HttpRequest, User, P], HttpResponse]

BODY_LIMIT_BYTES: Final = 16_384


def error_answer(code: str, text: str, *, status: int) -> JsonResponse:
    """An error that concerns no action."""
    return JsonResponse({"error": {"code": code, "text": text}}, status=status)


def for_users(view: UserView[P]) -> View[P]:
    """Answers in JSON, also to who is logged out: a page that is open has to say it."""

    @wraps(view)
    @never_cache
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        user = request.user
        if not isinstance(user, User) or not user.is_active:
            return error_answer("logged_out", _("You are logged out: log in again."), status=401)
        try:
            return view(request, user, *args, **kwargs)
        except Malformed as exc:
            return error_answer("malformed", str(exc), status=400)
        except Refusal as exc:
            text = sentences.told(exc.code, exc.about)
            return error_answer(exc.code, text, status=403 if "scope" in exc.code else 404)
        except KeyUsed:
            text = _("This click was used for another request. Reload the page.")
            return error_answer("key_used", text, status=409)

    return guarded


def for_supervisors(view: UserView[P]) -> View[P]:
    """The same, only for who may supervise. Actions are for all users: an attempt leaves a record whoever makes it."""

    @for_users
    @wraps(view)
    def guarded(request: HttpRequest, user: User, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not may_supervise(user):
            return error_answer("forbidden", _("Your account may not supervise."), status=403)
        return view(request, user, *args, **kwargs)

    return guarded


@require_GET
@for_supervisors
def options(request: HttpRequest, user: User) -> HttpResponse:
    return JsonResponse(selectors.options_of(user))


@require_http_methods(["GET", "POST"])
def actions(request: HttpRequest) -> HttpResponse:
    return action_do(request) if request.method == "POST" else action_list(request)


@for_supervisors
def action_list(request: HttpRequest, user: User) -> HttpResponse:
    return JsonResponse({"actions": selectors.actions_of(user)})


@for_users
def action_do(request: HttpRequest, user: User) -> HttpResponse:
    ask = _body(request, Ask)
    record = services.action_do(user, ask, address=client_address(request))
    poll_nudge(ask.stream)
    return JsonResponse(record)


@require_POST
@for_users
def bulk(request: HttpRequest, user: User) -> HttpResponse:
    ask = _body(request, BulkAsk)
    records = services.actions_do(user, ask, address=client_address(request))
    poll_nudge(ask.stream)
    return JsonResponse({"actions": records})


@require_GET
@for_supervisors
def action(request: HttpRequest, user: User, pk: uuid.UUID) -> HttpResponse:
    return _record_answer(selectors.action_of(user, pk))


@require_POST
@for_users
def cancel(request: HttpRequest, user: User, pk: uuid.UUID) -> HttpResponse:
    """For all users, as actions are: an attempt leaves a row in the audit log whoever makes it."""
    return _record_answer(services.plan_cancel(user, pk, address=client_address(request)))


@require_POST
@for_supervisors
def extension(request: HttpRequest, user: User) -> HttpResponse:
    ask = _body(request, ExtensionAsk)
    pbx = Pbx.objects.filter(slug=ask.stream, is_enabled=True).first()
    if pbx is None:
        return error_answer("unknown", _("There is no such PBX, or it is not polled now."), status=404)
    services.extension_remember(user, pbx, ask.extension)
    return JsonResponse({"stream": pbx.slug, "extension": ask.extension})


@require_GET
@for_supervisors
def agent_part(request: HttpRequest, user: User, stream: str, agent_id: str, part: str) -> HttpResponse:
    if part not in details.PARTS:
        return error_answer("unknown", _("There is no such part of an agent's day."), status=404)
    return JsonResponse(details.agent_part(user, stream, agent_id, part))


@require_GET
@for_supervisors
def absent(request: HttpRequest, user: User, stream: str) -> HttpResponse:
    return JsonResponse(details.absent_agents(user, stream))


def _record_answer(record: dict[str, Any] | None) -> HttpResponse:
    if record is None:
        return error_answer("unknown", _("There is no such action, or it is not yours to see."), status=404)
    return JsonResponse(record)


def _body(request: HttpRequest, shape: type[T]) -> T:
    if len(request.body) > BODY_LIMIT_BYTES:
        raise Malformed(_("The request is too long."))
    if is_too_deep(request.body):
        raise Malformed(_("The request is nested too deeply."))
    if holds_nul(request.body):
        raise Malformed(_("The request has a character in it that cannot be kept (U+0000)."))
    try:
        return msgspec.json.decode(request.body, type=shape)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as exc:
        raise Malformed(str(exc)) from exc
