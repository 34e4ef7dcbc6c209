"""Open connections by peer, so that one can be cut off as a failing machine would."""

import asyncio

Peer = tuple[str, int]


class Connections:
    """Transports by the address of the other end."""

    def __init__(self) -> None:
        self._transports: dict[Peer, asyncio.Transport] = {}

    def opened(self, transport: asyncio.Transport) -> None:
        """Remember a connection."""
        self._transports[_peer(transport)] = transport

    def closed(self, transport: asyncio.Transport) -> None:
        """Forget a connection."""
        self._transports.pop(_peer(transport), None)

    def cut(self, peer: Peer) -> None:
        """End it at once: what is not sent yet never will be."""
        if peer in self._transports:
            self._transports[peer].abort()

    def close(self, peer: Peer) -> None:
        """End it after what has been written."""
        if peer in self._transports:
            self._transports[peer].close()

    def cut_all(self) -> None:
        """End every connection at once."""
        for transport in list(self._transports.values()):
            transport.abort()


def _peer(transport: asyncio.Transport) -> Peer:
    host, port = transport.get_extra_info("peername")[:2]
    return str(host), int(port)
