"""Which boards somebody may see, and what of the live state each of them shows."""

from __future__ import annotations

from dashboard.access import EVERYTHING, Scope, User, scope_of
from dashboard.boards.queue_choice import queue_choice
from dashboard.domain.privacy import Names, Numbers, View
from dashboard.models import Board, Pbx


def boards_of(user: User) -> list[Board]:
    """The boards on which the user would see something, by title. Who is in no team sees none."""
    scope = scope_of(user)
    if scope.is_empty:
        return []
    return [board for board in Board.objects.all() if scope.all_queues or _shows_something(board, scope)]


def board_of(user: User, *, slug: str) -> Board | None:
    """The board, if it exists and the user may open it."""
    return board_in_scope(scope_of(user), slug=slug)


def board_in_scope(scope: Scope, *, slug: str) -> Board | None:
    """The same for whoever knows the user's scope already."""
    board = None if scope.is_empty else Board.objects.filter(slug=slug).first()
    return board if board is not None and (scope.all_queues or _shows_something(board, scope)) else None


def board_views(board: Board, *, scope: Scope = EVERYTHING) -> dict[str, View]:
    """What the board shows per stream, within the scope: of all PBXs that are polled, or of its own, which may be none any more."""
    pbxs = Pbx.objects.filter(is_enabled=True) if board.all_pbxs else board.pbxs.all()
    return {pbx.slug: scope.narrowed(_view(board, pbx), stream=pbx.slug) for pbx in pbxs}


def _shows_something(board: Board, scope: Scope) -> bool:
    return any(view.queue_ids != () for view in board_views(board, scope=scope).values())


def _view(board: Board, pbx: Pbx) -> View:
    return View(
        queue_ids=queue_choice(board.queue_ids, slug=pbx.slug),
        numbers=Numbers(board.numbers),
        names=Names(board.names),
        caller_names=board.caller_names,
        pause_titles=board.pause_titles,
        surname_first=board.surname_first,
        agent_figures=board.leaders == Board.Leaders.PEOPLE,
    )
