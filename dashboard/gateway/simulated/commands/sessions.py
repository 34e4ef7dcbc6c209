"""Logging in and out by command, and pauses that last until they are ended by command."""

from dashboard.gateway.commands import CommandRefused, Reason
from dashboard.gateway.engine import AgentState, QueueType
from dashboard.gateway.simulated.commands.stage import Stage
from dashboard.gateway.simulated.floor import Agent
from dashboard.gateway.simulated.plan import OUTGOING


class SessionCommands:
    """Sessions of agents in the call centre and its queues."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    def log_in(self, *, user_id: int, extension: str | None) -> None:
        """Log in to the call centre and the queues that are joined without being told."""
        stage = self._stage
        with stage.acting():
            agent = stage.agent(user_id)
            if agent.state is not None:
                raise CommandRefused(Reason.LOGGED_IN_ALREADY, agent.extension)
            stage.staff.session_begin(agent, extension=self._seat(agent, extension))
            stage.staff.queues_join(agent)
            stage.acd.become_idle(agent)

    def log_out(self, *, user_id: int) -> None:
        """Leave all queues and the call centre."""
        stage = self._stage
        with stage.acting():
            agent = stage.present(user_id)
            if agent.is_busy:
                raise CommandRefused(Reason.BUSY)
            if agent.has_open_script:
                raise CommandRefused(Reason.SCRIPT_OPEN)
            stage.staff.session_end(agent)

    def queue_log_in(self, *, user_id: int, number: str, extension: str | None, penalty: int | None) -> None:
        """Join the queue, and the call centre if need be."""
        stage = self._stage
        with stage.acting() as world:
            agent, queue = stage.agent(user_id), stage.queue(number)
            own = next((skill.penalty for skill in agent.user.skills if skill.queue_id == queue.id), None)
            if own is None:
                raise CommandRefused(Reason.QUEUE_FORBIDDEN, number)
            others = [world.queues[queue_id] for queue_id in agent.queue_ids if queue_id != queue.id]
            if queue.type in OUTGOING and any(other.type in OUTGOING for other in others):
                raise CommandRefused(Reason.IN_OTHER_OUTBOUND_QUEUE)
            if agent.state is None:
                stage.staff.session_begin(agent, extension=self._seat(agent, extension))
            elif extension not in {None, agent.extension}:
                raise CommandRefused(Reason.LOGGED_IN_ALREADY, agent.extension)
            is_chosen = penalty is not None and queue.type is QueueType.INBOUND
            agent.penalties[queue.id] = penalty if is_chosen and penalty is not None else own
            world.queues_set(agent, tuple(sorted({*agent.queue_ids, queue.id})))
            self._look_about(agent)

    def queue_log_out(self, *, user_id: int, number: str) -> None:
        """Leave the queue; who leaves the last one is no longer on a pause."""
        stage = self._stage
        with stage.acting() as world:
            agent, queue = stage.present(user_id), stage.queue(number)
            if queue.id not in agent.queue_ids:
                raise CommandRefused(Reason.NOT_IN_QUEUE, number)
            if agent.is_busy and agent.call is not None and agent.call.queue.id == queue.id:
                raise CommandRefused(Reason.BUSY_IN_QUEUE, agent.call.caller)
            world.queues_set(agent, tuple(kept for kept in agent.queue_ids if kept != queue.id))
            if agent.queue_ids:
                self._look_about(agent)
            else:
                self._pause_forget(agent)
                if not agent.is_busy:
                    stage.acd.become_idle(agent)

    def pause_on(self, *, user_id: int, pause_id: int, is_forced: bool) -> None:
        """Pause at once. Forced, a call that rings is taken away; one that is spoken is ended first."""
        stage = self._stage
        with stage.acting() as world:
            agent = stage.present(user_id)
            pause = world.directory.pauses.get(pause_id)
            if pause is None or pause.is_deleted:
                raise CommandRefused(Reason.PAUSE_UNKNOWN)
            if not agent.queue_ids:
                raise CommandRefused(Reason.IN_NO_QUEUE)
            if agent.is_busy and not is_forced:
                raise CommandRefused(Reason.BUSY)
            agent.is_held = True
            if agent.is_busy and agent.state is not AgentState.RINGING:
                agent.pause_next = pause_id
            elif agent.pause_id == pause_id and agent.timer is not None:
                agent.timer.cancel()
            elif agent.pause_id != pause_id:
                self._pause_now(agent, pause_id)

    def pause_off(self, *, user_id: int) -> None:
        """Be available again, unless something else was planned."""
        stage = self._stage
        with stage.acting():
            agent = stage.present(user_id)
            if agent.state is not AgentState.PAUSED and agent.pause_next is None:
                raise CommandRefused(Reason.NOT_PAUSED)
            if agent.has_open_script:
                raise CommandRefused(Reason.SCRIPT_OPEN)
            self._pause_forget(agent)
            if not agent.is_busy:
                stage.acd.become_idle(agent)

    def _seat(self, agent: Agent, extension: str | None) -> str:
        """The line at which the agent logs in: the one named, else their own."""
        lines, seat = self._stage.lines, extension or agent.user.extension
        if not seat:
            raise CommandRefused(Reason.LINE_MISSING)
        owner_id = lines.owner_id(self._stage.line(seat))
        is_colleagues = owner_id in self._stage.world.agents and owner_id != agent.user.id
        if is_colleagues or lines.sitter(seat) is not None:
            raise CommandRefused(Reason.LINE_TAKEN, seat)
        return seat

    def _look_about(self, agent: Agent) -> None:
        """The queues have changed: a call may wait, or there may be something to dial."""
        acd = self._stage.acd
        if agent.state is AgentState.LOGGED:
            acd.become_idle(agent)
        elif agent.state is AgentState.IDLE:
            if agent.timer is not None:
                agent.timer.cancel()
            if not acd.call_take(agent):
                acd.when_idle(agent)

    def _pause_now(self, agent: Agent, pause_id: int) -> None:
        acd, call = self._stage.acd, agent.call
        if call is not None:
            acd.withdraw(call, agent)
        self._stage.staff.pause_now(agent, pause_id, None)
        if call is not None:
            acd.offer(call)

    def _pause_forget(self, agent: Agent) -> None:
        """Neither the pause that was commanded nor one that was planned comes; going home does."""
        agent.is_held, agent.pause_next = False, None
        if not agent.is_leaving:
            agent.intent = None
