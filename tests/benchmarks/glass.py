"""From a change in the PBX to changed text on the glass."""

from __future__ import annotations

import random
import time
from typing import Final

from playwright.sync_api import Page

from tests.benchmarks.chromium import board_page
from tests.benchmarks.processes import processes
from tests.benchmarks.report import Benchmark, NotMeasured, percentile, say
from tests.benchmarks.site import SimulatedPbx, whole_site

INTERVAL_MS: Final = 1_000
ALLOWED_MS: Final = 300
CHANGES: Final = 120
GAP_S: Final = (0.3, 0.7)
SETTLE_MS: Final = 3_000
WATCH: Final = """
() => {
  const list = document.querySelector('wb-agents .sums');
  const read = () => {
    const item = [...list.children].find((row) => row.querySelector(':scope > span')?.textContent.trim() === 'paused');
    return Number(item.querySelector('.figure').textContent);
  };
  let shown = read();
  window.seen = [];
  const look = () => {
    const count = read();
    if (count === shown) return;
    shown = count;
    requestAnimationFrame(() => window.seen.push([count, Date.now()]));
  };
  new MutationObserver(look).observe(list, { subtree: true, childList: true, characterData: true });
  return shown;
}
"""


def measure() -> float:
    """99th percentile over changes at random moments: agents go on a pause one by one, and the board counts them."""
    with processes() as running:
        pbx = SimulatedPbx(running, ["--quiet", "--agents", "200", "--queues", "20"])
        site = whole_site(running, pbx)
        with board_page(site) as page:
            latencies = _latencies(page, pbx)
    say(f"  median {percentile(latencies, 0.5):.0f} ms, longest {max(latencies):.0f} ms")
    return percentile(latencies, 0.99)


def _latencies(page: Page, pbx: SimulatedPbx) -> list[float]:
    first: int = page.evaluate(WATCH)
    idle = pbx.idle_agents()
    if len(idle) < CHANGES:
        raise NotMeasured(f"Only {len(idle)} agents are idle.")
    changed_at = []
    for agent in idle[:CHANGES]:
        changed_at.append(pbx.control("agent", agent=agent, state="paused")["at"])
        time.sleep(random.uniform(*GAP_S))
    page.wait_for_timeout(SETTLE_MS)
    seen: list[list[int]] = page.evaluate("() => window.seen")
    return [_shown_at(first + number, seen) - at for number, at in enumerate(changed_at, start=1)]


def _shown_at(count: int, seen: list[list[int]]) -> int:
    """When the board first counted so many."""
    for shown, at in seen:
        if shown >= count:
            return at
    raise NotMeasured(f"The board never showed {count} paused agents.")


GLASS_LATENCY_P99_MS: Final = Benchmark(
    name="glass_latency_p99_ms",
    unit="ms",
    against=f"the moment of {CHANGES} changes in the PBX, polled every {INTERVAL_MS} ms, until Chromium draws changed text",
    at_most=INTERVAL_MS + ALLOWED_MS,
    measure=measure,
)
