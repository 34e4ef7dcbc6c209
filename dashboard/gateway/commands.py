"""What an engine can be told to do, and why it may refuse."""

from enum import StrEnum
from typing import Protocol

import msgspec

from dashboard.gateway.engine import Direction, Engine, Parties, PauseKind, Queue, Refused, User


class Reason(StrEnum):
    """Why a command is refused."""

    USER_UNKNOWN = "there is no such user"
    USER_EXISTS = "the login is taken"
    USER_TAKES_NO_CALLS = "the user may not work in the call centre"
    LINE_UNKNOWN = "there is no such line"
    LINE_MISSING = "no line is fixed to the user, and none was named"
    LINE_TAKEN = "the line is somebody else's"
    LINE_BUSY = "the telephone is in use"
    QUEUE_UNKNOWN = "there is no such queue"
    QUEUE_FORBIDDEN = "the user has no right to the queue"
    QUEUE_TAKES_NO_CALLS = "nobody can be sent to this queue"
    QUEUE_NUMBER_TAKEN = "another queue has this number"
    QUEUE_IN_USE = "the kind of a queue that is in use cannot be changed"
    QUEUE_NOT_FOR_CLICKS = "the queue is not one for clicks on a web page"
    PAUSE_UNKNOWN = "there is no such pause"
    PAUSE_OF_SYSTEM = "there is one pause of this kind, and it stays"
    CALL_UNKNOWN = "there is no such call"
    CALL_ID_TAKEN = "there was a call of this id already"
    CALL_ANSWERED = "the call does not wait in a queue"
    CALL_LEAVING = "the call is being transferred already"
    NOT_LOGGED_IN = "the agent is not logged in to the call centre"
    LOGGED_IN_ALREADY = "the agent is logged in already"
    NOT_IN_QUEUE = "the agent is not logged in to the queue"
    IN_NO_QUEUE = "the agent is in no queue and cannot be paused"
    IN_NO_OUTBOUND_QUEUE = "the agent is in no outbound queue"
    IN_OTHER_OUTBOUND_QUEUE = "the agent is in another outbound queue"
    BUSY_IN_QUEUE = "the agent has a call of the queue"
    BUSY = "the agent has a call"
    NO_CALL = "there is no call that speaks"
    NOTHING_RINGS = "no call rings there"
    NOT_PAUSED = "the agent is not paused"
    SCRIPT_OPEN = "a call script is open"
    TARGET_NOT_FREE = "the user the call is to go to is not free"
    TO_ONESELF = "both ends are the same"
    NOTHING_PLAYS = "nothing is being played"
    RECORDING_UNKNOWN = "there is no such announcement"


class CommandRefused(Refused):
    """A command that makes no sense now. `about` is the value that goes with the reason, such as a number."""

    def __init__(self, reason: Reason, about: str = "") -> None:
        super().__init__(f"{reason.value} ({about})" if about else reason.value)
        self.reason, self.about = reason, about


class Mode(StrEnum):
    """How a call is listened to: in silence, speaking to the agent, to both, or as the keypad says."""

    SPY = "spy"
    WHISPER = "whisper"
    WHISPER_PRIVATE = "whisperprivate"
    BARGE = "barge"
    INTERACTIVE = "interactive"


class Control(StrEnum):
    """What to do with an announcement; `pause` also goes on again."""

    PLAY = "play"
    REWIND = "rewind"
    PAUSE = "pause"
    FORWARD = "forward"
    STOP = "stop"
    STATUS = "status"


class OngoingCall(msgspec.Struct, frozen=True):
    """A call as it is told to who has just answered it or listens to it. Seconds so far."""

    call_id: str
    number: str
    direction: Direction
    queue: Queue
    ringing_s: int
    talking_s: int


class Target(msgspec.Struct, frozen=True):
    """Where a call is sent: exactly one of these."""

    number: str | None = None
    queue_id: int | None = None
    user_id: int | None = None


class Dialling(msgspec.Struct, frozen=True):
    """How a number is called. The agent's telephone rings for `waiting_s`, the customer's for `dialling_s`.

    `account_code` is carried with the call and found again in its records.
    """

    number: str
    waiting_s: int
    dialling_s: int = 120
    picks_up_itself: bool = False
    call_id: str | None = None
    account_code: str = ""


class Announcement(msgspec.Struct, frozen=True):
    """What is to be played, from where, and how far it is wound at a time."""

    recording: str
    begin_ms: int
    skip_ms: int


class QueueDraft(msgspec.Struct, frozen=True):
    """A queue to be; what is None stays as it is, or takes its usual value in a new queue."""

    number: str
    title: str
    direction: Direction
    is_campaign: bool
    description: str | None
    outbound_caller: str | None
    wrap_up_s: int | None


