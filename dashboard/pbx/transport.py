"""HTTP to the PBX with one deadline over everything: name, connection, TLS, request, headers and body.

The usual time-outs hold for one read each, so a server that sends a byte now and then runs on for ever.
Here every wait is cut to what is left of the deadline of the request that the thread is busy with.
"""

import contextlib
import ipaddress
import queue
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextvars import ContextVar
from typing import Any

import httpcore
import httpx

# Shorter than the five seconds after which common web servers close an idle connection.
KEEPALIVE_S = 4.0
MAX_CONNECTIONS = 32

_ends_at: ContextVar[float] = ContextVar("ends_at")


@contextlib.contextmanager
def deadline(limit_s: float) -> Iterator[Callable[[], None]]:
    """Everything that this thread sends and reads inside must be over within `limit_s`.

    Gives a function that starts the time anew, for a long download that makes progress.
    """

    def renew() -> None:
        _ends_at.set(time.monotonic() + limit_s)

    token = _ends_at.set(time.monotonic() + limit_s)
    try:
        yield renew
    finally:
        _ends_at.reset(token)


def time_left(error: type[Exception]) -> float:
    """Seconds left of the deadline; raises `error` if there are none."""
    left = _ends_at.get() - time.monotonic()
    if left <= 0:
        raise error("the deadline has passed")
    return left


class PbxTransport(httpx.BaseTransport):
    """A pool of kept-alive connections. No proxies, no cookies kept, no redirects, no log of addresses."""

    def __init__(self, *, ssl_context: ssl.SSLContext | None) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=ssl_context,
            max_connections=MAX_CONNECTIONS,
            max_keepalive_connections=MAX_CONNECTIONS,
            keepalive_expiry=KEEPALIVE_S,
            network_backend=_DeadlineBackend(),
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = httpcore.URL(
            scheme=request.url.raw_scheme,
            host=request.url.raw_host,
            port=request.url.port,
            target=request.url.raw_path,
        )
        timeouts = {"pool": time_left(httpcore.PoolTimeout)}
        response = self._pool.handle_request(
            httpcore.Request(
                request.method, url, headers=request.headers.raw, extensions={"timeout": timeouts}
            )
        )
        return httpx.Response(response.status, headers=response.headers, stream=_Body(response))

    def close(self) -> None:
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    def __iter__(self) -> Iterator[bytes]:
        yield from self._response.iter_stream()

    def close(self) -> None:
        self._response.close()


class _DeadlineStream(httpcore.NetworkStream):
    def __init__(self, stream: httpcore.NetworkStream) -> None:
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, time_left(httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, time_left(httpcore.WriteTimeout))

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        left = time_left(httpcore.ConnectTimeout)
        return _DeadlineStream(self._stream.start_tls(ssl_context, server_hostname, left))

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)

    def close(self) -> None:
        self._stream.close()


class _DeadlineBackend(httpcore.NetworkBackend):
    def __init__(self) -> None:
        self._backend = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        addresses = _addresses(host, port)
        for tries_left in range(len(addresses), 0, -1):
            # A dead address must not eat the time of the ones after it.
            share_s = time_left(httpcore.ConnectTimeout) / tries_left
            try:
                return _DeadlineStream(
                    self._backend.connect_tcp(
                        addresses[-tries_left], port, share_s, local_address, socket_options
                    )
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if tries_left == 1:
                    raise
        raise httpcore.ConnectError("the host name has no address")


def _addresses(host: str, port: int) -> list[str]:
    with contextlib.suppress(ValueError):
        return [str(ipaddress.ip_address(host))]
    # The system's resolver knows no time-out, so it works in a thread that is left behind when it is too slow.
    answers: queue.SimpleQueue[list[str] | Exception] = queue.SimpleQueue()
    threading.Thread(target=_resolve, args=(host, port, answers), name="pbx-dns", daemon=True).start()
    try:
        answer = answers.get(timeout=time_left(httpcore.ConnectTimeout))
    except queue.Empty as exc:
        raise httpcore.ConnectTimeout("the host name was not resolved in time") from exc
    if isinstance(answer, Exception):
        raise httpcore.ConnectError("the host name cannot be resolved") from answer
    return answer


def _resolve(host: str, port: int, answers: "queue.SimpleQueue[list[str] | Exception]") -> None:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as exc:
        answers.put(exc)
    else:
        answers.put(list(dict.fromkeys(str(entry[4][0]) for entry in found)))
