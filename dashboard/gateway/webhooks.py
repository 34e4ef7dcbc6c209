"""The PBX's webhooks: what the documented lines of the dialplan would send, when calls arrive, ring, are answered, end."""

import logging
import queue
import threading
import time
import zlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import httpx
import msgspec

from dashboard.gateway.engine import Direction, EndCause, QueueType
from dashboard.gateway.simulated.engine import SimulatedEngine
from dashboard.gateway.simulated.log import CallAnswered, CallEnded, CallEntered, CallOffered, Event

SENDERS, WAITING_PER_SENDER = 4, 100
TIME_OUT_S = 2.0
LONGEST_ANSWER = 64 * 1024
LONGEST_NAME = 100
NAME = "NAME"
WRITTEN = frozenset({QueueType.CHAT, QueueType.EMAIL})
logger = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Hooks:
    """Addresses with the variables of the dialplan in them, such as `${ID_CALL}`; None for a hook that is not set."""

    arrival: str | None = None
    ringing: str | None = None
    answer: str | None = None
    hangup: str | None = None


@dataclass(frozen=True, slots=True)
class Errand:
    """A request to be made; with `names_call` its answer may name the caller of that call."""

    hook: str
    url: str
    names_call: str | None


@dataclass(slots=True)
class _Known:
    entered: CallEntered
    line: str = ""


def hooks_below(address: str) -> Hooks:
    """All four hooks with the documented query, at one address."""
    if not address.startswith(("http://", "https://")):
        raise ValueError(f"'{address}' is no address of a web server.")

    def line(action: str) -> str:
        called = "callerId=${CALLERID(num)}&calleeId=${FROM_DID}&line=${REAL_EXTEN}&idcall=${ID_CALL}"
        return f"{address}?{called}&action={action}"

    return Hooks(
        arrival=f"{address}?callid=${{CALLERID(num)}}&dnd=${{FROM_DID}}",
        ringing=line("ringing"),
        answer=line("answer"),
        hangup=line("hangup"),
    )


class Webhooks:
    """Sends a request for each event of a call; the simulation never waits for one.

    `counts` holds how many were `sent`, `failed` and, because too many were waiting, `dropped`. Requests about the
    same call keep their order.
    """

    def __init__(self, *, engine: SimulatedEngine, hooks: Hooks) -> None:
        self._engine, self._hooks = engine, hooks
        self.counts: Counter[str] = Counter()
        self._known: dict[str, _Known] = {}
        self._errands: list[queue.Queue[Errand | None]] = [
            queue.Queue(WAITING_PER_SENDER) for _ in range(SENDERS)
        ]
        self._senders = [
            threading.Thread(target=self._send_all, args=(errands,), name="pbx-webhooks", daemon=True)
            for errands in self._errands
        ]
        self._lock = threading.Lock()
        self._is_stopping = threading.Event()
        self._is_failing = False

    def start(self) -> None:
        """Begin with what happens from now on, to calls that run already as well."""
        for sender in self._senders:
            sender.start()
        with self._engine.acting() as world:
            for event in world.log.events:
                if isinstance(event, CallEntered) and event.call_id in world.calls:
                    self._known[event.call_id] = _Known(event)
            world.log.subscribe(self._note)

    def stop(self) -> None:
        """Send nothing more; what is on its way is waited for."""
        self._is_stopping.set()
        for errands, sender in zip(self._errands, self._senders, strict=True):
            try:
                errands.put_nowait(None)
            except queue.Full:
                # The sender looks whether it is to stop before each errand: nobody needs to wake it.
                logger.debug("Webhooks were still waiting to be sent.")
            sender.join(2 * TIME_OUT_S)

    def _note(self, event: Event) -> None:
        """On the thread of the simulation: only look, and put into a queue."""
        if isinstance(event, CallEntered):
            self._entered(event)
        elif isinstance(event, CallOffered):
            self._at_line(event.call_id, event.extension, hook="ringing", template=self._hooks.ringing)
        elif isinstance(event, CallAnswered):
            self._at_line(event.call_id, event.extension, hook="answer", template=self._hooks.answer)
        elif isinstance(event, CallEnded):
            known = self._known.pop(event.call_id, None)
            # A PBX that is switched off tells nobody.
            if known is not None and event.cause is not EndCause.RESTART:
                self._put(known, hook="hangup", template=self._hooks.hangup)

    def _entered(self, event: CallEntered) -> None:
        queue_id = event.queue_id
        if queue_id is not None and self._engine.directory().queues[queue_id].type in WRITTEN:
            return
        known = self._known[event.call_id] = _Known(event)
        if event.direction is Direction.INBOUND and event.continues is None:
            self._put(known, hook="arrival", template=self._hooks.arrival)

    def _at_line(self, call_id: str, extension: str, *, hook: str, template: str | None) -> None:
        known = self._known.get(call_id)
        if known is not None:
            known.line = extension
            self._put(known, hook=hook, template=template)

    def _put(self, known: _Known, *, hook: str, template: str | None) -> None:
        if template is None:
            return
        call = known.entered
        url = filled(
            template,
            {
                "CALLERID(num)": call.caller,
                "FROM_DID": call.called if call.direction is Direction.INBOUND else "",
                "REAL_EXTEN": known.line,
                "ID_CALL": call.call_id,
            },
        )
        errand = Errand(hook, url, call.call_id if hook == "arrival" else None)
        try:
            self._errands[zlib.crc32(call.call_id.encode()) % SENDERS].put_nowait(errand)
        except queue.Full:
            self.counts["dropped"] += 1

    def _send_all(self, errands: "queue.Queue[Errand | None]") -> None:
        with httpx.Client(timeout=TIME_OUT_S, trust_env=False) as client:
            while not self._is_stopping.is_set():
                errand = errands.get()
                if errand is not None:
                    self._send(client, errand)

    def _send(self, client: httpx.Client, errand: Errand) -> None:
        try:
            body = _answer(client, errand.url)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            self._outcome(error)
            return
        self._outcome(None)
        name = caller_name(body)
        if errand.names_call is not None and name:
            self._engine.caller_name_set(call_id=errand.names_call, name=name)

    def _outcome(self, error: Exception | None) -> None:
        """Count it, and say once when hooks begin to fail and once when they no longer do."""
        with self._lock:
            self.counts["sent" if error is None else "failed"] += 1
            was_failing, self._is_failing = self._is_failing, error is not None
        if error is not None and not was_failing:
            logger.warning("Webhooks are not answered: %s", type(error).__name__)
        elif error is None and was_failing:
            logger.warning("Webhooks are answered again.")


def filled(template: str, values: Mapping[str, str]) -> str:
    """The address with values for its variables, put in as they are: the dialplan escapes nothing."""
    for name, value in values.items():
        template = template.replace(f"${{{name}}}", value)
    return template


def caller_name(body: bytes) -> str:
    """The caller's name in an answer; "" if it is no flat JSON object with one."""
    try:
        answer = msgspec.json.decode(body)
    except msgspec.DecodeError:
        return ""
    name = answer.get(NAME) if isinstance(answer, dict) else None
    return name[:LONGEST_NAME] if isinstance(name, str) else ""


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
