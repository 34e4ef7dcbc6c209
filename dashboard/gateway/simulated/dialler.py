"""Agents who call customers: by hand from outbound queues, one record after the other in campaigns."""

from collections.abc import Callable
from functools import partial

from dashboard.gateway.engine import AgentState, CallState, Direction, EndCause, Queue, QueueType
from dashboard.gateway.simulated.acd import Acd
from dashboard.gateway.simulated.draws import Draws
from dashboard.gateway.simulated.floor import Agent
from dashboard.gateway.simulated.log import CallDialled
from dashboard.gateway.simulated.plan import OUTGOING
from dashboard.gateway.simulated.world import World

ANSWERED_SHARE = 0.58
ANSWER_S, ANSWER_SPREAD = 11, 0.45
GIVEN_UP_S = (14, 38)
BY_HAND_S, CAMPAIGN_S = 50.0, 9.0
LONGEST_ANSWER_MS = 60_000


class Dialler:
    """Plans a call for each agent of an outgoing queue who is idle, and dials it.

    `number_for` chooses the number, and is offered a fresh one.
    """

    def __init__(self, *, world: World, acd: Acd) -> None:
        self._world, self._acd = world, acd
        self.number_for: Callable[[Queue, Agent, str], str] = lambda queue, agent, fresh: fresh
        acd.when_idle = self.plan

    def plan(self, agent: Agent) -> None:
        """Have the agent dial in a while, unless something else happens to them first."""
        queue = self._queue(agent)
        activity = self._world.settings.activity
        if queue is None or not activity or self._world.settings.is_quiet:
            return
        mean_s = CAMPAIGN_S if queue.type is QueueType.CAMPAIGN else BY_HAND_S
        delay_ms = self._world.draws.exponential_ms(mean_s / activity)
        agent.timer = self._world.agenda.after(2000 + delay_ms, partial(self.dial, agent, queue))

    def dial(self, agent: Agent, queue: Queue) -> None:
        """Call a customer now, or later if the telephone is in use or the agent kept free; they must be idle."""
        world, draws = self._world, self._world.draws
        if not world.takes_calls(agent):
            self.plan(agent)
            return
        number = self.number_for(queue, agent, draws.phone())
        call = world.call_new(queue=queue, caller=number, direction=Direction.OUTBOUND)
        call.state, call.ringing_at, call.ringing = CallState.RINGING, world.now_at, [agent]
        world.agent_set(agent, AgentState.CALLING)
        agent.call = call
        world.log.note(CallDialled(world.now_at, call.id, agent.user.id))
        answered_ms = customer_answer_ms(draws)
        if answered_ms is not None:
            call.next = world.agenda.after(answered_ms, partial(self._acd.answered, call, agent))
        else:
            given_up = partial(self._acd.end, call, cause=EndCause.AGENT)
            call.next = world.agenda.after(draws.uniform_ms(*GIVEN_UP_S), given_up)

    def _queue(self, agent: Agent) -> Queue | None:
        own = (self._world.queues[queue_id] for queue_id in agent.queue_ids)
        return next((queue for queue in own if queue.type in OUTGOING and not queue.is_deleted), None)


def customer_answer_ms(draws: Draws) -> int | None:
    """After how long a customer who is called answers; None if they do not."""
    if not draws.chance(ANSWERED_SHARE):
        return None
    return min(draws.lognormal_ms(ANSWER_S, ANSWER_SPREAD), LONGEST_ANSWER_MS)
