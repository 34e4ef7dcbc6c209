"""Calls begun by command: from an agent, from a line, from a click on a web page, between two numbers."""

from functools import partial

from dashboard.gateway.commands import CommandRefused, Dialling, Reason
from dashboard.gateway.engine import AgentState, CallState, Direction, EndCause, Queue, QueueType
from dashboard.gateway.simulated.acd import ANSWER_S, ANSWER_SPREAD, OVERLOOKED
from dashboard.gateway.simulated.commands.stage import Stage
from dashboard.gateway.simulated.dialler import customer_answer_ms
from dashboard.gateway.simulated.floor import Agent, Call
from dashboard.gateway.simulated.log import CallDialled, CallLabelled, OfferOutcome
from dashboard.gateway.simulated.plan import OUTGOING


class OriginationCommands:
    """New calls; each gives its id, which tells by its end that it was begun by command."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._named: set[str] = set()

    def call_create(self, *, user_id: int, queue_number: str | None, dialling: Dialling) -> str:
        """Ring at the agent, then at the customer, in an outbound queue."""
        stage = self._stage
        with stage.acting() as world:
            agent = stage.present(user_id)
            queue = self._outbound_queue(agent, queue_number)
            call_id = self._call_id(dialling, suffix="SJ")
            stage.called_away(stage.unoccupied(agent))
            call = world.call_new(
                queue=queue, caller=dialling.number, direction=Direction.OUTBOUND, call_id=call_id
            )
            self._label(call_id, dialling)
            self._call_out(call, agent)
            world.offer_begin(call, agent)
            self._await_agent(call, agent, dialling)
            return call_id

    def line_call_create(self, *, extension: str, dialling: Dialling) -> str:
        """Ring at a line, then at the number, outside the call centre."""
        stage = self._stage
        with stage.acting():
            stage.line_free(extension)
            call_id = self._call_id(dialling, suffix="SJ")
            stage.plain.from_line(
                extension,
                call_id=call_id,
                number=dialling.number,
                waiting_s=dialling.waiting_s,
                dialling_s=dialling.dialling_s,
                is_prompt=dialling.picks_up_itself,
            )
            self._label(call_id, dialling)
            return call_id

    def click_call_create(self, *, queue_number: str, dialling: Dialling) -> str:
        """Put the customer in a queue; the agent who answers is connected with them."""
        stage = self._stage
        with stage.acting() as world:
            queue = stage.queue(queue_number)
            if queue.type is not QueueType.CLICK:
                raise CommandRefused(Reason.QUEUE_NOT_FOR_CLICKS, queue_number)
            call_id = self._call_id(dialling, suffix="WS")
            call = world.call_new(
                queue=queue, caller=dialling.number, direction=Direction.OUTBOUND, call_id=call_id
            )
            call.on_pickup = partial(self._clicked, call, dialling)
            give_up = partial(stage.acd.end, call, cause=EndCause.OVERFLOW)
            call.limits.append(world.agenda.after(dialling.waiting_s * 1000, give_up))
            world.waiting[queue.id].append(call)
            stage.acd.offer(call)
            return call_id

    def remote_call_create(self, *, second_number: str, is_inbound: bool, dialling: Dialling) -> str:
        """Ring at the number, then at the second one, or send the call there as one from outside."""
        stage = self._stage
        with stage.acting():
            call_id = self._call_id(dialling, suffix="WS")
            stage.plain.between(
                dialling.number,
                second=second_number,
                call_id=call_id,
                dialling_s=dialling.dialling_s,
                is_inbound=is_inbound,
            )
            self._label(call_id, dialling)
            return call_id

    def _label(self, call_id: str, dialling: Dialling) -> None:
        if dialling.account_code:
            world = self._stage.world
            world.log.note(CallLabelled(world.now_at, call_id, dialling.account_code))

    def _outbound_queue(self, agent: Agent, number: str | None) -> Queue:
        """The queue that is named, to which the agent has the right, or else the one the agent is in."""
        queues = self._stage.world.queues
        if number is None:
            joined = (queues[queue_id] for queue_id in agent.queue_ids)
            queue = next((queue for queue in joined if queue.type in OUTGOING), None)
        else:
            queue = self._stage.queue(number)
            if all(skill.queue_id != queue.id for skill in agent.user.skills):
                raise CommandRefused(Reason.QUEUE_FORBIDDEN, number)
        if queue is None or queue.type not in OUTGOING:
            raise CommandRefused(Reason.IN_NO_OUTBOUND_QUEUE)
        return queue

    def _call_id(self, dialling: Dialling, *, suffix: str) -> str:
        """The id that the caller chose, if nobody has it, or a new one."""
        world = self._stage.world
        call_id = dialling.call_id
        if call_id is None:
            return world.call_id_new() + suffix
        if call_id in self._named or call_id in world.calls:
            raise CommandRefused(Reason.CALL_ID_TAKEN, call_id)
        self._named.add(call_id)
        return call_id

    def _await_agent(self, call: Call, agent: Agent, dialling: Dialling) -> None:
        world, draws = self._stage.world, self._stage.world.draws
        lifts_ms = 0 if dialling.picks_up_itself else draws.lognormal_ms(ANSWER_S, ANSWER_SPREAD)
        is_lifted = dialling.picks_up_itself or not draws.chance(OVERLOOKED)
        if is_lifted and lifts_ms < dialling.waiting_s * 1000:
            call.next = world.agenda.after(lifts_ms, partial(self._dial, call, agent, dialling))
        else:
            call.next = world.agenda.after(dialling.waiting_s * 1000, partial(self._missed, call, agent))

    def _missed(self, call: Call, agent: Agent) -> None:
        self._stage.world.offer_end(call, agent, outcome=OfferOutcome.MISSED)
        self._stage.acd.end(call, cause=EndCause.AGENT)

    def _clicked(self, call: Call, dialling: Dialling, agent: Agent) -> None:
        """The agent has answered: now the customer is called."""
        stage = self._stage
        others = [other for other in call.ringing if other is not agent]
        stage.world.waiting[call.queue.id].remove(call)
        call.plans_drop()
        call.on_pickup = None
        self._call_out(call, agent)
        self._dial(call, agent, dialling)
        stage.acd.let_go(others)

    def _call_out(self, call: Call, agent: Agent) -> None:
        call.state, call.ringing_at, call.ringing = CallState.RINGING, self._stage.world.now_at, [agent]
        self._stage.world.agent_set(agent, AgentState.CALLING)
        agent.call = call

    def _dial(self, call: Call, agent: Agent, dialling: Dialling) -> None:
        """The agent listens while the customer's telephone rings, for as long as it may."""
        world, acd = self._stage.world, self._stage.acd
        world.offer_end(call, agent, outcome=OfferOutcome.ANSWERED)
        world.offers_withdraw(call)
        call.ringing_at = world.now_at
        world.log.note(CallDialled(world.now_at, call.id, agent.user.id))
        answers_ms = customer_answer_ms(world.draws)
        if answers_ms is not None and answers_ms < dialling.dialling_s * 1000:
            call.next = world.agenda.after(answers_ms, partial(acd.answered, call, agent))
        else:
            given_up = partial(acd.end, call, cause=EndCause.AGENT)
            call.next = world.agenda.after(dialling.dialling_s * 1000, given_up)
