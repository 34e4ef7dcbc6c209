"""A browser whose machine is asleep: its socket is open, and nothing is read from it until it is told to."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

from websockets.client import ClientProtocol
from websockets.frames import Frame, Opcode
from websockets.typing import Origin
from websockets.uri import parse_uri

RECEIVE_BUFFER_BYTES = 2_048


class MuteSocket:
    """Opens and says hello; reads only in `read_for`."""

    def __init__(self, url: str, *, cookies: Mapping[str, str], origin: str) -> None:
        parts = urlsplit(url)
        self._socket = socket.socket()
        # The smallest there is, so that what is not read soon piles up at the server.
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_BUFFER_BYTES)
        self._socket.settimeout(20)
        self._socket.connect((parts.hostname or "", parts.port or 80))
        self._protocol = ClientProtocol(parse_uri(url), origin=Origin(origin), max_size=None)
        request = self._protocol.connect()
        request.headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in cookies.items())
        self._protocol.send_request(request)
        self._flush()
        while self._protocol.state.name == "CONNECTING":
            self._protocol.receive_data(self._socket.recv(512))
        self._messages: list[dict[str, Any]] = []
        self.close_code: int | None = None
        self.say({"t": "hello", "v": 1, "streams": {}})

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._socket.close()

    def say(self, message: Mapping[str, Any]) -> None:
        self._protocol.send_text(json.dumps(message).encode())
        self._flush()

    def read_for(self, seconds: float) -> list[dict[str, Any]]:
        """What can be read within these seconds, or until the connection ends; then `close_code` is set."""
        until = time.monotonic() + seconds
        while self.close_code is None and (left := until - time.monotonic()) > 0:
            self._socket.settimeout(left)
            try:
                data = self._socket.recv(65_536)
            except TimeoutError:
                break
            except ConnectionError:
                data = b""
            if data:
                self._protocol.receive_data(data)
            else:
                self.close_code = self.close_code or 1006
            self._collect()
        messages, self._messages = self._messages, []
        return messages

    def _collect(self) -> None:
        for frame in self._protocol.events_received():
            if not isinstance(frame, Frame):
                continue
            if frame.opcode is Opcode.TEXT:
                self._messages.append(json.loads(bytes(frame.data)))
            elif frame.opcode is Opcode.CLOSE:
                self.close_code = int.from_bytes(frame.data[:2], "big")
        self._flush()

    def _flush(self) -> None:
        for data in self._protocol.data_to_send():
            if data:
                self._socket.sendall(data)
