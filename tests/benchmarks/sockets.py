"""Many light sockets in a process of their own: python -m tests.benchmarks.sockets URL ORIGIN COOKIE COUNT

Says "open" when all are open; for each line on stdin one line of JSON with what was received so far. Ends with its stdin.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from collections import Counter
from typing import Any, Final

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import InvalidMessage
from websockets.typing import Origin

from tests.benchmarks.processes import Processes
from tests.benchmarks.report import NotMeasured

ACK_EVERY_S: Final = 10.0
AT_ONCE: Final = 10
TRIES: Final = 5
HELLO: Final = '{"t":"hello","v":1,"streams":{}}'
KINDS: Final = {f'{{"v":1,"t":"{kind}"': kind for kind in ("snapshot", "delta", "tick", "control")}


class Sockets:
    """The process, as seen by the benchmark."""

    def __init__(
        self, running: Processes, *, name: str, url: str, origin: str, cookie: str, count: int
    ) -> None:
        command = [sys.executable, "-m", "tests.benchmarks.sockets", url, origin, cookie, str(count)]
        self._process: subprocess.Popen[bytes] = running.start(command, name=name, has_pipes=True)
        self._running = running
        if self._line() != "open":
            raise NotMeasured("The sockets did not open.")

    def received(self) -> Counter[str]:
        """How many messages of each kind have come so far, and `acks` sent."""
        assert self._process.stdin is not None
        self._process.stdin.write(b"\n")
        self._process.stdin.flush()
        return Counter(json.loads(self._line()))

    def _line(self) -> str:
        assert self._process.stdout is not None
        line = self._process.stdout.readline().decode().strip()
        if not line:
            raise NotMeasured(f"The sockets' process ended. {self._running.last_words()}")
        return line


class Crowd:
    """All sockets of the process, and what they got."""

    def __init__(self) -> None:
        self.received: Counter[str] = Counter()

    async def run(self, *, url: str, origin: str, cookie: str, count: int) -> None:
        gate = asyncio.Semaphore(AT_ONCE)
        opened: list[asyncio.Future[None]] = []
        loop = asyncio.get_running_loop()
        tasks: list[asyncio.Future[Any]] = []
        for _ in range(count):
            opened.append(loop.create_future())
            tasks.append(loop.create_task(self._socket(url, origin, cookie, gate, opened[-1])))
        all_open: asyncio.Future[Any] = asyncio.gather(*opened)
        await asyncio.wait([all_open, *tasks], return_when=asyncio.FIRST_COMPLETED)
        if not all_open.done():
            next(task for task in tasks if task.done()).result()
        print("open", flush=True)
        await loop.run_in_executor(None, self._answer)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _socket(
        self, url: str, origin: str, cookie: str, gate: asyncio.Semaphore, opened: asyncio.Future[None]
    ) -> None:
        async with gate:
            socket = await _connected(url, origin=origin, cookie=cookie)
        async with socket:
            await socket.send(HELLO)
            opened.set_result(None)
            await self._read(socket)

    async def _read(self, socket: ClientConnection) -> None:
        """Count, and acknowledge ticks as the page does: the first, and then at most every ten seconds."""
        acked_at = -ACK_EVERY_S
        async for message in socket:
            text = str(message)
            kind = KINDS.get(text[: text.find('"', 12) + 1], "other")
            self.received[kind] += 1
            if kind == "tick" and time.monotonic() - acked_at >= ACK_EVERY_S:
                acked_at = time.monotonic()
                tick = json.loads(text)
                await socket.send(json.dumps({"t": "ack", "stream": tick["stream"], "seq": tick["seq"]}))
                self.received["acks"] += 1
        self.received["closed"] += 1

    def _answer(self) -> None:
        for _ in sys.stdin:
            print(json.dumps(self.received), flush=True)


async def _connected(url: str, *, origin: str, cookie: str) -> ClientConnection:
    """An open socket; like a page, tries again when a busy server lets the opening time out."""
    tries_left = TRIES
    while True:
        tries_left -= 1
        try:
            return await connect(
                url,
                origin=Origin(origin),
                additional_headers={"Cookie": f"sessionid={cookie}"},
                compression=None,
                ping_interval=None,
            )
        except (InvalidMessage, TimeoutError):
            if not tries_left:
                raise
        await asyncio.sleep(1)


if __name__ == "__main__":
    _url, _origin, _cookie, _count = sys.argv[1:]
    asyncio.run(Crowd().run(url=_url, origin=_origin, cookie=_cookie, count=int(_count)))
