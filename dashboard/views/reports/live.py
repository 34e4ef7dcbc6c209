"""What goes on right now, read from the live state as the boards read it."""

from __future__ import annotations

import time
from collections.abc import Iterable

import msgspec
import redis

from dashboard import conf
from dashboard.domain.rows import LiveState, QueueRow
from dashboard.domain.source import Source
from dashboard.figures.counted import EMAIL
from dashboard.hub.store import Store, connect, source_of


class Waiting(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """A caller who waits now, since `entered_at` in milliseconds."""

    wait_s: int
    call_id: str
    queue_id: str
    entered_at: int
    number: str
    outside_hours: bool


class LiveQueue(msgspec.Struct, frozen=True, kw_only=True):
    """A queue at this moment. `longest_wait_s`: of those who wait now; None if nobody waits or nobody knows."""

    row: QueueRow
    longest_wait_s: int | None
    waits_s: tuple[int, ...]
    """How long each caller has waited so far."""
    counted_waits_s: tuple[int, ...]
    """Of those whose wait will count: nobody waits with an e-mail, and who came outside business hours is in no figure."""

    def late(self, threshold_s: int) -> int:
        """W>: callers past the threshold, misses of the live service level."""
        return sum(wait_s > threshold_s for wait_s in self.counted_waits_s)


class Live(msgspec.Struct, frozen=True, kw_only=True):
    """All streams that could be read; `is_down`: the live state cannot be read at all."""

    states: dict[str, LiveState]
    sources: dict[str, Source | None]
    is_down: bool = False

    def queue(self, slug: str, queue_id: str) -> LiveQueue | None:
        """None if the stream or the queue is not there."""
        state = self.states.get(slug)
        row = state.queues.get(queue_id) if state else None
        if state is None or row is None:
            return None
        callers = self.waiting(slug, queue_id)
        waits = tuple(one.wait_s for one in callers)
        counted = tuple(one.wait_s for one in callers if row.type != EMAIL and not one.outside_hours)
        return LiveQueue(
            row=row,
            waits_s=waits,
            counted_waits_s=counted,
            longest_wait_s=waits[-1] if waits else None,
        )

    def waiting(self, slug: str, queue_id: str) -> list[Waiting]:
        """Callers who wait in the queue, the longest last."""
        state, now_at = self.states.get(slug), self.now_at(slug)
        return sorted(
            Waiting(
                wait_s=max(0, now_at - call.entered_at) // 1000,
                call_id=call_id,
                queue_id=queue_id,
                entered_at=call.entered_at,
                number=call.caller or "",
                outside_hours=bool(call.outside_hours),
            )
            for call_id, call in (state.calls if state else {}).items()
            if call.queue_id == queue_id
            and call.direction == "in"
            and call.state in {"waiting", "ringing"}
            and call.entered_at is not None
        )

    def expected_more(self, slug: str, queue_id: str) -> int | None:
        """Calls still expected today, as the boards have it; None if nobody knows."""
        state = self.states.get(slug)
        figures = state.figures.get(f"{queue_id}:today") if state else None
        return figures.expected_more if figures else None

    def now_at(self, slug: str) -> int:
        """This moment by the PBX's clock, in milliseconds."""
        source = self.sources.get(slug)
        return int(time.time() * 1000) + (source.skew_ms if source else 0)


def live_read(slugs: Iterable[str]) -> Live:
    """The live state of these streams. Never raises: pages go on without."""
    client = connect(conf.redis_url())
    states: dict[str, LiveState] = {}
    sources: dict[str, Source | None] = {}
    try:
        for slug in slugs:
            sources[slug] = source_of(client, stream=slug)
            state = Store(client, stream=slug).load().state
            if state is not None:
                states[slug] = state
    except redis.RedisError:
        return Live(states={}, sources={}, is_down=True)
    finally:
        client.close()
    return Live(states=states, sources=sources)
