"""Calls that are running, as the log tells of them, until each becomes a record."""

from dataclasses import dataclass, field
from itertools import count

from dashboard.gateway.engine import Direction
from dashboard.gateway.history import CallCard, CallRecord
from dashboard.gateway.simulated import log


@dataclass(slots=True, eq=False)
class OpenCall:
    """A running call. `rings` holds the number and the beginning of each ringing by telephone."""

    card: CallCard
    first_position: int
    position: int
    user_id: int | None = None
    extension: str = ""
    rings: dict[str, tuple[int, int]] = field(default_factory=dict)
    ringing_at: int | None = None
    rung_until_at: int | None = None
    dialled_at: int | None = None
    answered_at: int | None = None
    spoken_since_at: int | None = None
    held_at: int | None = None
    held_ms: int = 0
    attempts: int = 0
    answered_offer_of: int | None = None
    status_id: int | None = None
    account_code: str = ""

    @property
    def is_from_queue(self) -> bool:
        """Whether the ACD offers the call to agents, which makes attempts."""
        return self.card.queue_id is not None and self.card.direction is Direction.INBOUND

    def record(self, *, ended: log.CallEnded) -> CallRecord:
        """The call as it is remembered."""
        card = self.card
        return CallRecord(
            number=card.number,
            id=card.id,
            queue_id=card.queue_id,
            user_id=self.user_id,
            extension=self.extension,
            caller=card.caller,
            called=card.called,
            direction=card.direction,
            entered_at=card.entered_at,
            ringing_at=self.ringing_at,
            rung_until_at=self.rung_until_at,
            answered_at=self.answered_at,
            ended_at=ended.at,
            held_ms=self.held_ms,
            cause=ended.cause,
            first_position=self.first_position,
            position=self.position,
            attempts=self.attempts,
            account_code=self.account_code,
            status_id=self.status_id,
        )


class OpenCalls:
    """The running calls by id, and who waits where."""

    def __init__(self) -> None:
        self._numbers = count(1)
        self._calls: dict[str, OpenCall] = {}
        self._waiting: dict[int, list[str]] = {}

    def __getitem__(self, call_id: str) -> OpenCall:
        return self._calls[call_id]

    def get(self, call_id: str) -> OpenCall | None:
        """The call if it is running."""
        return self._calls.get(call_id)

    def entered(self, event: log.CallEntered) -> None:
        """One more call; an inbound one stands at the end of its queue."""
        card = CallCard(
            number=next(self._numbers),
            id=event.call_id,
            queue_id=event.queue_id,
            caller=event.caller,
            called=event.called,
            direction=event.direction,
            entered_at=event.at,
        )
        position = 1
        if event.direction is Direction.INBOUND and event.queue_id is not None:
            queue = self._waiting.setdefault(event.queue_id, [])
            queue.append(event.call_id)
            position = len(queue)
        self._calls[event.call_id] = OpenCall(card, first_position=position, position=position)

    def labelled(self, event: log.CallLabelled) -> None:
        """The call has an account code."""
        self[event.call_id].account_code = event.account_code

    def held(self, event: log.CallHeld) -> None:
        """The call is on hold."""
        self[event.call_id].held_at = event.at

    def resumed(self, event: log.CallResumed) -> None:
        """The call is no longer on hold."""
        self._hold_end(self[event.call_id], at=event.at)

    def transferred(self, event: log.CallTransferred) -> None:
        """The call waits no longer, and is not on hold while it is on its way."""
        call = self[event.call_id]
        self._hold_end(call, at=event.at)
        self._wait_end(call)

    def answered(self, event: log.CallAnswered) -> None:
        """The call waits no longer. If it is passed on to a second agent, the first answer still counts."""
        call = self[event.call_id]
        self._wait_end(call)
        call.user_id, call.extension = event.user_id, event.extension
        call.answered_at = event.at if call.answered_at is None else call.answered_at
        call.spoken_since_at = event.at

    def ended(self, event: log.CallEnded) -> OpenCall:
        """One call fewer."""
        call = self._calls.pop(event.call_id)
        self._hold_end(call, at=event.at)
        self._wait_end(call)
        return call

    def _hold_end(self, call: OpenCall, *, at: int) -> None:
        if call.held_at is not None:
            call.held_ms += at - call.held_at
            call.held_at = None

    def _wait_end(self, call: OpenCall) -> None:
        """Note where in the queue the call stood last."""
        queue = self._waiting.get(call.card.queue_id or 0, [])
        if call.card.id in queue:
            call.position = queue.index(call.card.id) + 1
            queue.remove(call.card.id)
