"""Pages of the boards."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from dashboard import conf
from dashboard.access import scope_of
from dashboard.boards import selectors


@login_required
def board_list(request: HttpRequest) -> HttpResponse:
    return render(request, "boards/list.html", {"boards": selectors.boards_of(request.user)})


@login_required
def board_page(request: HttpRequest, slug: str) -> HttpResponse:
    """The page of a board; its figures come through the socket."""
    board = selectors.board_of(request.user, slug=slug)
    if board is None:
        raise Http404("There is no such board, or it is not yours to see.")
    config = {
        "board": {"slug": board.slug, "title": board.title},
        "socket": f"/ws/boards/{board.slug}/",
        "build": conf.build(),
        "streams": sorted(selectors.board_views(board, scope=scope_of(request.user))),
        "time_zone": conf.time_zone(),
        "surname_first": board.surname_first,
        "viewer": {"name": request.user.get_username()},
    }
    return render(request, "boards/board.html", {"board": board, "config": config})
