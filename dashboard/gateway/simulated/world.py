"""The simulated call centre as it stands: agents and calls that change, and how they are numbered and shown."""

from collections import deque

from dashboard.gateway.engine import (
    AgentState,
    CallState,
    Direction,
    Directory,
    EndCause,
    Queue,
)
from dashboard.gateway.simulated.agenda import Agenda
from dashboard.gateway.simulated.draws import Draws
from dashboard.gateway.simulated.floor import Agent, Call, EndedCall, LineUse, agent_new
from dashboard.gateway.simulated.log import (
    CallAnswered,
    CallEnded,
    CallEntered,
    CallOffered,
    Log,
    OfferEnded,
    OfferOutcome,
    PauseBegan,
    PauseEnded,
    QueueJoined,
    QueueLeft,
    SessionBegan,
    SessionEnded,
)
from dashboard.gateway.simulated.plan import Plan
from dashboard.gateway.simulated.profile import Profile
from dashboard.gateway.simulated.settings import SimulationSettings

ENDED_CALLS_KEPT = 50_000
RECENT_CALLERS_KEPT = 200
CALLER_AGAIN = 0.12


class World:
    """Everything the parts of the simulation share."""

    def __init__(
        self, *, settings: SimulationSettings, plan: Plan, draws: Draws, profile: Profile, now_at: int
    ) -> None:
        self.settings, self.plan, self.draws, self.profile = settings, plan, draws, profile
        self.agenda = Agenda(now_at=now_at)
        self.directory: Directory = plan.directory
        self.agents = {
            user_id: agent_new(plan.directory.users[user_id], now_at=now_at) for user_id in plan.agent_ids
        }
        self.members: dict[int, list[Agent]] = {queue_id: [] for queue_id in self.queues}
        self.waiting: dict[int, list[Call]] = {queue_id: [] for queue_id in self.queues}
        self.calls: dict[str, Call] = {}
        self.ended: deque[EndedCall] = deque(maxlen=ENDED_CALLS_KEPT)
        self.callers: deque[str] = deque(maxlen=RECENT_CALLERS_KEPT)
        # Telephones in use for something that is no call of the call centre.
        self.busy_lines: dict[str, LineUse] = {}
        self.log = Log()
        self.numbered, self._numbered_at = 0, now_at

    @property
    def now_at(self) -> int:
        """The moment the simulation has reached."""
        return self.agenda.now_at

    @property
    def queues(self) -> dict[int, Queue]:
        """The queues as configured."""
        return self.directory.queues

    def is_free(self, agent: Agent) -> bool:
        """Whether a call may ring at the agent."""
        return agent.state is AgentState.IDLE and agent.extension not in self.busy_lines

    def is_kept_free(self, agent: Agent) -> bool:
        """Whether calls go to others for now, and planned pauses are left out."""
        return self.now_at < agent.kept_free_until_at

    def takes_calls(self, agent: Agent) -> bool:
        """Whether the agent may be offered a call that waits, or dial."""
        return self.is_free(agent) and not self.is_kept_free(agent)

    def call_new(
        self,
        *,
        queue: Queue,
        caller: str,
        direction: Direction,
        continues: str | None = None,
        call_id: str | None = None,
    ) -> Call:
        """A call that enters the queue now. One that was transferred here continues the call of that id."""
        call_id = call_id or self.call_id_new()
        call = Call(id=call_id, queue=queue, caller=caller, direction=direction, entered_at=self.now_at)
        self.calls[call_id] = call
        called = caller if direction is Direction.OUTBOUND else dialled_number(queue)
        self.log.note(
            CallEntered(self.now_at, call_id, queue.id, caller, called, direction, continues=continues)
        )
        return call

    def call_id_new(self) -> str:
        """An id for a call that begins now: its second and a running number."""
        self.numbered += 1
        self._numbered_at = self.now_at
        return f"{self.now_at // 1000}.{self.numbered}"

    def calls_number_anew(self) -> None:
        """Count from one again, but not within the second of the last id: no two calls have the same one."""
        if self.now_at // 1000 > self._numbered_at // 1000:
            self.numbered = 0

    def offer_begin(self, call: Call, agent: Agent) -> None:
        """The agent's telephone rings."""
        call.offered.append(agent)
        self.log.note(CallOffered(self.now_at, call.id, agent.user.id, agent.extension))

    def offer_end(self, call: Call, agent: Agent, *, outcome: OfferOutcome) -> None:
        """The agent's telephone no longer rings, if it did."""
        if agent in call.offered:
            call.offered.remove(agent)
            self.log.note(OfferEnded(self.now_at, call.id, agent.user.id, agent.extension, outcome))

    def offers_withdraw(self, call: Call) -> None:
        """No telephone rings any longer."""
        for agent in list(call.offered):
            self.offer_end(call, agent, outcome=OfferOutcome.WITHDRAWN)

    def call_answer(self, call: Call, agent: Agent) -> None:
        """Agent and customer speak from now on."""
        self.offer_end(call, agent, outcome=OfferOutcome.ANSWERED)
        self.offers_withdraw(call)
        call.state, call.answered_at, call.agent, call.ringing = CallState.SPEAKING, self.now_at, agent, []
        self.log.note(CallAnswered(self.now_at, call.id, agent.user.id, agent.extension))

    def call_over(self, call: Call, *, cause: EndCause) -> None:
        """Take the call off the floor and into the records. Its agents are not touched."""
        call.plans_drop()
        self.offers_withdraw(call)
        del self.calls[call.id]
        if call in self.waiting[call.queue.id]:
            self.waiting[call.queue.id].remove(call)
        self.ended.append(EndedCall(call.row(), self.now_at, cause, call.held_ms))
        self.log.note(CallEnded(self.now_at, call.id, cause))
        for act in call.when_over:
            act()

    def agent_set(self, agent: Agent, state: AgentState | None, *, pause_id: int | None = None) -> None:
        """Give the agent a state from now on; whatever would have ended the old one is cancelled."""
        if agent.timer is not None:
            agent.timer.cancel()
            agent.timer = None
        before, pause_before = agent.state, agent.pause_id
        agent.state, agent.pause_id, agent.state_since_at = state, pause_id, self.now_at
        if before is None and state is not None:
            self.log.note(SessionBegan(agent.login_at, agent.user.id, agent.extension))
        # A pause that is set anew is a new one: the state dates from now.
        if pause_before is not None:
            self.log.note(PauseEnded(self.now_at, agent.user.id, pause_before))
        if pause_id is not None:
            self.log.note(PauseBegan(self.now_at, agent.user.id, pause_id))
        if before is not None and state is None:
            self.log.note(SessionEnded(self.now_at, agent.user.id))

    def queues_set(self, agent: Agent, queue_ids: tuple[int, ...]) -> None:
        """Log the agent in to exactly these queues."""
        before, agent.queue_ids = agent.queue_ids, queue_ids
        for queue_id in before:
            self.members[queue_id].remove(agent)
            if queue_id not in queue_ids:
                self.log.note(QueueLeft(self.now_at, agent.user.id, queue_id))
        for queue_id in queue_ids:
            self.members[queue_id].append(agent)
            if queue_id not in before:
                self.log.note(QueueJoined(self.now_at, agent.user.id, queue_id))

    def caller_next(self) -> str:
        """A telephone number: now and then that of somebody who called before."""
        if self.callers and self.draws.chance(CALLER_AGAIN):
            return self.draws.one_of(self.callers)
        caller = self.draws.phone()
        self.callers.append(caller)
        return caller


def dialled_number(queue: Queue) -> str:
    """The number by which customers reach the queue."""
    return f"22621{queue.number}"
