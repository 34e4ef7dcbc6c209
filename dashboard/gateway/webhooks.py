"""The PBX's webhooks: what the documented lines of the dialplan would send, when calls arrive, ring, are answered, end."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import msgspec

from dashboard.gateway.engine import Direction, EndCause, QueueType
from dashboard.gateway.errands import Errand, Errands
from dashboard.gateway.simulated.engine import SimulatedEngine
from dashboard.gateway.simulated.log import CallAnswered, CallEnded, CallEntered, CallOffered, Event

LONGEST_NAME = 100
NAME = "NAME"
WRITTEN = frozenset({QueueType.CHAT, QueueType.EMAIL})


@dataclass(frozen=True, kw_only=True)
class Hooks:
    """Addresses with the variables of the dialplan in them, such as `${ID_CALL}`; None for a hook that is not set."""

    arrival: str | None = None
    ringing: str | None = None
    answer: str | None = None
    hangup: str | None = None


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
    """Sends a request for each event of a call; the simulation never waits for one. `counts` is that of its errands."""

    def __init__(self, *, engine: SimulatedEngine, hooks: Hooks) -> None:
        self._engine, self._hooks = engine, hooks
        self._errands = Errands("Webhooks")
        self._known: dict[str, _Known] = {}

    @property
    def counts(self) -> Counter[str]:
        """How many were sent, failed and dropped."""
        return self._errands.counts

    def start(self) -> None:
        """Begin with what happens from now on, to calls that run already as well."""
        with self._engine.acting() as world:
            for event in world.log.events:
                if isinstance(event, CallEntered) and event.call_id in world.calls:
                    self._known[event.call_id] = _Known(event)
            world.log.subscribe(self._note)

    def stop(self) -> None:
        """Send nothing more; what is on its way is waited for."""
        self._errands.stop()

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
        then = partial(self._answered, call.call_id) if hook == "arrival" else None
        self._errands.put(Errand(url, then), key=call.call_id)

    def _answered(self, call_id: str, body: bytes) -> None:
        """The answer to an arrival may name the caller."""
        name = caller_name(body)
        if name:
            self._engine.caller_name_set(call_id=call_id, name=name)


def filled(template: str, values: Mapping[str, str]) -> str:
    """The address with values for its variables, put in as they are: the dialplan escapes nothing."""
    for name, value in values.items():
        template = template.replace(f"${{{name}}}", value)
    return template


def caller_name(body: bytes) -> str:
    """The caller's name in an answer; "" if it is no flat JSON object with one."""
    try:
        answer = msgspec.json.decode(body)
    except (msgspec.DecodeError, ValueError, RecursionError):  # ValueError: not UTF-8, or endless digits
        return ""
    name = answer.get(NAME) if isinstance(answer, dict) else None
    return name[:LONGEST_NAME] if isinstance(name, str) else ""
