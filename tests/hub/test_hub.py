"""The hub on a real server: joins without a gap, follows, notices silence, recovers."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager

import msgspec
import redis

from dashboard.domain.privacy import View
from dashboard.hub.hub import Hub
from dashboard.hub.seat import Seat
from tests.conftest import RedisServer
from tests.hub.following import Browser, Writer, state_of


async def test_new_seat_gets_a_snapshot_and_then_deltas(hub: Hub, writer: Writer) -> None:
    writer.commit(state_of(a="1"))
    browser = Browser(hub)
    await browser.sees(a="1")
    writer.commit(state_of(a="2"))
    await browser.sees(a="2")
    assert [kind for kind in browser.kinds() if kind != "tick"] == ["snapshot", "delta"]


async def test_seat_that_comes_before_the_first_poll_gets_its_snapshot_when_there_is_one(
    hub: Hub, writer: Writer
) -> None:
    browser = Browser(hub)
    await asyncio.sleep(0.3)
    assert browser.messages == []
    writer.commit(state_of(a="1"))
    await browser.sees(a="1")


async def test_nothing_is_lost_between_subscription_and_snapshot(hub: Hub, writer: Writer) -> None:
    """Commits go on at full speed while seats join."""
    writer.commit(state_of(a="0"))
    browsers = []
    for number in range(1, 60):
        if number % 10 == 1:
            browsers.append(Browser(hub))
        await asyncio.to_thread(writer.commit, state_of(a=str(number)))
    for browser in browsers:
        await browser.sees(a="59")


async def test_new_epoch_brings_a_snapshot(hub: Hub, writer: Writer) -> None:
    writer.commit(state_of(a="1"))
    browser = Browser(hub)
    await browser.sees(a="1")
    writer.commit(state_of(a="2"), epoch="e2")
    await browser.sees(a="2")
    assert [kind for kind in browser.kinds() if kind != "tick"] == ["snapshot", "snapshot"]


@contextmanager
def unheard(writer: Writer) -> Iterator[None]:
    """What is committed in the block reaches the store, but no listener."""
    keys = writer.store.keys
    writer.store.keys = msgspec.structs.replace(keys, channel="nobody listens here")
    yield
    writer.store.keys = keys


async def test_lost_delta_is_noticed_at_the_next_tick_and_made_up_for(hub: Hub, writer: Writer) -> None:
    writer.commit(state_of(a="1"))
    browser = Browser(hub)
    await browser.sees(a="1")
    with unheard(writer):
        writer.commit(state_of(a="2"))
    await asyncio.sleep(0.2)
    assert browser.titles() == {"a": "1"}
    writer.commit(state_of(a="2"))
    await browser.sees(a="2")
    assert "delta" in browser.kinds(), "the gap was small enough for a delta"


async def test_silence_of_the_poller_is_told_once(hub: Hub, writer: Writer) -> None:
    writer.commit(state_of(a="1"))
    browser = Browser(hub)
    await browser.sees(a="1")
    writer.commit(state_of(a="1"))
    async with asyncio.timeout(20):
        while "control" not in browser.kinds():
            await asyncio.sleep(0.1)
    await asyncio.sleep(2)
    told = [message for message in browser.messages if message["t"] == "control"]
    assert [(message["do"], message["code"], message["stream"]) for message in told] == [
        ("error", "silent", "main")
    ]


async def test_hub_recovers_when_the_server_was_away(
    hub: Hub, writer: Writer, redis_server: RedisServer
) -> None:
    writer.commit(state_of(a="1"))
    browser = Browser(hub)
    await browser.sees(a="1")
    redis_server.kill()
    await asyncio.sleep(1)
    redis_server.start()
    again = Writer(redis.Redis.from_url(redis_server.url))
    again.commit(state_of(a="2"), epoch="e2")
    await browser.sees(a="2")
    again.commit(state_of(a="3"), epoch="e2")
    await browser.sees(a="3")


async def test_second_stream_is_followed_beside_the_first(
    hub: Hub, writer: Writer, redis_client: redis.Redis
) -> None:
    other = Writer(redis_client, "second")
    writer.commit(state_of(a="1"))
    first = Browser(hub)
    await first.sees(a="1")
    other.commit(state_of(b="1"))
    second = Browser(hub, stream="second")
    await second.sees(b="1")
    writer.commit(state_of(a="2"))
    other.commit(state_of(b="2"))
    await first.sees(a="2")
    await second.sees(b="2")


async def test_change_of_view_pushes_a_snapshot_at_once(hub: Hub, writer: Writer) -> None:
    writer.commit(state_of(a="1"))
    browser = Browser(hub)
    await browser.sees(a="1")
    hub.join(browser.seat, {"main": View(pause_titles=False)})
    async with asyncio.timeout(5):
        while browser.state["pauses"]:
            await asyncio.sleep(0.02)
    assert browser.messages[-1]["view"] == View(pause_titles=False).fingerprint


async def test_hub_forgets_views_that_nobody_watches(hub: Hub, writer: Writer) -> None:
    writer.commit(state_of(a="1"))
    browser = Browser(hub)
    await browser.sees(a="1")
    hub.leave(browser.seat)
    assert hub.seats == frozenset()
    another = Browser(hub)
    await another.sees(a="1")


async def test_many_lost_deltas_are_made_up_for_from_the_log_or_by_a_snapshot(
    hub: Hub, writer: Writer
) -> None:
    """Whether the gap is within the log or longer than it, the browser ends with the last state and never sees a jump back."""
    for gap in (3, 400):
        writer.commit(state_of(a=f"before {gap}"))
        browser = Browser(hub)
        await browser.sees(a=f"before {gap}")
        with unheard(writer):
            for number in range(gap):
                writer.commit(state_of(a=str(number)))
        writer.commit(state_of(a=f"after {gap}"))
        await browser.sees(a=f"after {gap}")
        hub.leave(browser.seat)


async def test_two_views_of_one_stream_over_one_socket_are_told_apart(hub: Hub, writer: Writer) -> None:
    writer.commit(state_of(a="1"))
    texts: list[dict] = []
    seat = Seat(board="tv")
    hub.join(seat, {"main@open": View(), "main@discreet": View(pause_titles=False)})
    seat.is_greeted = True

    async def take(text: str) -> None:
        texts.append(json.loads(text))

    task = asyncio.ensure_future(seat.write_loop(take, clock=asyncio.get_running_loop().time))
    async with asyncio.timeout(5):
        while len({text["stream"] for text in texts if text["t"] == "snapshot"}) < 2:
            await asyncio.sleep(0.02)
    writer.commit(state_of(a="2"))
    async with asyncio.timeout(5):
        while not any(text["t"] == "delta" for text in texts):
            await asyncio.sleep(0.02)
    task.cancel()
    shown = {text["stream"]: text["state"]["pauses"] for text in texts if text["t"] == "snapshot"}
    assert set(shown["main@open"]) == {"a"}
    assert shown["main@discreet"] == {}
    assert {text["stream"] for text in texts if text["t"] == "delta"} == {"main@open"}
