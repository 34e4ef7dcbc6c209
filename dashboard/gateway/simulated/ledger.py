"""The books of the simulated call centre: calls, attempts, sessions, queues and pauses, all drawn from the log."""

from collections.abc import Callable, Sequence
from itertools import count
from threading import RLock
from typing import Any

import msgspec

from dashboard.gateway.history import AttemptRecord, CallRecord, Span, Stay, TraceEntry, TraceKind
from dashboard.gateway.simulated import log
from dashboard.gateway.simulated.open_calls import OpenCall, OpenCalls
from dashboard.gateway.simulated.stays import Stays
from dashboard.gateway.simulated.timeline import Timeline
from dashboard.gateway.simulated.traces import Traces

CALLS_KEPT, ATTEMPTS_KEPT = 150_000, 300_000


class Ledger:
    """A `History`: hears of every event once, and may be asked at any time. The lock is that of the engine."""

    def __init__(self, *, begins_at: int, lock: RLock) -> None:
        self._begins_at, self._lock = begins_at, lock
        self._open = OpenCalls()
        self._attempt_numbers = count(1)
        self._calls: Timeline[CallRecord] = Timeline(kept=CALLS_KEPT)
        self._by_id: dict[str, CallRecord] = {}
        self._by_caller: dict[str, list[str]] = {}
        self._last_at: dict[str, str] = {}
        self._attempts: Timeline[AttemptRecord] = Timeline(kept=ATTEMPTS_KEPT)
        self._stays = {kind: Stays() for kind in (TraceKind.LOGIN, TraceKind.QUEUE, TraceKind.PAUSE)}
        self._traces = Traces()
        self._extensions: dict[int, str] = {}
        self._entries: dict[type[log.Event], Callable[[Any], None]] = {
            log.SessionBegan: self._session_began,
            log.SessionEnded: lambda event: self._stay_ended(TraceKind.LOGIN, 0, event),
            log.QueueJoined: lambda event: self._stay_began(TraceKind.QUEUE, event.queue_id, event),
            log.QueueLeft: lambda event: self._stay_ended(TraceKind.QUEUE, event.queue_id, event),
            log.PauseBegan: lambda event: self._stay_began(TraceKind.PAUSE, event.pause_id, event),
            log.PauseEnded: lambda event: self._stay_ended(TraceKind.PAUSE, event.pause_id, event),
            log.CallEntered: self._entered,
            log.CallLabelled: self._open.labelled,
            log.CallOffered: self._offered,
            log.OfferEnded: self._offer_ended,
            log.CallDialled: self._dialled,
            log.CallAnswered: self._answered,
            log.CallHeld: self._open.held,
            log.CallResumed: self._open.resumed,
            log.CallTransferred: self._open.transferred,
            log.CallClassified: self._classified,
            log.CallEnded: self._ended,
        }

    def note(self, event: log.Event) -> None:
        """Enter what has happened."""
        enter = self._entries.get(type(event))
        if enter is not None:
            enter(event)

    @property
    def begins_at(self) -> int:
        """Nothing is remembered from before this moment."""
        return self._begins_at

    def calls(self, spans: Sequence[Span]) -> list[CallRecord]:
        """The calls that are over and entered in these spans."""
        with self._lock:
            return self._calls.within(spans)

    def call(self, call_id: str) -> CallRecord | None:
        """The call of this id, if it is over."""
        with self._lock:
            return self._by_id.get(call_id)

    def calls_of_number(self, caller: str) -> list[CallRecord]:
        """The calls with this customer, in the order in which they ended."""
        with self._lock:
            return [self._by_id[call_id] for call_id in self._by_caller.get(caller, ())]

    def last_call(self, *, extension: str) -> CallRecord | None:
        """The call that ended last at this telephone."""
        with self._lock:
            return self._by_id.get(self._last_at.get(extension, ""))

    def attempts(self, spans: Sequence[Span]) -> list[AttemptRecord]:
        """The attempts that are over, of calls that entered in these spans."""
        with self._lock:
            return self._attempts.within(spans)

    def sessions(self, spans: Sequence[Span]) -> list[Stay]:
        """The sessions that began in these spans."""
        return self._within(TraceKind.LOGIN, spans)

    def queue_stays(self, spans: Sequence[Span]) -> list[Stay]:
        """The stays in queues that began in these spans."""
        return self._within(TraceKind.QUEUE, spans)

    def pauses(self, spans: Sequence[Span]) -> list[Stay]:
        """The pauses that began in these spans."""
        return self._within(TraceKind.PAUSE, spans)

    def trace(self, user_id: int, spans: Sequence[Span]) -> list[TraceEntry]:
        """What the agent began or ended in these spans."""
        with self._lock:
            return self._traces.within(user_id, spans)

    def _within(self, kind: TraceKind, spans: Sequence[Span]) -> list[Stay]:
        with self._lock:
            return self._stays[kind].timeline.within(spans)

    def _session_began(self, event: log.SessionBegan) -> None:
        self._begins_at = min(self._begins_at, event.at)
        self._extensions[event.user_id] = event.extension
        self._stay_began(TraceKind.LOGIN, 0, event)

    def _stay_began(
        self, kind: TraceKind, subject_id: int, event: log.SessionBegan | log.QueueJoined | log.PauseBegan
    ) -> None:
        self._stays[kind].began(event.user_id, subject_id=subject_id, at=event.at)
        self._traces.add(event.user_id, at=event.at, kind=kind, subject_id=subject_id)

    def _stay_ended(
        self, kind: TraceKind, subject_id: int, event: log.SessionEnded | log.QueueLeft | log.PauseEnded
    ) -> None:
        since_at = self._stays[kind].ended(event.user_id, subject_id=subject_id, at=event.at)
        self._traces.add(event.user_id, at=event.at, kind=kind, since_at=since_at, subject_id=subject_id)

    def _entered(self, event: log.CallEntered) -> None:
        self._open.entered(event)
        before = self._open.get(event.continues or "") or self._by_id.get(event.continues or "")
        if before is not None:
            self._open[event.call_id].account_code = before.account_code

    def _offered(self, event: log.CallOffered) -> None:
        call = self._open[event.call_id]
        call.rings[event.extension] = (next(self._attempt_numbers), event.at)
        if call.card.queue_id is None:
            call.extension = event.extension
        if call.is_from_queue:
            call.attempts += event.user_id is not None
            self._traces.ring_in(event, call=call.card)

    def _offer_ended(self, event: log.OfferEnded) -> None:
        call = self._open[event.call_id]
        number, since_at = call.rings.pop(event.extension)
        is_answered = event.outcome is log.OfferOutcome.ANSWERED
        if is_answered or call.answered_at is None:
            call.ringing_at, call.rung_until_at = since_at, event.at
        if call.is_from_queue:
            self._attempt(call, number=number, since_at=since_at, end=event, is_answered=is_answered)
            self._traces.ring_in(event, call=call.card, since_at=since_at)

    def _attempt(
        self,
        call: OpenCall,
        *,
        number: int,
        since_at: int,
        end: log.OfferEnded | log.CallAnswered,
        is_answered: bool,
    ) -> None:
        if end.user_id is None or call.card.queue_id is None:
            return
        if is_answered:
            call.answered_offer_of = end.user_id
        attempt = AttemptRecord(
            number=number,
            call_id=call.card.id,
            queue_id=call.card.queue_id,
            user_id=end.user_id,
            extension=end.extension,
            call_entered_at=call.card.entered_at,
            start_at=since_at,
            end_at=end.at,
            is_answered=is_answered,
        )
        self._attempts.add(attempt.call_entered_at, attempt)

    def _dialled(self, event: log.CallDialled) -> None:
        call = self._open[event.call_id]
        call.dialled_at = event.at
        call.user_id = event.user_id
        call.extension = self._extensions.get(event.user_id or 0, call.extension)
        self._traces.add(event.user_id, at=event.at, kind=TraceKind.RING_OUT, call=call.card)

    def _dial_end(self, call: OpenCall, *, at: int) -> None:
        """The customer's telephone no longer rings."""
        if call.dialled_at is None:
            return
        self._traces.add(
            call.user_id, at=at, kind=TraceKind.RING_OUT, since_at=call.dialled_at, call=call.card
        )
        call.ringing_at, call.rung_until_at, call.dialled_at = call.dialled_at, at, None

    def _answered(self, event: log.CallAnswered) -> None:
        call = self._open[event.call_id]
        self._dial_end(call, at=event.at)
        if call.is_from_queue and event.user_id not in {None, call.answered_offer_of}:
            # Picked up from another telephone: an attempt of no length.
            call.attempts += 1
            number = next(self._attempt_numbers)
            self._attempt(call, number=number, since_at=event.at, end=event, is_answered=True)
        self._call_end(call, at=event.at)
        self._open.answered(event)
        self._traces.add(event.user_id, at=event.at, kind=TraceKind.CALL, call=call.card)

    def _call_end(self, call: OpenCall, *, at: int) -> None:
        """Whoever spoke speaks no longer."""
        if call.spoken_since_at is not None:
            since_at = call.spoken_since_at
            self._traces.add(call.user_id, at=at, kind=TraceKind.CALL, since_at=since_at, call=call.card)

    def _ended(self, event: log.CallEnded) -> None:
        call = self._open.ended(event)
        self._dial_end(call, at=event.at)
        self._call_end(call, at=event.at)
        record = call.record(ended=event)
        self._by_id[record.id] = record
        self._by_caller.setdefault(record.customer, []).append(record.id)
        if record.extension:
            self._last_at[record.extension] = record.id
        forgotten = self._calls.add(record.entered_at, record)
        if forgotten:
            self._forget(forgotten)

    def _classified(self, event: log.CallClassified) -> None:
        """The call may be running, over, or forgotten."""
        running = self._open.get(event.call_id)
        if running is not None:
            running.status_id = event.status_id
        elif event.call_id in self._by_id:
            record = msgspec.structs.replace(self._by_id[event.call_id], status_id=event.status_id)
            self._calls.replace(record.entered_at, record)
            self._by_id[record.id] = record

    def _forget(self, records: list[CallRecord]) -> None:
        for record in records:
            self._by_id.pop(record.id, None)
        for caller in {record.customer for record in records}:
            left = [call_id for call_id in self._by_caller[caller] if call_id in self._by_id]
            if left:
                self._by_caller[caller] = left
            else:
                del self._by_caller[caller]
