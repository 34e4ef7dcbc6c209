"""Lease and commit, on a real server: only the holder writes, and only on top of what it knows."""

from __future__ import annotations

import json

import msgspec
import pytest
import redis

from dashboard.domain.diff import Delta, state_diff
from dashboard.domain.rows import LiveState, PauseRow, empty_state
from dashboard.hub.publish import Commit, Committed, Publisher
from dashboard.hub.store import LEASE_MS, Standing, Store, keys_of


@pytest.fixture
def store(redis_client: redis.Redis) -> Store:
    return Store(redis_client, stream="main")


def taken(store: Store, token: str = "a") -> Standing:
    standing = store.lease_acquire(token)
    assert isinstance(standing, Standing)
    return standing


def state_with(title: str) -> LiveState:
    return LiveState(
        queues={},
        agents={},
        calls={},
        pauses={"4": PauseRow(title=title, type="normal", paid=True)},
        figures={},
    )


def commit_of(base: Standing, old: LiveState, new: LiveState, *, epoch: str = "e1") -> Commit:
    return Commit(
        base=base,
        epoch=epoch,
        state=new,
        delta=state_diff(old, new),
        at=1000,
        source=b'{"endpoints":{}}',
        memory=b'{"m":1}',
        directory=b"{}",
        build="test",
    )


def listening(store: Store) -> redis.client.PubSub:
    pubsub = store.client.pubsub()
    pubsub.subscribe(store.keys.channel)
    assert pubsub.get_message(timeout=2)["type"] == "subscribe"
    return pubsub


def heard(pubsub: redis.client.PubSub) -> list[dict]:
    messages = []
    while (message := pubsub.get_message(timeout=0.1)) is not None:
        messages.append(json.loads(message["data"]))
    return messages


def test_second_poller_is_told_how_long_the_lease_still_runs(store: Store) -> None:
    assert taken(store) == Standing("", 0, 0)
    left = store.lease_acquire("b")
    assert isinstance(left, int)
    assert 0 < left <= LEASE_MS


def test_lease_is_free_again_after_release(store: Store) -> None:
    taken(store)
    assert store.lease_release("a") is False
    assert isinstance(store.lease_acquire("b"), Standing)


def test_stranger_can_neither_renew_nor_release(store: Store) -> None:
    taken(store)
    assert store.lease_renew("b") is False
    assert store.lease_release("b") is False
    assert store.lease_renew("a") is True


def test_nudge_during_a_poll_keeps_the_lease_for_one_more(store: Store) -> None:
    taken(store)
    store.nudge()
    assert store.lease_release("a") is True
    assert store.lease_release("a") is False


def test_dropped_lease_is_free_even_after_a_nudge(store: Store) -> None:
    taken(store)
    store.nudge()
    store.lease_drop("a")
    left = store.lease_acquire("b")
    assert isinstance(left, Standing) or left <= 1


def test_first_commit_begins_an_epoch_and_sends_only_a_tick(store: Store) -> None:
    pubsub = listening(store)
    base = taken(store)
    assert (
        Publisher(store).commit(commit_of(base, empty_state(), state_with("Oběd")), token="a")
        is Committed.DONE
    )
    assert [message["t"] for message in heard(pubsub)] == ["tick"]
    store.lease_release("a")
    assert taken(store) == Standing("e1", 1, 1)
    assert store.load().state == state_with("Oběd")


def test_change_raises_seq_by_one_and_is_logged_and_published(store: Store) -> None:
    publisher, base = Publisher(store), taken(store)
    publisher.commit(commit_of(base, empty_state(), state_with("Oběd")), token="a")
    pubsub = listening(store)
    second = commit_of(Standing("e1", 1, 1), state_with("Oběd"), state_with("Káva"))
    assert publisher.commit(second, token="a") is Committed.DONE
    delta, tick = heard(pubsub)
    assert (delta["prev"], delta["seq"], delta["set"]) == (1, 2, {"pauses": {"4": {"title": "Káva"}}})
    assert (tick["t"], tick["seq"], tick["source"]) == ("tick", 2, {"endpoints": {}})
    assert [id_ for id_, _ in store.client.xrange(store.keys.log)] == [b"2-0"]


def test_nothing_changed_sends_no_state_and_leaves_seq(store: Store) -> None:
    publisher, base = Publisher(store), taken(store)
    publisher.commit(commit_of(base, empty_state(), state_with("Oběd")), token="a")
    pubsub = listening(store)
    publisher.commit(commit_of(Standing("e1", 1, 1), state_with("Oběd"), state_with("Oběd")), token="a")
    assert [message["t"] for message in heard(pubsub)] == ["tick"]
    store.lease_release("a")
    assert taken(store) == Standing("e1", 1, 2)


def test_commit_without_the_lease_writes_nothing(store: Store) -> None:
    base = taken(store)
    store.client.delete(store.keys.lease)
    pubsub = listening(store)
    commit = commit_of(base, empty_state(), state_with("Oběd"))
    assert Publisher(store).commit(commit, token="a") is Committed.LEASE_LOST
    assert heard(pubsub) == []
    assert store.load().state is None


def test_commit_on_top_of_something_else_writes_nothing(store: Store) -> None:
    publisher, base = Publisher(store), taken(store)
    publisher.commit(commit_of(base, empty_state(), state_with("Oběd")), token="a")
    stale = commit_of(base, empty_state(), state_with("Káva"))
    assert publisher.commit(stale, token="a") is Committed.MOVED
    assert store.load().state == state_with("Oběd")


def test_log_is_bounded(store: Store) -> None:
    publisher = Publisher(store)
    publisher.commit(commit_of(taken(store), empty_state(), state_with("0")), token="a")
    for number in range(1, 500):
        base = Standing("e1", number, number)
        publisher.commit(commit_of(base, state_with(str(number - 1)), state_with(str(number))), token="a")
    assert store.client.xlen(store.keys.log) < 400


def test_tick_carries_the_stored_source_and_is_not_sent_twice_in_a_row(store: Store) -> None:
    publisher = Publisher(store)
    assert publisher.tick(at=5000, build="test") is False, "nothing was ever committed"
    publisher.commit(commit_of(taken(store), empty_state(), state_with("Oběd")), token="a")
    pubsub = listening(store)
    assert publisher.tick(at=1500, build="test") is False
    assert publisher.tick(at=2000, build="test") is True
    (tick,) = heard(pubsub)
    assert tick == {
        "v": 1,
        "t": "tick",
        "stream": "main",
        "epoch": "e1",
        "seq": 1,
        "at": 2000,
        "build": "test",
        "source": {"endpoints": {}},
    }


def test_rows_of_another_shape_count_as_none(store: Store) -> None:
    store.client.set(keys_of("main").snapshot, b'{"epoch":"e1","seq":1,"at":1,"state":{"queues":7}}')
    assert store.load().state is None


def test_delta_on_the_wire_has_the_names_of_the_protocol() -> None:
    delta = Delta(changed={"calls": {"1": {"state": "waiting"}}}, removed={"calls": ["2"]})
    assert msgspec.to_builtins(delta) == {
        "set": {"calls": {"1": {"state": "waiting"}}},
        "del": {"calls": ["2"]},
    }
