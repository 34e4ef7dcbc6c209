"""The socket of the supervision page: the live state of the user's scope, and what becomes of his actions."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import msgspec
from channels.db import database_sync_to_async

from dashboard.consumers.live_socket import SERVER_SEND, LiveSocket, Receive, Send
from dashboard.consumers.sessions import Login, users_logged_in
from dashboard.consumers.upkeep import Verdict
from dashboard.domain.privacy import View
from dashboard.hub.control import SUPERVISION
from dashboard.hub.protocol import CLOSE_LOG_IN, CLOSE_REVOKED
from dashboard.hub.seat import Seat
from dashboard.supervision import selectors


class SupervisionTicket(msgspec.Struct, frozen=True):
    """A user's right to the supervision page: withdrawn with the session, the account, the permission or the team."""

    login: Login

    @classmethod
    def verdicts(cls, tickets: Collection[SupervisionTicket]) -> dict[SupervisionTicket, Verdict]:
        users = users_logged_in({ticket.login for ticket in tickets})
        return {ticket: _verdict(users.get(ticket.login)) for ticket in tickets}


def _verdict(user: Any) -> Verdict:
    if user is None:
        return Verdict(close_code=CLOSE_LOG_IN)
    views = selectors.supervision_views(user)
    return Verdict(close_code=CLOSE_REVOKED) if views is None else Verdict(views=views)


async def supervision_socket(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    """One websocket, from its opening to its end."""
    await receive()  # websocket.connect
    await send({"type": "websocket.accept"})
    user = scope["user"]
    views = await _views_of(user)
    if views is None:
        is_known = bool(getattr(user, "is_authenticated", False))
        await send({"type": "websocket.close", "code": CLOSE_REVOKED if is_known else CLOSE_LOG_IN})
        return
    seat = Seat(board=SUPERVISION, user_id=user.pk)
    ticket = SupervisionTicket(Login(scope["session"].session_key, user.pk))
    await LiveSocket(seat, ticket, receive, scope.get(SERVER_SEND, send)).run(views)


@database_sync_to_async  # type: ignore[untyped-decorator]  # the library is not typed
def _views_of(user: Any) -> dict[str, View] | None:
    return selectors.supervision_views(user)
