"""What a long silence means for boards that acknowledge what they receive."""

from __future__ import annotations

import time

import pytest
from kombu.exceptions import OperationalError

from dashboard.domain.privacy import EVERYTHING
from dashboard.hub.hub import SILENT_AFTER_S, Hub
from dashboard.hub.protocol import StoredSnapshot, TickMessage
from dashboard.hub.seat import CLOSE_AFTER_S, Seat
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
    feed.tick_take(TickMessage(stream="main", epoch="e", seq=1, at=0, build="", source=b"{}"), now=now)  # type: ignore[arg-type]
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
