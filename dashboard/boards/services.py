"""Makes and changes boards."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from dashboard.boards.layout import layout_problems
from dashboard.models import Board

OVERVIEW_SLUG = "overview"


class LayoutRefused(ValueError):
    """The layout is wrong; `problems` says why, a sentence each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


class Outdated(Exception):
    """Somebody else saved meanwhile; `board` is as it is now, with `revision`, `changed_by` and `changed_at`."""

    def __init__(self, board: Board) -> None:
        super().__init__(f"revision {board.revision}")
        self.board = board


def overview_ensure() -> Board:
    """The board over all queues of all PBXs; made once, and then left as its owners changed it."""
    board, _ = Board.objects.get_or_create(slug=OVERVIEW_SLUG, defaults={"title": "Overview"})
    return board


@transaction.atomic
def layout_save(board: Board, *, layout: dict[str, Any] | None, revision: int, actor: User) -> Board:
    """Keep a new layout that was made on the board's state of `revision`. Raises `LayoutRefused`, `Outdated`.

    Who may do this is the caller's to ask.
    """
    if problems := layout_problems(layout):
        raise LayoutRefused(problems)
    now = Board.objects.select_for_update().get(pk=board.pk)
    if now.revision != revision:
        raise Outdated(now)
    now.layout = layout
    now.revision += 1
    now.changed_by = actor
    now.changed_at = timezone.now()
    now.save(update_fields=["layout", "revision", "changed_by", "changed_at"])
    return now
