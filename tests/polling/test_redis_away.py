"""What Celery's side does while Redis is away: leave out its turns, without a word of its own, and go on by itself."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator

import pytest
import redis
from django.test import override_settings
from kombu import Connection, Consumer, Queue

from dashboard import tasks
from dashboard.models import Pbx
from tests.conftest import RedisServer
from wallboard.celery import app

NOBODY_THERE = "redis://127.0.0.1:1"


@pytest.fixture
def _away(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setitem(app.conf, "broker_url", NOBODY_THERE)
    monkeypatch.setitem(app.conf, "task_publish_retry", False)
    _pools_drop()
    with override_settings(REDIS_URL=NOBODY_THERE):
        yield
    _pools_drop()


def _pools_drop() -> None:
    """Have the application connect anew."""
    app._pool = None
    app.amqp._producer_pool = None


@pytest.mark.django_db
@pytest.mark.usefixtures("redis_server", "_away")
def test_tasks_that_come_again_leave_out_a_turn() -> None:
    Pbx.objects.create(slug="main", title="Main", base_url="http://127.0.0.1:1/")
    tasks.poll_all()
    tasks.queues_register()
    tasks.pulse("live")
    tasks.actions_settle()


def test_a_redis_that_answers_but_refuses_is_not_taken_for_one_that_is_away(
    redis_client: redis.Redis,
) -> None:
    redis_client.config_set("maxmemory", 1)
    try:
        with pytest.raises(redis.ResponseError):
            tasks.pulse("live")
    finally:
        redis_client.config_set("maxmemory", 0)


def test_a_worker_survives_that_redis_goes_away_while_it_has_a_task_at_hand(
    redis_server: RedisServer,
) -> None:
    connection: Connection = app.connection_for_read(redis_server.url.replace("unix://", "redis+socket://"))
    got: list[object] = []
    channel = connection.default_channel
    Consumer(channel, queues=[Queue("slow")], callbacks=[lambda *one: got.append(one)]).consume()
    connection.SimpleQueue("slow").put("x")
    until_s = time.monotonic() + 10
    while not got and time.monotonic() < until_s:
        with contextlib.suppress(TimeoutError):
            connection.drain_events(timeout=1)
    assert got
    # What the library's first attempt leaves that broke off while it closed the channel: no transport, and the channel.
    channel._pool = None
    connection._do_close_transport()
    connection.close()
    assert connection._closed
