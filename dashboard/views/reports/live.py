"""What goes on right now, read from the live state as the boards read it."""

from __future__ import annotations

import time
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final

import msgspec
import redis
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from dashboard import conf
from dashboard.domain.rows import LiveState, QueueRow
from dashboard.domain.source import Source, is_stale
from dashboard.figures.counted import EMAIL
from dashboard.figures.notices import Notice
from dashboard.hub.store import Store, connect, source_of
from dashboard.models import Pbx

CALLS: Final = "RTStatsCalls"
SESSIONS: Final = "RTStatsSessions"
NO_AGENTS: Final = {f"agents_{name}": None for name in ("total", "ready", "busy", "paused")}


class Waiting(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """A caller who waits now, since `entered_at` in milliseconds."""

    wait_s: int
    call_id: str
    queue_id: str
    entered_at: int
    number: str
    outside_hours: bool


class LiveQueue(msgspec.Struct, frozen=True, kw_only=True):
    """A queue at this moment, with those who wait in it, the longest last."""

    row: QueueRow
    waiting: tuple[Waiting, ...]

    @property
    def longest_wait_s(self) -> int | None:
        return self.waiting[-1].wait_s if self.waiting else None

    def late(self, threshold_s: int) -> list[Waiting]:
        """W>: callers past the threshold, misses of the live service level; the longest last.

        Nobody waits with an e-mail, and who came outside business hours is in no figure.
        """
        if self.row.type == EMAIL:
            return []
        return [one for one in self.waiting if not one.outside_hours and one.wait_s > threshold_s]


class Live(msgspec.Struct, frozen=True, kw_only=True):
    """All streams that are current; `is_down`: the live state cannot be read at all.

    What the poller left when it last heard of the PBX is no present: it would age by our clock for ever.
    """

    states: dict[str, LiveState]
    sources: dict[str, Source | None]
    is_down: bool = False

    def queue(self, slug: str, queue_id: str) -> LiveQueue | None:
        """None if the stream is not current or the queue is not there."""
        state = self.states.get(slug)
        row = state.queues.get(queue_id) if state else None
        if state is None or row is None:
            return None
        now_at = self.now_at(slug)
        waiting = sorted(
            Waiting(
                wait_s=max(0, now_at - call.entered_at) // 1000,
                call_id=call_id,
                queue_id=queue_id,
                entered_at=call.entered_at,
                number=call.caller or "",
                outside_hours=bool(call.outside_hours),
            )
            for call_id, call in state.calls.items()
            if call.queue_id == queue_id
            and call.direction == "in"
            and call.state in {"waiting", "ringing"}
            and call.entered_at is not None
        )
        if is_stale(self.sources[slug], [SESSIONS], now_at=_now_at()):
            row = msgspec.structs.replace(row, **NO_AGENTS)
        return LiveQueue(row=row, waiting=tuple(waiting))

    def expected_more(self, slug: str, queue_id: str) -> int | None:
        """Calls still expected today, as the boards have it; None if nobody knows."""
        state = self.states.get(slug)
        figures = state.figures.get(f"{queue_id}:today") if state else None
        return figures.expected_more if figures else None

    def heard_at(self, slug: str) -> int | None:
        """When the PBX last told its calls, in milliseconds of our clock; None if never. What stands still tells nothing since."""
        source = self.sources.get(slug)
        endpoint = source.endpoints.get(CALLS) if source else None
        if source is None or endpoint is None or endpoint.ok_at is None:
            return None
        return min(endpoint.ok_at, source.still_since_at or endpoint.ok_at)

    def now_at(self, slug: str) -> int:
        """This moment by the PBX's clock, in milliseconds."""
        source = self.sources.get(slug)
        return _now_at() + (source.skew_ms if source else 0)


def _now_at() -> int:
    return int(time.time() * 1000)


def live_notices(live: Live, pbxs: Iterable[Pbx]) -> list[Notice]:
    """What a reader of figures must know that need the present."""
    if live.is_down:
        text = _(
            "The live state cannot be read at the moment: callers who wait now are not in these figures."
        )
        return [Notice(level="critical", text=text)]
    return [
        Notice(level="critical", text=_silent_text(pbx, live.heard_at(pbx.slug)))
        for pbx in dict.fromkeys(pbxs)
        if pbx.slug not in live.states
    ]


def _silent_text(pbx: Pbx, heard_at: int | None) -> str:
    if not pbx.is_enabled:
        text = _("%(pbx)s is not polled at present: callers who wait now are not in these figures.")
        return text % {"pbx": pbx}
    if heard_at is None:
        text = _("Nothing has been heard of %(pbx)s yet: callers who wait now are not in these figures.")
        return text % {"pbx": pbx}
    text = _("Of %(pbx)s nothing is known since %(time)s: callers who wait now are not in these figures.")
    return text % {"pbx": pbx, "time": date_format(_local(heard_at), "j. n. H:i:s")}


def _local(at: int) -> datetime:
    return timezone.localtime(datetime.fromtimestamp(at / 1000, UTC))


def live_read(slugs: Iterable[str]) -> Live:
    """The live state of these streams. Never raises: pages go on without."""
    client = connect(conf.redis_url())
    states: dict[str, LiveState] = {}
    sources: dict[str, Source | None] = {}
    try:
        for slug in slugs:
            sources[slug] = source_of(client, stream=slug)
            state = Store(client, stream=slug).load().state
            if state is not None and not is_stale(sources[slug], [CALLS], now_at=_now_at()):
                states[slug] = state
    except redis.RedisError:
        return Live(states={}, sources={}, is_down=True)
    finally:
        client.close()
    return Live(states=states, sources=sources)
