"""CPU of the web server for each delta it delivers, against a channel-layer group."""

from __future__ import annotations

import asyncio
import statistics
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

import msgspec

from dashboard.domain.diff import state_diff
from dashboard.domain.rows import LiveState
from dashboard.domain.source import EndpointSource, Source
from dashboard.hub.protocol import DeltaMessage, encode
from dashboard.hub.publish import Commit, Committed, Publisher
from dashboard.hub.store import Standing, Store, connect
from dashboard.polling.endpoints import intervals_of
from tests.benchmarks.processes import Processes, cpu_s, free_port, processes
from tests.benchmarks.report import Benchmark, NotMeasured, say
from tests.benchmarks.rows import first_state, next_state
from tests.benchmarks.site import Site, daphne, server_only
from tests.benchmarks.sockets import Sockets
from tests.benchmarks.stock import GROUP, layer

SOCKETS: Final = 500
EVERY_S: Final = 0.2
DELTAS: Final = 40
ROUNDS: Final = 3
DRAIN_S: Final = 2.0
DRAINED_WITHIN_S: Final = 10
ENOUGH: Final = 0.7
"""Of the deltas sent. On a busy machine ours merges some, and the other side loses some."""
TICK_EVERY_S: Final = 1.0
BUILD: Final = "bench"


class Stream:
    """Commits to the store as a poller does, and keeps the texts for the other side."""

    def __init__(self, url: str) -> None:
        self._store = Store(connect(url), stream="main")
        self._publisher = Publisher(self._store)
        self._state: LiveState = first_state()
        self._turn = 0
        self.texts: list[str] = []
        empty = LiveState(queues={}, agents={}, calls={}, pauses={}, figures={})
        taken = self._store.lease_acquire("bench")
        if not isinstance(taken, Standing):
            raise NotMeasured("Somebody else polls.")
        self._standing = taken
        self._commit(empty, self._state, epoch="bench")

    def step(self) -> None:
        """One poll's changes."""
        before, self._turn = self._state, self._turn + 1
        self._state = next_state(before, turn=self._turn)
        self._commit(before, self._state, epoch="bench")

    def tick(self) -> None:
        """Keep the lease; proof of life, unless a commit gave it just now."""
        self._lease_keep()
        self._publisher.tick(at=_now_ms(), build=BUILD)

    def _lease_keep(self) -> None:
        """On a machine so busy that the lease ran out meanwhile, take it again: nobody else wants it."""
        if not self._store.lease_renew("bench"):
            self._store.lease_acquire("bench")

    def _commit(self, before: LiveState, after: LiveState, *, epoch: str) -> None:
        self._lease_keep()
        at = _now_ms()
        commit = Commit(
            base=self._standing,
            epoch=epoch,
            state=after,
            delta=state_diff(before, after),
            at=at,
            source=_source(at),
            memory=b"{}",
            directory=None,
            build=BUILD,
        )
        if self._publisher.commit(commit, token="bench") is not Committed.DONE:
            raise NotMeasured("The commit was refused.")
        self.texts.append(_text(commit))
        self._standing = Standing(epoch=epoch, seq=commit.seq, turn=self._standing.turn + 1)


def _source(at: int) -> bytes:
    endpoints = {
        name: EndpointSource(ok_at=at, every_ms=every_ms) for name, every_ms in intervals_of({}).items()
    }
    return msgspec.json.encode(Source(endpoints=endpoints, skew_ms=0, still_since_at=None))


def _text(commit: Commit) -> str:
    message = DeltaMessage(
        stream="main",
        epoch=commit.epoch,
        prev=commit.base.seq,
        seq=commit.seq,
        at=commit.at,
        changed=commit.delta.changed,
        removed=commit.delta.removed,
    )
    return encode(message).decode()


def _now_ms() -> int:
    return int(time.time() * 1000)


