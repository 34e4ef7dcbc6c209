"""What the simulated call centre is made of: calls, agents, telephones in use."""

from collections.abc import Callable
from dataclasses import dataclass, field

from dashboard.gateway.engine import (
    BUSY_STATES,
    AgentState,
    CallState,
    DeviceStatus,
    Direction,
    EndCause,
    LiveAgent,
    LiveCall,
    Queue,
    User,
)
from dashboard.gateway.simulated.agenda import Appointment


@dataclass(slots=True, eq=False)
class Call:
    """A running call. While it rings, `ringing` are those it rings at, or who has dialled it; `offered` are those
    whose own telephone rings.

    `next` is what happens next by itself; `limits` are what ends the wait: the caller's patience, an overflow.
    If there is an `on_pickup`, it happens when an agent lifts the receiver, in place of the conversation: the
    customer is yet to be called. `when_over` happens at the end of the call.
    """

    id: str
    queue: Queue
    caller: str
    direction: Direction
    entered_at: int
    state: CallState = CallState.WAITING
    ringing_at: int | None = None
    answered_at: int | None = None
    held_at: int | None = None
    agent: "Agent | None" = None
    ringing: "list[Agent]" = field(default_factory=list)
    offered: "list[Agent]" = field(default_factory=list)
    script_id: int | None = None
    offered_from_at: int = 0
    held_ms: int = 0
    next: Appointment | None = None
    limits: list[Appointment] = field(default_factory=list)
    on_pickup: "Callable[[Agent], None] | None" = None
    when_over: list[Callable[[], None]] = field(default_factory=list)
    caller_name: str | None = None

    def plans_drop(self) -> None:
        """Cancel everything that would have happened to the call by itself."""
        for appointment in (*self.limits, self.next):
            if appointment is not None:
                appointment.cancel()
        self.limits.clear()

    def row(self) -> LiveCall:
        """The call as the engine shows it."""
        users = [self.agent] if self.agent else self.ringing
        return LiveCall(
            id=self.id,
            queue_id=self.queue.id,
            agent_id=self.agent.user.id if self.agent else None,
            user_ids=tuple(agent.user.id for agent in users),
            caller=self.caller,
            direction=self.direction,
            state=self.state,
            entered_at=self.entered_at,
            ringing_at=self.ringing_at,
            answered_at=self.answered_at,
            held_at=self.held_at,
            script_id=self.script_id if self.answered_at is not None else None,
            caller_name=self.caller_name,
        )


@dataclass(slots=True, eq=False)
class Agent:
    """A user who may take calls; `state` is None while they are not logged in to the call centre.

    `timer` ends what the agent does now (a pause, the time before the next dialling); `intent` is what they
    will do as soon as they are free, and with `is_leaving` that is going home. One who `is_held` was paused by
    command and stays paused until told otherwise; on `pause_next` they go before anything they intend. Until
    `kept_free_until_at` no waiting call is offered to them, they do not dial, and planned pauses are left out.
    """

    user: User
    penalties: dict[int, int]
    extension: str
    state: AgentState | None = None
    state_since_at: int = 0
    login_at: int = 0
    pause_id: int | None = None
    queue_ids: tuple[int, ...] = ()
    call: Call | None = None
    last_call_at: int = 0
    missed: int = 0
    session: int = 0
    script_id: int | None = None
    timer: Appointment | None = None
    intent: Callable[[], None] | None = None
    is_leaving: bool = False
    is_held: bool = False
    pause_next: int | None = None
    kept_free_until_at: int = 0

    @property
    def has_open_script(self) -> bool:
        """Whether a call script is open: until it is saved, the agent can neither end a pause nor log out."""
        return self.script_id is not None

    @property
    def is_busy(self) -> bool:
        """Whether a call rings at the agent or is theirs."""
        return self.state in BUSY_STATES

    def plans_drop(self) -> None:
        """Nothing is intended any longer, by the agent or by command."""
        self.intent, self.is_leaving, self.is_held, self.pause_next = None, False, False, None

    def row(self) -> LiveAgent:
        """The agent as the engine shows them; only for agents who are logged in."""
        if self.state is None:
            raise ValueError(f"{self.user.login} is not logged in.")
        return LiveAgent(
            user_id=self.user.id,
            extension=self.extension,
            queue_ids=self.queue_ids,
            state=self.state,
            state_since_at=self.state_since_at,
            login_at=self.login_at,
            pause_id=self.pause_id,
            call_id=self.call.id if self.call else None,
            script_id=self.script_id,
        )


@dataclass(slots=True, eq=False)
class LineUse:
    """What a telephone is in use for, besides calls of the call centre."""

    status: DeviceStatus


@dataclass(frozen=True, slots=True)
class EndedCall:
    """A call that is over: its last row, when and by whom it ended, and its time on hold."""

    call: LiveCall
    ended_at: int
    cause: EndCause
    held_ms: int


def agent_new(user: User, *, now_at: int) -> Agent:
    penalties = {skill.queue_id: skill.penalty for skill in user.skills}
    return Agent(user=user, penalties=penalties, extension=user.extension, last_call_at=now_at)
