"""Pages of the boards."""

from __future__ import annotations

from typing import Any, Final

import msgspec
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from dashboard import conf
from dashboard.access import User, scope_of
from dashboard.boards import selectors
from dashboard.boards.catalogue import TYPE
from dashboard.boards.shown import board_shown, modules_of
from dashboard.boards.trend import trend_options, trend_today
from dashboard.consumers.screen import COOKIE
from dashboard.domain.privacy import View
from dashboard.models import Board
from dashboard.screens.selectors import boards_of_screen, screen_of
from dashboard.views.board_links import board_links

TREND_FIGURES: Final = {
    value for option in TYPE["trend"].options if option.key == "figure" for value, _label in option.choices
}


@login_required
def board_list(request: HttpRequest) -> HttpResponse:
    return render(request, "boards/list.html", {"boards": selectors.boards_of(request.user)})


@never_cache
@login_required
def board_page(request: HttpRequest, slug: str) -> HttpResponse:
    """The page of a board; its figures come through the socket."""
    board = _board_or_404(request.user, slug)
    with translation.override(board.language or translation.get_language()):
        context = {"board": board, "config": board_config(board, request.user), "modules": modules_of(board)}
        return render(request, "boards/board.html", context)


@never_cache
@login_required
def board_config_data(request: HttpRequest, slug: str) -> HttpResponse:
    """What the page needs to show another board in place of its own."""
    board = _board_or_404(request.user, slug)
    with translation.override(board.language or translation.get_language()):
        return JsonResponse(board_config(board, request.user))


@never_cache
def board_trend(request: HttpRequest, slug: str) -> HttpResponse:
    """A figure over today in intervals, of the queues of the board that the user may see; or of a screen's own board."""
    screen = screen_of(request.COOKIES.get(COOKIE, ""))
    shown = {} if screen is None else {board.slug: board for board in boards_of_screen(screen)}
    if slug in shown:
        return trend_answer(request, selectors.board_views(shown[slug]))
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    board = _board_or_404(request.user, slug)
    return trend_answer(request, selectors.board_views(board, scope=scope_of(request.user)))


def trend_answer(request: HttpRequest, views: dict[str, View]) -> HttpResponse:
    """`queues` are `stream/id`, separated by commas."""
    options = trend_options(request.GET, figures=TREND_FIGURES)
    if options is None:
        return JsonResponse({"error": _("There is no such figure or interval.")}, status=400)
    figure, interval, queues = options
    trend = trend_today(views, queues=queues, figure=figure, interval_min=interval, now=timezone.now())
    return JsonResponse(msgspec.to_builtins(trend))


def board_config(board: Board, user: User) -> dict[str, Any]:
    """Everything a board's page is told when it opens, for somebody who is logged in."""
    boards = [one.slug for one in selectors.boards_of(user)]
    place = boards.index(board.slug)
    shown = board_shown(board)
    return {
        "board": shown,
        "language": translation.get_language(),
        "socket": f"/ws/boards/{board.slug}/",
        "renew": f"/boards/{board.slug}/config/",
        "build": conf.build(),
        "streams": sorted(selectors.board_views(board, scope=scope_of(user))),
        "time_zone": conf.time_zone(),
        "viewer": {"name": user.get_username(), "is_person": True},
        "links": board_links(board, shown, user=user),
        "neighbours": {
            "previous": boards[place - 1],
            "next": boards[(place + 1) % len(boards)],
        },
    }


def _board_or_404(user: User, slug: str) -> Board:
    board = selectors.board_of(user, slug=slug)
    if board is None:
        raise Http404("There is no such board, or it is not yours to see.")
    return board
