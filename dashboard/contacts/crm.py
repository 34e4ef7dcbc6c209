"""Asks the customer's CRM for a caller, within one second over everything."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final
from urllib.parse import quote

import httpcore
import httpx
import msgspec

from dashboard.contacts.outage import Outage
from dashboard.contacts.recall import Answer
from dashboard.pbx.transport import PbxTransport, deadline, time_left

LIMIT_S: Final = 1.0
ANSWER_AT_MOST: Final = 64 * 1024
KEYS_AT_MOST: Final = 32
VALUE_AT_MOST: Final = 250
AT_ONCE: Final = 16
"""Questions of one process at the same time, to all CRMs together. Further callers are unknown rather than kept waiting."""

PLACE: Final = "{number}"
UNKNOWN_STATUSES: Final = frozenset({204, 404})
"""How a CRM may say that it does not know a number."""

HEADERS: Final = {"Accept": "application/json", "Accept-Encoding": "identity", "User-Agent": "wallboard"}

_KEY: Final = re.compile(r"[A-Z][A-Z0-9_]{0,31}", re.ASCII)
_TIMEOUTS: Final = (httpx.TimeoutException, httpcore.TimeoutException)
_BROKEN: Final = (httpx.TransportError, httpcore.NetworkError, httpcore.ProtocolError)

_GONE: Final = (httpcore.RemoteProtocolError, httpcore.ReadError, httpcore.WriteError)


class CrmError(Exception):
    """No use can be made of the CRM now; the message is a sentence without address and number."""

    def __init__(self, sentence: str, *, is_answering: bool = False) -> None:
        super().__init__(sentence)
        self.is_answering = is_answering


def crm_url_problem(url: str) -> str | None:
    """What is wrong with the address of a CRM, in words; None if nothing."""
    try:
        parsed = httpx.URL(url.replace(PLACE, "0"))
    except httpx.InvalidURL:
        return "This is not an address."
    if parsed.scheme not in ("http", "https") or not parsed.host or (parsed.port or 0) > 65535:
        return "The address must begin with http:// or https:// and name a host."
    if PLACE not in url or PLACE in url.split("/", 3)[2]:
        return f"The address must hold {PLACE} after the host, where the caller's number goes."
    return None


def crm_url_shown(url: str) -> str:
    """Where it leads, without what may be a login or a key; "" if there is none."""
    if not url:
        return ""
    parsed = httpx.URL(url.replace(PLACE, "0"))
    return f"{parsed.scheme}://{parsed.netloc.decode('ascii')}/…"


class Crm:
    """The CRM of one PBX. Keeps connections; never follows redirects; nothing it says can raise.

    `places` is what all CRMs of a process share: who finds none free is not asked about.
    """

    def __init__(self, url: str, *, stream: str, places: threading.Semaphore) -> None:
        self.url = url
        self._places = places
        self._transport = PbxTransport(
            ssl_context=httpx.create_ssl_context() if url.startswith("https:") else None
        )
        self._lock = threading.Lock()
        self._asking = 0
        self._is_closed = False
        self._outage = Outage(name=f"{stream}: the CRM", pause_s=5.0, tolerates=3)

    def close(self) -> None:
        """Questions that are under way are still answered."""
        with self._lock:
            self._is_closed = True
            is_idle = self._asking == 0
        if is_idle:
            self._transport.close()

    def answer(self, number: str) -> Answer | None:
        """What the CRM knows of the number, {} if nothing; None if it did not say."""
        if self._outage.is_left_alone or not self._begins():
            return None
        try:
            answer = self._asked(number)
        except CrmError as exc:
            self._outage.failed(str(exc), is_answering=exc.is_answering)
            return None
        finally:
            self._ends()
        self._outage.succeeded()
        return answer

    def _begins(self) -> bool:
        """False if too many ask already."""
        if not self._places.acquire(blocking=False):
            return False
        with self._lock:
            self._asking += 1
        return True

    def _ends(self) -> None:
        self._places.release()
        with self._lock:
            self._asking -= 1
            is_last = self._is_closed and self._asking == 0
        if is_last:
            self._transport.close()

    def _asked(self, number: str) -> Answer:
        request = httpx.Request("GET", self.url.replace(PLACE, quote(number, safe="")), headers=HEADERS)
        if request.url.userinfo:
            request.headers.update(_basic(request.url))
        with _our_errors(), deadline(LIMIT_S):
            response = self._response(request)
            try:
                if response.status_code in UNKNOWN_STATUSES:
                    return {}
                if response.status_code != httpx.codes.OK:
                    raise CrmError(f"answered with HTTP status {response.status_code}.", is_answering=True)
                return crm_answer_read(b"".join(_chunks(response)))
            finally:
                response.close()

    def _response(self, request: httpx.Request) -> httpx.Response:
        """Asked once more if the connection went: one that was kept may have been closed meanwhile."""
        try:
            return self._transport.handle_request(request)
        except _GONE:
            return self._transport.handle_request(request)


def _basic(url: httpx.URL) -> dict[str, str]:
    request = next(httpx.BasicAuth(url.username, url.password).auth_flow(httpx.Request("GET", url)))
    return {"Authorization": request.headers["Authorization"]}


def _chunks(response: httpx.Response) -> Iterator[bytes]:
    size = 0
    for chunk in response.iter_raw():
        time_left(httpcore.ReadTimeout)
        size += len(chunk)
        if size > ANSWER_AT_MOST:
            raise CrmError(f"answered with more than {ANSWER_AT_MOST // 1024} KB.", is_answering=True)
        yield chunk


@contextmanager
def _our_errors() -> Iterator[None]:
    try:
        yield
    except _TIMEOUTS as exc:
        raise CrmError(f"did not answer within {LIMIT_S:g} s.") from exc
    except _BROKEN as exc:
        raise CrmError("cannot be reached, or broke the answer off.") from exc


def crm_answer_read(body: bytes) -> Answer:
    """The flat part of a JSON object: upper-case keys, short texts, nothing empty. Raises `CrmError` if it is none."""
    try:
        values = msgspec.json.decode(body) if body.strip() else {}
    except (
        msgspec.DecodeError,
        ValueError,
        RecursionError,
    ) as exc:  # ValueError: not UTF-8, or endless digits
        raise CrmError("answered with something that is not JSON.", is_answering=True) from exc
    if not isinstance(values, dict):
        if values in (None, [], False):
            return {}
        raise CrmError("answered with JSON that is not an object.", is_answering=True)
    rows = ((key.strip().upper(), _text(value)) for key, value in values.items())
    kept = [(key, text) for key, text in rows if text and _KEY.fullmatch(key)]
    return dict(kept[:KEYS_AT_MOST])


def _text(value: Any) -> str:
    """Texts and numbers; "" for all that a flat answer cannot hold."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    printable = "".join(sign if sign.isprintable() else " " for sign in str(value))
    return " ".join(printable.split())[:VALUE_AT_MOST]
