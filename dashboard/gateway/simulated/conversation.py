"""What happens between answer and end: talk, hold, talk again, then somebody hangs up or transfers."""

from dataclasses import dataclass

from dashboard.gateway.engine import AgentState, CallState, Direction, EndCause, Queue, QueueType
from dashboard.gateway.simulated.floor import Call
from dashboard.gateway.simulated.log import CallHeld, CallResumed
from dashboard.gateway.simulated.world import World

TALK_SPREAD = 0.6
SHORTEST_TALK_MS = 6000
HOLD_SHARE, HOLD_S = 0.14, (12, 75)
TRANSFER_SHARE = 0.05
CALLER_HANGS_UP = 0.6


@dataclass(frozen=True, slots=True)
class Turn:
    """A stretch of a call, and what ends it: its end, a transfer, or (neither) hold switched on or off."""

    lasts_ms: int
    cause: EndCause | None = None
    to_queue: Queue | None = None


class Conversation:
    """Draws conversations and puts calls on hold and back."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._voice = [queue.id for queue in world.queues.values() if queue.type is QueueType.INBOUND]

    def turns(self, call: Call) -> list[Turn]:
        """The conversation that begins now; the last turn ends it."""
        draws = self._world.draws
        talk_s = self._world.plan.kinds[call.queue.id].talk_s
        talk_ms = max(draws.lognormal_ms(talk_s, TALK_SPREAD), SHORTEST_TALK_MS)
        is_voice = call.queue.type not in {QueueType.CHAT, QueueType.EMAIL}
        before: list[Turn] = []
        if is_voice and draws.chance(HOLD_SHARE):
            before = [Turn(round(talk_ms * (0.2 + 0.5 * draws.share()))), Turn(draws.uniform_ms(*HOLD_S))]
            talk_ms -= before[0].lasts_ms
        if is_voice and call.direction is Direction.INBOUND and draws.chance(TRANSFER_SHARE):
            targets = [queue_id for queue_id in self._voice if queue_id != call.queue.id]
            if targets:
                return [*before, Turn(talk_ms, to_queue=self._world.queues[draws.one_of(targets)])]
        cause = EndCause.CALLER if draws.chance(CALLER_HANGS_UP) else EndCause.AGENT
        return [*before, Turn(talk_ms, cause=cause)]

    def hold_toggle(self, call: Call) -> None:
        """Put the call on hold, or take it off hold."""
        now_at = self._world.now_at
        if call.held_at is None:
            call.state, call.held_at, state = CallState.ON_HOLD, now_at, AgentState.ON_HOLD
            self._world.log.note(CallHeld(now_at, call.id))
        else:
            call.held_ms += now_at - call.held_at
            call.state, call.held_at, state = CallState.SPEAKING, None, AgentState.SPEAKING
            self._world.log.note(CallResumed(now_at, call.id))
        if call.agent is not None:
            self._world.agent_set(call.agent, state)
