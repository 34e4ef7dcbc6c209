"""One view of one stream: what is filtered and encoded once, however many sockets look at it."""

from __future__ import annotations

from collections import deque
from typing import Final

import msgspec

from dashboard.domain.diff import Delta, PlainState, deltas_merged
from dashboard.domain.privacy import View
from dashboard.domain.projection import Projection
from dashboard.hub.protocol import DeltaMessage, SnapshotMessage, TickMessage, encode

RING_LENGTH: Final = 120
"""Deltas kept per view for sockets that come back: two minutes of a busy stream."""


FeedKey = tuple[str, str]
"""The stream's name in the messages, and the view's fingerprint."""


class Place(msgspec.Struct, frozen=True):
    """Where a view, or somebody who watches it, stands."""

    epoch: str
    seq: int


class _Link(msgspec.Struct, frozen=True):
    prev: int
    seq: int
    sent_at: float
    delta: Delta


class ViewFeed:
    """Keeps the projection, the ring of recent deltas and the encoded texts of one view."""

    def __init__(
        self, *, stream: str, view: View, state: PlainState, place: Place, at: int, source: bytes
    ) -> None:
        self.stream = stream
        self.view = view
        self.view_id = view.fingerprint
        self.key: FeedKey = (stream, self.view_id)
        self.place = place
        self._at = at
        self._source = source
        self._projection = Projection(view, state)
        self._ring: deque[_Link] = deque(maxlen=RING_LENGTH)
        self._texts: dict[int, str] = {}
        self._snapshot: str | None = None
        self.life_text: str | None = None
        """The last tick; in its place that the poller is silent, as long as it is. None if nothing is known of it."""
        self.is_silent = False

    def source_set(self, source: bytes) -> None:
        self._source = source
        self._snapshot = None

    def advance(self, state: PlainState, delta: Delta, *, seq: int, at: int, now: float) -> bool:
        """Take one commit of the same epoch. True if it changes anything in this view."""
        return self._take(self._projection.advance(state, delta), seq=seq, at=at, now=now)

    def rebase(self, state: PlainState, *, place: Place, at: int, now: float) -> bool:
        """Take a state that was loaded anew. In the same epoch the difference becomes a delta; a new one empties the ring.

        True if there is anything to send.
        """
        difference = self._projection.replace(state)
        if place.epoch == self.place.epoch and place.seq >= self.place.seq:
            return self._take(difference, seq=place.seq, at=at, now=now)
        self._ring.clear()
        self._texts.clear()
        self._snapshot = None
        self.place = place
        self._at = at
        return True

    def _take(self, delta: Delta, *, seq: int, at: int, now: float) -> bool:
        if not delta:
            return False
        self._ring.append(_Link(prev=self.place.seq, seq=seq, sent_at=now, delta=delta))
        self._texts.clear()
        self._snapshot = None
        self._at = at
        self.place = Place(self.place.epoch, seq)
        return True

    def tick(self, *, at: int, build: str, source: bytes) -> None:
        """Take a tick; its text carries the number last sent to this view."""
        self.source_set(source)
        message = TickMessage(
            stream=self.stream,
            epoch=self.place.epoch,
            seq=self.place.seq,
            at=at,
            build=build,
            source=msgspec.Raw(source),
        )
        self.life_text, self.is_silent = encode(message).decode(), False

    def silence(self, text: str | None) -> None:
        """Ticks stopped, which `text` tells; with None they come again. The last one from before is old for whoever comes now."""
        self.life_text, self.is_silent = text, text is not None

    def snapshot_text(self) -> str:
        """The whole view, as a message; encoded once until something changes."""
        if self._snapshot is None:
            message = SnapshotMessage(
                stream=self.stream,
                epoch=self.place.epoch,
                seq=self.place.seq,
                at=self._at,
                view=self.view_id,
                source=msgspec.Raw(self._source),
                state=self._projection.shown,
            )
            self._snapshot = encode(message).decode()
        return self._snapshot

    def delta_text(self, place: Place) -> str | None:
        """One message that leads from `place` to where the view stands; None if only a snapshot can.

        What is encoded for one socket serves all others at the same place.
        """
        if place.epoch != self.place.epoch:
            return None
        text = self._texts.get(place.seq)
        if text is None:
            links = self._links_after(place.seq)
            if not links:
                return None
            merged = deltas_merged([link.delta for link in links]) if len(links) > 1 else links[0].delta
            message = DeltaMessage(
                stream=self.stream,
                epoch=self.place.epoch,
                prev=place.seq,
                seq=self.place.seq,
                at=self._at,
                changed=merged.changed,
                removed=merged.removed,
            )
            text = self._texts[place.seq] = encode(message).decode()
        return text

    def sent_at_after(self, seq: int) -> float | None:
        """When the first message beyond `seq` went out; None if there is none (any more)."""
        return next((link.sent_at for link in self._ring if link.seq > seq), None)

    def can_resume(self, place: Place) -> bool:
        """Whether somebody at `place` needs no snapshot."""
        return place == self.place or (place.epoch == self.place.epoch and bool(self._links_after(place.seq)))

    def _links_after(self, seq: int) -> list[_Link]:
        """The ring's links from exactly `seq` on; empty if the ring does not reach back to it."""
        links = [link for link in self._ring if link.prev >= seq]
        return links if links and links[0].prev == seq else []
