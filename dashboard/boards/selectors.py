"""Which boards somebody may see, and what of the live state each of them shows."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

from dashboard.domain.privacy import Names, Numbers, View
from dashboard.models import Board, Pbx


def boards_of(user: AbstractBaseUser | AnonymousUser) -> list[Board]:
    """The boards the user may open, by title. Nobody who is not logged in sees any."""
    return list(Board.objects.all()) if user.is_authenticated and user.is_active else []


def board_of(user: AbstractBaseUser | AnonymousUser, *, slug: str) -> Board | None:
    """The board, if it exists and the user may open it."""
    return next((board for board in boards_of(user) if board.slug == slug), None)


def board_views(board: Board) -> dict[str, View]:
    """Scope and privacy of the board, per stream. A board without PBXs of its own shows all that are polled."""
    pbxs = board.pbxs.all() if board.pbxs.exists() else Pbx.objects.filter(is_enabled=True)
    return {pbx.slug: _view(board, pbx) for pbx in pbxs}


def _view(board: Board, pbx: Pbx) -> View:
    queue_ids = None if board.queue_ids is None else tuple(board.queue_ids.get(pbx.slug, ()))
    return View(
        queue_ids=queue_ids,
        numbers=Numbers(board.numbers),
        names=Names(board.names),
        caller_names=board.caller_names,
        pause_titles=board.pause_titles,
        surname_first=board.surname_first,
    )
