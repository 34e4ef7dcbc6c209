"""A board as a browser has it, in Python: says hello, keeps the state, acknowledges, and remembers all that came."""

from __future__ import annotations

import contextlib
import itertools
import json
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Self, TypeVar

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from dashboard.domain.diff import Delta, PlainState, delta_apply
from tests.stack.waiting import NotInTime

T = TypeVar("T")

Place = tuple[str, int]

ACK_EVERY_S = 10.0


@dataclass(frozen=True)
class Received:
    """A message, and when it came (monotonic seconds)."""

    at_s: float
    message: dict[str, Any]

    @property
    def kind(self) -> str:
        return str(self.message["t"])


class BoardClient:
    """Reads in a thread of its own. Use as a context manager, or call `close`.

    `hello` is the `streams` of the hello; None says no hello at all. Without `acks` nothing is ever acknowledged.
    """

    def __init__(
        self,
        url: str,
        *,
        cookies: Mapping[str, str],
        origin: str,
        hello: Mapping[str, Any] | None,
        acks: bool = True,
        stream: str = "main",
    ) -> None:
        cookie = "; ".join(f"{name}={value}" for name, value in cookies.items())
        self._socket: ClientConnection = connect(
            url,
            additional_headers={"Cookie": cookie} if cookie else {},
            origin=Origin(origin),
            max_size=None,
            compression=None,
            ping_interval=None,
            proxy=None,
            open_timeout=20,
            legacy=True,  # the connection itself, not one that comes back by itself
        )
        self.stream = stream
        self.acks = acks
        self.received: list[Received] = []
        self.state: PlainState = {}
        self.history: dict[Place, PlainState] = {}
        self.place: Place = ("", 0)
        self.view = ""
        self.source: dict[str, Any] = {}
        self.gaps = 0
        self.close_code: int | None = None
        self.closed_at_s: float | None = None
        self._acked_at_s = float("-inf")
        self._changed = threading.Condition()
        if hello is not None:
            with contextlib.suppress(ConnectionClosed):  # the reader finds out why
                self.say({"t": "hello", "v": 1, "streams": hello})
        self._reader = threading.Thread(target=self._read, name="board", daemon=True)
        self._reader.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def hello(self) -> dict[str, Any]:
        """What a hello says of where this board stands."""
        return {self.stream: {"epoch": self.place[0], "seq": self.place[1], "view": self.view}}

    def say(self, message: object) -> None:
        """Send anything; strings and bytes go as they are."""
        self._socket.send(message if isinstance(message, str | bytes) else json.dumps(message))

    def of_kind(self, kind: str, *, since_s: float = 0.0) -> list[Received]:
        """The messages of this kind that came since a moment (monotonic seconds)."""
        return [one for one in list(self.received) if one.kind == kind and one.at_s >= since_s]

    def wait(self, look: Callable[[BoardClient], T | None], *, within_s: float, what: str = "") -> T:
        """Look after every message until the answer is truthy, and give it back. Raises `NotInTime`."""
        until = time.monotonic() + within_s
        with self._changed:
            while not (found := look(self)):
                left = until - time.monotonic()
                if left <= 0:
                    last = [one.message["t"] for one in self.received[-5:]]
                    raise NotInTime(
                        f"{what or 'It'} was not seen within {within_s:g} s; last messages: {last}, closed: {self.close_code}"
                    )
                self._changed.wait(left)
            return found

    def wait_kind(self, kind: str, *, within_s: float, since_s: float = 0.0) -> Received:
        """The first message of this kind since a moment."""
        found = self.wait(lambda board: board.of_kind(kind, since_s=since_s), within_s=within_s, what=kind)
        return found[0]

    def wait_closed(self, *, within_s: float) -> int:
        """The code with which the server closed."""
        self.wait(lambda board: board.close_code is not None, within_s=within_s, what="The end")
        return self.close_code or 0

    def longest_silence_s(self, *, since_s: float, until_s: float) -> float:
        """The longest time without a tick between two moments."""
        moments = [
            since_s,
            *(one.at_s for one in self.of_kind("tick", since_s=since_s) if one.at_s <= until_s),
            until_s,
        ]
        return max(later - earlier for earlier, later in itertools.pairwise(moments))

    def close(self) -> None:
        with contextlib.suppress(ConnectionClosed, OSError):
            self._socket.close()
        self._reader.join(15)

    def _read(self) -> None:
        while True:
            try:
                message = json.loads(self._socket.recv())
            except ConnectionClosed as exc:
                with self._changed:
                    self.close_code = exc.rcvd.code if exc.rcvd else 1006
                    self.closed_at_s = time.monotonic()
                    self._changed.notify_all()
                return
            with self._changed:
                self._take(message)
                self.received.append(Received(time.monotonic(), message))
                self._changed.notify_all()
            if message["t"] in {"snapshot", "delta", "tick"} and self.acks:
                self._acknowledge()

    def _take(self, message: dict[str, Any]) -> None:
        if message["t"] == "snapshot":
            self.state, self.view = message["state"], message["view"]
            self._stand(message)
        elif message["t"] == "delta":
            if (message["epoch"], message["prev"]) != self.place:
                self.gaps += 1
                self.say({"t": "resync", "stream": self.stream})
                return
            self.state = delta_apply(self.state, Delta(changed=message["set"], removed=message["del"]))
            self._stand(message)
        self.source = message.get("source") or self.source

    def _stand(self, message: dict[str, Any]) -> None:
        self.place = (message["epoch"], message["seq"])
        self.history[self.place] = self.state

    def _acknowledge(self) -> None:
        now = time.monotonic()
        if now - self._acked_at_s < ACK_EVERY_S:
            return
        with contextlib.suppress(ConnectionClosed):
            self.say({"t": "ack", "stream": self.stream, "seq": self.place[1]})
            self._acked_at_s = now


def common_place(one: BoardClient, other: BoardClient, *, within_s: float = 10.0) -> Place:
    """A place that two boards of one view have both been at. What they showed there must be the same."""
    return other.wait(
        lambda _: next((place for place in reversed(list(other.history)) if place in one.history), None),
        within_s=within_s,
        what="A place both boards were at",
    )
