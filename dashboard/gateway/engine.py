"""What the API surface asks of an engine, and the read models it gets: no HTTP and no words of the API here."""

from contextlib import AbstractContextManager
from enum import StrEnum
from typing import Protocol

import msgspec

from dashboard.gateway.errors import EngineError as EngineError
from dashboard.gateway.errors import NotFound as NotFound
from dashboard.gateway.errors import Refused as Refused
from dashboard.gateway.office import Office


class QueueType(StrEnum):
    """How the work of a queue comes about."""

    INBOUND = "in"
    OUTBOUND = "out"
    CAMPAIGN = "outbounder"
    CLICK = "ctc"
    CHAT = "chat"
    EMAIL = "email"


class Direction(StrEnum):
    """Who called whom: `in` the customer, `out` the agent."""

    INBOUND = "in"
    OUTBOUND = "out"


class AgentState(StrEnum):
    """What an agent who is logged in to the call centre does; `logged` is in no queue."""

    LOGGED = "logged"
    IDLE = "idle"
    PAUSED = "paused"
    CALLING = "calling"
    RINGING = "ringing"
    SPEAKING = "speaking"
    ON_HOLD = "on_hold"


BUSY_STATES = frozenset({AgentState.CALLING, AgentState.RINGING, AgentState.SPEAKING, AgentState.ON_HOLD})


class CallState(StrEnum):
    """Where a live call stands; an outbound call rings until the customer answers."""

    WAITING = "waiting"
    RINGING = "ringing"
    SPEAKING = "speaking"
    ON_HOLD = "on_hold"
    TRANSFERRED = "transferred"


UNANSWERED_STATES = frozenset({CallState.WAITING, CallState.RINGING})


class EndCause(StrEnum):
    """Who or what ended a call."""

    AGENT = "agent"
    CALLER = "caller"
    OVERFLOW = "overflow"
    RESTART = "restart"


class PauseKind(StrEnum):
    """`wrap` is after-call work, `idler` is set on agents who let calls ring, `normal` is any other pause."""

    NORMAL = "normal"
    WRAP = "wrap"
    IDLER = "idler"


class DeviceStatus(StrEnum):
    """State of a telephone."""

    AVAILABLE = "available"
    UNAVAILABLE = "unavailable"
    IN_USE = "in_use"
    RINGING = "ringing"
    ON_HOLD = "on_hold"


class Queue(msgspec.Struct, frozen=True):
    """A queue as it is configured. Durations in seconds, 0 for none."""

    id: int
    number: str
    title: str
    description: str
    type: QueueType
    direction: Direction
    ring_strategy: str
    ring_s: int
    retry_s: int
    wrap_up_s: int
    threshold_s: int
    weight: int
    max_wait_s: int
    overflow_queue_id: int | None
    outbound_caller: str
    is_deleted: bool = False


class Skill(msgspec.Struct, frozen=True):
    """A queue that a user may log in to; a lower penalty is asked first."""

    queue_id: int
    penalty: int
    is_automatic: bool


class User(msgspec.Struct, frozen=True):
    """An account. `skills` is empty for accounts that take no calls."""

    id: int
    login: str
    title: str
    description: str
    email: str
    extension: str
    role: str
    profile: str
    skills: tuple[Skill, ...]
    is_deleted: bool = False


class Pause(msgspec.Struct, frozen=True):
    """A reason for not taking calls."""

    id: int
    code: str
    title: str
    kind: PauseKind
    is_paid: bool
    is_deleted: bool = False


class Directory(msgspec.Struct, frozen=True):
    """What changes rarely. A new `revision` means that something in it changed."""

    revision: int
    queues: dict[int, Queue]
    users: dict[int, User]
    pauses: dict[int, Pause]


class LiveAgent(msgspec.Struct, frozen=True):
    """An agent who is logged in. Moments are milliseconds since 1970 UTC.

    `script_id` is the record whose call script is open: it stays so after the call, until it is saved.
    """

    user_id: int
    extension: str
    queue_ids: tuple[int, ...]
    state: AgentState
    state_since_at: int
    login_at: int
    pause_id: int | None
    call_id: str | None
    script_id: int | None = None


class LiveCall(msgspec.Struct, frozen=True):
    """A running call. `agent_id` is known once it was answered; `user_ids` are all who ring or speak."""

    id: str
    queue_id: int
    agent_id: int | None
    user_ids: tuple[int, ...]
    caller: str
    direction: Direction
    state: CallState
    entered_at: int
    ringing_at: int | None
    answered_at: int | None
    held_at: int | None
    script_id: int | None
    caller_name: str | None = None


class Device(msgspec.Struct, frozen=True):
    """A telephone; `address` is None while it is not registered."""

    extension: str
    status: DeviceStatus
    address: str | None
    port: int


class Parties(msgspec.Struct, frozen=True):
    """Whose telephones a call is at."""

    user_ids: frozenset[int]
    extensions: frozenset[str]


class Floor(msgspec.Struct, frozen=True):
    """The whole call centre at one moment `at` (ms, never before a moment within it). Keys are ids."""

    at: int
    revision: int
    agents: dict[int, LiveAgent]
    calls: dict[str, LiveCall]
    devices: tuple[Device, ...]


class Engine(Protocol):
    """A call centre the API can be served over. Every method may be called from any thread."""

    def revision(self) -> int:
        """Bring the engine up to now and return a number that changes whenever the floor does."""
        ...

    def floor(self) -> Floor:
        """The call centre right now."""
        ...

    def directory(self) -> Directory:
        """Queues, users and pauses as configured."""
        ...

    def office(self) -> AbstractContextManager[Office]:
        """What is kept beside the calls, brought up to now; nobody else sees or changes it meanwhile."""
        ...

    def restart(self) -> None:
        """Forget every call and session, as a PBX does that is switched off and on."""
        ...
