"""The editor of boards: its page, the board inside it, and what it saves."""

from __future__ import annotations

import json
from typing import Any, Final, cast

from csp.constants import SELF
from csp.decorators import csp_replace
from django.contrib.auth.decorators import login_required, permission_required
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET, require_POST

from dashboard.boards import selectors
from dashboard.boards.beginning import layout_beginning
from dashboard.boards.catalogue import catalogue_data
from dashboard.boards.editing import editor_here
from dashboard.boards.layout import layout_empty, layout_problems
from dashboard.boards.services import LayoutRefused, Outdated, layout_save
from dashboard.boards.shown import automatic_shown
from dashboard.models import Board
from dashboard.views.boards import board_config

LAYOUT_BYTES_MOST: Final = 1_000_000

may_change = permission_required("dashboard.change_board", raise_exception=True)


@never_cache
@require_GET
@login_required
@may_change
def editor(request: HttpRequest, slug: str) -> HttpResponse:
    """The page of the editor, in the reader's own language."""
    board = _board_or_404(request, slug)
    config = {
        "board": {"slug": board.slug, "layout": board.layout, "revision": board.revision},
        "catalogue": catalogue_data(),
        "beginning": layout_beginning(),
        "empty": layout_empty(),
        "token": get_token(request),
        "addresses": {
            "save": reverse("board-layout", args=[slug]),
            "check": reverse("board-layout-check", args=[slug]),
            "presence": reverse("board-presence", args=[slug]),
            "upload": reverse("picture-upload"),
            "canvas": reverse("board-canvas", args=[slug]),
            "login": reverse("login"),
        },
    }
    return render(request, "boards/editor.html", {"board": board, "config": config})


@never_cache
@require_GET
@login_required
@may_change
@xframe_options_sameorigin
@csp_replace({"frame-ancestors": [SELF]})  # type: ignore[arg-type]  # the library knows only views without arguments
def canvas(request: HttpRequest, slug: str) -> HttpResponse:
    """The board inside the editor: alive, in the board's language, and shown in no page but ours."""
    board = _board_or_404(request, slug)
    with translation.override(board.language or translation.get_language()):
        config = board_config(board, request.user)
        config["renew"] = None  # what is edited is not replaced by what somebody else saved
        config["links"] = {}  # a title is there to be dragged
        config["catalogue"] = catalogue_data()
        config["board"]["layout"] = config["board"]["layout"] or layout_empty()
        config["board"]["automatic"] = automatic_shown()  # it can be told to lay itself out
        return render(request, "boards/canvas.html", {"board": board, "config": config})


@require_POST
@login_required
@may_change
def layout(request: HttpRequest, slug: str) -> HttpResponse:
    """Save `{layout, revision}`: 200 with the new revision, 400 with problems, 409 with what somebody else saved meanwhile."""
    board = _board_or_404(request, slug)
    data = _sent(request)
    if data is None or not isinstance(data.get("revision"), int):
        return _refused([_("The layout could not be read.")])
    try:
        saved = layout_save(
            board, layout=data.get("layout"), revision=data["revision"], actor=cast("User", request.user)
        )
    except LayoutRefused as exc:
        return _refused(exc.problems)
    except Outdated as exc:
        return JsonResponse({"other": _other(exc.board)}, status=409)
    return JsonResponse({"revision": saved.revision})


@require_POST
@login_required
@may_change
def layout_check(request: HttpRequest, slug: str) -> HttpResponse:
    """What is wrong with `{layout}`; nothing is kept."""
    _board_or_404(request, slug)
    data = _sent(request)
    problems = [_("The layout could not be read.")] if data is None else layout_problems(data.get("layout"))
    return _refused(problems) if problems else JsonResponse({})


@require_POST
@login_required
@may_change
def presence(request: HttpRequest, slug: str) -> HttpResponse:
    """Who else edits this board; asked every few seconds by the editor's page."""
    board = _board_or_404(request, slug)
    return JsonResponse({"others": editor_here(board.pk, name=request.user.get_username())})


def _board_or_404(request: HttpRequest, slug: str) -> Board:
    board = selectors.board_of(request.user, slug=slug)
    if board is None:
        raise Http404("There is no such board, or it is not yours to see.")
    return board


def _sent(request: HttpRequest) -> dict[str, Any] | None:
    """The JSON object that was sent; None if it is none, or too large."""
    if len(request.body) > LAYOUT_BYTES_MOST:
        return None
    try:
        data = json.loads(request.body)
    except (ValueError, RecursionError):
        return None
    return data if isinstance(data, dict) else None


def _refused(problems: list[str]) -> JsonResponse:
    return JsonResponse({"problems": problems}, status=400)


def _other(board: Board) -> dict[str, Any]:
    at = "" if board.changed_at is None else f"{timezone.localtime(board.changed_at):%H:%M}"
    name = board.changed_by.get_username() if board.changed_by else _("Somebody")
    return {"name": name, "at": at, "revision": board.revision, "layout": board.layout}
