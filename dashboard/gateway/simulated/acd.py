"""The ACD: offers waiting calls to agents, and carries each call from entering the queue to its end."""

from collections.abc import Callable
from functools import partial

from dashboard.gateway.engine import AgentState, CallState, Direction, EndCause, Queue, QueueType
from dashboard.gateway.simulated.catalogue import IDLER_ID, WRAP_ID
from dashboard.gateway.simulated.conversation import Conversation, Turn
from dashboard.gateway.simulated.floor import Agent, Call
from dashboard.gateway.simulated.log import CallTransferred, OfferOutcome
from dashboard.gateway.simulated.world import World

OVERLOOKED = 0.035
ANSWER_S, ANSWER_SPREAD = 3.6, 0.5
MISSES_TO_PAUSE = 2
IDLER_PAUSE_S = (90, 420)
PATIENCE_SHAPE, IMPATIENT, IMPATIENT_S = 1.3, 0.03, (1, 5)
WRAP_SHARE, WRAP_SPREAD = 0.9, 0.45
TRANSFER_S = (2, 4)


class Acd:
    """Calls and the agents they reach.

    `before_idle` is told of each agent who is about to be free, `when_idle` of each who finds no call waiting.
    """

    def __init__(self, world: World) -> None:
        self._world = world
        self._conversation = Conversation(world)
        self.before_idle: Callable[[Agent], None] = lambda agent: None
        self.when_idle: Callable[[Agent], None] = lambda agent: None

    def enter(
        self, *, queue: Queue, caller: str, kept_waiting_s: float = 0, continues: str | None = None
    ) -> Call:
        """An inbound call enters the queue now. If it is kept waiting, it is offered to nobody for so long, and
        the caller has all the patience in the world.
        """
        world = self._world
        call = world.call_new(queue=queue, caller=caller, direction=Direction.INBOUND, continues=continues)
        call.offered_from_at = world.now_at + round(kept_waiting_s * 1000)
        world.waiting[queue.id].append(call)
        if kept_waiting_s:
            call.next = world.agenda.after(call.offered_from_at - world.now_at, partial(self.offer, call))
        else:
            self._limit_wait(call)
            self.offer(call)
        return call

    def enter_at(self, agent: Agent, *, queue: Queue, caller: str, continues: str) -> Call:
        """A call that was sent to this agent, who is free, enters the queue and rings at them first."""
        call = self._world.call_new(
            queue=queue, caller=caller, direction=Direction.INBOUND, continues=continues
        )
        self._world.waiting[queue.id].append(call)
        self._limit_wait(call)
        self.ring(call, [agent])
        return call

    def offer(self, call: Call) -> None:
        """Ring at the best idle agents, if the call waits and there are any."""
        if call.state is not CallState.WAITING or self._world.now_at < call.offered_from_at:
            return
        queue_id = call.queue.id
        idle = [agent for agent in self._world.members[queue_id] if self._world.takes_calls(agent)]
        if not idle:
            return
        best = min(agent.penalties[queue_id] for agent in idle)
        asked = [agent for agent in idle if agent.penalties[queue_id] == best]
        if call.queue.ring_strategy != "ringall":
            asked = [min(asked, key=lambda agent: (agent.last_call_at, agent.user.id))]
        self.ring(call, asked)

    def become_idle(self, agent: Agent) -> None:
        """The agent is free: what they intended comes first, then waiting calls, then `when_idle`."""
        self.before_idle(agent)
        if agent.pause_next is not None:
            pause_id, agent.pause_next = agent.pause_next, None
            self._world.agent_set(agent, AgentState.PAUSED, pause_id=pause_id)
        elif agent.intent is not None:
            intent, agent.intent, agent.is_leaving = agent.intent, None, False
            intent()
        elif not agent.queue_ids:
            self._world.agent_set(agent, AgentState.LOGGED)
        else:
            self._world.agent_set(agent, AgentState.IDLE)
            if not self.call_take(agent):
                self.when_idle(agent)

    def call_take(self, agent: Agent) -> bool:
        """Ring at the agent, if they are free, with the best call that waits for them; whether there was one."""
        call = self._best_call(agent) if self._world.takes_calls(agent) else None
        if call is not None:
            self.ring(call, [agent])
        return call is not None

    def pick_up(self, call: Call, agent: Agent) -> None:
        """The agent lifts the receiver of a telephone that rings."""
        agent.missed = 0
        if call.on_pickup is None:
            self.answered(call, agent)
        else:
            call.on_pickup(agent)

    def answered(self, call: Call, agent: Agent) -> None:
        """The two speak from now on."""
        world = self._world
        others = [other for other in call.ringing if other is not agent]
        if call in world.waiting[call.queue.id]:
            world.waiting[call.queue.id].remove(call)
        call.plans_drop()
        world.call_answer(call, agent)
        agent.missed = 0
        world.agent_set(agent, AgentState.SPEAKING)
        self.converse(call)
        self.let_go(others)

    def converse(self, call: Call) -> None:
        """Let the conversation take its course from here."""
        self._next_turn(call, self._conversation.turns(call))

    def hold_toggle(self, call: Call) -> None:
        """Put the call on hold, or take it off hold."""
        self._conversation.hold_toggle(call)

    def end(self, call: Call, *, cause: EndCause) -> None:
        """The call is over; its agent goes to after-call work, those it rang at become idle."""
        agent, ringing = call.agent, call.ringing
        was_answered = call.answered_at is not None
        self._world.call_over(call, cause=cause)
        self.let_go(ringing)
        if agent is not None and was_answered:
            self._after_call(agent, call.queue)

    def transfer(self, call: Call, *, queue: Queue) -> None:
        """The call shows as transferred for a moment, then enters the other queue as a new call."""
        self._world.log.note(CallTransferred(self._world.now_at, call.id, queue_id=queue.id))
        self.leave(call, then=partial(self.enter, queue=queue, caller=call.caller, continues=call.id))

    def leave(self, call: Call, *, then: Callable[[], Call | None]) -> None:
        """The call shows as transferred for a moment, then it is over here and goes on elsewhere."""
        call.state, call.held_at = CallState.TRANSFERRED, None
        call.plans_drop()
        if call in self._world.waiting[call.queue.id]:
            self._world.waiting[call.queue.id].remove(call)
        delay_ms = self._world.draws.uniform_ms(*TRANSFER_S)
        call.next = self._world.agenda.after(delay_ms, partial(self._left, call, then))

    def _left(self, call: Call, then: Callable[[], Call | None]) -> None:
        self.end(call, cause=EndCause.AGENT if call.agent else EndCause.OVERFLOW)
        onward = then()
        if onward is not None:
            onward.caller_name = call.caller_name

    def _limit_wait(self, call: Call) -> None:
        agenda, queue = self._world.agenda, call.queue
        call.limits.append(agenda.after(self._patience_ms(queue), partial(self._abandon, call)))
        if queue.overflow_queue_id is not None:
            call.limits.append(agenda.after(queue.max_wait_s * 1000, partial(self._overflow, call)))

    def _patience_ms(self, queue: Queue) -> int:
        draws = self._world.draws
        if queue.type is QueueType.INBOUND and draws.chance(IMPATIENT):
            return draws.uniform_ms(*IMPATIENT_S)
        return draws.weibull_ms(self._world.plan.kinds[queue.id].patience_s, PATIENCE_SHAPE)

    def _best_call(self, agent: Agent) -> Call | None:
        """By weight of the queue, the agent's penalty there, then the longest wait."""
        now_at = self._world.now_at
        found = [
            (-call.queue.weight, agent.penalties[queue_id], call.entered_at, index, call)
            for index, queue_id in enumerate(agent.queue_ids)
            for call in self._world.waiting[queue_id]
            if call.state is CallState.WAITING and call.offered_from_at <= now_at
        ]
        return min(found, key=lambda entry: entry[:4])[-1] if found else None

    def ring(self, call: Call, agents: list[Agent]) -> None:
        """Ring at these agents, and at nobody else; one of them will answer, or nobody."""
        world = self._world
        call.state, call.ringing_at, call.ringing = CallState.RINGING, world.now_at, agents
        for agent in agents:
            world.agent_set(agent, AgentState.RINGING)
            agent.call = call
            world.offer_begin(call, agent)
        self.answer_plan(call)

    def answer_plan(self, call: Call) -> None:
        """Draw who of those it rings at answers, and when."""
        world, draws = self._world, self._world.draws
        if call.next is not None:
            call.next.cancel()
        first: tuple[int, Agent] | None = None
        for agent in call.ringing:
            answers_ms = draws.lognormal_ms(ANSWER_S, ANSWER_SPREAD)
            if not draws.chance(OVERLOOKED) and (first is None or answers_ms < first[0]):
                first = (answers_ms, agent)
        ring_ms = call.queue.ring_s * 1000
        if first is not None and first[0] < ring_ms:
            call.next = world.agenda.after(first[0], partial(self.pick_up, call, first[1]))
        else:
            call.next = world.agenda.after(ring_ms, partial(self._missed, call))

    def _missed(self, call: Call) -> None:
        """Nobody answered: back to waiting, and again after the queue's retry time."""
        world, agents = self._world, call.ringing
        call.state, call.ringing_at, call.ringing = CallState.WAITING, None, []
        call.offered_from_at = world.now_at + call.queue.retry_s * 1000
        call.next = world.agenda.after(call.queue.retry_s * 1000, partial(self.offer, call))
        for agent in agents:
            world.offer_end(call, agent, outcome=OfferOutcome.MISSED)
            agent.missed += 1
            if agent.missed >= MISSES_TO_PAUSE and agent.queue_ids:
                agent.missed = 0
                agent.intent = agent.intent or partial(self._idler_pause, agent)
        self.let_go(agents)

    def _idler_pause(self, agent: Agent) -> None:
        self._world.agent_set(agent, AgentState.PAUSED, pause_id=IDLER_ID)
        returns_ms = self._world.draws.uniform_ms(*IDLER_PAUSE_S)
        agent.timer = self._world.agenda.after(returns_ms, partial(self.become_idle, agent))

    def withdraw(self, call: Call, agent: Agent) -> None:
        """The call no longer rings at this agent; if it rang at nobody else it waits again."""
        self._world.offer_end(call, agent, outcome=OfferOutcome.WITHDRAWN)
        agent.call = None
        call.ringing = [other for other in call.ringing if other is not agent]
        if call.ringing:
            self.answer_plan(call)
            return
        call.state, call.ringing_at = CallState.WAITING, None
        if call.next is not None:
            call.next.cancel()

    def let_go(self, agents: list[Agent]) -> None:
        """The call at which they rang, or which they dialled, no longer concerns these agents."""
        for agent in agents:
            agent.call = None
            self.become_idle(agent)

    def _abandon(self, call: Call) -> None:
        self.end(call, cause=EndCause.CALLER)

    def _overflow(self, call: Call) -> None:
        if call.state is CallState.WAITING and call.queue.overflow_queue_id is not None:
            self.transfer(call, queue=self._world.queues[call.queue.overflow_queue_id])

    def _next_turn(self, call: Call, turns: list[Turn]) -> None:
        turn, rest = turns[0], turns[1:]
        call.next = self._world.agenda.after(turn.lasts_ms, partial(self._turn_over, call, turn, rest))

    def _turn_over(self, call: Call, turn: Turn, rest: list[Turn]) -> None:
        if turn.cause is not None:
            self.end(call, cause=turn.cause)
        elif turn.to_queue is not None:
            self.transfer(call, queue=turn.to_queue)
        else:
            self._conversation.hold_toggle(call)
            self._next_turn(call, rest)

    def _after_call(self, agent: Agent, queue: Queue) -> None:
        world, draws = self._world, self._world.draws
        agent.call, agent.last_call_at = None, world.now_at
        is_exempt = agent.is_held or not agent.queue_ids
        if is_exempt or not queue.wrap_up_s or not draws.chance(WRAP_SHARE):
            self.become_idle(agent)
            return
        world.agent_set(agent, AgentState.PAUSED, pause_id=WRAP_ID)
        wrap_ms = min(draws.lognormal_ms(queue.wrap_up_s, WRAP_SPREAD), queue.wrap_up_s * 4000)
        agent.timer = world.agenda.after(wrap_ms, partial(self.become_idle, agent))
