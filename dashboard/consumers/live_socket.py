"""What every socket with live state does: a seat at the hub, a writer, and what the browser says. Fan-out is the hub's.

These are bare ASGI applications rather than Channels consumers: Channels closes database connections in a thread around every
message, which at one acknowledgement per socket costs more than the fan-out itself.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from typing import Any, Final

from dashboard import conf
from dashboard.consumers.upkeep import Ticket, upkeep_of_loop
from dashboard.domain.privacy import View
from dashboard.hub.hub import hub_of_loop
from dashboard.hub.protocol import (
    CLOSE_TOO_OLD,
    PROTOCOL_VERSION,
    Ack,
    Hello,
    Inbound,
    ProtocolError,
    Report,
    Resync,
    control_encode,
    inbound_decode,
)
from dashboard.hub.seat import Seat

log = logging.getLogger(__name__)

Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
Reported = Callable[[Report], Awaitable[None]]

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


async def no_such_socket(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    """Any other address: refused before the socket is open."""
    await receive()
    await send({"type": "websocket.close"})


class LiveSocket:
    """Reads what the browser says while the seat's write loop writes."""

    def __init__(
        self, seat: Seat, ticket: Ticket, receive: Receive, send: Send, *, reported: Reported | None = None
    ) -> None:
        self._seat = seat
        self._ticket = ticket
        self._receive = receive
        self._send = send
        self._reported = reported

    async def run(self, views: dict[str, View], *, standing: tuple[str, ...] = ()) -> None:
        """Until the browser or the server closes; `standing` are control messages to begin with."""
        hub = hub_of_loop(conf.redis_url())
        upkeep = upkeep_of_loop(hub)
        hub.join(self._seat, views)
        upkeep.watch(self._seat, self._ticket)
        upkeep.tell(self._seat, standing)
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
            if isinstance(inbound, Report):
                if self._reported is not None:
                    await self._reported(inbound)
            elif inbound is not None:
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
