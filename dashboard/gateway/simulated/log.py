"""What has happened in the simulated call centre, event by event: statistics read it, webhooks listen to it."""

from collections import deque
from collections.abc import Callable
from enum import StrEnum

import msgspec

from dashboard.gateway.engine import Direction, EndCause

EVENTS_KEPT = 100_000


class OfferOutcome(StrEnum):
    """How ringing at an agent ended; `withdrawn` is answered elsewhere, given up by the caller or taken away."""

    ANSWERED = "answered"
    MISSED = "missed"
    WITHDRAWN = "withdrawn"


class Event(msgspec.Struct, frozen=True):
    """Something that happened at the moment `at` (milliseconds since 1970 UTC)."""

    at: int


class SessionBegan(Event, frozen=True):
    """A user logged in to the call centre, at this extension."""

    user_id: int
    extension: str


class SessionEnded(Event, frozen=True):
    """A user logged out of the call centre."""

    user_id: int


class QueueJoined(Event, frozen=True):
    """A user logged in to a queue."""

    user_id: int
    queue_id: int


class QueueLeft(Event, frozen=True):
    """A user logged out of a queue."""

    user_id: int
    queue_id: int


class PauseBegan(Event, frozen=True):
    """A user went on a pause; after-call work is one."""

    user_id: int
    pause_id: int


class PauseEnded(Event, frozen=True):
    """A user came back from a pause, or changed it for another."""

    user_id: int
    pause_id: int


class CallEntered(Event, frozen=True):
    """A call began. One outside the call centre has no queue.

    `called` is the number the caller dialled, or the customer's if the call goes out. A call that was transferred
    here continues `continues`, the id of the one before.
    """

    call_id: str
    queue_id: int | None
    caller: str
    called: str
    direction: Direction
    continues: str | None = None


class CallOffered(Event, frozen=True):
    """The call began to ring at the telephone of an agent; without a user at a line outside the call centre."""

    call_id: str
    user_id: int | None
    extension: str


class OfferEnded(Event, frozen=True):
    """The ringing at this telephone is over."""

    call_id: str
    user_id: int | None
    extension: str
    outcome: OfferOutcome


class CallDialled(Event, frozen=True):
    """The customer's telephone began to ring, on behalf of this agent."""

    call_id: str
    user_id: int | None


class CallAnswered(Event, frozen=True):
    """The two ends speak from now on."""

    call_id: str
    user_id: int | None
    extension: str


class CallHeld(Event, frozen=True):
    """The customer was put on hold."""

    call_id: str


class CallResumed(Event, frozen=True):
    """The customer was taken off hold."""

    call_id: str


class CallTransferred(Event, frozen=True):
    """The call was sent on to a queue, a user or a number."""

    call_id: str
    queue_id: int | None = None
    user_id: int | None = None
    number: str | None = None


class CallLabelled(Event, frozen=True):
    """The call was given an account code, which it and those that continue it keep."""

    call_id: str
    account_code: str


class CallClassified(Event, frozen=True):
    """The call, running or over, was given a status."""

    call_id: str
    status_id: int


class CallEnded(Event, frozen=True):
    """The call is over."""

    call_id: str
    cause: EndCause


class Log:
    """Events in the order in which they were noted; the oldest go when there are too many.

    Only the beginning of a session that was under way at the start may be noted later than it happened.
    """

    def __init__(self) -> None:
        self.events: deque[Event] = deque(maxlen=EVENTS_KEPT)
        self._listeners: list[Callable[[Event], None]] = []

    def note(self, event: Event) -> None:
        """Add what has just happened, and tell those who listen."""
        self.events.append(event)
        for listener in self._listeners:
            listener(event)

    def subscribe(self, listener: Callable[[Event], None]) -> None:
        """Call this with each event from now on, on the thread of the simulation: it must return at once."""
        self._listeners.append(listener)
