"""Calls sent on by command, to a queue, a user or a number; with a word to the target first, or without."""

from collections.abc import Callable
from functools import partial

from dashboard.gateway.commands import CommandRefused, Reason, Target
from dashboard.gateway.engine import CallState, DeviceStatus, EndCause, Queue
from dashboard.gateway.simulated.commands.stage import Stage
from dashboard.gateway.simulated.floor import Agent, Call
from dashboard.gateway.simulated.log import CallTransferred
from dashboard.gateway.simulated.plan import CALLS_OUT

CONSULT_S = (6, 20)


class Transfers:
    """Where calls are sent."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._consulting: set[str] = set()

    def begin(self, call: Call, target: Target, *, is_blind: bool) -> None:
        """Send the call on at once; or put it on hold until the target has agreed."""
        if call.id in self._consulting:
            raise CommandRefused(Reason.CALL_LEAVING)
        resolved = self._resolved(call, target)
        if is_blind:
            self._send(call, resolved)
        else:
            self._consult(call, resolved)

    def plain(self, extension: str, target: Target) -> None:
        """Send on the call that this line has outside the call centre."""
        stage = self._stage
        call = stage.plain.at_line(extension)
        if call is None or call.answered_at is None:
            raise CommandRefused(Reason.NO_CALL)
        resolved = self._named(target)
        if isinstance(resolved, Agent) and not stage.lines.is_free(resolved.extension):
            raise CommandRefused(Reason.TARGET_NOT_FREE, resolved.user.login)
        number = call.number
        self._note(call.id, resolved)
        stage.plain.end(call, cause=EndCause.AGENT)
        if isinstance(resolved, Queue):
            stage.acd.enter(queue=resolved, caller=number, continues=call.id)
        else:
            onward = resolved.extension if isinstance(resolved, Agent) else resolved
            stage.plain.connect(number, to=onward, continues=call.id)

    def _resolved(self, call: Call, target: Target) -> Agent | Queue | str:
        """The target; a number may be that of a queue or of a line at which an agent sits."""
        resolved = self._named(target)
        if resolved is call.agent:
            raise CommandRefused(Reason.TO_ONESELF)
        if isinstance(resolved, Agent) and not self._stage.world.is_free(resolved):
            raise CommandRefused(Reason.TARGET_NOT_FREE, resolved.user.login)
        return resolved

    def _named(self, target: Target) -> Agent | Queue | str:
        stage = self._stage
        if target.user_id is not None:
            return stage.present(target.user_id)
        number = target.number or ""
        queue = next(
            (q for q in stage.world.queues.values() if q.id == target.queue_id or q.number == number), None
        )
        if queue is None and target.queue_id is not None:
            raise CommandRefused(Reason.QUEUE_UNKNOWN)
        if queue is not None and (queue.type in CALLS_OUT or queue.is_deleted):
            raise CommandRefused(Reason.QUEUE_TAKES_NO_CALLS, queue.number)
        return queue or stage.lines.sitter(number) or number

    def _consult(self, call: Call, target: Agent | Queue | str) -> None:
        stage = self._stage
        if call.state is not CallState.ON_HOLD:
            stage.acd.hold_toggle(call)
        call.plans_drop()
        self._consulting.add(call.id)
        call.when_over.append(partial(self._consulting.discard, call.id))
        hang_up_there: Callable[[], None] = _nothing
        if isinstance(target, Agent):
            line, use = target.extension, stage.lines.occupy(target.extension, DeviceStatus.IN_USE)
            call.when_over.append(partial(stage.lines.release, line, use))
            hang_up_there = partial(stage.lines.release, line, use, takes_call=False)
        consult_ms = stage.world.draws.uniform_ms(*CONSULT_S)
        call.next = stage.world.agenda.after(
            consult_ms, partial(self._consulted, call, target, hang_up_there)
        )

    def _consulted(self, call: Call, target: Agent | Queue | str, hang_up_there: Callable[[], None]) -> None:
        """The target takes the call, unless they have left; then it goes on with the first agent."""
        stage = self._stage
        self._consulting.discard(call.id)
        stage.acd.hold_toggle(call)
        hang_up_there()
        if not isinstance(target, Agent):
            self._send(call, target)
        elif stage.world.is_free(target):
            self._note(call.id, target)
            stage.acd.end(call, cause=EndCause.AGENT)
            self._reach(call, target).caller_name = call.caller_name
        else:
            stage.acd.converse(call)

    def _send(self, call: Call, target: Agent | Queue | str) -> None:
        stage = self._stage
        if isinstance(target, Queue):
            stage.acd.transfer(call, queue=target)
            return
        self._note(call.id, target)
        if isinstance(target, Agent):
            stage.acd.leave(call, then=partial(self._reach, call, target))
        else:
            then = partial(stage.plain.connect, call.caller, to=target, continues=call.id)
            stage.acd.leave(call, then=then)

    def _reach(self, call: Call, agent: Agent) -> Call:
        """Ring at the agent; if they are no longer free the call waits in its queue like any other."""
        acd = self._stage.acd
        if self._stage.world.is_free(agent):
            return acd.enter_at(agent, queue=call.queue, caller=call.caller, continues=call.id)
        return acd.enter(queue=call.queue, caller=call.caller, continues=call.id)

    def _note(self, call_id: str, target: Agent | Queue | str) -> None:
        log, now_at = self._stage.world.log, self._stage.world.now_at
        if isinstance(target, Agent):
            log.note(CallTransferred(now_at, call_id, user_id=target.user.id))
        elif isinstance(target, Queue):
            log.note(CallTransferred(now_at, call_id, queue_id=target.id))
        else:
            log.note(CallTransferred(now_at, call_id, number=target))


def _nothing() -> None:
    """There is no telephone to hang up."""
