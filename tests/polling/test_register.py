"""The queues of a PBX in the database, as its live state names them."""

from __future__ import annotations

import pytest
import redis

from dashboard.models import Pbx, Queue
from dashboard.polling.register import queues_register
from tests.polling.conftest import Bench

pytestmark = pytest.mark.django_db


@pytest.fixture
def pbx(bench: Bench) -> Pbx:
    bench.poll()
    return Pbx.objects.create(slug="main", title="Main", base_url=bench.pbx.url, token="f" * 40)


def test_the_queues_of_the_pbx_are_entered_once(bench: Bench, pbx: Pbx) -> None:
    titles = {str(id_): queue.title for id_, queue in bench.pbx.engine.directory().queues.items()}
    assert queues_register() == len(titles)
    assert dict(Queue.objects.values_list("queue_id", "title")) == titles
    assert queues_register() == 0


def test_a_queue_that_is_not_named_any_more_is_marked_and_comes_back(bench: Bench, pbx: Pbx) -> None:
    Queue.objects.create(pbx=pbx, queue_id="999", title="Closed long ago")
    queues_register()
    assert list(Queue.objects.filter(is_gone=True).values_list("queue_id", flat=True)) == ["999"]
    Queue.objects.update(is_gone=True)
    queues_register()
    assert list(Queue.objects.filter(is_gone=True).values_list("queue_id", flat=True)) == ["999"]


def test_without_live_state_nothing_is_gone(pbx: Pbx, redis_client: redis.Redis) -> None:
    queues_register()
    redis_client.flushall()
    assert queues_register() == 0
    assert not Queue.objects.filter(is_gone=True).exists()
