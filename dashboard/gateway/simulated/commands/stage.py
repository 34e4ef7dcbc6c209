"""What commands work with, and how they find whom they are about."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from dashboard.gateway.commands import CommandRefused, OngoingCall, Reason
from dashboard.gateway.engine import AgentState, CallState, Queue, User
from dashboard.gateway.simulated.acd import Acd
from dashboard.gateway.simulated.floor import Agent, Call
from dashboard.gateway.simulated.lines import Lines
from dashboard.gateway.simulated.plain_calls import PlainCalls
from dashboard.gateway.simulated.staff import Staff
from dashboard.gateway.simulated.world import World

SPOKEN = frozenset({CallState.SPEAKING, CallState.ON_HOLD})


@dataclass(frozen=True, kw_only=True)
class Stage:
    """The parts of the simulation; `acting` brings it up to now and keeps everybody else out."""

    world: World
    acd: Acd
    staff: Staff
    lines: Lines
    plain: PlainCalls
    acting: Callable[[], AbstractContextManager[World]]

    def user(self, user_id: int) -> User:
        """A user who is not deleted."""
        user = self.world.directory.users.get(user_id)
        if user is None or user.is_deleted:
            raise CommandRefused(Reason.USER_UNKNOWN)
        return user

    def agent(self, user_id: int) -> Agent:
        """A user who may work in the call centre."""
        user = self.user(user_id)
        agent = self.world.agents.get(user_id)
        if agent is None:
            raise CommandRefused(Reason.USER_TAKES_NO_CALLS, user.login)
        return agent

    def present(self, user_id: int) -> Agent:
        """An agent who is logged in to the call centre."""
        agent = self.agent(user_id)
        if agent.state is None:
            raise CommandRefused(Reason.NOT_LOGGED_IN)
        return agent

    def queue(self, number: str) -> Queue:
        """The queue of this number."""
        queues = self.world.queues.values()
        queue = next((queue for queue in queues if queue.number == number), None)
        if queue is None or queue.is_deleted:
            raise CommandRefused(Reason.QUEUE_UNKNOWN)
        return queue

    def line(self, extension: str) -> str:
        """A line there is."""
        if not self.lines.exists(extension):
            raise CommandRefused(Reason.LINE_UNKNOWN, extension)
        return extension

    def line_free(self, extension: str) -> str:
        """A line that nobody uses."""
        if not self.lines.is_free(self.line(extension)):
            raise CommandRefused(Reason.LINE_BUSY, extension)
        return extension

    def spoken_call(self, agent: Agent) -> Call:
        """The call in which the agent speaks with a customer, or keeps them on hold."""
        if agent.call is None or agent.call.state not in SPOKEN:
            raise CommandRefused(Reason.NO_CALL)
        return agent.call

    def unoccupied(self, agent: Agent) -> Agent:
        """The agent, who is neither in a call nor on the telephone."""
        if agent.is_busy:
            raise CommandRefused(Reason.BUSY)
        if agent.extension in self.world.busy_lines:
            raise CommandRefused(Reason.LINE_BUSY, agent.extension)
        return agent

    def called_away(self, agent: Agent) -> None:
        """A call comes by command: what the agent does now goes on after it."""
        if agent.is_held and agent.state is AgentState.PAUSED:
            agent.pause_next = agent.pause_id
        elif agent.state is AgentState.LOGGED and agent.timer is not None and agent.timer.act is not None:
            agent.intent = agent.timer.act

    def ongoing(self, call: Call) -> OngoingCall:
        """The call as it is told to others."""
        now_at = self.world.now_at
        rung_until_at = call.answered_at or now_at
        return OngoingCall(
            call_id=call.id,
            number=call.caller,
            direction=call.direction,
            queue=self.world.queues[call.queue.id],
            ringing_s=(rung_until_at - (call.ringing_at or rung_until_at)) // 1000,
            talking_s=(now_at - (call.answered_at or now_at)) // 1000,
        )
