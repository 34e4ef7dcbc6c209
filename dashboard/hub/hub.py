"""The hub: one per server process, with one Redis subscription for all its sockets.

The order at joining a stream: subscribe and be sure of it, load the snapshot, then apply what comes; what is older than the
snapshot is dropped. The loop never waits for a browser. Ticks come through the same subscription; when three are missing the
connection is given up and built anew, since a half-open connection says nothing by itself.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import random
import time
from typing import Any, Final
from weakref import WeakKeyDictionary

import msgspec
import redis.asyncio as aioredis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from dashboard.domain.privacy import View
from dashboard.hub.ending import tasks_end
from dashboard.hub.protocol import DeltaMessage, StoredSnapshot, control_encode, published_decode
from dashboard.hub.seat import Seat, StreamSeat
from dashboard.hub.store import keys_of
from dashboard.hub.stream_feed import StreamFeed

log = logging.getLogger(__name__)

TICK_S: Final = 1.0
MISSED_TICKS: Final = 3
SILENT_AFTER_S: Final = 5.0
SILENT_AGAIN_S: Final = 3.0
"""A page keeps a connection without ticks as long as it is told of the silence at least every seven seconds."""
RETRY_S: Final = (0.25, 2.0)

_snapshot_decoder: Final = msgspec.json.Decoder(StoredSnapshot)


class Hub:
    """Feeds of all streams that sockets of this process watch. Lives in one event loop."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._feeds: dict[str, StreamFeed] = {}
        self._seats: set[Seat] = set()
        self._tasks: list[asyncio.Task[None]] = []
        self._pubsub: Any = None
        self._client: Any = None
        self._heard_at = 0.0
        self._is_down = False
        self._is_given_up = False
        self.restored = asyncio.Event()
        """Set when ticks come again over a new connection, after the old one was given up: it may have been half-open."""

    @property
    def seats(self) -> frozenset[Seat]:
        return frozenset(self._seats)

    def join(self, seat: Seat, views: dict[str, View]) -> None:
        """Seat a socket at the given streams, or give it other views than it had: then it gets snapshots.

        A socket that has several views of one stream names each `<stream>@<what for>`.
        """
        self._unseat(seat)
        self._seats.add(seat)
        seat.streams = {name: self._stream_seat(seat, name, view) for name, view in views.items()}
        if not self._tasks:
            loop = asyncio.get_running_loop()
            self._tasks = [
                loop.create_task(self._run(), name="hub"),
                loop.create_task(self._silence_watch(), name="hub silence"),
            ]
        seat.wake()

    def leave(self, seat: Seat) -> None:
        self._unseat(seat)
        self._seats.discard(seat)

    def _stream_seat(self, seat: Seat, name: str, view: View) -> StreamSeat:
        stream = name.partition("@")[0]
        feed = self._feeds.get(stream)
        if feed is None:
            feed = self._feeds[stream] = StreamFeed(stream, now=time.monotonic())
        view_feed = feed.view_feed(view, name=name)
        feed.seat_add(seat, view_feed)
        return StreamSeat(view_feed)

    def _unseat(self, seat: Seat) -> None:
        for feed in self._feeds.values():
            feed.seat_remove(seat)

    async def close(self) -> None:
        """Stop; sockets stay as they are."""
        await tasks_end(self._tasks)
        self._tasks = []

    async def _run(self) -> None:
        while True:
            try:
                await self._connection_use()
            except (RedisError, OSError, TimeoutError) as exc:
                self._down_log(exc)
            # Whatever it was: if this task ended, every board of this process would stand still until it is started anew.
            except Exception:
                if not self._is_down:
                    log.exception("The live state could not be followed; it is tried again.")
                self._is_down = True
            await asyncio.sleep(random.uniform(*RETRY_S) if self._is_down else 0)  # noqa: S311

    async def _connection_use(self) -> None:
        try:
            await self._listen()
        finally:
            await self._disconnect()

    async def _listen(self) -> None:
        """Subscribe, load, follow; returns when the connection has to be built anew."""
        self._client = aioredis.Redis.from_url(
            self._url, socket_timeout=5, socket_connect_timeout=2, retry=Retry(NoBackoff(), 0)
        )
        self._pubsub = self._client.pubsub()
        streams = {keys_of(stream).channel.encode(): stream for stream in self._feeds}
        await self._subscribe(list(streams))
        for stream in streams.values():
            await self._snapshot_load(self._feeds[stream])
        self._up_log()
        self._heard_at = time.monotonic()
        while set(streams.values()) == self._feeds.keys():  # else a channel has to be added
            await self._next_message(streams)
            if time.monotonic() - self._heard_at > MISSED_TICKS * TICK_S:
                self._is_given_up = True
                return

    async def _subscribe(self, channels: list[bytes]) -> None:
        """Subscribe and wait for the server to confirm each channel."""
        await self._pubsub.subscribe(*channels)
        confirmed: set[bytes] = set()
        async with asyncio.timeout(5):
            while confirmed != set(channels):
                message = await self._pubsub.get_message(timeout=1)
                if message and message["type"] == "subscribe":
                    confirmed.add(message["channel"])

    async def _next_message(self, streams: dict[bytes, str]) -> None:
        message = await self._pubsub.get_message(ignore_subscribe_messages=True, timeout=TICK_S)
        if message is None:
            return
        self._heard_at = time.monotonic()
        if self._is_given_up:
            self._is_given_up = False
            self.restored.set()
        feed = self._feeds[streams[message["channel"]]]
        self._feed(feed, message["data"])
        if not feed.is_in_step and not await self._log_read(feed):
            await self._snapshot_load(feed)

    def _feed(self, feed: StreamFeed, data: bytes) -> None:
        published = published_decode(data)
        if isinstance(published, DeltaMessage):
            feed.delta_take(published, now=time.monotonic())
        elif published is not None:
            feed.tick_take(published, now=time.monotonic())

    async def _log_read(self, feed: StreamFeed) -> bool:
        """Make up for missed commits from the store's log. False if it does not lead from where the feed stands to its end."""
        keys = keys_of(feed.stream)
        async with self._client.pipeline(transaction=True) as pipeline:
            pipeline.hget(keys.meta, "epoch")
            pipeline.xrange(keys.log, min=f"({feed.place.seq}-0")
            epoch, entries = await pipeline.execute()
        if not entries or epoch is None or epoch.decode() != feed.place.epoch:
            return False
        feed.is_in_step = True
        for _, entry in entries:
            self._feed(feed, entry[b"delta"])
        return feed.is_in_step

    async def _snapshot_load(self, feed: StreamFeed) -> None:
        keys = keys_of(feed.stream)
        async with self._client.pipeline(transaction=True) as pipeline:
            pipeline.get(keys.snapshot)
            pipeline.hget(keys.meta, "source")
            snapshot, source = await pipeline.execute()
        if snapshot is not None and source is not None:
            stored = _snapshot_decoder.decode(snapshot)
            feed.snapshot_take(stored, source=source, now=time.monotonic())

    async def _silence_watch(self) -> None:
        """On its own, since connecting to a server that does not answer takes its time."""
        while True:
            self._silence_tell(now=time.monotonic())
            await asyncio.sleep(TICK_S / 2)

    def _silence_tell(self, *, now: float) -> None:
        """Tell the boards of each stream whose ticks stopped or never came, again and again while the silence lasts."""
        for feed in self._feeds.values():
            told_at = feed.silence_told_at
            since, limit_s = (
                (feed.ticked_at, SILENT_AFTER_S) if told_at is None else (told_at, SILENT_AGAIN_S)
            )
            if now - since >= limit_s:
                text = "No word from the poller for 5 s."
                message = control_encode("error", code="silent", stream=feed.stream, text=text)
                feed.silence_take(message, now=now)
                self._acknowledgements_waive(feed, now=now)

    def _acknowledgements_waive(self, feed: StreamFeed, *, now: float) -> None:
        """Boards answer what they receive; none shall count as too slow because nothing came to answer."""
        for seat in feed.seats:
            for name, stream in seat.streams.items():
                if name.partition("@")[0] == feed.stream and stream.place is not None:
                    stream.ack(stream.place.seq, now=now)

    async def _disconnect(self) -> None:
        pubsub, client, self._pubsub, self._client = self._pubsub, self._client, None, None
        # Whatever befalls the first, the other is closed too.
        async with contextlib.AsyncExitStack() as closing:
            for connection in (client, pubsub):
                if connection is not None:
                    closing.push_async_callback(_close, connection)

    def _down_log(self, exc: BaseException) -> None:
        if not self._is_down:
            log.warning("Redis does not answer: %s", exc)
        self._is_down = True

    def _up_log(self) -> None:
        if self._is_down:
            log.info("Redis answers again")
        self._is_down = False


async def _close(connection: Any) -> None:
    """A half-open one may not even let itself be closed; it is given up in any case."""
    with contextlib.suppress(RedisError, OSError, TimeoutError):
        await connection.aclose()


_hubs: WeakKeyDictionary[asyncio.AbstractEventLoop, Hub] = WeakKeyDictionary()


def hub_of_loop(url: str) -> Hub:
    """The hub of the running event loop; made at the first call."""
    loop = asyncio.get_running_loop()
    if loop not in _hubs:
        _hubs[loop] = Hub(url)
    return _hubs[loop]
