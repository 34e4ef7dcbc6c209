"""The socket of a board: which user may open it, and what it shows."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from typing import Any, Final

import msgspec
from channels.db import database_sync_to_async
from django.contrib.auth.models import AbstractBaseUser

from dashboard.access import scope_of
from dashboard.boards import selectors
from dashboard.consumers.live_socket import SERVER_SEND, LiveSocket, Receive, Send
from dashboard.consumers.sessions import Login, users_logged_in
from dashboard.consumers.upkeep import Verdict
from dashboard.hub.protocol import CLOSE_LOG_IN, CLOSE_REVOKED, control_encode
from dashboard.hub.seat import Seat
from dashboard.screens.announcements import announcements_on_board

RELOAD_WITHIN_MS: Final = 2_000


class BoardTicket(msgspec.Struct, frozen=True):
    """A user's right to a board: withdrawn with the session, the account, the team or the board."""

    login: Login
    slug: str

    @classmethod
    def verdicts(cls, tickets: Collection[BoardTicket]) -> dict[BoardTicket, Verdict]:
        """One look per user and board, however many windows show it: announcements wait for all of them."""
        users = users_logged_in({ticket.login for ticket in tickets})
        judge = cache(_verdict)  # for as long as this sweep lasts
        return {ticket: judge(users.get(ticket.login), ticket.slug) for ticket in tickets}


def _verdict(user: AbstractBaseUser | None, slug: str) -> Verdict:
    if user is None:
        return Verdict(close_code=CLOSE_LOG_IN)
    scope = scope_of(user)
    board = selectors.board_in_scope(scope, slug=slug)
    if board is None:
        return Verdict(close_code=CLOSE_REVOKED)
    views = selectors.board_views(board, scope=scope)
    if not views:  # it lost its last PBX; the page says so when it is loaded
        return Verdict(standing=(control_encode("reload", within_ms=RELOAD_WITHIN_MS),))
    announced = control_encode("announce", announcements=announcements_on_board(board.pk))
    return Verdict(views=views, standing=(announced, control_encode("board", look=board.look)))


async def board_socket(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    """One websocket, from its opening to its end."""
    await receive()  # websocket.connect
    await send({"type": "websocket.accept"})
    slug: str = scope["url_route"]["kwargs"]["slug"]
    verdict = await _verdict_on(scope["user"], slug)
    if verdict.close_code is not None:
        await send({"type": "websocket.close", "code": verdict.close_code})
        return
    ticket = BoardTicket(Login(scope["session"].session_key, scope["user"].pk), slug)
    socket = LiveSocket(Seat(board=slug), ticket, receive, scope.get(SERVER_SEND, send))
    await socket.run(verdict.views, standing=verdict.standing)


@database_sync_to_async  # type: ignore[untyped-decorator]  # the library is not typed
def _verdict_on(user: Any, slug: str) -> Verdict:
    return _verdict(user if getattr(user, "is_authenticated", False) else None, slug)
