"""One stream as a server process knows it: its own copy of the state and the views on it."""

from __future__ import annotations

from dashboard.domain.diff import PlainState, delta_apply
from dashboard.domain.privacy import View
from dashboard.hub.protocol import DeltaMessage, StoredSnapshot, TickMessage
from dashboard.hub.seat import Seat
from dashboard.hub.view_feed import FeedKey, Place, ViewFeed

NOTHING_YET = Place("", 0)
TICK_DISTANCE_S = 0.5
"""Polls that are asked for come close together; their ticks are passed on at most this often, which halves what a delta costs."""


class StreamFeed:
    """Applies what is published, and wakes the seats whose view changes.

    `is_in_step` is False from the moment a message shows that some were missed until a snapshot is loaded.
    """

    def __init__(self, stream: str, *, now: float) -> None:
        self.stream = stream
        self.place = NOTHING_YET
        self.is_in_step = False
        self.ticked_at = now
        """When the last tick came; before the first one, since when it is waited for."""
        self.silence_told_at: float | None = None
        self._silence: str | None = None
        self._tick: TickMessage | None = None
        self._tick_passed_at = -TICK_DISTANCE_S
        self._source_passed = b""
        self._was_news = True
        self._state: PlainState = {}
        self._at = 0
        self._source = b"null"
        self._views: dict[FeedKey, ViewFeed] = {}
        self._seats: dict[FeedKey, set[Seat]] = {}

    @property
    def seats(self) -> set[Seat]:
        return {seat for seats in self._seats.values() for seat in seats}

    def view_feed(self, view: View, *, name: str | None = None) -> ViewFeed:
        """The feed of a view; made when the first seat asks for it. Its messages call the stream `name`."""
        name = name or self.stream
        key = (name, view.fingerprint)
        feed = self._views.get(key)
        if feed is None:
            feed = self._views[key] = ViewFeed(
                stream=name,
                view=view,
                state=self._state,
                place=self.place,
                at=self._at,
                source=self._source,
            )
            self._seats[key] = set()
            self._life_tell(feed)
        return feed

    def _life_tell(self, feed: ViewFeed) -> None:
        if self._silence is not None:
            feed.silence(self._silence)
        elif self._tick is not None:
            feed.tick(at=self._tick.at, build=self._tick.build, source=self._source)

    def seat_add(self, seat: Seat, feed: ViewFeed) -> None:
        self._seats[feed.key].add(seat)

    def seat_remove(self, seat: Seat) -> None:
        """Forget the seat, and every view that nobody watches any more."""
        for key in list(self._seats):
            self._seats[key].discard(seat)
            if not self._seats[key]:
                del self._seats[key], self._views[key]

    def snapshot_take(self, stored: StoredSnapshot, *, source: bytes, now: float) -> None:
        """Stand where the store stands. Seats get the difference, or a snapshot if the epoch is new."""
        self.place = Place(stored.epoch, stored.seq)
        self._state, self._at, self._source = stored.state, stored.at, source
        self.is_in_step = True
        for key, feed in self._views.items():
            feed.source_set(source)
            if feed.rebase(stored.state, place=self.place, at=stored.at, now=now):
                self._wake(key)

    def delta_take(self, message: DeltaMessage, *, now: float) -> None:
        """Apply the next commit. One that is older than the state is dropped; a gap puts the feed out of step."""
        if not self.is_in_step or message.epoch != self.place.epoch:
            self.is_in_step = False
            return
        if message.seq <= self.place.seq:
            return
        if message.prev != self.place.seq:
            self.is_in_step = False
            return
        delta = message.delta
        self._state = delta_apply(self._state, delta)
        self.place = Place(message.epoch, message.seq)
        self._at = message.at
        for key, feed in self._views.items():
            if feed.advance(self._state, delta, seq=message.seq, at=message.at, now=now):
                self._wake(key)

    def tick_take(self, message: TickMessage, *, now: float) -> None:
        """Pass a tick on. One that names another place than ours shows that a delta was lost."""
        self.ticked_at = now
        self._silence_end()
        self._source = bytes(message.source)
        if Place(message.epoch, message.seq) != self.place:
            self.is_in_step = False
            return
        is_news = self._source != self._source_passed
        # A tick that only proved life must not hold up the one that tells of the poll that was waited for.
        if now - self._tick_passed_at < TICK_DISTANCE_S and (self._was_news or not is_news):
            return
        self._tick_passed_at, self._source_passed, self._was_news = now, self._source, is_news
        self._tick = message
        for key, feed in self._views.items():
            self._life_tell(feed)
            self._wake(key)

    def silence_take(self, text: str, *, now: float) -> None:
        """No tick came for too long, or still does not: every seat is told `text`, also those that are yet to come."""
        self.silence_told_at, self._silence, self._tick = now, text, None
        for key, feed in self._views.items():
            self._life_tell(feed)
            self._wake(key)

    def _silence_end(self) -> None:
        if self._silence is None:
            return
        self.silence_told_at = self._silence = None
        for feed in self._views.values():
            feed.silence(None)

    def _wake(self, key: FeedKey) -> None:
        for seat in self._seats[key]:
            seat.wake()
