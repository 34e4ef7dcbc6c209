"""A board's socket as the page reads it: a copy of the state, and the size of everything that came."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from dashboard.domain.diff import Delta, PlainState, delta_apply
from tests.benchmarks.report import NotMeasured
from tests.benchmarks.site import Site
from tests.benchmarks.sockets import ACK_EVERY_S, HELLO

HEARD_WITHIN_S: Final = 5.0


class Board:
    """Follows one stream. `snapshots` and `deltas` hold the sizes of the messages in bytes."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._acked_at = 0.0
        self.head: dict[str, Any] = {}
        self.state: PlainState = {}
        self.source: dict[str, Any] = {}
        self.snapshots: list[int] = []
        self.deltas: list[int] = []
        self.ticks = 0
        self.snapshot: PlainState = {}

    def follow(self, seconds: float) -> None:
        """Take what comes for so long."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            try:
                self._take(self._socket.recv(timeout=min(left, HEARD_WITHIN_S)))
            except TimeoutError as exc:
                if left > HEARD_WITHIN_S:
                    raise NotMeasured("The board heard nothing for 5 s.") from exc

    def resync(self) -> None:
        """Ask for a snapshot, and wait for it; it stands in `snapshot`, the state so far in `state`."""
        count = len(self.snapshots)
        self._socket.send(json.dumps({"t": "resync", "stream": self.head["stream"]}))
        while len(self.snapshots) == count:
            self._take(self._socket.recv(timeout=HEARD_WITHIN_S))

    def snapshot_bytes(self) -> int:
        """What a snapshot of the state would weigh now."""
        return _size(
            json.dumps({**self.head, "state": self.state}, ensure_ascii=False, separators=(",", ":"))
        )

    def _take(self, text: str | bytes) -> None:
        message = json.loads(text)
        if message["t"] == "snapshot":
            self.snapshots.append(_size(text))
            self.snapshot = message.pop("state")
            self.state, self.head = self.state or self.snapshot, message
        elif message["t"] == "delta":
            self.deltas.append(_size(text))
            delta = Delta(changed=message.get("set", {}), removed=message.get("del", {}))
            self.state = delta_apply(self.state, delta)
        elif message["t"] == "tick":
            self.ticks += 1
            self.source = message["source"]
            self._acknowledge(message)

    def _acknowledge(self, tick: dict[str, Any]) -> None:
        if time.monotonic() - self._acked_at >= ACK_EVERY_S:
            self._acked_at = time.monotonic()
            self._socket.send(json.dumps({"t": "ack", "stream": tick["stream"], "seq": tick["seq"]}))


@contextmanager
def followed_board(site: Site) -> Iterator[Board]:
    """The overview board, from its first snapshot on."""
    headers = {"Cookie": f"sessionid={site.cookie}"}
    with connect(
        site.socket_url, origin=Origin(site.url), additional_headers=headers, compression=None, max_size=None
    ) as socket:
        socket.send(HELLO)
        board = Board(socket)
        until = time.monotonic() + 30
        while not (board.source and all(row["ok_at"] for row in board.source["endpoints"].values())):
            board.follow(1)
            if time.monotonic() > until:
                raise NotMeasured("Not every endpoint answered within 30 s.")
        yield board


def _size(text: str | bytes) -> int:
    return len(text.encode() if isinstance(text, str) else text)
