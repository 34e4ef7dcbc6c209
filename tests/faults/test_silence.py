"""What a long silence means for boards that acknowledge what they receive."""

from __future__ import annotations

import time

import msgspec
import pytest
from kombu.exceptions import OperationalError

from dashboard.domain.privacy import EVERYTHING
from dashboard.hub.hub import SILENT_AFTER_S, Hub
from dashboard.hub.protocol import StoredSnapshot, TickMessage
from dashboard.hub.seat import CLOSE_AFTER_S, Seat
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
    feed = StreamFeed("main")
    view = feed.view_feed(EVERYTHING)
    feed.snapshot_take(StoredSnapshot(epoch="e", seq=1, at=0, state={}), source=b"1", now=0.0)

    def told(source: bytes, *, now: float) -> bool:
        before = view.tick_text
        feed.tick_take(
            TickMessage(stream="main", epoch="e", seq=1, at=0, build="", source=msgspec.Raw(source)), now=now
        )
        return view.tick_text is not before

    assert told(b"1", now=10.0)
    assert told(b"1", now=11.0), "proof of life"
    assert told(b"2", now=11.1), "news right after it"
    assert not told(b"3", now=11.2), "and then not more often than ever"
    assert not told(b"3", now=11.3)
    assert told(b"4", now=11.8)
