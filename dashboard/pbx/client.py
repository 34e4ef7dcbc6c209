"""The client: sends requests of the documented API and gives typed answers.

It never repeats a request, follows no redirect, and decides by the envelope alone. Safe to share between threads.
"""

import hashlib
import re
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Generic, Literal, Self, TypeVar

import httpcore
import httpx

from dashboard.pbx.errors import (
    PbxBadAnswer,
    PbxHttpError,
    PbxRefused,
    PbxTimeout,
    PbxUnreachable,
    PbxWrongToken,
)
from dashboard.pbx.groups.lines import Lines
from dashboard.pbx.groups.operators import Operators
from dashboard.pbx.groups.pauses import Pauses
from dashboard.pbx.groups.queues import Queues
from dashboard.pbx.groups.statistics import Statistics
from dashboard.pbx.request import Request
from dashboard.pbx.transport import PbxTransport, deadline, time_left

T = TypeVar("T")
TokenIn = Literal["cookie", "query"]

DEADLINE_S = 3.0
MAX_ANSWER_BYTES = 64 * 1024 * 1024
TIMEOUTS = (httpx.TimeoutException, httpcore.TimeoutException)
NO_CONNECTION = (httpx.NetworkError, httpcore.NetworkError)
NOT_HTTP = (httpx.ProtocolError, httpcore.ProtocolError, httpx.DecodingError)
HEADERS = {"Accept": "application/json", "Accept-Encoding": "gzip, deflate", "User-Agent": "wallboard"}


def access_token(login: str, password: str) -> str:
    """The API's token; as good as the password, so it never reaches a log."""
    # The API prescribes SHA1; it is no protection of ours.
    return hashlib.sha1((login + password).encode(), usedforsecurity=False).hexdigest()


@dataclass(frozen=True, kw_only=True)
class Answer(Generic[T]):
    """A decoded value, when its last byte came (ms since 1970 by the client's clock), and how long it all took."""

    value: T
    received_at_ms: int
    elapsed_s: float


class PbxClient:
    """One per process and PBX. `deadline_s` bounds a whole request, from the host's name to the last byte."""

    def __init__(
        self,
        *,
        base_url: str,
        token: str,
        token_in: TokenIn = "cookie",  # noqa: S107 - where it travels, not what it is
        ca_file: str | Path | None = None,
        deadline_s: float = DEADLINE_S,
        max_answer_bytes: int = MAX_ANSWER_BYTES,
        transport: httpx.BaseTransport | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._base_url = _checked_base_url(base_url)
        self._token = _checked_token(token)
        self._puts_token_in_query = token_in == "query"  # noqa: S105
        self._deadline_s = deadline_s
        self._max_answer_bytes = max_answer_bytes
        self._clock = clock
        self._transport = transport or PbxTransport(ssl_context=_ssl_context(self._base_url, ca_file))
        self.queues = Queues(self)
        self.operators = Operators(self)
        self.lines = Lines(self)
        self.pauses = Pauses(self)
        self.statistics = Statistics(self)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._transport.close()

    def send(self, request: Request[T]) -> T:
        return self.fetch(request).value

    def fetch(self, request: Request[T]) -> Answer[T]:
        """Send and decode. Raises a PbxError, whatever the PBX or the network does."""
        limit_s = self._deadline_s if request.deadline_s is None else request.deadline_s
        started = time.monotonic()
        with deadline(limit_s):
            body = self._body(request, limit_s=limit_s)
        received_at = self._clock()
        elapsed_s = time.monotonic() - started
        value = self._decoded(request, body)
        return Answer(value=value, received_at_ms=round(received_at * 1000), elapsed_s=elapsed_s)

    def _decoded(self, request: Request[T], body: bytes) -> T:
        try:
            return request.shape.decode(body, action=request.action, secret=self._token)
        except PbxWrongToken:
            raise
        except PbxRefused:
            if request.if_refused is None:
                raise
            return request.if_refused()

    def _body(self, request: Request[T], *, limit_s: float) -> bytes:
        try:
            response = self._transport.handle_request(self._http_request(request))
            try:
                return self._read(request, response)
            finally:
                response.close()
        except TIMEOUTS as exc:
            raise PbxTimeout(request.action, limit_s=limit_s) from exc
        except NO_CONNECTION as exc:
            raise PbxUnreachable(request.action, f"The PBX cannot be reached: {exc}.") from exc
        except NOT_HTTP as exc:
            if str(exc).startswith("Server disconnected"):
                sentence = "The PBX closed the connection without an answer."
                raise PbxUnreachable(request.action, sentence) from exc
            sentence = "The answer broke off or is not HTTP."
            raise PbxBadAnswer(request.action, sentence, retryable=True) from exc

    def _read(self, request: Request[T], response: httpx.Response) -> bytes:
        if response.status_code != httpx.codes.OK:
            raise PbxHttpError(request.action, status_code=response.status_code)
        chunks: list[bytes] = []
        size = 0
        for chunk in response.iter_bytes():
            time_left(httpcore.ReadTimeout)
            size += len(chunk)
            if size > self._max_answer_bytes:
                limit_mb = self._max_answer_bytes / 1024 / 1024
                raise PbxBadAnswer(request.action, f"The answer is larger than {limit_mb:g} MB.")
            chunks.append(chunk)
        return b"".join(chunks)

    def _http_request(self, request: Request[T]) -> httpx.Request:
        query = request.query()
        headers = dict(HEADERS)
        if self._puts_token_in_query:
            query = f"access_token={self._token}" + (f"&{query}" if query else "")
        else:
            headers["Cookie"] = f"access_token={self._token}"
        url = self._base_url + request.path() + (f"?{query}" if query else "")
        return httpx.Request("GET", url, headers=headers)


def _checked_base_url(base_url: str) -> str:
    try:
        url = httpx.URL(base_url)
    except httpx.InvalidURL as exc:
        raise ValueError("The address of the PBX is not a URL.") from exc
    if url.scheme not in ("http", "https") or not url.host:
        raise ValueError("The address of the PBX must be like https://pbx.example.")
    if url.userinfo or url.query or url.fragment:
        raise ValueError("The address of the PBX may hold no login, no parameters and no #.")
    return base_url.rstrip("/")


def _checked_token(token: str) -> str:
    if not re.fullmatch(r"[0-9A-Za-z]+", token):
        raise ValueError("The access token must be letters and digits only.")
    return token


def _ssl_context(base_url: str, ca_file: str | Path | None) -> ssl.SSLContext | None:
    if not base_url.startswith("https:"):
        return None
    if ca_file is None:
        return httpx.create_ssl_context()
    try:
        return ssl.create_default_context(cafile=ca_file)
    except OSError as exc:
        raise ValueError(f"The file of trusted certificates cannot be read: {exc.strerror}.") from exc
