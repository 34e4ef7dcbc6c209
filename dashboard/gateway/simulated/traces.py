"""What each agent did, step by step."""

from collections.abc import Sequence
from itertools import count

from dashboard.gateway.history import CallCard, Span, TraceEntry, TraceKind
from dashboard.gateway.simulated import log
from dashboard.gateway.simulated.timeline import Timeline

ENTRIES_KEPT_PER_AGENT = 25_000


class Traces:
    """Beginnings and ends by agent; what concerns no agent leaves no trace."""

    def __init__(self) -> None:
        self._numbers = count(1)
        self._by_user: dict[int, Timeline[TraceEntry]] = {}

    def within(self, user_id: int, spans: Sequence[Span]) -> list[TraceEntry]:
        """What this agent began or ended in these spans."""
        known = self._by_user.get(user_id)
        return known.within(spans) if known else []

    def add(
        self,
        user_id: int | None,
        *,
        at: int,
        kind: TraceKind,
        since_at: int | None = None,
        subject_id: int | None = None,
        call: CallCard | None = None,
        extension: str = "",
    ) -> None:
        """The agent began this, or ended what has lasted since `since_at`."""
        if user_id is None:
            return
        entry = TraceEntry(next(self._numbers), at, kind, since_at, subject_id, call, extension)
        if user_id not in self._by_user:
            self._by_user[user_id] = Timeline(kept=ENTRIES_KEPT_PER_AGENT)
        self._by_user[user_id].add(at, entry)

    def ring_in(
        self, event: log.CallOffered | log.OfferEnded, *, call: CallCard, since_at: int | None = None
    ) -> None:
        """An agent's telephone began to ring, or rings no longer."""
        self.add(
            event.user_id,
            at=event.at,
            kind=TraceKind.RING_IN,
            since_at=since_at,
            call=call,
            extension=event.extension,
        )
