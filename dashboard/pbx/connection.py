"""From a request to the bytes of its answer: addresses, the token's place, and every failure as an error of ours."""

import re
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal, NamedTuple

import httpcore
import httpx

from dashboard.pbx.errors import PbxBadAnswer, PbxTimeout, PbxUnreachable
from dashboard.pbx.request import Host, Request
from dashboard.pbx.transport import PbxTransport, deadline, time_left

TokenIn = Literal["cookie", "query"]

TIMEOUTS = (httpx.TimeoutException, httpcore.TimeoutException)
NO_CONNECTION = (httpx.NetworkError, httpcore.NetworkError)
NEVER_SENT = (
    *(httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout),
    *(httpcore.ConnectError, httpcore.ConnectTimeout, httpcore.PoolTimeout),
)
NOT_HTTP = (httpx.ProtocolError, httpcore.ProtocolError, httpx.DecodingError)
HEADERS = {"Accept": "application/json", "Accept-Encoding": "gzip, deflate", "User-Agent": "wallboard"}


class Received(NamedTuple):
    """HTTP status and body of an answer."""

    status_code: int
    body: bytes

    @property
    def is_success(self) -> bool:
        return 200 <= self.status_code < 300


class Connection:
    """The pooled way to one PBX and the central services beside it."""

    def __init__(
        self,
        *,
        addresses: Mapping[Host, str | None],
        token: str,
        token_in: TokenIn,
        ca_file: str | Path | None,
        max_answer_bytes: int,
        transport: httpx.BaseTransport | None,
    ) -> None:
        self._addresses = {host: _checked_address(address) for host, address in addresses.items() if address}
        self.token = _checked_token(token)
        self._puts_token_in_query = token_in == "query"  # noqa: S105
        self._max_answer_bytes = max_answer_bytes
        secure = any(address.startswith("https:") for address in self._addresses.values())
        self._transport = transport or PbxTransport(ssl_context=_ssl_context(ca_file) if secure else None)

    def close(self) -> None:
        self._transport.close()

    def received(self, request: Request[Any], *, limit_s: float) -> Received:
        """The whole answer, whatever its HTTP status. Raises a PbxError."""
        with deadline(limit_s), self.opened(request, limit_s=limit_s) as response:
            return Received(response.status_code, b"".join(self.chunks(request, response)))

    @contextmanager
    def opened(
        self, request: Request[Any], *, limit_s: float, headers: Mapping[str, str] | None = None
    ) -> Iterator[httpx.Response]:
        """The answer with its headers read, inside a deadline that the caller has set."""
        http_request = self._http_request(request, headers or {})
        with _our_errors(request.action, limit_s=limit_s):
            response = self._transport.handle_request(http_request)
            try:
                yield response
            finally:
                response.close()

    def chunks(self, request: Request[Any], response: httpx.Response) -> Iterator[bytes]:
        size = 0
        for chunk in response.iter_bytes():
            time_left(httpcore.ReadTimeout)
            size += len(chunk)
            if size > self._max_answer_bytes:
                limit_mb = self._max_answer_bytes / 1024 / 1024
                raise PbxBadAnswer(request.action, f"The answer is larger than {limit_mb:g} MB.")
            yield chunk

    def _http_request(self, request: Request[Any], headers: Mapping[str, str]) -> httpx.Request:
        address = self._addresses.get(request.host)
        if address is None:
            raise ValueError(f"{request.action} needs {request.host.value}_base_url, which was not given.")
        query = request.query()
        sent = {**HEADERS, **headers}
        if self._puts_token_in_query:
            query = f"access_token={self.token}" + (f"&{query}" if query else "")
        else:
            sent["Cookie"] = f"access_token={self.token}"
        url = address + request.path() + (f"?{query}" if query else "")
        return httpx.Request("GET", url, headers=sent)


@contextmanager
def _our_errors(action: str, *, limit_s: float) -> Iterator[None]:
    try:
        yield
    except TIMEOUTS as exc:
        raise PbxTimeout(action, limit_s=limit_s, may_have_acted=not isinstance(exc, NEVER_SENT)) from exc
    except NO_CONNECTION as exc:
        raise PbxUnreachable(
            action, f"The PBX cannot be reached: {exc}.", may_have_acted=not isinstance(exc, NEVER_SENT)
        ) from exc
    except NOT_HTTP as exc:
        if str(exc).startswith("Server disconnected"):
            raise PbxUnreachable(action, "The PBX closed the connection without an answer.") from exc
        raise PbxBadAnswer(action, "The answer broke off or is not HTTP.", retryable=True) from exc


def _checked_address(address: str) -> str:
    try:
        url = httpx.URL(address)
    except httpx.InvalidURL as exc:
        raise ValueError("The address of the PBX is not a URL.") from exc
    if url.scheme not in ("http", "https") or not url.host:
        raise ValueError("The address of the PBX must be like https://pbx.example.")
    if url.userinfo or url.query or url.fragment:
        raise ValueError("The address of the PBX may hold no login, no parameters and no #.")
    return address.rstrip("/")


def _checked_token(token: str) -> str:
    if not re.fullmatch(r"[0-9A-Za-z]+", token):
        raise ValueError("The access token must be letters and digits only.")
    return token


def _ssl_context(ca_file: str | Path | None) -> ssl.SSLContext:
    if ca_file is None:
        return httpx.create_ssl_context()
    try:
        return ssl.create_default_context(cafile=ca_file)
    except OSError as exc:
        raise ValueError(f"The file of trusted certificates cannot be read: {exc.strerror or exc}.") from exc
