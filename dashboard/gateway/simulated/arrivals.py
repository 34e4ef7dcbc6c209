"""Customers: calls, chats and e-mails that arrive by the time of day, and now and then in a surge."""

from functools import partial

from dashboard.gateway.engine import QueueType
from dashboard.gateway.simulated.acd import Acd
from dashboard.gateway.simulated.plan import CALLS_OUT
from dashboard.gateway.simulated.world import World

SURGE_FACTOR = 2.6
SURGE_EVERY_S = 1500.0
SURGE_LASTS_S = (90, 300)


class Arrivals:
    """A Poisson process per queue whose rate follows the profile (thinned from its highest rate)."""

    def __init__(self, *, world: World, acd: Acd) -> None:
        self._world, self._acd = world, acd
        self._surging: set[int] = set()

    def start(self) -> None:
        """Begin for every inbound queue."""
        self._surging.clear()
        for queue in self._world.queues.values():
            if queue.type in CALLS_OUT or not self._highest_rate(queue.id):
                continue
            self._plan_next(queue.id)
            if queue.type is QueueType.INBOUND:
                self._plan_surge(queue.id)

    def _highest_rate(self, queue_id: int) -> float:
        return self._world.plan.peak_rates[queue_id] * self._world.settings.activity * SURGE_FACTOR

    def _plan_next(self, queue_id: int) -> None:
        gap_ms = self._world.draws.exponential_ms(1 / self._highest_rate(queue_id))
        self._world.agenda.after(gap_ms, partial(self._arrive, queue_id))

    def _arrive(self, queue_id: int) -> None:
        world = self._world
        surge = 1.0 if queue_id in self._surging else 1 / SURGE_FACTOR
        if world.draws.chance(world.profile.share(world.now_at) * surge):
            self._acd.enter(queue=world.queues[queue_id], caller=world.caller_next())
        self._plan_next(queue_id)

    def _plan_surge(self, queue_id: int) -> None:
        delay_ms = self._world.draws.exponential_ms(SURGE_EVERY_S)
        self._world.agenda.after(delay_ms, partial(self._surge, queue_id))

    def _surge(self, queue_id: int) -> None:
        self._surging.add(queue_id)
        lasts_ms = self._world.draws.uniform_ms(*SURGE_LASTS_S)
        self._world.agenda.after(lasts_ms, partial(self._calm, queue_id))

    def _calm(self, queue_id: int) -> None:
        self._surging.discard(queue_id)
        self._plan_surge(queue_id)
