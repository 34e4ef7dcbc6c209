"""Pages of the boards."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.cache import never_cache

from dashboard import conf
from dashboard.access import User, scope_of
from dashboard.boards import selectors
from dashboard.boards.shown import board_shown, modules_of
from dashboard.models import Board


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


def board_config(board: Board, user: User) -> dict[str, Any]:
    """Everything a board's page is told when it opens, for somebody who is logged in."""
    boards = [one.slug for one in selectors.boards_of(user)]
    place = boards.index(board.slug)
    return {
        "board": board_shown(board),
        "language": translation.get_language(),
        "socket": f"/ws/boards/{board.slug}/",
        "build": conf.build(),
        "streams": sorted(selectors.board_views(board, scope=scope_of(user))),
        "time_zone": conf.time_zone(),
        "viewer": {"name": user.get_username(), "is_person": True},
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
