"""From opening a board, with nothing in the browser's cache, to figures on the glass."""

from __future__ import annotations

from typing import Final

from tests.benchmarks.chromium import browser, screen_of
from tests.benchmarks.processes import processes
from tests.benchmarks.report import Benchmark, percentile, say
from tests.benchmarks.site import SimulatedPbx, whole_site

OPENINGS: Final = 20
SEEN: Final = """
const look = () => {
  const figures = [...document.querySelectorAll('.tile .waiting')];
  const isShown = figures.length > 0 && figures.every((one) => /[0-9]/.test(one.textContent))
    && document.querySelector('wb-status')?.dataset.fresh === 'fresh';
  requestAnimationFrame(isShown ? () => setTimeout(() => { window.wbSeenAt = performance.now(); }) : look);
};
look();
"""
"""Notes the time since the navigation began, after the frame in which every queue's tile has its figure."""


def measure() -> float:
    """95th percentile over openings, each in a browser context of its own, which has an empty cache."""
    with processes() as running:
        site = whole_site(running, SimulatedPbx(running, []))
        with browser() as chromium:
            found = []
            for _ in range(OPENINGS):
                with screen_of(chromium, site, script=SEEN) as page:
                    page.goto(site.board_url)
                    page.wait_for_function("() => window.wbSeenAt", timeout=30_000)
                    found.append(float(page.evaluate("() => window.wbSeenAt")))
    say(f"  median {percentile(found, 0.5):.0f} ms, longest {max(found):.0f} ms")
    return percentile(found, 0.95)


FIRST_FIGURES_P95_MS: Final = Benchmark(
    name="first_figures_p95_ms",
    unit="ms",
    against=f"the moment at which a board is opened from an empty cache, {OPENINGS} times, until every queue's figure is drawn",
    at_most=1_500,
    measure=measure,
)
