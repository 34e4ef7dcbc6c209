"""Calls outside the call centre: between a line and a number, or between two numbers."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from dashboard.gateway.engine import DeviceStatus, Direction, EndCause
from dashboard.gateway.simulated.acd import ANSWER_S, ANSWER_SPREAD, OVERLOOKED, Acd
from dashboard.gateway.simulated.agenda import Appointment
from dashboard.gateway.simulated.dialler import customer_answer_ms
from dashboard.gateway.simulated.floor import LineUse
from dashboard.gateway.simulated.lines import Lines
from dashboard.gateway.simulated.log import (
    CallAnswered,
    CallDialled,
    CallEnded,
    CallEntered,
    CallOffered,
    OfferEnded,
    OfferOutcome,
)
from dashboard.gateway.simulated.plan import CALLS_OUT
from dashboard.gateway.simulated.world import World

TALK_S, TALK_SPREAD = 75, 0.7
CALLER_HANGS_UP = 0.5


@dataclass(slots=True, eq=False)
class PlainCall:
    """A call with the number. While it `rings`, it does so at the line; `next` is what happens next.

    `extension` is "" if neither end is a line of ours.
    """

    id: str
    extension: str
    number: str
    rings: bool = False
    use: LineUse | None = None
    answered_at: int | None = None
    next: Appointment | None = None
    when_over: list[Callable[[], None]] = field(default_factory=list)


class PlainCalls:
    """The calls that run outside the call centre, by id."""

    def __init__(self, *, world: World, acd: Acd, lines: Lines) -> None:
        self._world, self._acd, self._lines = world, acd, lines
        self.calls: dict[str, PlainCall] = {}

    def at_line(self, extension: str) -> PlainCall | None:
        """The call of this line."""
        calls = self.calls.values()
        return next((call for call in calls if extension and call.extension == extension), None)

    def from_line(
        self, extension: str, *, call_id: str, number: str, waiting_s: int, dialling_s: int, is_prompt: bool
    ) -> None:
        """Ring at the line, then at the number."""
        call = self._new(call_id, extension=extension, number=number, called=number)
        call.rings, call.use = True, self._lines.occupy(extension, DeviceStatus.RINGING)
        self._world.log.note(CallOffered(self._world.now_at, call_id, self._user_id(call), extension))
        dial = partial(self._dial, call, dialling_s * 1000, partial(self._speak, call))
        answers_ms = self._lifted_ms(is_prompt=is_prompt)
        if answers_ms is not None and answers_ms < waiting_s * 1000:
            self._after(call, answers_ms, partial(self._lifted, call, dial))
        else:
            self._after(call, waiting_s * 1000, partial(self.end, call, cause=EndCause.AGENT))

    def between(self, first: str, *, second: str, call_id: str, dialling_s: int, is_inbound: bool) -> None:
        """Ring at the first number, then at the second one; or send the first one there as a caller."""
        call = self._new(call_id, extension="", number=first, called=first)
        limit_ms = dialling_s * 1000
        then = (
            partial(self._route, call, second)
            if is_inbound
            else partial(self._dial, call, limit_ms, partial(self._speak, call))
        )
        self._dial(call, limit_ms, then)

    def connect(self, number: str, *, to: str, continues: str) -> None:
        """A call that was sent on goes on between the customer and this number."""
        is_line = self._lines.exists(to) and self._lines.is_free(to)
        call = self._new(
            self._world.call_id_new(),
            extension=to if is_line else "",
            number=number,
            called=to,
            continues=continues,
        )
        call.use = self._lines.occupy(to, DeviceStatus.IN_USE) if is_line else None
        self._speak(call)

    def end(self, call: PlainCall, *, cause: EndCause) -> None:
        """The call is over."""
        if self.calls.pop(call.id, None) is None:
            return
        if call.next is not None:
            call.next.cancel()
        self._ringing_over(call, OfferOutcome.MISSED)
        self._world.log.note(CallEnded(self._world.now_at, call.id, cause))
        for act in call.when_over:
            act()
        if call.use is not None:
            self._lines.release(call.extension, call.use)

    def end_all(self, *, cause: EndCause) -> None:
        """Every call is over."""
        for call in list(self.calls.values()):
            self.end(call, cause=cause)

    def _new(
        self, call_id: str, *, extension: str, number: str, called: str, continues: str | None = None
    ) -> PlainCall:
        call = self.calls[call_id] = PlainCall(call_id, extension, number)
        self._world.log.note(
            CallEntered(
                self._world.now_at, call_id, None, extension or number, called, Direction.OUTBOUND, continues
            )
        )
        return call

    def _lifted_ms(self, *, is_prompt: bool) -> int | None:
        """After how long somebody lifts the receiver; None if nobody does."""
        draws = self._world.draws
        if is_prompt:
            return 0
        return None if draws.chance(OVERLOOKED) else draws.lognormal_ms(ANSWER_S, ANSWER_SPREAD)

    def _lifted(self, call: PlainCall, then: Callable[[], None]) -> None:
        self._ringing_over(call, OfferOutcome.ANSWERED)
        if call.use is not None:
            call.use.status = DeviceStatus.IN_USE
        then()

    def _dial(self, call: PlainCall, limit_ms: int, then: Callable[[], None]) -> None:
        self._world.log.note(CallDialled(self._world.now_at, call.id, self._user_id(call)))
        answers_ms = customer_answer_ms(self._world.draws)
        if answers_ms is not None and answers_ms < limit_ms:
            self._after(call, answers_ms, then)
        else:
            self._after(call, limit_ms, partial(self.end, call, cause=EndCause.AGENT))

    def _route(self, call: PlainCall, number: str) -> None:
        """What the inbound routing does with a caller: a queue if the number is that of one, else an announcement."""
        queues = self._world.queues.values()
        queue = next((q for q in queues if q.number == number and q.type not in CALLS_OUT), None)
        if queue is None:
            self._speak(call)
            return
        self.end(call, cause=EndCause.AGENT)
        self._acd.enter(queue=queue, caller=call.number, continues=call.id)

    def _speak(self, call: PlainCall) -> None:
        world, draws = self._world, self._world.draws
        call.answered_at = world.now_at
        world.log.note(CallAnswered(world.now_at, call.id, self._user_id(call), call.extension))
        cause = EndCause.CALLER if draws.chance(CALLER_HANGS_UP) else EndCause.AGENT
        talk_ms = draws.lognormal_ms(TALK_S, TALK_SPREAD)
        self._after(call, talk_ms, partial(self.end, call, cause=cause))

    def _after(self, call: PlainCall, delay_ms: int, act: Callable[[], None]) -> None:
        call.next = self._world.agenda.after(delay_ms, act)

    def _ringing_over(self, call: PlainCall, outcome: OfferOutcome) -> None:
        if call.rings:
            call.rings = False
            user_id = self._user_id(call)
            self._world.log.note(OfferEnded(self._world.now_at, call.id, user_id, call.extension, outcome))

    def _user_id(self, call: PlainCall) -> int | None:
        """The user of the line, for the records."""
        return self._lines.user_id(call.extension) if call.extension else None
