"""What is announced where."""

from __future__ import annotations

import msgspec
from django.db.models import Q, QuerySet
from django.utils import timezone

from dashboard.models import Announcement, Board


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """An announcement as the browser gets it; moments in milliseconds, `ends_at` None: until it is deleted."""

    id: int
    text: str
    level: str
    starts_at: int
    ends_at: int | None


def announcements_on_screen(screen_id: int, *, board_ids: list[int]) -> list[Told]:
    """What this screen announces now or later: addressed to it, to a board it shows, or to all."""
    return _told(Q(screens=screen_id) | Q(boards__in=board_ids))


def announcements_on_board(board_id: int) -> list[Told]:
    """What somebody who looks at this board is told now or later."""
    return _told(Q(boards=board_id))


def announcements_only_on(board: Board) -> list[str]:
    """The texts of announcements that are told nowhere once this board is gone."""
    rows = Announcement.objects.filter(everywhere=False, screens=None, boards=board)
    return [row.text for row in rows if row.boards.count() == 1]


def _told(addressed: Q) -> list[Told]:
    rows: QuerySet[Announcement] = (
        Announcement.objects.filter(Q(ends_at=None) | Q(ends_at__gt=timezone.now()))
        .filter(Q(everywhere=True) | addressed)
        .distinct()
        .order_by("starts_at", "id")
    )
    return [
        Told(
            id=row.pk,
            text=row.text,
            level=row.level,
            starts_at=int(row.starts_at.timestamp() * 1000),
            ends_at=None if row.ends_at is None else int(row.ends_at.timestamp() * 1000),
        )
        for row in rows
    ]
