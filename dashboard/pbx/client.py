"""The client: sends requests of the documented API and gives typed answers.

It follows no redirect and decides by the envelope alone. Safe to share between threads.
"""

import hashlib
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Generic, Self, TypeVar

import httpx

from dashboard.pbx.connection import Connection, Received, TokenIn
from dashboard.pbx.errors import PbxBadAnswer, PbxError, PbxHttpError, PbxRefused, PbxWrongToken
from dashboard.pbx.groups.activities import Activities
from dashboard.pbx.groups.autodialer import Autodialer
from dashboard.pbx.groups.calls import Calls
from dashboard.pbx.groups.emails import Emails
from dashboard.pbx.groups.events import Events
from dashboard.pbx.groups.forms import Forms
from dashboard.pbx.groups.lines import Lines
from dashboard.pbx.groups.operators import Operators
from dashboard.pbx.groups.pauses import Pauses
from dashboard.pbx.groups.queues import Queues
from dashboard.pbx.groups.sms import SmsMessages
from dashboard.pbx.groups.sms_connect import SmsConnect
from dashboard.pbx.groups.statistics import Statistics
from dashboard.pbx.recording_parts import RecordingPart, recording_part
from dashboard.pbx.recordings import save_recording
from dashboard.pbx.request import Effect, Host, Request

T = TypeVar("T")

DEADLINE_S = 3.0
RECORDING_IDLE_S = 30.0
MAX_ANSWER_BYTES = 64 * 1024 * 1024
FIRST_REST_S = 0.2
LONGEST_REST_S = 5.0


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
    """One per process and PBX.

    `deadline_s` bounds a whole request, from the host's name to the last byte. `retries` repeats failed reads, with
    growing rests, each try with a deadline of its own; actions are sent once, whatever happens.
    """

    def __init__(
        self,
        *,
        base_url: str,
        token: str,
        token_in: TokenIn = "cookie",  # noqa: S107 - where it travels, not what it is
        sms_base_url: str | None = None,
        autodialer_base_url: str | None = None,
        ca_file: str | Path | None = None,
        deadline_s: float = DEADLINE_S,
        retries: int = 0,
        max_answer_bytes: int = MAX_ANSWER_BYTES,
        transport: httpx.BaseTransport | None = None,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._connection = Connection(
            addresses={Host.PBX: base_url, Host.SMS: sms_base_url, Host.AUTODIALER: autodialer_base_url},
            token=token,
            token_in=token_in,
            ca_file=ca_file,
            max_answer_bytes=max_answer_bytes,
            transport=transport,
        )
        self._deadline_s = deadline_s
        self._retries = retries
        self._clock = clock
        self._sleep = sleep
        self.queues = Queues(self)
        self.operators = Operators(self)
        self.calls = Calls(self)
        self.lines = Lines(self)
        self.pauses = Pauses(self)
        self.statistics = Statistics(self)
        self.sms = SmsMessages(self)
        self.sms_connect = SmsConnect(self)
        self.forms = Forms(self)
        self.events = Events(self)
        self.activities = Activities(self)
        self.autodialer = Autodialer(self)
        self.emails = Emails(self)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._connection.close()

    def send(self, request: Request[T]) -> T:
        return self.fetch(request).value

    def fetch(self, request: Request[T]) -> Answer[T]:
        """Send and decode. Raises a PbxError, whatever the PBX or the network does."""
        for rest_s in self._rests(request):
            try:
                return self._fetched(request)
            except PbxError as exc:
                if not exc.retryable:
                    raise
            self._sleep(rest_s)
        return self._fetched(request)

    def save_recording(
        self, recording_hash: str, path: Path, *, tries: int = 3, idle_s: float = RECORDING_IDLE_S
    ) -> None:
        """GetRecording into a file, going on where it broke off, also where an earlier call broke off.

        Until it is whole it stands beside, under the name with `.part`. `idle_s` bounds the wait for the next bytes.
        """
        request = Calls.recording(recording_hash)
        save_recording(
            self._connection,
            request,
            path,
            rests_s=_growing_rests(tries - 1),
            idle_s=idle_s,
            sleep=self._sleep,
        )

    def recording_part(
        self, recording_hash: str, *, start: int, length: int, limit_s: float = RECORDING_IDLE_S
    ) -> RecordingPart:
        """At most `length` bytes of GetRecording from `start` on, for a player that seeks."""
        request = Calls.recording(recording_hash)
        return recording_part(self._connection, request, start=start, length=length, limit_s=limit_s)

    def _rests(self, request: Request[T]) -> list[float]:
        return _growing_rests(self._retries) if request.effect is Effect.READ else []

    def _fetched(self, request: Request[T]) -> Answer[T]:
        limit_s = self._deadline_s if request.deadline_s is None else request.deadline_s
        started = time.monotonic()
        received = self._connection.received(request, limit_s=limit_s)
        received_at = self._clock()
        elapsed_s = time.monotonic() - started
        value = self._value(request, received)
        return Answer(value=value, received_at_ms=round(received_at * 1000), elapsed_s=elapsed_s)

    def _value(self, request: Request[T], received: Received) -> T:
        """What the envelope says; the HTTP status, which is not documented, counts only where that says nothing, or no refusal."""
        try:
            value = request.shape.decode(received.body, action=request.action, secret=self._connection.token)
        except PbxWrongToken:
            raise
        except PbxRefused:
            if request.if_refused is None:
                raise
            return request.if_refused()
        except PbxBadAnswer as exc:
            if received.status_code == httpx.codes.OK:
                raise
            raise PbxHttpError(request.action, status_code=received.status_code) from exc
        if not received.is_success:
            raise PbxHttpError(request.action, status_code=received.status_code, says_done=True)
        return value


def _growing_rests(count: int) -> list[float]:
    """Rests that double, each spread by half so that many clients do not come back at once."""
    spread = random.SystemRandom()
    return [
        min(LONGEST_REST_S, FIRST_REST_S * 2**number) * spread.uniform(0.5, 1.0) for number in range(count)
    ]
