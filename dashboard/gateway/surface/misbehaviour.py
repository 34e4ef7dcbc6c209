"""Answers as a failing PBX gives them."""

import asyncio

from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from dashboard.gateway.connections import Connections
from dashboard.gateway.faults import GarbageShape
from dashboard.gateway.surface.envelope import JSON_TYPE

DRIPS = 20
GARBAGE = {
    GarbageShape.TEXT: b"<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>",
    GarbageShape.LIST: b'[1,"two",null]',
    GarbageShape.RESULT: '{"status":1,"error":null,"result":"nečekaná hodnota"}'.encode(),
    GarbageShape.ROWS: b'{"status":1,"error":null,"result":{"1":{"id":{"no":[]},"users_total":"many","state":7}}}',
}


class CutResponse(Response):
    """No answer: the connection is closed, or after `keep` of the answer's bytes if any are to be sent."""

    def __init__(
        self, *, connections: Connections, content: bytes = b"", media_type: str = JSON_TYPE, keep: int = 0
    ) -> None:
        super().__init__(content, media_type=media_type)
        self._connections, self._keep = connections, keep

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send what is to be sent and close."""
        host, port = scope["client"]
        if self._keep:
            await send(_start(self))
            await send({"type": "http.response.body", "body": self.body[: self._keep], "more_body": True})
            self._connections.close((host, port))
        else:
            self._connections.cut((host, port))
        while (await receive())["type"] != "http.disconnect":
            continue


class DripResponse(Response):
    """The whole answer, a few bytes at a time, over so many seconds."""

    def __init__(self, *, content: bytes, media_type: str = JSON_TYPE, seconds: float) -> None:
        super().__init__(content, media_type=media_type)
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it in equal parts."""
        await send(_start(self))
        size = max(1, -(-len(self.body) // DRIPS))
        for start in range(0, len(self.body), size):
            part = self.body[start : start + size]
            await send({"type": "http.response.body", "body": bytes(part), "more_body": True})
            await asyncio.sleep(self._seconds / DRIPS)
        await send({"type": "http.response.body", "body": b"", "more_body": False})


def _start(response: Response) -> Message:
    return {"type": "http.response.start", "status": response.status_code, "headers": response.raw_headers}
