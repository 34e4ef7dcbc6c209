"""What an engine remembers, and the read models it gives of it. Moments are milliseconds since 1970 UTC."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Protocol

import msgspec

from dashboard.gateway.engine import Direction, EndCause, Engine

Span = tuple[int, int]


class Remembered(msgspec.Struct, frozen=True, gc=False):
    """Something with a number of its own; numbers rise with the moments things begin at."""

    number: int


class CallRecord(Remembered, frozen=True, gc=False):
    """A call that is over. `user_id` is who answered it, or dialled it; `extension` is theirs, "" without one.

    A call outside the call centre has no queue, and its caller is the line or the number it is made for.
    `ringing_at` to `rung_until_at` is the last ringing there was. Positions are those in the queue at the
    beginning and at the end of the wait. `attempts` counts the telephones of agents it rang at.
    """

    id: str
    queue_id: int | None
    user_id: int | None
    extension: str
    caller: str
    called: str
    direction: Direction
    entered_at: int
    ringing_at: int | None
    rung_until_at: int | None
    answered_at: int | None
    ended_at: int
    held_ms: int
    cause: EndCause
    first_position: int
    position: int
    attempts: int
    account_code: str
    status_id: int | None

    @property
    def customer(self) -> str:
        """The number at the other end."""
        return self.called if self.direction is Direction.OUTBOUND else self.caller

    @property
    def waited_until_at(self) -> int:
        """When the wait ended: with the answer, or without one."""
        return self.ended_at if self.answered_at is None else self.answered_at


class AttemptRecord(Remembered, frozen=True, gc=False):
    """A call rang at the telephone of an agent; the call itself may still be running."""

    call_id: str
    queue_id: int
    user_id: int
    extension: str
    call_entered_at: int
    start_at: int
    end_at: int
    is_answered: bool


class Stay(Remembered, frozen=True, gc=False):
    """A session, a stay in the queue `subject_id`, or a pause of that id; `end_at` is None while it lasts."""

    user_id: int
    subject_id: int
    start_at: int
    end_at: int | None


class TraceKind(StrEnum):
    """What an agent did."""

    LOGIN = "login"
    QUEUE = "queue"
    PAUSE = "pause"
    RING_IN = "ring_in"
    RING_OUT = "ring_out"
    CALL = "call"


class CallCard(Remembered, frozen=True, gc=False):
    """What identifies a call, running or not."""

    id: str
    queue_id: int | None
    caller: str
    called: str
    direction: Direction
    entered_at: int

    @property
    def customer(self) -> str:
        """The number at the other end."""
        return self.called if self.direction is Direction.OUTBOUND else self.caller


class TraceEntry(Remembered, frozen=True):
    """An agent began something at the moment `at`, or (with `since_at`) ended it.

    `subject_id` is the queue or the pause, `call` the call that rang or was spoken.
    """

    at: int
    kind: TraceKind
    since_at: int | None = None
    subject_id: int | None = None
    call: CallCard | None = None
    extension: str = ""


class History(Protocol):
    """Everything that happened, as far back as is remembered; lists are oldest first.

    Spans are pairs of moments, both included; every method may be called from any thread.
    """

    @property
    def begins_at(self) -> int:
        """Nothing is remembered from before this moment."""
        ...

    def calls(self, spans: Sequence[Span]) -> list[CallRecord]:
        """The calls that are over and entered in these spans."""
        ...

    def call(self, call_id: str) -> CallRecord | None:
        """The call of this id, if it is over."""
        ...

    def calls_of_number(self, caller: str) -> list[CallRecord]:
        """The calls with this customer, in the order in which they ended."""
        ...

    def last_call(self, *, extension: str) -> CallRecord | None:
        """The call that ended last at this telephone."""
        ...

    def attempts(self, spans: Sequence[Span]) -> list[AttemptRecord]:
        """The attempts that are over, of calls that entered in these spans."""
        ...

    def sessions(self, spans: Sequence[Span]) -> list[Stay]:
        """The sessions that began in these spans."""
        ...

    def queue_stays(self, spans: Sequence[Span]) -> list[Stay]:
        """The stays in queues that began in these spans."""
        ...

    def pauses(self, spans: Sequence[Span]) -> list[Stay]:
        """The pauses that began in these spans."""
        ...

    def trace(self, user_id: int, spans: Sequence[Span]) -> list[TraceEntry]:
        """What the agent began or ended in these spans."""
        ...


class RememberingEngine(Engine, Protocol):
    """An engine that keeps a history."""

    def history(self) -> History:
        """What has happened until now."""
        ...
