"""CPU of a whole tick of the poller, against the CPU that parsing its answers alone takes in the standard library."""

from __future__ import annotations

import gc
import json
import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Final

import httpx

from dashboard.hub.store import Standing, Store, connect
from dashboard.pbx.client import PbxClient
from dashboard.polling.endpoints import intervals_of
from dashboard.polling.poller import Poller, Settings
from tests.benchmarks.answers import CALLS, START_AT, Answers, recorded_answers
from tests.benchmarks.processes import Processes, cpu_s, processes
from tests.benchmarks.report import Benchmark, NotMeasured, say
from tests.benchmarks.site import redis_server

TICKS: Final = 30
WARM_UP: Final = 4
STEP_S: Final = 5
"""So far apart that RTUsersState is due in every tick, with all the queues of all agents."""


class RecordedPbx(httpx.BaseTransport):
    """Hands the client prepared bytes where the network would be, and notes what was asked for."""

    def __init__(self) -> None:
        self.bodies: dict[str, bytes] = {}
        self.asked: list[bytes] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        body = self.bodies[request.url.path.split("/")[3]]
        self.asked.append(body)
        return httpx.Response(200, content=body)


class Bench:
    """A poller as a worker has it, over recorded answers and a real server."""

    def __init__(self, running: Processes, pool: ThreadPoolExecutor) -> None:
        self.pbx = RecordedPbx()
        self.now_at = START_AT
        self._redis = redis_server(running)
        self.store = Store(connect(self._redis.url), stream="main")
        settings = Settings(
            stream="main",
            timezone="Europe/Prague",
            deadline_s=30,
            intervals=intervals_of({}),
            build="bench",
            pbx="bench",
        )
        pbx_client = PbxClient(base_url="http://127.0.0.1:9", token="recorded", transport=self.pbx)
        self.poller = Poller(
            settings, client=pbx_client, store=self.store, pool=pool, clock=lambda: self.now_at
        )

    def tick(self) -> Standing:
        """What a worker does each second: lease, poll, lease back."""
        standing = self.store.lease_acquire("bench")
        after = self.poller.poll(standing, token="bench") if isinstance(standing, Standing) else None
        self.store.lease_release("bench")
        if after is None:
            raise NotMeasured("The poll could not be committed.")
        return after

    def cpu_s(self) -> float:
        """Of this process and of the server it commits to."""
        return time.process_time() + cpu_s(self._redis.process)


def measure() -> float:
    """Medians of both, tick by tick in turn."""
    answers = recorded_answers()
    with processes() as running, ThreadPoolExecutor(8) as pool:
        bench = Bench(running, pool)
        pairs = [_pair(bench, answers) for _ in range(WARM_UP + TICKS)][WARM_UP:]
    ours = statistics.median(mine for mine, _ in pairs)
    parsing = statistics.median(parsed for _, parsed in pairs)
    say(f"  a tick {ours * 1000:.1f} ms, json.loads of its answers {parsing * 1000:.1f} ms of CPU")
    return ours / parsing


def _pair(bench: Bench, answers: Answers) -> tuple[float, float]:
    answers.tick(step_s=STEP_S)
    bench.now_at += STEP_S * 1000
    bench.pbx.bodies, bench.pbx.asked = answers.bodies(), []
    gc.collect()
    before = bench.cpu_s()
    standing = bench.tick()
    ours = bench.cpu_s() - before
    if standing.seq != standing.turn:
        raise NotMeasured("A tick changed nothing.")
    gc.collect()
    before = time.process_time()
    for body in bench.pbx.asked:
        json.loads(body)
    return ours, time.process_time() - before


TICK_CPU_RATIO: Final = Benchmark(
    name="tick_cpu_ratio",
    unit="ratio",
    against="CPU of json.loads of the same answers (1,000 agents with 10 queues and full options each, 200 queues, "
    f"{CALLS} calls, 5 % changed)",
    at_most=0.5,
    measure=measure,
)
