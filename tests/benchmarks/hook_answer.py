"""How long a PBX waits for the name of who calls."""

from __future__ import annotations

import asyncio
import json
import random
import secrets
import time
from typing import Final

from tests.benchmarks.furnishing import furnish, name, number
from tests.benchmarks.processes import free_port, processes
from tests.benchmarks.report import Benchmark, NotMeasured, percentile, say
from tests.benchmarks.site import SimulatedPbx, whole_site

CONTACTS: Final = 100_000
PER_SECOND: Final = 50
WARM_UP_S: Final = 2
MEASURED_S: Final = 20
ANSWERED_WITHIN_S: Final = 5.0
SLOWER_AT_MOST: Final = 1.05


class Hooks:
    """Sends arrival hooks as a PBX does: each over a connection of its own, whether or not the last was answered."""

    def __init__(self, *, port: int, secret: str) -> None:
        self._port, self._secret = port, secret
        self.answered_ms: list[float] = []
        self.late_ms: list[float] = []

    async def send(self, *, seconds: float) -> None:
        """So many a second, for random contacts. Raises `NotMeasured` if one is not answered with its name."""
        loop = asyncio.get_running_loop()
        begun = loop.time()
        hooks = []
        for turn in range(round(seconds * PER_SECOND)):
            due = begun + turn / PER_SECOND
            await asyncio.sleep(due - loop.time())
            self.late_ms.append((loop.time() - due) * 1000)
            hooks.append(asyncio.create_task(self._hook(random.randrange(CONTACTS))))
        if loop.time() - begun > seconds * SLOWER_AT_MOST:
            raise NotMeasured(f"This machine could not send {PER_SECOND} webhooks a second.")
        try:
            await asyncio.wait_for(asyncio.gather(*hooks), ANSWERED_WITHIN_S)
        except (OSError, TimeoutError) as exc:
            raise NotMeasured(f"A webhook was not answered ({exc!r}).") from exc

    async def _hook(self, index: int) -> None:
        begun = time.perf_counter()
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        path = f"/hooks/{self._secret}/?callid={number(index)}&dnd=226211200"
        writer.write(
            f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{self._port}\r\nConnection: close\r\n\r\n".encode()
        )
        answer = await reader.read()
        self.answered_ms.append((time.perf_counter() - begun) * 1000)
        writer.close()
        await writer.wait_closed()
        head, _, body = answer.partition(b"\r\n\r\n")
        if b" 200 " not in head.partition(b"\r\n")[0] or json.loads(body).get("NAME") != name(index):
            raise NotMeasured(f"A webhook was answered with {answer!r}.")


def measure() -> float:
    """99th percentile after a short warm-up. The hooks nudge the poller, which polls five times a second meanwhile."""
    port, secret = free_port(), secrets.token_urlsafe(32)
    with processes() as running, asyncio.Runner() as runner:
        pbx = SimulatedPbx(running, ["--quiet", "--agents", "200", "--queues", "20"])
        site = whole_site(running, pbx, port=port)
        furnish(running, site, secret=secret, contacts=CONTACTS)
        hooks = Hooks(port=port, secret=secret)
        runner.run(hooks.send(seconds=WARM_UP_S))
        hooks.answered_ms.clear()
        hooks.late_ms.clear()
        runner.run(hooks.send(seconds=MEASURED_S))
    found = hooks.answered_ms
    say(f"  {len(found)} hooks, median {percentile(found, 0.5):.1f} ms, longest {max(found):.0f} ms")
    say(f"  the machine let their sender wait: 99th percentile {percentile(hooks.late_ms, 0.99):.1f} ms")
    return percentile(found, 0.99)


HOOK_ANSWER_P99_MS: Final = Benchmark(
    name="hook_answer_p99_ms",
    unit="ms",
    against=f"the opening of the connection of {PER_SECOND * MEASURED_S} arrival hooks, {PER_SECOND} a second, until the last byte "
    f"of the answer, a name out of {CONTACTS:,} contacts; the whole wallboard and the PBX share this machine with others",
    at_most=50,
    measure=measure,
)
