"""Listening to calls: the listener's telephone is in use until the call ends or either hangs up."""

from dataclasses import dataclass
from functools import partial

from dashboard.gateway.commands import CommandRefused, Mode, OngoingCall, Reason
from dashboard.gateway.engine import DeviceStatus
from dashboard.gateway.simulated.commands.stage import Stage
from dashboard.gateway.simulated.floor import Call, LineUse
from dashboard.gateway.simulated.plain_calls import PlainCall


@dataclass(frozen=True, slots=True, eq=False)
class Listener:
    """A telephone at which somebody hears this call."""

    extension: str
    call_id: str
    mode: Mode
    use: LineUse


class Listening:
    """Who listens to whom."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._listeners: dict[str, Listener] = {}

    def monitor_user(self, *, user_id: int, listener: str, mode: Mode) -> OngoingCall:
        """Let this extension listen to the agent's call until one of them hangs up."""
        stage = self._stage
        with stage.acting():
            agent = stage.present(user_id)
            call = stage.spoken_call(agent)
            self._begin(call, spoken_at=agent.extension, listener=listener, mode=mode)
            return stage.ongoing(call)

    def monitor_line(self, *, extension: str, listener: str, mode: Mode) -> None:
        """Let an extension listen to the call on another one."""
        stage = self._stage
        with stage.acting():
            sitter = stage.lines.sitter(stage.line(extension))
            call: Call | PlainCall | None = stage.plain.at_line(extension)
            if sitter is not None and sitter.call is not None:
                call = stage.spoken_call(sitter)
            if call is None or call.answered_at is None:
                raise CommandRefused(Reason.NO_CALL)
            self._begin(call, spoken_at=extension, listener=listener, mode=mode)

    def stop(self, extension: str) -> bool:
        """Have this telephone listen no longer; whether it did."""
        listener = self._listeners.get(extension)
        if listener is None or not self._stage.lines.is_used(extension, listener.use):
            return False
        self._end(listener)
        return True

    def _begin(self, call: Call | PlainCall, *, spoken_at: str, listener: str, mode: Mode) -> None:
        """Who listens already changes over to this call or mode."""
        stage = self._stage
        if spoken_at == stage.line(listener):
            raise CommandRefused(Reason.TO_ONESELF)
        self.stop(listener)
        use = stage.lines.occupy(stage.line_free(listener), DeviceStatus.IN_USE)
        entry = self._listeners[listener] = Listener(listener, call.id, mode, use)
        call.when_over.append(partial(self._end, entry))

    def _end(self, listener: Listener) -> None:
        if self._listeners.get(listener.extension) is listener:
            del self._listeners[listener.extension]
        self._stage.lines.release(listener.extension, listener.use)
