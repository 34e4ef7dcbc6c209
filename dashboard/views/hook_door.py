"""The webhooks' own way in, past everything that pages need and a PBX that waits for a name must not wait for."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import Any, Final, cast

from django.core.handlers.asgi import ASGIRequest
from django.core.handlers.exception import convert_exception_to_response
from django.db import close_old_connections, connections
from django.http import HttpRequest, HttpResponse
from django.utils.log import log_response

from dashboard.views.hooks import hook

Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
Application = Callable[[dict[str, Any], Receive, Send], Awaitable[None]]

BELOW: Final = "/hooks/"
BODY_AT_MOST: Final = 64 * 1024
THREADS: Final = 32
"""Twice as many as ever wait for CRMs at the same time, of all PBXs together (`contacts.crm.AT_ONCE`), so that those whom the
contacts know are answered meanwhile."""


class HookDoor:
    """Stands before the pages. Hooks are answered by threads that stay and keep their connections to the database.

    Django gives each request a thread of its own, with a new connection, and hands it to and fro between threads for the
    middleware; that costs several times as much as the answer.
    """

    def __init__(self, pages: Application) -> None:
        self._pages = pages
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="hooks")

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        if not scope["path"].startswith(BELOW):
            await self._pages(scope, receive, send)
            return
        loop, body = asyncio.get_running_loop(), await _body(receive)
        if body is None:
            await _sent(HttpResponse(status=413), send)
            return
        response = await loop.run_in_executor(self._threads, self._answer, scope, body)
        await _sent(response, send)
        await loop.run_in_executor(self._threads, response.close)

    def _answer(self, scope: dict[str, Any], body: bytes) -> HttpResponse:
        try:
            request = ASGIRequest(scope, BytesIO(body))
        except UnicodeDecodeError:
            return HttpResponse(status=400)
        close_old_connections()  # those that failed
        response = cast("HttpResponse", _view(request))
        for connection in connections.all(initialized_only=True):
            connection.close_at = None  # the others never grow old
        if response.status_code >= 400:
            log_response("%s: %s", response.reason_phrase, request.path, response=response, request=request)
        return response


@convert_exception_to_response
def _view(request: HttpRequest) -> HttpResponse:
    secret = request.path_info.removeprefix(BELOW).partition("/")[0]
    return hook(request, secret)


async def _body(receive: Receive) -> bytes | None:
    """None if it is too long, or is broken off, when nobody waits for an answer."""
    body = bytearray()
    while True:
        message = await receive()
        body += message.get("body", b"")
        if message["type"] == "http.disconnect" or len(body) > BODY_AT_MOST:
            return None
        if not message.get("more_body", False):
            return bytes(body)


async def _sent(response: HttpResponse, send: Send) -> None:
    headers = [(name.encode("ascii"), value.encode("latin-1")) for name, value in response.items()]
    length = (b"Content-Length", str(len(response.content)).encode())
    await send({"type": "http.response.start", "status": response.status_code, "headers": [*headers, length]})
    await send({"type": "http.response.body", "body": response.content})
