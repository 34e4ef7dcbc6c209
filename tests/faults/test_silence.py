"""What a long silence means for boards that acknowledge what they receive."""

from __future__ import annotations

import time
from itertools import pairwise

import msgspec
import pytest
from kombu.exceptions import OperationalError

from dashboard.domain.diff import PlainState
from dashboard.domain.privacy import EVERYTHING
from dashboard.hub.hub import SILENT_AFTER_S, SILENT_AGAIN_S, Hub
from dashboard.hub.protocol import StoredSnapshot, TickMessage
from dashboard.hub.seat import CLOSE_AFTER_S, Seat, StreamSeat
from dashboard.hub.stream_feed import StreamFeed
from tests.conftest import RedisServer
from wallboard.celery import RECONNECT_EVERY_S, app


async def test_board_that_acknowledged_all_it_got_is_not_slow_after_a_long_silence(
    redis_server: RedisServer,
) -> None:
    hub, seat, now = Hub(redis_server.url), Seat(board="overview"), time.monotonic()
    hub.join(seat, {"main": EVERYTHING})
    feed, stream = hub._feeds["main"], seat.streams["main"]
    feed.snapshot_take(StoredSnapshot(epoch="e", seq=1, at=0, state={"queues": {}}), source=b"{}", now=now)
    assert len(stream.texts(now=now)) == 1
    stream.ack(1, now=now)
    feed.tick_take(
        TickMessage(stream="main", epoch="e", seq=1, at=0, build="", source=msgspec.Raw(b"{}")), now=now
    )
    assert len(stream.texts(now=now)) == 1
    hub._silence_tell(now=now + SILENT_AFTER_S + 1)
    assert stream.silence_s(now=now + CLOSE_AFTER_S + 1) == 0
    await hub.close()


def test_workers_and_beat_try_again_each_second_while_redis_is_away() -> None:
    """The library's own waits grow to half a minute."""
    waits: list[float] = []

    def told(_exc: Exception, interval: float) -> None:
        waits.append(interval)

    with app.connection_for_read("redis://127.0.0.1:1") as connection, pytest.raises(OperationalError):
        connection.ensure_connection(told, 2)
    assert waits
    assert set(waits) == {RECONNECT_EVERY_S}


def test_fresh_figures_are_told_at_once_after_a_tick_that_only_proved_life() -> None:
    feed = StreamFeed("main", now=0.0)
    view = feed.view_feed(EVERYTHING)
    feed.snapshot_take(StoredSnapshot(epoch="e", seq=1, at=0, state={}), source=b"1", now=0.0)

    def told(source: bytes, *, now: float) -> bool:
        before = view.life_text
        feed.tick_take(
            TickMessage(stream="main", epoch="e", seq=1, at=0, build="", source=msgspec.Raw(source)), now=now
        )
        return view.life_text is not before

    assert told(b"1", now=10.0)
    assert told(b"1", now=11.0), "proof of life"
    assert told(b"2", now=11.1), "news right after it"
    assert not told(b"3", now=11.2), "and then not more often than ever"
    assert not told(b"3", now=11.3)
    assert told(b"4", now=11.8)


def fed(*, ticked_at: float) -> StreamFeed:
    """A stream that stands at its first commit and ticked once."""
    feed = StreamFeed("main", now=0.0)
    feed.snapshot_take(StoredSnapshot(epoch="e", seq=1, at=0, state=pauses("1")), source=b"1", now=0.0)
    feed.tick_take(
        TickMessage(stream="main", epoch="e", seq=1, at=0, build="", source=msgspec.Raw(b"1")), now=ticked_at
    )
    return feed


def pauses(title: str) -> PlainState:
    return {"pauses": {"a": {"title": title}}}


def kinds(stream: StreamSeat, *, now: float) -> list[str]:
    return [msgspec.json.decode(text)["t"] for text in stream.texts(now=now)]


def test_silence_is_told_once_each_time_and_again_after_a_state() -> None:
    """A page takes every new state for a word from the poller: while there is none it has to be told again."""
    feed = fed(ticked_at=0.0)
    stream = StreamSeat(feed.view_feed(EVERYTHING))
    assert kinds(stream, now=1.0) == ["snapshot", "tick"]
    feed.silence_take("silence", now=6.0)
    assert stream.texts(now=6.0) == ["silence"]
    assert stream.texts(now=6.1) == []
    stored = StoredSnapshot(epoch="e", seq=2, at=0, state=pauses("2"))
    feed.snapshot_take(stored, source=b"2", now=7.0)
    assert kinds_of_states(stream.texts(now=7.0)) == ["delta", "silence"]
    assert stream.texts(now=7.1) == []


def kinds_of_states(texts: list[str]) -> list[str]:
    return [text if text == "silence" else msgspec.json.decode(text)["t"] for text in texts]


def test_who_comes_in_a_silence_does_not_count_as_slow() -> None:
    feed = fed(ticked_at=0.0)
    feed.silence_take("silence", now=6.0)
    stream = StreamSeat(feed.view_feed(EVERYTHING))
    assert kinds_of_states(stream.texts(now=7.0)) == ["snapshot", "silence"]
    assert stream.silence_s(now=100.0) == 0


def test_tick_that_shows_a_gap_ends_the_silence_too() -> None:
    feed = fed(ticked_at=0.0)
    feed.silence_take("silence", now=6.0)
    stream = StreamSeat(feed.view_feed(EVERYTHING))
    stream.texts(now=7.0)
    feed.tick_take(
        TickMessage(stream="main", epoch="e", seq=2, at=0, build="", source=msgspec.Raw(b"1")), now=8.0
    )
    feed.snapshot_take(StoredSnapshot(epoch="e", seq=2, at=0, state=pauses("2")), source=b"2", now=8.0)
    assert kinds(stream, now=8.0) == ["delta"]


async def test_silence_is_told_again_while_it_lasts(redis_server: RedisServer) -> None:
    """Pages keep the connection as long as the server says so."""
    hub, seat, now = Hub(redis_server.url), Seat(board="overview"), time.monotonic()
    hub.join(seat, {"main": EVERYTHING})
    stream = seat.streams["main"]
    told = []
    for half_seconds in range(41):
        at = now + half_seconds / 2
        hub._silence_tell(now=at)
        told += [half_seconds / 2 for _ in stream.texts(now=at)]
    assert told[0] == pytest.approx(SILENT_AFTER_S, abs=0.5), "nothing was ever heard, since the first seat"
    assert {later - earlier for earlier, later in pairwise(told)} == {SILENT_AGAIN_S}
    await hub.close()
