"""python -m tests.benchmarks.soak: hours of a call centre, twenty times faster, into one page that must neither grow nor stall.

SOAK_HOURS (8) says how many hours of the call centre, SOAK_SPEED (20) how much faster they pass.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from functools import cache
from statistics import median
from types import FrameType
from typing import Any, Final

import msgspec
from playwright.sync_api import CDPSession, Page

from tests.benchmarks.chromium import board_page
from tests.benchmarks.processes import processes
from tests.benchmarks.report import Benchmark, NotMeasured, say, tell
from tests.benchmarks.site import SimulatedPbx, whole_site

HOURS: Final = float(os.environ.get("SOAK_HOURS", "8"))
SPEED: Final = float(os.environ.get("SOAK_SPEED", "20"))
SAMPLES: Final = 40
SHARE_OF_WARM_UP: Final = 0.1
WATCHED_MS: Final = 2_500
STANDING: Final = """
async (wait) => {
  const isRunning = (one) => /^\\d+:\\d\\d$/.test(one.textContent);
  const standing = new Set([...document.querySelectorAll('.agent .timer, .call .timer')].filter(isRunning));
  const observer = new MutationObserver((changes) => {
    for (const { target } of changes) standing.delete((target.closest ? target : target.parentElement)?.closest('.timer'));
  });
  observer.observe(document.querySelector('main'), { subtree: true, childList: true, characterData: true });
  await new Promise((resolve) => setTimeout(resolve, wait));
  observer.disconnect();
  return [...standing].filter((one) => one.isConnected).length;
}
"""
"""A time that shows the same at the end may have begun anew in between, so every change is watched."""


class Sample(msgspec.Struct, frozen=True):
    """`heap` after the garbage is gone, in bytes; `standing`: timers that stood still though they should run."""

    at_s: float
    heap: float
    standing: int


@cache
def samples() -> tuple[Sample, ...]:
    """Both figures come from one run."""
    lasts_s = HOURS * 3600 / SPEED
    say(f"  {HOURS:g} h at {SPEED:g} times their pace take {lasts_s / 60:.0f} min")
    with processes() as running:
        pbx = SimulatedPbx(running, ["--agents", "60", "--queues", "10", "--speed", str(SPEED)])
        site = whole_site(running, pbx)
        with board_page(site) as page:
            session = page.context.new_cdp_session(page)
            session.send("Performance.enable")
            page.evaluate("() => { window.wbMark = true; }")
            found = [
                _sample(page, session, lasts_s=lasts_s, number=number) for number in range(1, SAMPLES + 1)
            ]
            if not page.evaluate("() => window.wbMark === true"):
                raise NotMeasured("The page was loaded anew meanwhile.")
    return tuple(found)


_started: list[float] = []


def _sample(page: Page, session: CDPSession, *, lasts_s: float, number: int) -> Sample:
    if not _started:
        _started.append(time.monotonic())
    due = _started[0] + lasts_s * number / SAMPLES
    page.wait_for_timeout(max(0.0, due - time.monotonic()) * 1000)
    session.send("HeapProfiler.collectGarbage")
    metrics: dict[str, Any] = session.send("Performance.getMetrics")
    heap = next(float(one["value"]) for one in metrics["metrics"] if one["name"] == "JSHeapUsedSize")
    standing = int(page.evaluate(STANDING, WATCHED_MS))
    return Sample(time.monotonic() - _started[0], heap, standing)


def heap_growth() -> float:
    """The heap at the end against the heap after the first tenth, each the median of some samples."""
    found = samples()
    warm = int(SAMPLES * SHARE_OF_WARM_UP)
    first = median(one.heap for one in found[warm : warm + 5])
    last = median(one.heap for one in found[-5:])
    say(f"  heap after the first tenth {first / 1e6:.2f} MB, at the end {last / 1e6:.2f} MB")
    return last / first - 1


def timers_standing() -> float:
    """Running times that did not move within two beats, over all looks."""
    return float(sum(one.standing for one in samples()))


BENCHMARKS: Final = (
    Benchmark(
        name="soak_heap_growth",
        unit="share",
        against=f"the page's JavaScript heap after the first tenth of {HOURS:g} h of changes at {SPEED:g} times their pace",
        at_most=0.10,
        measure=heap_growth,
    ),
    Benchmark(
        name="soak_timers_standing",
        unit="count",
        against=f"running times on the page that stand still, over {SAMPLES} looks in the same time",
        at_most=0,
        measure=timers_standing,
    ),
)


def main() -> int:
    """The exit code: 1 if a figure is over its limit or was not measured."""
    try:
        are_ok = [tell(one, one.measure()) for one in BENCHMARKS]
        return 0 if all(are_ok) else 1
    except NotMeasured as exc:
        say(f"The soak could not be measured: {exc}")
        return 1


def _on_sigterm(_number: int, _frame: FrameType | None) -> None:
    sys.exit(143)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, _on_sigterm)
    sys.exit(main())
