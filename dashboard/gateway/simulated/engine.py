"""The simulated engine: what the surface reads, and what tests and the control door may do to it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from dashboard.gateway.clock import VirtualClock
from dashboard.gateway.engine import (
    AgentState,
    Directory,
    EndCause,
    Floor,
    NotFound,
    Refused,
)
from dashboard.gateway.history import History
from dashboard.gateway.office import Office
from dashboard.gateway.simulated.acd import Acd
from dashboard.gateway.simulated.arrivals import Arrivals
from dashboard.gateway.simulated.calendar import calendar
from dashboard.gateway.simulated.commands import SimulatedCommands
from dashboard.gateway.simulated.commands.stage import Stage
from dashboard.gateway.simulated.dialler import Dialler
from dashboard.gateway.simulated.draws import Draws
from dashboard.gateway.simulated.floor import Agent, Call, EndedCall
from dashboard.gateway.simulated.ledger import Ledger
from dashboard.gateway.simulated.lines import Lines
from dashboard.gateway.simulated.office import office_open
from dashboard.gateway.simulated.office.inbox import Inbox
from dashboard.gateway.simulated.plain_calls import PlainCalls
from dashboard.gateway.simulated.plan import CALLS_OUT, plan
from dashboard.gateway.simulated.settings import SimulationSettings
from dashboard.gateway.simulated.staff import Staff
from dashboard.gateway.simulated.world import World


class SimulatedEngine:
    """A call centre that runs by itself along its clock; an `Engine`, safe to use from several threads."""

    def __init__(self, settings: SimulationSettings, *, clock: VirtualClock | None = None) -> None:
        self.clock = clock or VirtualClock(start_at=settings.start_at, speed=settings.speed)
        self._lock = threading.RLock()
        self._changes = 0
        self._shown: tuple[int, Floor] | None = None
        start_at = self.clock.now_at()
        draws = Draws(f"{settings.seed}:run")
        plans = calendar(settings, start_at=start_at, draws=draws)
        self._world = World(
            settings=settings,
            plan=plan(settings),
            draws=draws,
            profile=plans.profile,
            now_at=plans.begins_at,
        )
        self._ledger = Ledger(begins_at=plans.begins_at, lock=self._lock)
        self._world.log.subscribe(self._ledger.note)
        self._acd = Acd(self._world)
        self._lines = Lines(world=self._world, acd=self._acd)
        self._arrivals = Arrivals(world=self._world, acd=self._acd)
        self._dialler = Dialler(world=self._world, acd=self._acd)
        self._staff = Staff(world=self._world, acd=self._acd, roster=plans.roster)
        self._plain = PlainCalls(world=self._world, acd=self._acd, lines=self._lines)
        self.commands = SimulatedCommands(self._stage())
        self._office = office_open(world=self._world, acd=self._acd, dialler=self._dialler, staff=self._staff)
        self._inbox = Inbox(world=self._world, sms=self._office.sms)
        self._open()
        self.advance_to(start_at)

    def advance_to(self, moment_at: int) -> None:
        """Let everything happen that is due up to this moment; an earlier moment changes nothing."""
        with self._lock:
            self._world.agenda.run_until(moment_at)

    def revision(self) -> int:
        """Bring the engine up to now and return a number that changes whenever the floor does."""
        with self._lock:
            self.advance_to(self.clock.now_at())
            return self._world.agenda.done + self._changes

    def floor(self) -> Floor:
        """The call centre right now."""
        with self._lock:
            revision = self.revision()
            if self._shown is None or self._shown[0] != revision:
                self._shown = (revision, self._floor(revision))
            floor = self._shown[1]
            return Floor(self._world.now_at, revision, floor.agents, floor.calls, floor.devices)

    def directory(self) -> Directory:
        """Queues, users and pauses as configured."""
        return self._world.directory

    def history(self) -> History:
        """What has happened until now."""
        return self._ledger

    def ended_calls(self) -> list[EndedCall]:
        """The calls that are over, oldest first."""
        with self._lock:
            return list(self._world.ended)

    @contextmanager
    def acting(self) -> Iterator[World]:
        """Change the call centre from outside: brought up to now, and nobody else sees or changes it meanwhile."""
        with self._lock:
            self._changed()
            try:
                yield self._world
            finally:
                # The floor may have been looked at meanwhile: what was seen then is no longer so.
                self._changes += 1

    @contextmanager
    def office(self) -> Iterator[Office]:
        """What is kept beside the calls, brought up to now; nobody else sees or changes it meanwhile."""
        with self._lock:
            self._changed()
            try:
                yield self._office
            finally:
                self._changes += 1

    def messages_settle(self) -> None:
        """Have everything happened to short messages that was to happen by now; whoever asks about them has that too."""
        with self._lock:
            self.advance_to(self.clock.now_at())
            self._office.sms.catch_up()
            self._office.connect.catch_up()

    def message_inject(self, *, number: str, text: str) -> int:
        """Have somebody with this number send a short message now; its id."""
        with self._lock:
            self._changed()
            return self._inbox.receive(number=number, text=text).id

    def restart(self) -> None:
        """End every call and session at once; numbering begins anew, agents log in again within a minute."""
        with self._lock:
            world = self._world
            for call in list(world.calls.values()):
                world.call_over(call, cause=EndCause.RESTART)
            self._plain.end_all(cause=EndCause.RESTART)
            world.agenda.clear()
            present = [agent for agent in world.agents.values() if agent.state is not None]
            for agent in world.agents.values():
                agent.session, agent.call, agent.missed = agent.session + 1, None, 0
                agent.plans_drop()
                world.queues_set(agent, ())
                world.agent_set(agent, None)
            world.calls_number_anew()
            self._staff.start_after_restart(present)
            if not world.settings.is_quiet:
                self._arrivals.start()
                self._inbox.start()
            self._changes += 1

    def call_inject(self, *, queue_id: int, caller: str | None = None, kept_waiting_s: float = 0) -> str:
        """Have a customer call this queue now; the id of the call. Outgoing queues have no callers."""
        with self._lock:
            self._changed()
            queue = self._world.queues.get(queue_id)
            if queue is None:
                raise NotFound(f"There is no queue with id {queue_id}.")
            if queue.type in CALLS_OUT:
                raise Refused(f"Queue {queue.number} takes no calls, it only makes them.")
            number = caller or self._world.caller_next()
            return self._acd.enter(queue=queue, caller=number, kept_waiting_s=kept_waiting_s).id

    def call_hang_up(self, *, call_id: str) -> None:
        """End this call as its agent would; a call nobody has answered is dropped."""
        with self._lock:
            self._changed()
            self._acd.end(self._call(call_id), cause=EndCause.AGENT)

    def caller_name_set(self, *, call_id: str, name: str) -> None:
        """Know the caller by this name, if the call still runs."""
        with self.acting() as world:
            if call_id in world.calls:
                world.calls[call_id].caller_name = name

    def agent_pause_on(self, *, user_id: int, pause_id: int) -> None:
        """Send the agent on this pause, after the call if there is one, until `agent_pause_off`."""
        with self._lock:
            self._changed()
            agent = self._present(user_id)
            if pause_id not in self.directory().pauses:
                raise NotFound(f"There is no pause with id {pause_id}.")
            if not agent.queue_ids:
                raise Refused(f"{agent.user.login} is logged in to no queue and cannot be paused.")
            self._staff.pause(agent, pause_id=pause_id, lasts_ms=None)

    def agent_pause_off(self, *, user_id: int) -> None:
        """End the agent's pause, or one that was to begin after the call."""
        with self._lock:
            self._changed()
            agent = self._present(user_id)
            agent.is_held = False
            if not agent.is_leaving:
                agent.intent = None
            if agent.state is AgentState.PAUSED:
                self._acd.become_idle(agent)

    def agent_keep_free(self, *, user_id: int, for_s: float) -> None:
        """For so long the agent is offered no waiting call, does not dial and goes on no pause unasked; 0 ends it.

        Commands reach them as ever. Calls that wait by the end are offered then.
        """
        with self._lock:
            self._changed()
            agent, delay_ms = self._present(user_id), round(for_s * 1000)
            agent.kept_free_until_at = self._world.now_at + delay_ms
            self._world.agenda.after(delay_ms, partial(self._kept_free_over, agent))

    def agent_log_in(self, *, user_id: int) -> None:
        """Log the agent in; the queues follow a few seconds later."""
        with self._lock:
            self._changed()
            agent = self._agent(user_id)
            if agent.state is not None:
                raise Refused(f"{agent.user.login} is logged in already.")
            self._staff.log_in(agent)

    def agent_log_out(self, *, user_id: int) -> None:
        """Log the agent out, after the call if there is one."""
        with self._lock:
            self._changed()
            self._staff.log_out(self._present(user_id))

    def _kept_free_over(self, agent: Agent) -> None:
        self._acd.call_take(agent)

    def _open(self) -> None:
        if self._world.settings.is_quiet:
            self._staff.start_quiet()
        else:
            self._staff.start()
            self._arrivals.start()
            self._inbox.start()

    def _stage(self) -> Stage:
        return Stage(
            world=self._world,
            acd=self._acd,
            staff=self._staff,
            lines=self._lines,
            plain=self._plain,
            acting=self.acting,
        )

    def _changed(self) -> None:
        """Bring the simulation up to now and note that it is about to be changed from outside."""
        self.advance_to(self.clock.now_at())
        self._changes += 1

    def _agent(self, user_id: int) -> Agent:
        agent = self._world.agents.get(user_id)
        if agent is None:
            raise NotFound(f"There is no agent with id {user_id}.")
        return agent

    def _present(self, user_id: int) -> Agent:
        agent = self._agent(user_id)
        if agent.state is None:
            raise Refused(f"{agent.user.login} is not logged in.")
        return agent

    def _call(self, call_id: str) -> Call:
        call = self._world.calls.get(call_id)
        if call is None:
            raise NotFound(f"There is no call with id {call_id}.")
        return call

    def _floor(self, revision: int) -> Floor:
        world = self._world
        return Floor(
            at=world.now_at,
            revision=revision,
            agents={key: agent.row() for key, agent in world.agents.items() if agent.state is not None},
            calls={key: call.row() for key, call in world.calls.items()},
            devices=self._lines.devices(),
        )
