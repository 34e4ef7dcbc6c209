"""The socket of a board: who may open it, and what it says. Fan-out is the hub's.

This is a bare ASGI application rather than a Channels consumer: Channels closes database connections in a thread around every
message, which at one acknowledgement per socket costs more than the fan-out itself.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Collection
from typing import Any, Final

import msgspec
from channels.db import database_sync_to_async
from django.contrib.auth.models import AbstractBaseUser

from dashboard import conf
from dashboard.access import scope_of
from dashboard.boards import selectors
from dashboard.consumers.sessions import Login, users_logged_in
from dashboard.consumers.upkeep import Ticket, Verdict, upkeep_of_loop
from dashboard.domain.privacy import View
from dashboard.hub.hub import hub_of_loop
from dashboard.hub.protocol import (
    CLOSE_LOG_IN,
    CLOSE_REVOKED,
    CLOSE_TOO_OLD,
    PROTOCOL_VERSION,
    Ack,
    Hello,
    Inbound,
    ProtocolError,
    Resync,
    control_encode,
    inbound_decode,
)
from dashboard.hub.seat import Seat

log = logging.getLogger(__name__)

Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]

HELLO_WITHIN_S: Final = 2.0
SERVER_SEND: Final = "wallboard.send"


class DirectSend:
    """Stands before all middleware and keeps the server's own `send`, for messages that concern nobody on the way.

    The session middleware looks at the session with every message, which costs a tenth of the fan-out; it never does anything
    for a websocket's messages.
    """

    def __init__(self, inner: Callable[..., Awaitable[None]]) -> None:
        self._inner = inner

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        await self._inner({**scope, SERVER_SEND: send}, receive, send)


class BoardTicket(msgspec.Struct, frozen=True):
    """A user's right to a board: withdrawn with the session, the account, the team or the board."""

    login: Login
    slug: str

    @classmethod
    def verdicts(cls, tickets: Collection[BoardTicket]) -> dict[BoardTicket, Verdict]:
        users = users_logged_in({ticket.login for ticket in tickets})
        return {ticket: _verdict(users.get(ticket.login), ticket.slug) for ticket in tickets}


def _verdict(user: AbstractBaseUser | None, slug: str) -> Verdict:
    if user is None:
        return Verdict(close_code=CLOSE_LOG_IN)
    board = selectors.board_of(user, slug=slug)
    if board is None:
        return Verdict(close_code=CLOSE_REVOKED)
    return Verdict(views=selectors.board_views(board, scope=scope_of(user)))


async def board_socket(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    """One websocket, from its opening to its end."""
    await receive()  # websocket.connect
    await send({"type": "websocket.accept"})
    slug: str = scope["url_route"]["kwargs"]["slug"]
    views = await _views_of(scope["user"], slug)
    if views is None:
        is_known = bool(getattr(scope["user"], "is_authenticated", False))
        await send({"type": "websocket.close", "code": CLOSE_REVOKED if is_known else CLOSE_LOG_IN})
        return
    ticket = BoardTicket(Login(scope["session"].session_key, scope["user"].pk), slug)
    await BoardSocket(Seat(board=slug), ticket, receive, scope.get(SERVER_SEND, send)).run(views)


async def no_such_socket(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    """Any other address: refused before the socket is open."""
    await receive()
    await send({"type": "websocket.close"})


@database_sync_to_async  # type: ignore[untyped-decorator]  # the library is not typed
def _views_of(user: Any, slug: str) -> dict[str, View] | None:
    board = selectors.board_of(user, slug=slug)
    return None if board is None else selectors.board_views(board, scope=scope_of(user))


class BoardSocket:
    """Reads what the browser says while the seat's write loop writes."""

    def __init__(self, seat: Seat, ticket: Ticket, receive: Receive, send: Send) -> None:
        self._seat = seat
        self._ticket = ticket
        self._receive = receive
        self._send = send

    async def run(self, views: dict[str, View]) -> None:
        hub = hub_of_loop(conf.redis_url())
        upkeep = upkeep_of_loop(hub)
        hub.join(self._seat, views)
        upkeep.watch(self._seat, self._ticket)
        writer = asyncio.ensure_future(self._write())
        greeting = asyncio.get_running_loop().call_later(HELLO_WITHIN_S, self._greeted)
        try:
            await self._read()
        finally:
            greeting.cancel()
            writer.cancel()
            upkeep.unwatch(self._seat)
            hub.leave(self._seat)

    async def _write(self) -> None:
        code = await self._seat.write_loop(self._text_send, clock=time.monotonic)
        await self._send({"type": "websocket.close", "code": code})

    async def _text_send(self, text: str) -> None:
        await self._send({"type": "websocket.send", "text": text})

    async def _read(self) -> None:
        while True:
            message = await self._receive()
            if message["type"] == "websocket.disconnect":
                return
            if message["type"] != "websocket.receive":
                continue
            try:
                inbound = inbound_decode(message.get("text") or message.get("bytes") or b"")
            except ProtocolError as exc:
                self._seat.control(control_encode("error", code="protocol", text=f"Not understood: {exc}."))
                continue
            if inbound is not None:
                self._take(inbound)

    def _take(self, message: Inbound) -> None:
        if isinstance(message, Hello):
            self._hello(message)
        elif isinstance(message, Ack):
            stream = self._seat.streams.get(message.stream)
            if stream is not None:
                stream.ack(message.seq, now=time.monotonic())
        elif isinstance(message, Resync):
            stream = self._seat.streams.get(message.stream)
            if stream is not None:
                stream.resync()
                self._seat.wake()

    def _hello(self, hello: Hello) -> None:
        if hello.v != PROTOCOL_VERSION:
            self._seat.close(CLOSE_TOO_OLD)
            return
        for name, stream in self._seat.streams.items():
            stream.greet(hello.streams.get(name))
        self._greeted()

    def _greeted(self) -> None:
        self._seat.is_greeted = True
        self._seat.wake()
