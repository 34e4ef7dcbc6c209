"""Requests that a PBX makes by itself: sent by threads of their own, in order where it matters, and never waited for."""

import logging
import queue
import threading
import time
import zlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import httpx

SENDERS, WAITING_PER_SENDER = 4, 100
TIME_OUT_S = 2.0
LONGEST_ANSWER = 64 * 1024
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Errand:
    """A request to be made; `then` is given the body of a good answer, on the sender's thread."""

    url: str
    then: Callable[[bytes], None] | None = None


class Errands:
    """Sends requests. `name` is what the log calls them.

    `counts` holds how many were `sent`, `failed` and, because too many were waiting, `dropped`. Those with the same
    key keep their order.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self.counts: Counter[str] = Counter()
        self._waiting: list[queue.Queue[Errand | None]] = [
            queue.Queue(WAITING_PER_SENDER) for _ in range(SENDERS)
        ]
        self._senders = [
            threading.Thread(target=self._send_all, args=(waiting,), name=f"pbx-{name}", daemon=True)
            for waiting in self._waiting
        ]
        self._lock = threading.Lock()
        self._is_stopping = threading.Event()
        self._is_started = self._is_failing = False

    def stop(self) -> None:
        """Send nothing more; what is on its way is waited for."""
        with self._lock:
            self._is_stopping.set()
            if not self._is_started:
                return
        for waiting, sender in zip(self._waiting, self._senders, strict=True):
            try:
                waiting.put_nowait(None)
            except queue.Full:
                # The sender looks whether it is to stop before each errand: nobody needs to wake it.
                logger.debug("%s were still waiting to be sent.", self._name)
            sender.join(2 * TIME_OUT_S)

    def put(self, errand: Errand, *, key: str) -> None:
        """Have it sent after those of the same key; it is dropped if too many wait. The first one starts the threads."""
        with self._lock:
            if self._is_stopping.is_set():
                return
            if not self._is_started:
                self._is_started = True
                for sender in self._senders:
                    sender.start()
        try:
            self._waiting[zlib.crc32(key.encode()) % SENDERS].put_nowait(errand)
        except queue.Full:
            with self._lock:
                self.counts["dropped"] += 1

    def _send_all(self, waiting: "queue.Queue[Errand | None]") -> None:
        with httpx.Client(timeout=TIME_OUT_S, trust_env=False) as client:
            while not self._is_stopping.is_set():
                errand = waiting.get()
                if errand is not None:
                    self._send(client, errand)

    def _send(self, client: httpx.Client, errand: Errand) -> None:
        try:
            body = _answer(client, errand.url)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            self._outcome(error)
            return
        self._outcome(None)
        if errand.then is not None:
            errand.then(body)

    def _outcome(self, error: Exception | None) -> None:
        """Count it, and say once when requests begin to fail and once when they no longer do."""
        with self._lock:
            self.counts["sent" if error is None else "failed"] += 1
            was_failing, self._is_failing = self._is_failing, error is not None
        if error is not None and not was_failing:
            logger.warning("%s are not answered: %s", self._name, type(error).__name__)
        elif error is None and was_failing:
            logger.warning("%s are answered again.", self._name)


def _answer(client: httpx.Client, url: str) -> bytes:
    """The body of a good answer, within the time and up to the length that anybody may take."""
    ends_s = time.monotonic() + TIME_OUT_S
    body = b""
    with client.stream("GET", url) as response:
        response.raise_for_status()
        for part in response.iter_bytes():
            body += part
            if len(body) > LONGEST_ANSWER or time.monotonic() > ends_s:
                raise httpx.ReadTimeout("The answer takes too long.", request=response.request)
    return body
