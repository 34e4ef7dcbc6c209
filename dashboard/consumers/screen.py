"""The socket of a screen: let in by its cookie, it shows all the boards of its programme side by side.

Each board's streams are named `<stream>@<board>`, so that the page changes from board to board without asking anybody.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from typing import Any, Final

import msgspec
from channels.db import database_sync_to_async

from dashboard.boards.selectors import board_views
from dashboard.consumers.live_socket import SERVER_SEND, LiveSocket, Receive, Send
from dashboard.consumers.screen_reports import ScreenReports
from dashboard.consumers.upkeep import Verdict
from dashboard.hub.protocol import CLOSE_REVOKED, control_encode
from dashboard.hub.seat import Seat
from dashboard.models import Screen
from dashboard.screens.announcements import announcements_on_screen
from dashboard.screens.pairing import key_hash
from dashboard.screens.selectors import boards_of_screen, programme_revision, screens_by_key
from dashboard.screens.services import screen_reported, screens_seen

COOKIE: Final = "wallboard_screen"
RELOAD_WITHIN_MS: Final = 2_000


class ScreenTicket(msgspec.Struct, frozen=True):
    """A screen's right: withdrawn when it is revoked or deleted, or another browser took its key."""

    key_hash: str

    @classmethod
    def verdicts(cls, tickets: Collection[ScreenTicket]) -> dict[ScreenTicket, Verdict]:
        """Also notes that these screens are on."""
        screens = screens_by_key([ticket.key_hash for ticket in tickets])
        screens_seen(list(screens))
        return {ticket: _verdict(screens.get(ticket.key_hash)) for ticket in tickets}


def _verdict(screen: Screen | None) -> Verdict:
    if screen is None:
        return Verdict(close_code=CLOSE_REVOKED)
    boards = boards_of_screen(screen)
    views = {
        f"{stream}@{board.slug}": view for board in boards for stream, view in board_views(board).items()
    }
    if not views:  # without any stream nothing would be heard; the page says why when it is loaded
        return Verdict(standing=(control_encode("reload", within_ms=RELOAD_WITHIN_MS),))
    announced = announcements_on_screen(screen.pk, board_ids=[board.pk for board in boards])
    return Verdict(
        views=views,
        standing=(
            control_encode("announce", announcements=announced),
            control_encode("board", revision=programme_revision(screen)),
        ),
    )


def seat_name(screen_id: int) -> str:
    """By which control messages address a screen; no board has such a name."""
    return f"screens/{screen_id}"


async def screen_socket(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    """One websocket of a screen, from its opening to its end."""
    await receive()  # websocket.connect
    await send({"type": "websocket.accept"})
    ticket = ScreenTicket(key_hash(scope["cookies"].get(COOKIE, "")))
    screen_id, verdict = await _entered(ticket)
    if verdict.close_code is not None:
        await send({"type": "websocket.close", "code": verdict.close_code})
        return
    seat = Seat(board=seat_name(screen_id))
    reports = ScreenReports(partial(database_sync_to_async(screen_reported), ticket.key_hash))
    socket = LiveSocket(seat, ticket, receive, scope.get(SERVER_SEND, send), reported=reports)
    try:
        await socket.run(verdict.views, standing=verdict.standing)
    finally:
        await reports.end()


@database_sync_to_async  # type: ignore[untyped-decorator]  # the library is not typed
def _entered(ticket: ScreenTicket) -> tuple[int, Verdict]:
    screen = screens_by_key([ticket.key_hash]).get(ticket.key_hash)
    if screen is not None:
        screens_seen([ticket.key_hash])
    return (screen.pk if screen else 0), _verdict(screen)
