"""Calls that run, changed by command: answered, taken, ended, sent on."""

from dashboard.gateway.commands import CommandRefused, OngoingCall, Reason, Target
from dashboard.gateway.engine import UNANSWERED_STATES, AgentState, CallState, EndCause, Parties
from dashboard.gateway.simulated.commands.listening import Listening
from dashboard.gateway.simulated.commands.playback import Playback
from dashboard.gateway.simulated.commands.stage import Stage
from dashboard.gateway.simulated.commands.transfers import Transfers
from dashboard.gateway.simulated.floor import Agent
from dashboard.gateway.simulated.log import OfferOutcome


class TelephonyCommands:
    """What can be done with calls that run."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._listening, self._playback = Listening(stage), Playback(stage)
        self._transfers = Transfers(stage)
        self.monitor_user, self.monitor_line = self._listening.monitor_user, self._listening.monitor_line
        self.play = self._playback.play

    def answer(self, *, user_id: int) -> OngoingCall:
        """Lift the receiver of the agent's telephone that rings with a call from outside."""
        stage = self._stage
        with stage.acting():
            agent = stage.present(user_id)
            call = agent.call
            if agent.state is not AgentState.RINGING or call is None:
                raise CommandRefused(Reason.NOTHING_RINGS)
            stage.acd.pick_up(call, agent)
            return stage.ongoing(call)

    def pick_up(self, *, call_id: str, user_id: int) -> None:
        """Take a call out of its queue and ring with it at the agent."""
        stage = self._stage
        with stage.acting() as world:
            call, agent = world.calls.get(call_id), stage.present(user_id)
            if call is None:
                raise CommandRefused(Reason.CALL_UNKNOWN)
            if call.state not in UNANSWERED_STATES or call not in world.waiting[call.queue.id]:
                raise CommandRefused(Reason.CALL_ANSWERED)
            others = [other for other in call.ringing if other is not agent]
            for other in others:
                world.offer_end(call, other, outcome=OfferOutcome.WITHDRAWN)
            if agent.call is call:
                call.ringing = [agent]
                stage.acd.answer_plan(call)
            else:
                stage.called_away(stage.unoccupied(agent))
                stage.acd.ring(call, [agent])
            stage.acd.let_go(others)

    def parties(self, call_id: str) -> Parties:
        """Who is in this call, in the call centre or outside it; nobody if it does not run."""
        stage = self._stage
        with stage.acting() as world:
            call, plain = world.calls.get(call_id), stage.plain.calls.get(call_id)
            agents = [*call.ringing, *([call.agent] if call.agent else [])] if call else []
            extensions = {agent.extension for agent in agents}
            user_ids: set[int | None] = {agent.user.id for agent in agents}
            if plain is not None and plain.extension:
                extensions, user_ids = {plain.extension}, {stage.lines.user_id(plain.extension)}
            known = frozenset(user_id for user_id in user_ids if user_id is not None)
            return Parties(known, frozenset(extensions))

    def hang_up(self, *, user_id: int | None, extension: str | None, call_id: str | None) -> None:
        """End the call of one of these."""
        stage = self._stage
        with stage.acting():
            if call_id is not None:
                self._call_end(call_id)
            elif user_id is not None:
                self._line_clear(*self._seat(user_id))
            elif extension is not None:
                self._line_clear(stage.lines.sitter(stage.line(extension)), extension)

    def transfer(self, *, user_id: int | None, extension: str | None, target: Target, is_blind: bool) -> None:
        """Send the call on; unless blind, the two agents speak first."""
        stage = self._stage
        with stage.acting():
            agent = (
                stage.present(user_id)
                if user_id is not None
                else stage.lines.sitter(stage.line(extension or ""))
            )
            if agent is not None and agent.call is not None and agent.call.state is CallState.TRANSFERRED:
                raise CommandRefused(Reason.CALL_LEAVING)
            if agent is None or agent.call is None:
                line = agent.extension if agent is not None else extension or ""
                self._transfers.plain(line, target)
            else:
                self._transfers.begin(stage.spoken_call(agent), target, is_blind=is_blind)

    def _seat(self, user_id: int) -> tuple[Agent | None, str]:
        """Where the user is to be found: logged in at a line, or else at their own."""
        user, agent = self._stage.user(user_id), self._stage.world.agents.get(user_id)
        return (
            (agent, agent.extension)
            if agent is not None and agent.state is not None
            else (None, user.extension)
        )

    def _call_end(self, call_id: str) -> None:
        stage = self._stage
        call = stage.world.calls.get(call_id)
        if call is not None:
            stage.acd.end(call, cause=EndCause.AGENT)
        elif call_id in stage.plain.calls:
            stage.plain.end(stage.plain.calls[call_id], cause=EndCause.AGENT)
        else:
            raise CommandRefused(Reason.CALL_UNKNOWN)

    def _line_clear(self, agent: Agent | None, extension: str) -> None:
        """End what the telephone is in use for, if it is in use."""
        stage = self._stage
        if agent is not None and agent.call is not None:
            stage.acd.end(agent.call, cause=EndCause.AGENT)
            return
        plain = stage.plain.at_line(extension)
        if plain is not None:
            stage.plain.end(plain, cause=EndCause.AGENT)
        elif not self._listening.stop(extension):
            raise CommandRefused(Reason.NO_CALL)
