"""From a change in the PBX to changed text on the glass."""

from __future__ import annotations

from typing import Final

from playwright.sync_api import Page

from tests.benchmarks.chromium import board_page
from tests.benchmarks.processes import processes
from tests.benchmarks.report import Benchmark, NotMeasured, percentile, say
from tests.benchmarks.site import SimulatedPbx, whole_site
from tests.benchmarks.watching import latencies

INTERVAL_MS: Final = 1_000
ALLOWED_MS: Final = 300
CHANGES: Final = 120
GAP_S: Final = (0.3, 0.7)
PAUSED: Final = """
[...document.querySelector('wb-agents .sums').children]
  .find((row) => row.querySelector(':scope > span')?.textContent.trim() === 'paused')
  .querySelector('.figure').textContent
"""


def measure() -> float:
    """99th percentile over changes at random moments: agents go on a pause one by one, and the board counts them."""
    with processes() as running:
        pbx = SimulatedPbx(running, ["--quiet", "--agents", "200", "--queues", "20"])
        site = whole_site(running, pbx)
        with board_page(site) as page:
            found = _latencies(page, pbx)
    say(f"  median {percentile(found, 0.5):.0f} ms, longest {max(found):.0f} ms")
    return percentile(found, 0.99)


def _latencies(page: Page, pbx: SimulatedPbx) -> list[float]:
    idle = iter(pbx.idle_agents())

    def change() -> int:
        agent = next(idle, None)
        if agent is None:
            raise NotMeasured("Too few agents are idle.")
        at: int = pbx.control("agent", agent=agent, state="paused")["at"]
        return at

    return latencies(page, count=PAUSED, change=change, changes=CHANGES, gap_s=GAP_S)


GLASS_LATENCY_P99_MS: Final = Benchmark(
    name="glass_latency_p99_ms",
    unit="ms",
    against=f"the moment of {CHANGES} changes in the PBX, polled every {INTERVAL_MS} ms, until Chromium draws changed text",
    at_most=INTERVAL_MS + ALLOWED_MS,
    measure=measure,
)
