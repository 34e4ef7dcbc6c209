"""The hub in an outage: whoever watches, comes back or comes new is told, and nothing ends the hub's work for good."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

import pytest
import redis
from redis.asyncio.client import PubSub

from dashboard.domain.privacy import EVERYTHING
from dashboard.hub.hub import Hub
from dashboard.hub.protocol import Held
from tests.conftest import RedisServer
from tests.hub.following import Browser, Writer, state_of

SILENCE_WITHIN_S = 15.0
RECOVERY_WITHIN_S = 2.0


async def comes_true(claim: Callable[[], bool], *, within_s: float) -> None:
    async with asyncio.timeout(within_s):
        while not claim():
            await asyncio.sleep(0.02)


def came_back(hub: Hub, browser: Browser) -> Browser:
    """The same page over another socket: it says where it stands."""
    again = Browser(hub)
    held = Held(browser.epoch, browser.seq, EVERYTHING.fingerprint)
    again.seat.streams["main"].greet(held)
    again.epoch, again.seq, again.state = browser.epoch, browser.seq, browser.state
    return again


async def test_silence_is_told_to_who_was_there_to_who_comes_back_and_to_who_comes_new(
    hub: Hub, writer: Writer
) -> None:
    writer.commit(state_of(a="1"))
    there = Browser(hub)
    await there.sees(a="1")
    writer.commit(state_of(a="1"))
    await comes_true(lambda: "tick" in there.kinds(), within_s=5)
    await comes_true(lambda: "control" in there.kinds(), within_s=SILENCE_WITHIN_S)
    back, new = came_back(hub, there), Browser(hub)
    await comes_true(lambda: bool(back.messages) and len(new.messages) > 1, within_s=5)
    assert back.kinds()[:1] == ["control"], "no tick from before the outage as if it were new"
    assert new.kinds()[:2] == ["snapshot", "control"], "a snapshot makes a page forget that there is silence"
    assert new.messages[1]["code"] == "silent"
    writer.commit(state_of(a="1"))
    await comes_true(
        lambda: all(browser.kinds()[-1] == "tick" for browser in (there, back, new)),
        within_s=RECOVERY_WITHIN_S,
    )


async def test_process_that_starts_in_an_outage_tells_of_it(hub: Hub, writer: Writer) -> None:
    writer.commit(state_of(a="1"))
    browser = Browser(hub)
    await browser.sees(a="1")
    await comes_true(lambda: "control" in browser.kinds(), within_s=SILENCE_WITHIN_S)
    assert browser.kinds()[:2] == ["snapshot", "control"]


async def test_second_view_of_a_stream_gets_a_tick_at_once(hub: Hub, writer: Writer) -> None:
    """Only a tick gives a page the server's time."""
    writer.commit(state_of(a="1"))
    first = Browser(hub)
    await first.sees(a="1")
    writer.commit(state_of(a="1"))
    await comes_true(lambda: "tick" in first.kinds(), within_s=5)
    second = Browser(hub, stream="main@sales")
    await comes_true(lambda: second.kinds() == ["snapshot", "tick"], within_s=5)
    assert second.messages[1]["stream"] == "main@sales"


@pytest.mark.parametrize("data", [b"no JSON", b"[]", b'{"t":"delta"}', b"\xff"])
async def test_message_that_cannot_be_read_is_logged_and_the_hub_goes_on(
    hub: Hub, writer: Writer, caplog: pytest.LogCaptureFixture, data: bytes
) -> None:
    writer.commit(state_of(a="1"))
    browser = Browser(hub)
    await browser.sees(a="1")
    with caplog.at_level(logging.INFO, logger="dashboard.hub.hub"):
        writer.store.client.publish(writer.store.keys.channel, data)
        await asyncio.sleep(0.1)
        writer.commit(state_of(a="2"))
        await browser.sees(a="2")
        writer.commit(state_of(a="3"))
        await browser.sees(a="3")
    errors = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert [record.exc_info is not None for record in errors] == [True], "told once, with its cause"


@pytest.mark.parametrize("error", [TimeoutError, OSError, redis.TimeoutError, RuntimeError])
async def test_connection_that_cannot_be_closed_does_not_end_the_hub(
    hub: Hub,
    writer: Writer,
    redis_client: redis.Redis,
    monkeypatch: pytest.MonkeyPatch,
    error: type[Exception],
) -> None:
    close = PubSub.aclose

    async def close_half_open(self: PubSub) -> None:
        await close(self)
        raise error("half-open")

    other = Writer(redis_client, "second")
    writer.commit(state_of(a="1"))
    other.commit(state_of(b="1"))
    first = Browser(hub)
    await first.sees(a="1")
    monkeypatch.setattr(PubSub, "aclose", close_half_open)
    second = Browser(hub, stream="second")  # for which the connection is built anew
    await second.sees(b="1")
    writer.commit(state_of(a="2"))
    await first.sees(a="2")


async def test_hub_that_fails_again_and_again_ends_when_it_is_told_to(
    redis_server: RedisServer, writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_args: object, **_options: object) -> None:
        raise RuntimeError("unforeseen")

    monkeypatch.setattr(PubSub, "subscribe", fail)
    hub = Hub(redis_server.url)
    Browser(hub)
    tasks = list(hub._tasks)
    await asyncio.sleep(1)
    assert not any(task.done() for task in tasks)
    async with asyncio.timeout(5):
        await hub.close()
    assert all(task.done() for task in tasks)
