"""The page of a paired screen: all its boards' configurations and its programme; figures come through its socket."""

from __future__ import annotations

from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from dashboard import conf
from dashboard.boards.selectors import board_views
from dashboard.boards.shown import board_shown, modules_of
from dashboard.models import Board, Screen
from dashboard.screens.selectors import boards_of_screen, programme_of, programme_revision
from dashboard.screens.services import screens_seen

SOCKET = "/ws/screen/"


def screen_page(request: HttpRequest, screen: Screen) -> HttpResponse:
    """What the TV shows from now on. Without a board, or without any PBX for its boards, it says what to do and asks again."""
    boards = boards_of_screen(screen)
    streams = {
        board.slug: sorted(f"{stream}@{board.slug}" for stream in board_views(board)) for board in boards
    }
    is_live = any(streams.values())
    if not is_live:  # such a page has no socket to be known by, and is loaded every few seconds
        screens_seen([screen.key_hash])
    with translation.override(screen.language or conf.language()):
        config = {
            "screen": {"name": screen.name},
            "revision": programme_revision(screen),
            "programme": msgspec.to_builtins(programme_of(screen)),
            "build": conf.build(),
            "socket": SOCKET,
            "time_zone": conf.time_zone(),
            "boards": {board.slug: _board_config(board, screen, streams) for board in boards},
        }
        modules = sorted({module for board in boards for module in modules_of(board)}) if is_live else []
        context = {
            "screen": screen,
            "first": boards[0] if is_live else None,
            "config": config,
            "modules": modules,
        }
        return render(request, "screens/screen.html", context)


def _board_config(board: Board, screen: Screen, streams: dict[str, list[str]]) -> dict[str, Any]:
    """As the page of a board has it, but with streams of this screen's socket, and for a device rather than a person."""
    return {
        "board": board_shown(board),
        "language": translation.get_language(),
        "socket": SOCKET,
        "build": conf.build(),
        "streams": streams[board.slug],
        "socket_streams": [name for names in streams.values() for name in names],
        "time_zone": conf.time_zone(),
        "viewer": {"name": screen.name, "is_person": False},
        "neighbours": None,
    }