class UserDraft(msgspec.Struct, frozen=True):
    """A user to be; what is None stays as it is, or is empty in a new user."""

    login: str
    title: str | None
    description: str | None
    email: str | None
    role: str | None
    profile: str | None


class PauseDraft(msgspec.Struct, frozen=True):
    """A pause to be; without a code it keeps its own, or gets a new one."""

    title: str
    kind: PauseKind
    is_paid: bool
    code: str | None


class Sessions(Protocol):
    """Logging in and out, pauses."""

    def log_in(self, *, user_id: int, extension: str | None) -> None:
        """Log in to the call centre and the queues that are joined without being told."""
        ...

    def log_out(self, *, user_id: int) -> None:
        """Leave all queues and the call centre."""
        ...

    def queue_log_in(self, *, user_id: int, number: str, extension: str | None, penalty: int | None) -> None:
        """Join the queue, and the call centre if need be."""
        ...

    def queue_log_out(self, *, user_id: int, number: str) -> None:
        """Leave the queue."""
        ...

    def pause_on(self, *, user_id: int, pause_id: int, is_forced: bool) -> None:
        """Pause at once. Forced, a call that rings is taken away; one that is spoken is ended first."""
        ...

    def pause_off(self, *, user_id: int) -> None:
        """Be available again, unless something else was planned."""
        ...


class Telephony(Protocol):
    """What can be done with calls that run."""

    def answer(self, *, user_id: int) -> OngoingCall:
        """Lift the receiver of the agent's telephone that rings with a call from outside."""
        ...

    def pick_up(self, *, call_id: str, user_id: int) -> None:
        """Take a call out of its queue and ring with it at the agent."""
        ...

    def parties(self, call_id: str) -> Parties:
        """Who is in this call, in the call centre or outside it; nobody if it does not run."""
        ...

    def hang_up(self, *, user_id: int | None, extension: str | None, call_id: str | None) -> None:
        """End the call of one of these."""
        ...

    def transfer(self, *, user_id: int | None, extension: str | None, target: Target, is_blind: bool) -> None:
        """Send the call on; unless blind, the two agents speak first."""
        ...

    def monitor_user(self, *, user_id: int, listener: str, mode: Mode) -> OngoingCall:
        """Let this extension listen to the agent's call until one of them hangs up."""
        ...

    def monitor_line(self, *, extension: str, listener: str, mode: Mode) -> None:
        """Let an extension listen to the call on another one."""
        ...

    def play(
        self,
        *,
        user_id: int | None,
        extension: str | None,
        control: Control,
        announcement: Announcement | None,
    ) -> bool:
        """Play an announcement into a call, or change what plays; whether something plays now."""
        ...


class Origination(Protocol):
    """Calls that are begun by command; each gives its id."""

    def call_create(self, *, user_id: int, queue_number: str | None, dialling: Dialling) -> str:
        """Ring at the agent, then at the customer, in an outbound queue."""
        ...

    def line_call_create(self, *, extension: str, dialling: Dialling) -> str:
        """Ring at a line, then at the number, outside the call centre."""
        ...

    def click_call_create(self, *, queue_number: str, dialling: Dialling) -> str:
        """Put the customer in a queue; the agent who answers is connected with them."""
        ...

    def remote_call_create(self, *, second_number: str, is_inbound: bool, dialling: Dialling) -> str:
        """Ring at the number, then at the second one, or send the call there as one from outside."""
        ...


class Editing(Protocol):
    """Changes of the directory."""

    def queue_save(self, draft: QueueDraft, *, queue_id: int | None) -> Queue:
        """Create a queue, or edit the one of this id or this number."""
        ...

    def user_create(self, draft: UserDraft) -> User:
        """Create a user who may work in the call centre at any spare line."""
        ...

    def user_update(self, draft: UserDraft) -> User:
        """Edit the user of this login."""
        ...

    def user_delete(self, *, user_id: int) -> None:
        """Log the user out and mark them as deleted."""
        ...

    def pause_save(self, draft: PauseDraft, *, pause_id: int | None) -> None:
        """Create a pause or edit one."""
        ...


class Commands(Protocol):
    """Everything an engine can be told to do. All of it may be done from any thread and may raise CommandRefused."""

    @property
    def sessions(self) -> Sessions:
        """Logging in and out, pauses."""
        ...

    @property
    def telephony(self) -> Telephony:
        """Calls that run."""
        ...

    @property
    def origination(self) -> Origination:
        """New calls."""
        ...

    @property
    def editing(self) -> Editing:
        """The directory."""
        ...


class CommandedEngine(Engine, Protocol):
    """An engine that does as it is told."""

    @property
    def commands(self) -> Commands:
        """What it can be told."""
        ...
