"""From a change in the PBX, which tells of it by webhook, to changed text on the glass."""

from __future__ import annotations

import secrets
from typing import Final

from tests.benchmarks.chromium import board_page
from tests.benchmarks.furnishing import furnish
from tests.benchmarks.processes import free_port, processes
from tests.benchmarks.report import Benchmark, percentile, say
from tests.benchmarks.site import SimulatedPbx, whole_site
from tests.benchmarks.watching import latencies

WARM_UP: Final = 10
CHANGES: Final = 200
GAP_S: Final = (0.3, 0.7)
"""Apart by more than the distance that nudges keep, so that each change has its own."""

WAITING: Final = "document.querySelector('wb-callers .headline').textContent"
KEPT_WAITING_S: Final = 3_600


def measure() -> float:
    """99th percentile over calls at random moments: the PBX sends the arrival hook itself, and the board counts who waits."""
    port, secret = free_port(), secrets.token_urlsafe(32)
    with processes() as running:
        hooks = f"http://127.0.0.1:{port}/hooks/{secret}/"
        pbx = SimulatedPbx(running, ["--quiet", "--agents", "200", "--queues", "20", "--hooks", hooks])
        site = whole_site(running, pbx, port=port)
        furnish(running, site, secret=secret)
        queue_id = pbx.inbound_queue()

        def change() -> int:
            at: int = pbx.control("call", queue=queue_id, kept_waiting_s=KEPT_WAITING_S)["at"]
            return at

        with board_page(site) as page:
            all_of_them = latencies(
                page, count=WAITING, change=change, changes=WARM_UP + CHANGES, gap_s=GAP_S
            )
    found = all_of_them[WARM_UP:]
    say(f"  median {percentile(found, 0.5):.0f} ms, longest {max(found):.0f} ms")
    return percentile(found, 0.99)


NUDGE_LATENCY_P99_MS: Final = Benchmark(
    name="nudge_latency_p99_ms",
    unit="ms",
    against=f"the moment of {CHANGES} calls' arrivals in the PBX, of which it tells by webhook, until Chromium draws changed text; "
    "PBX, wallboard and Chromium share this machine with whatever else runs on it",
    at_most=300,
    measure=measure,
)
