"""From a webhook to the live state, through the poller and the simulated PBX on real HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
import redis

from dashboard.contacts.selectors import caller_names
from dashboard.domain.diff import PlainRow
from dashboard.domain.privacy import View
from dashboard.domain.projection import Projection
from dashboard.gateway.server import running_pbx
from dashboard.gateway.simulated.settings import SimulationSettings
from dashboard.hub.store import Standing
from dashboard.models import Contact
from dashboard.polling.providers import Providers
from tests.hooks.conftest import Door
from tests.polling.conftest import START, Bench

pytestmark = pytest.mark.django_db

CALLER = "777123456"


@pytest.fixture
def bench(redis_client: redis.Redis) -> Iterator[Bench]:
    settings = SimulationSettings(speed=0, start_at=START, is_quiet=True, agents=20)
    with ThreadPoolExecutor(16) as pool, running_pbx(settings) as pbx:
        bench = Bench(pbx, redis_client, pool)
        yield bench
        bench.close()


def polled(bench: Bench, *, is_nudged: bool = False, seconds: float = 1.0) -> dict[str, PlainRow]:
    """The calls of the live state after one more poll."""
    bench.clock.at += int(seconds * 1000)
    bench.pbx.skip(seconds)
    standing = bench.store.lease_acquire("test")
    assert isinstance(standing, Standing)
    bench.poller.poll(
        standing,
        token="test",
        is_nudged=is_nudged,
        providers=Providers(caller_names=partial(caller_names, "main")),
    )
    bench.store.client.delete(bench.store.keys.lease)
    return dict(bench.state()["calls"])


def call_arrives(bench: Bench) -> str:
    """A call that waits, and that the poller does not know yet; its id."""
    polled(bench)
    return bench.pbx.engine.call_inject(queue_id=1, caller=CALLER, kept_waiting_s=600)


def test_name_from_the_arrival_appears_on_the_running_call(
    bench: Bench, door: Door, contact: Contact
) -> None:
    id_ = call_arrives(bench)
    door(f"callid=+420{CALLER}&dnd=226211245")
    assert polled(bench)[id_]["caller_name"] == "Daktela s.r.o."


def test_name_that_comes_after_the_call_was_seen_appears_with_the_next_poll(
    bench: Bench, door: Door, contact: Contact
) -> None:
    id_ = call_arrives(bench)
    assert polled(bench)[id_]["caller_name"] is None
    door(f"callerId=&idcall={id_}&action=ringing")
    assert polled(bench)[id_]["caller_name"] is None
    door(f"callerId={CALLER}&idcall={id_}&action=ringing")
    assert polled(bench)[id_]["caller_name"] == "Daktela s.r.o."


def test_name_stays_when_what_was_kept_is_gone(bench: Bench, door: Door, contact: Contact) -> None:
    id_ = call_arrives(bench)
    door(f"callid={CALLER}")
    polled(bench)
    for key in bench.store.client.scan_iter("wallboard:callers:*"):
        bench.store.client.delete(key)
    assert polled(bench)[id_]["caller_name"] == "Daktela s.r.o."


def test_calls_with_a_name_are_not_asked_for_again(bench: Bench, door: Door, contact: Contact) -> None:
    call_arrives(bench)
    door(f"callid={CALLER}")
    polled(bench)
    asked: list[dict[str, str | None]] = []
    standing = bench.store.lease_acquire("test")
    assert isinstance(standing, Standing)
    bench.clock.at += 1000
    bench.pbx.skip(1)
    bench.poller.poll(
        standing,
        token="test",
        providers=Providers(caller_names=lambda calls: asked.append(dict(calls)) or {}),
    )
    assert asked == []


@pytest.mark.parametrize(("is_allowed", "shown"), [(True, "Daktela s.r.o."), (False, None)])
def test_boards_show_the_name_only_where_their_privacy_allows(
    bench: Bench, door: Door, contact: Contact, is_allowed: bool, shown: str | None
) -> None:
    id_ = call_arrives(bench)
    door(f"callid={CALLER}")
    polled(bench)
    board = Projection(View(caller_names=is_allowed), bench.state())
    assert board.shown["calls"][id_]["caller_name"] == shown
    assert "Daktela" not in str(board.shown) or is_allowed


def test_nudged_poll_asks_though_nothing_is_due(bench: Bench) -> None:
    call_arrives(bench)
    before = bench.pbx.requests["RTStatsCalls"]
    polled(bench, seconds=0.1)
    polled(bench, seconds=0.1)
    is_not_nudged = bench.pbx.requests["RTStatsCalls"]
    polled(bench, seconds=0.1, is_nudged=True)
    assert (is_not_nudged, bench.pbx.requests["RTStatsCalls"]) == (before, before + 1)


def test_nudge_does_not_put_off_the_next_regular_poll(bench: Bench) -> None:
    polled(bench)
    polled(bench, seconds=0.4, is_nudged=True)
    before = bench.pbx.requests["RTStatsCalls"]
    polled(bench, seconds=0.4)
    assert bench.pbx.requests["RTStatsCalls"] == before + 1
