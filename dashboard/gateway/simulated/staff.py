"""Agents as people with a working day: they log in and out, take breaks and go for lunch."""

from collections.abc import Callable
from functools import partial

from dashboard.gateway.engine import AgentState
from dashboard.gateway.simulated.acd import Acd
from dashboard.gateway.simulated.catalogue import (
    BACK_OFFICE_ID,
    BREAK_ID,
    EMAIL_ID,
    LUNCH_ID,
    TRAINING_ID,
    WRAP_ID,
)
from dashboard.gateway.simulated.floor import Agent
from dashboard.gateway.simulated.roster import Roster, Shift
from dashboard.gateway.simulated.world import World

SETTLE_S, LEAVE_S = (4, 45), (3, 15)
BREAK_EVERY_S, BREAK_S = (3600, 6600), (240, 600)
LUNCH_AFTER_S, LUNCH_S = (9000, 15600), (1500, 2000)
DUTY_EVERY_S, DUTY_S = 12000.0, (240, 900)
DUTIES, DUTY_WEIGHTS = (BACK_OFFICE_ID, EMAIL_ID, TRAINING_ID), (6.0, 3.0, 1.0)
RESTART_S = (3, 60)


class Staff:
    """Shifts and pauses. Whatever finds an agent on a call waits until the call is over."""

    def __init__(self, *, world: World, acd: Acd, roster: Roster) -> None:
        self._world, self._acd, self._roster = world, acd, roster

    def start(self) -> None:
        """Put everybody where the roster has them now."""
        for index, agent in enumerate(self._world.agents.values()):
            self._await(agent, self._roster.first(index=index, now_at=self._world.now_at))

    def start_after_restart(self, present: list[Agent]) -> None:
        """Those who were there log in again one by one, the others as by the roster."""
        now_at = self._world.now_at
        for index, user_id in enumerate(self._world.plan.agent_ids):
            agent = self._world.agents.get(user_id)
            if agent is None:
                continue
            shift = self._roster.following(index=index, now_at=now_at)
            if agent in present:
                shift = Shift(now_at + self._world.draws.uniform_ms(*RESTART_S), shift.end_at)
            self._await(agent, shift)

    def start_quiet(self) -> None:
        """Four of five agents logged in, some of them paused, and nobody with any plans."""
        for index, agent in enumerate(self._world.agents.values()):
            if index % 5 == 4:
                continue
            agent.session, agent.login_at = agent.session + 1, self._world.now_at
            self._world.agent_set(agent, AgentState.LOGGED)
            self._world.queues_set(agent, automatic_queues(agent))
            if index % 8 == 1:
                self._world.agent_set(agent, AgentState.PAUSED, pause_id=BREAK_ID)
            else:
                self._world.agent_set(agent, AgentState.IDLE)

    def log_in(self, agent: Agent, *, end_at: int | None = None) -> None:
        """Log in to the call centre, and a little later to the queues; with an end the agent has a day's plans."""
        world = self._world
        self.session_begin(agent, extension=agent.user.extension)
        agent.timer = world.agenda.after(world.draws.uniform_ms(*SETTLE_S), partial(self._join, agent))
        if end_at is not None:
            self._plan_day(agent, end_at=end_at)

    def log_out(self, agent: Agent) -> None:
        """Leave the queues and the call centre, once the agent is free."""
        if agent.is_busy or agent.is_held:
            agent.intent, agent.is_leaving = partial(self._leave, agent), True
        else:
            self._leave(agent)

    def session_begin(self, agent: Agent, *, extension: str) -> None:
        """Be in the call centre, in no queue yet; what an earlier session had planned no longer counts."""
        agent.session, agent.login_at, agent.extension = agent.session + 1, self._world.now_at, extension
        agent.plans_drop()
        self._world.agent_set(agent, AgentState.LOGGED)

    def session_end(self, agent: Agent) -> None:
        """Leave the queues and the call centre at once. The roster says when those it plans come back."""
        self._world.queues_set(agent, ())
        self._gone(agent)

    def pause(self, agent: Agent, *, pause_id: int, lasts_ms: int | None) -> None:
        """Go on a pause, once the agent is free; without a length until they are sent back."""
        if agent.is_busy:
            agent.intent = partial(self.pause_now, agent, pause_id, lasts_ms)
        else:
            self.pause_now(agent, pause_id, lasts_ms)

    def _await(self, agent: Agent, shift: Shift) -> None:
        world = self._world
        if shift.start_at > world.now_at:
            self._plan(agent, shift.start_at - world.now_at, partial(self.log_in, agent, end_at=shift.end_at))
            return
        agent.session, agent.login_at = agent.session + 1, shift.start_at
        self._world.agent_set(agent, AgentState.LOGGED)
        self._plan_day(agent, end_at=shift.end_at)
        self._join(agent)

    def _join(self, agent: Agent) -> None:
        self.queues_join(agent)
        self._acd.become_idle(agent)

    def queues_join(self, agent: Agent) -> None:
        """Log in to the queues the agent joins without being told, beside those they are in."""
        joined = {*agent.queue_ids, *automatic_queues(agent)}
        self._world.queues_set(agent, tuple(sorted(joined)))

    def _leave(self, agent: Agent) -> None:
        self._world.queues_set(agent, ())
        self._world.agent_set(agent, AgentState.LOGGED)
        leaves_ms = self._world.draws.uniform_ms(*LEAVE_S)
        agent.timer = self._world.agenda.after(leaves_ms, partial(self._gone, agent))

    def _gone(self, agent: Agent) -> None:
        agent.session += 1
        agent.plans_drop()
        self._world.agent_set(agent, None)
        if not self._world.settings.is_quiet and agent.user.id in self._world.plan.agent_ids:
            index = agent.user.id - self._world.plan.agent_ids[0]
            self._await(agent, self._roster.following(index=index, now_at=self._world.now_at))

    def _plan_day(self, agent: Agent, *, end_at: int) -> None:
        draws, now_at = self._world.draws, self._world.now_at
        self._plan(agent, end_at - now_at, partial(self.log_out, agent))
        begun_s = min((now_at - agent.login_at) / 1000, BREAK_EVERY_S[0])
        self._plan_break(agent, sooner_s=begun_s)
        self._plan_duty(agent)
        until_lunch_ms = agent.login_at + draws.uniform_ms(*LUNCH_AFTER_S) - now_at
        if until_lunch_ms > 0:
            lunch_ms = draws.uniform_ms(*LUNCH_S)
            self._plan(agent, until_lunch_ms, partial(self._planned_pause, agent, LUNCH_ID, lunch_ms))

    def _plan(self, agent: Agent, delay_ms: int, act: Callable[[], None]) -> None:
        """Do this later, if the agent is still in the same session then."""
        self._world.agenda.after(delay_ms, partial(self._if_still, agent, agent.session, act))

    def _if_still(self, agent: Agent, session: int, act: Callable[[], None]) -> None:
        if agent.session == session:
            act()

    def _plan_break(self, agent: Agent, *, sooner_s: float = 0.0) -> None:
        earliest_s, latest_s = BREAK_EVERY_S
        delay_ms = self._world.draws.uniform_ms(earliest_s - sooner_s, latest_s)
        self._plan(agent, delay_ms, partial(self._break, agent))

    def _break(self, agent: Agent) -> None:
        self._planned_pause(agent, BREAK_ID, self._world.draws.uniform_ms(*BREAK_S))
        self._plan_break(agent)

    def _plan_duty(self, agent: Agent) -> None:
        delay_ms = self._world.draws.exponential_ms(DUTY_EVERY_S)
        self._plan(agent, delay_ms, partial(self._duty, agent))

    def _duty(self, agent: Agent) -> None:
        duty_id = self._world.draws.weighted(DUTIES, DUTY_WEIGHTS)
        self._planned_pause(agent, duty_id, self._world.draws.uniform_ms(*DUTY_S))
        self._plan_duty(agent)

    def _planned_pause(self, agent: Agent, pause_id: int, lasts_ms: int) -> None:
        """Only from work: who is paused, leaving, not yet in a queue or kept free goes on with that."""
        if agent.intent is not None or self._world.is_kept_free(agent):
            return
        if agent.pause_id == WRAP_ID:
            agent.intent = partial(self.pause_now, agent, pause_id, lasts_ms)
        elif agent.is_busy or agent.state is AgentState.IDLE:
            self.pause(agent, pause_id=pause_id, lasts_ms=lasts_ms)

    def pause_now(self, agent: Agent, pause_id: int, lasts_ms: int | None) -> None:
        """Be on a pause from now on; who has left all queues by now is on none."""
        if not agent.queue_ids:
            self._acd.become_idle(agent)
            return
        self._world.agent_set(agent, AgentState.PAUSED, pause_id=pause_id)
        if lasts_ms is not None:
            agent.timer = self._world.agenda.after(lasts_ms, partial(self._acd.become_idle, agent))


def automatic_queues(agent: Agent) -> tuple[int, ...]:
    """The queues the agent joins without being told."""
    return tuple(skill.queue_id for skill in agent.user.skills if skill.is_automatic)
