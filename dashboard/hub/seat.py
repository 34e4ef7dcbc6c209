"""One socket's place at the hub: what it has been sent, what it has acknowledged, and what it is to get next.

The mailbox has one slot per stream: not a message, but the knowledge of where the socket stands. Whatever happens while a socket
is slow is merged into one delta (or a snapshot) at the moment it can take it; there is no backlog to grow.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Final

from dashboard.hub.protocol import CLOSE_TOO_SLOW, Held
from dashboard.hub.view_feed import Place, ViewFeed

HOLD_AFTER_S: Final = 20.0
CLOSE_AFTER_S: Final = 60.0
CONTROLS_KEPT: Final = 16


class StreamSeat:
    """The socket in one stream."""

    def __init__(self, feed: ViewFeed) -> None:
        self.feed = feed
        self.place: Place | None = None
        self._life_sent: str | None = None
        self._unacked_since: float | None = None
        self._is_held = False

    def greet(self, held: Held | None) -> None:
        """Take where the browser says it stands; without a usable place it gets a snapshot."""
        self.place = None
        if held is not None and held.view == self.feed.view_id:
            place = Place(held.epoch, held.seq)
            if self.feed.can_resume(place):
                self.place = place

    def resync(self) -> None:
        self.place = None
        self._is_held = False
        self._unacked_since = None

    def ack(self, seq: int, *, now: float) -> None:
        """The browser has everything up to `seq`. After a hold it gets one snapshot and goes on."""
        if self._is_held:
            self.resync()
            return
        if self.place is not None and seq >= self.place.seq:
            self._unacked_since = None
        else:
            self._unacked_since = self.feed.sent_at_after(seq) or now

    def silence_s(self, *, now: float) -> float:
        """Age of the oldest message that was not acknowledged; 0 if there is none."""
        return 0.0 if self._unacked_since is None else now - self._unacked_since

    def texts(self, *, now: float) -> list[str]:
        """What the socket gets now; afterwards it stands where the view stands. Empty while it does not acknowledge."""
        if self.silence_s(now=now) >= HOLD_AFTER_S:
            self._is_held = True
            return []
        state = self._state_text()
        texts = [text for text in (state, self._life_text(has_state=state is not None)) if text is not None]
        if texts and self._unacked_since is None and not self.feed.is_silent:  # only ticks are answered
            self._unacked_since = now
        return texts

    def _state_text(self) -> str | None:
        if self.place == self.feed.place or not self.feed.place.epoch:
            return None
        text = self.feed.delta_text(self.place) if self.place is not None else None
        self.place = self.feed.place
        return text or self.feed.snapshot_text()

    def _life_text(self, *, has_state: bool) -> str | None:
        """The tick or the silence, unless it was told; a silence also after each state, which a page takes for a sign of life."""
        text = self.feed.life_text
        if text is self._life_sent and not (has_state and self.feed.is_silent):
            return None
        self._life_sent = text
        return text


class Seat:
    """One socket, with its streams. `write_loop` is its only writer; everybody else just wakes it."""

    def __init__(self, *, board: str, user_id: int | None = None) -> None:
        self.board = board
        self.user_id = user_id
        self.streams: dict[str, StreamSeat] = {}
        self.close_code: int | None = None
        self.is_greeted = False
        self._controls: deque[str] = deque(maxlen=CONTROLS_KEPT)
        self._has_news = False
        self._waiter: asyncio.Future[None] | None = None

    def wake(self) -> None:
        """Have the write loop look at what there is to send."""
        self._has_news = True
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    def control(self, text: str) -> None:
        """Send a control message soon; of more than a few at once the oldest are dropped."""
        self._controls.append(text)
        self.wake()

    def close(self, code: int) -> None:
        """Close the socket soon, with this code."""
        self.close_code = code
        self.wake()

    def silence_s(self, *, now: float) -> float:
        return max([stream.silence_s(now=now) for stream in self.streams.values()], default=0.0)

    async def write_loop(self, send: Callable[[str], Awaitable[None]], *, clock: Callable[[], float]) -> int:
        """Write until the socket is to be closed; the close code."""
        loop = asyncio.get_running_loop()
        while True:
            # A bare future: an Event asks for the running loop at every wait, which shows with hundreds of sockets.
            if not self._has_news:
                self._waiter = loop.create_future()
                await self._waiter
            self._has_news = False
            if self.close_code is not None:
                return self.close_code
            while self._controls:
                await send(self._controls.popleft())
            now = clock()
            if self.silence_s(now=now) >= CLOSE_AFTER_S:
                return CLOSE_TOO_SLOW
            if self.is_greeted:
                for stream in self.streams.values():
                    for text in stream.texts(now=now):
                        await send(text)