class Side:
    """A server with its sockets."""

    def __init__(self, web: subprocess.Popen[bytes], sockets: Sockets) -> None:
        self._web = web
        self._sockets = sockets

    def cost_s(self, send: Callable[[], None]) -> float:
        """CPU of the server per delta that arrived, while `send` is called again and again."""
        used, before = cpu_s(self._web), self._sockets.received()
        due_at = time.monotonic()
        for _ in range(DELTAS):
            send()
            due_at += EVERY_S
            time.sleep(max(0.0, due_at - time.monotonic()))
        after = self._drained()
        used = cpu_s(self._web) - used
        delivered = after["delta"] - before["delta"]
        if delivered < ENOUGH * DELTAS * SOCKETS or after["closed"]:
            raise NotMeasured(
                f"Only {delivered} of {DELTAS * SOCKETS} deltas arrived, {after['closed']} closed."
            )
        ticks, acks = after["tick"] - before["tick"], after["acks"] - before["acks"]
        say(f"    {delivered} deltas, {ticks} ticks, {acks} acks: {used / delivered * 1e6:.1f} µs")
        return used / delivered

    def _drained(self) -> Counter[str]:
        """What was received once no more deltas come."""
        until, received = time.monotonic() + DRAINED_WITHIN_S, self._sockets.received()
        while time.monotonic() < until:
            time.sleep(DRAIN_S)
            before, received = received, self._sockets.received()
            if received["delta"] == before["delta"]:
                break
        return received


def measure() -> float:
    """Medians of some rounds, both sides in turn."""
    with processes() as running, asyncio.Runner() as runner:
        site = server_only(running)
        stream = Stream(site.redis_url)
        stock = _stock(running, site)
        channels = layer(site.redis_url)

        def group_send(texts: Iterator[str]) -> None:
            runner.run(channels.group_send(GROUP, {"type": "board.delta", "text": next(texts)}))

        with _ticking(stream):
            sockets = Sockets(
                running,
                name="sockets",
                url=site.socket_url,
                origin=site.url,
                cookie=site.cookie,
                count=SOCKETS,
            )
            ours = Side(site.web, sockets)
            pairs = [_pair(ours, stock, stream, group_send) for _ in range(1 + ROUNDS)][1:]
        runner.run(channels.flush())
    return statistics.median(mine for mine, _ in pairs) / statistics.median(theirs for _, theirs in pairs)


def _pair(
    ours: Side, stock: Side, stream: Stream, group_send: Callable[[Iterator[str]], None]
) -> tuple[float, float]:
    """The same deltas over both."""
    first = len(stream.texts)
    mine = ours.cost_s(stream.step)
    texts = iter(stream.texts[first:])
    return mine, stock.cost_s(lambda: group_send(texts))


def _stock(running: Processes, site: Site) -> Side:
    port = free_port()
    own = {"PORT": str(port), "DJANGO_SETTINGS_MODULE": "tests.benchmarks.stock_settings"}
    environment = site.environment | own
    application = "tests.benchmarks.stock_asgi:application"
    web = daphne(running, application, name="stock", port=port, environment=environment)
    url = f"http://127.0.0.1:{port}"
    socket_url = f"ws://127.0.0.1:{port}/board/"
    sockets = Sockets(
        running, name="stock-sockets", url=socket_url, origin=url, cookie=site.cookie, count=SOCKETS
    )
    return Side(web, sockets)


@contextmanager
def _ticking(stream: Stream) -> Iterator[None]:
    """Keep lease and ticks going in between."""
    is_over = threading.Event()

    def tick() -> None:
        while not is_over.wait(TICK_EVERY_S):
            stream.tick()

    thread = threading.Thread(target=tick, name="ticks")
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        thread.join()


FANOUT_CPU_RATIO: Final = Benchmark(
    name="fanout_cpu_ratio",
    unit="ratio",
    against="CPU of daphne per delivered delta with a RedisChannelLayer group and a plain consumer behind the same middleware "
    f"({SOCKETS} sockets, {1 / EVERY_S:g} deltas a second; ours with ticks and acknowledgements)",
    at_most=0.3,
    measure=measure,
)
