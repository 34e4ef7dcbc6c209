"""Screens: the page a TV opens, how it is paired, and the administrator's approval, also from a telephone."""

from __future__ import annotations

from typing import Final

import segno
from django.contrib.auth.decorators import login_required
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods
from redis.exceptions import RedisError

from dashboard import conf
from dashboard.access.address import client_address
from dashboard.consumers.screen import COOKIE
from dashboard.screens.pairing import (
    CODE_LENGTH,
    LASTS,
    SECRET_LASTS,
    Approval,
    NameTaken,
    WrongCode,
    code_read,
    key_take,
    pairing_approve,
    pairing_new,
    pairing_of,
    screen_pair_directly,
)
from dashboard.screens.playlists import demo_playlist
from dashboard.screens.selectors import screen_of
from dashboard.views.screen_page import screen_page
from dashboard.views.tv_forms import ApprovalForm

PAIRING_COOKIE: Final = "wallboard_pairing"
COOKIE_LASTS_S: Final = 400 * 24 * 3600
"""As long as browsers keep any cookie; it is given anew whenever the page is loaded."""
CODES_AT_MOST: Final = 30
WRONG_AT_MOST: Final = 10
WITHIN_S: Final = 600
DEMO_SCREEN: Final = "Demo TV"


@never_cache
@require_GET
def tv(request: HttpRequest) -> HttpResponse:
    """What a TV opens: its boards if it is paired, else a code."""
    key = request.COOKIES.get(COOKIE, "")
    screen = screen_of(key)
    if screen is not None:
        answer = screen_page(request, screen)
        _cookie_set(answer, COOKIE, key, max_age=COOKIE_LASTS_S)
        return answer
    answer = _pairing_page(request)
    answer.delete_cookie(COOKIE)
    return answer


@never_cache
@require_GET
def status(request: HttpRequest) -> HttpResponse:
    """Asked every few seconds by a TV that waits; once it is approved the answer brings its key."""
    secret = request.COOKIES.get(PAIRING_COOKIE, "")
    if screen_of(request.COOKIES.get(COOKIE, "")) is not None:
        return JsonResponse({"state": "paired"})
    key = key_take(secret) if secret else None
    if key is not None:
        answer = JsonResponse({"state": "paired"})
        _cookie_set(answer, COOKIE, key, max_age=COOKIE_LASTS_S)
        answer.delete_cookie(PAIRING_COOKIE)
        return answer
    is_waiting = bool(secret) and pairing_of(secret) is not None
    return JsonResponse({"state": "waiting" if is_waiting else "expired"})


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def approve(request: HttpRequest) -> HttpResponse:
    """The administrator's side: the code on the screen, a name, and what it is to show."""
    if not request.user.has_perm("dashboard.add_screen"):
        raise PermissionDenied(_("Only administrators may let screens in."))
    form = ApprovalForm(request.POST or None, initial={"code": code_read(request.GET.get("code", ""))})
    if request.method == "POST" and _is_guessing(request):
        form.add_error(None, _("Too many wrong codes. Please wait ten minutes."))
    elif request.method == "POST" and form.is_valid() and _approved(request, form):
        name = form.cleaned_data["name"]
        return redirect(f"{reverse('tv-approved')}?{urlencode({'name': name})}")
    return render(request, "screens/approve.html", {"form": form, "length": CODE_LENGTH})


@login_required
def approved(request: HttpRequest) -> HttpResponse:
    return render(request, "screens/approved.html", {"name": request.GET.get("name", "")[:100]})


@require_GET
def demo(request: HttpRequest) -> HttpResponse:
    """Only in the demonstration: this browser becomes its TV, already let in."""
    if not conf.is_demo():
        raise Http404
    answer = redirect("tv")
    _cookie_set(
        answer,
        COOKIE,
        screen_pair_directly(name=DEMO_SCREEN, playlist=demo_playlist()),
        max_age=COOKIE_LASTS_S,
    )
    return answer


def _pairing_page(request: HttpRequest) -> HttpResponse:
    if _count(f"pairing-codes:{client_address(request)}") > CODES_AT_MOST:
        return render(request, "screens/too_many.html", status=429)
    waiting = pairing_new()
    path = reverse("tv-approve")
    base = conf.public_url() or request.build_absolute_uri("/").rstrip("/")
    address = f"{base}{path}?{urlencode({'code': waiting.code})}"
    context = {
        "code": waiting.code,
        "halves": (waiting.code[:3], waiting.code[3:]),
        "address": f"{base}{path}",
        "qr": segno.make(address, error="m").svg_data_uri(scale=8, border=2, dark="#0b0f14", light="#ffffff"),
        "minutes": int(LASTS.total_seconds() // 60),
        "config": {"status": reverse("tv-status"), "lasts_s": int(LASTS.total_seconds())},
    }
    answer = render(request, "screens/pairing.html", context)
    _cookie_set(answer, PAIRING_COOKIE, waiting.secret, max_age=int(SECRET_LASTS.total_seconds()))
    return answer


def _approved(request: HttpRequest, form: ApprovalForm) -> bool:
    """False if it could not be; the form then says why."""
    data = form.cleaned_data
    approval = Approval(
        code=data["code"],
        name=data["name"],
        board=data["board"],
        playlist=data["playlist"],
        language=data["language"],
        approved_by=request.user.get_username(),
    )
    try:
        pairing_approve(approval)
    except WrongCode:
        _count(_wrong_key(request))
        form.add_error(
            "code", _("No screen waits with this code. Codes last ten minutes; is it still on the screen?")
        )
        return False
    except NameTaken:
        form.add_error(
            "name", _("Another screen has this name. If this one takes its place, shut that one out first.")
        )
        return False
    return True


def _is_guessing(request: HttpRequest) -> bool:
    try:
        return int(cache.get(_wrong_key(request), 0)) >= WRONG_AT_MOST
    except RedisError:
        return False


def _wrong_key(request: HttpRequest) -> str:
    return f"pairing-wrong:{request.user.pk}"


def _count(key: str) -> int:
    """How often within ten minutes; 0 while Redis, which counts, does not answer."""
    try:
        cache.add(key, 0, timeout=WITHIN_S)
        return int(cache.incr(key))
    except ValueError:  # it went just now
        return 1
    except RedisError:
        return 0


def _cookie_set(answer: HttpResponse, name: str, value: str, *, max_age: int) -> None:
    is_secure = conf.public_url().startswith("https://")
    answer.set_cookie(name, value, max_age=max_age, httponly=True, samesite="Lax", secure=is_secure)
