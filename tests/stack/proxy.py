"""A TCP proxy in front of a server's unix socket, whose connections can be made half-open."""

from __future__ import annotations

import contextlib
import socket
import threading
from types import TracebackType
from typing import Self


class _Pair:
    """One connection through the proxy."""

    def __init__(self, client: socket.socket, server: socket.socket) -> None:
        self.ends = (client, server)
        self.is_swallowing = False
        ways = ((client, server), (server, client))
        self._pumps = [threading.Thread(target=self._pump, args=way, daemon=True) for way in ways]
        for pump in self._pumps:
            pump.start()

    def _pump(self, source: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65_536):
                if not self.is_swallowing:
                    target.sendall(data)
        if not self.is_swallowing:
            self.end()

    def end(self) -> None:
        for end in self.ends:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self.end()
        for pump in self._pumps:
            pump.join(5)
        for end in self.ends:
            end.close()


class SwallowingProxy:
    """After `half_open`, the connections there are stay up, and nothing that is sent on them arrives; new ones work."""

    def __init__(self, unix_path: str) -> None:
        self._unix_path = unix_path
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._pairs: list[_Pair] = []
        self._thread = threading.Thread(target=self._accept, name="proxy-accept", daemon=True)

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self._listener.getsockname()[1]}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, trace: TracebackType | None
    ) -> None:
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(5)
        for pair in self._pairs:
            pair.close()

    def half_open(self) -> int:
        """Swallow everything on the connections that exist now; how many they are."""
        for pair in self._pairs:
            pair.is_swallowing = True
        return len(self._pairs)

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                server = socket.socket(socket.AF_UNIX)
                try:
                    server.connect(self._unix_path)
                except OSError:
                    client.close()
                    server.close()
                    continue
                self._pairs.append(_Pair(client, server))
