"""Playlists that are made by themselves."""

from __future__ import annotations

from django.db import transaction

from dashboard.models import Board, Playlist

DEMO_NAME = "All boards"
SECONDS = 20


@transaction.atomic
def demo_playlist() -> Playlist:
    """All boards in turn; boards that came since are added at the end, and turns that were changed stay."""
    playlist, _ = Playlist.objects.get_or_create(name=DEMO_NAME)
    known = set(playlist.entries.values_list("board_id", flat=True))
    for position, board in enumerate(Board.objects.order_by("pk"), start=1):
        if board.pk not in known:
            playlist.entries.create(board=board, position=position, seconds=SECONDS)
    return playlist
