"""How long the browser's main thread is busy with one delta."""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import Any, Final

from playwright.sync_api import Page

from tests.benchmarks.chromium import board_page
from tests.benchmarks.processes import processes
from tests.benchmarks.report import Benchmark, NotMeasured, percentile, say
from tests.benchmarks.site import SimulatedPbx, whole_site

AGENTS: Final = 500
TRACED_S: Final = 50
DELTAS_AT_LEAST: Final = 30
MARK: Final = "a delta arrives"
CATEGORIES: Final = ["-*", "disabled-by-default-devtools.timeline", "blink.user_timing"]
MARKING: Final = f"""
window.WebSocket = class extends window.WebSocket {{
  constructor(...parameters) {{
    super(...parameters);
    this.addEventListener('message', ({{ data }}) => {{
      if (data.startsWith('{{"v":1,"t":"delta"')) performance.mark('{MARK}');
    }});
  }}
}};
"""

Event = dict[str, Any]


def measure() -> float:
    """95th percentile over the deltas of a call centre at work."""
    with processes() as running:
        pbx = SimulatedPbx(running, ["--agents", str(AGENTS), "--queues", "20"])
        site = whole_site(running, pbx)
        with board_page(site, script=MARKING) as page:
            events = _traced(page)
    busy = list(_busy_ms(events))
    if len(busy) < DELTAS_AT_LEAST:
        raise NotMeasured(f"Only {len(busy)} deltas were drawn in {TRACED_S} s.")
    say(f"  {len(busy)} deltas, median {percentile(busy, 0.5):.1f} ms, longest {max(busy):.1f} ms")
    return percentile(busy, 0.95)


def _traced(page: Page) -> list[Event]:
    browser = page.context.browser
    assert browser is not None
    browser.start_tracing(page=page, categories=CATEGORIES)
    page.wait_for_timeout(TRACED_S * 1000)
    events: list[Event] = json.loads(browser.stop_tracing())["traceEvents"]
    return events


def _busy_ms(events: list[Event]) -> Iterator[float]:
    """CPU of the main thread's tasks from the one in which a delta arrives to the one that commits the frame."""
    marks = sorted((event for event in events if event["name"] == MARK), key=_start)
    if not marks:
        raise NotMeasured("No delta arrived while the browser was traced.")
    thread = _thread(marks[0])
    own = sorted((event for event in events if event["ph"] == "X" and _thread(event) == thread), key=_start)
    tasks = _outermost([event for event in own if event["name"] == "RunTask"])
    commits = [event for event in own if event["name"] == "Commit"]
    starts, commit_starts = [_start(task) for task in tasks], [_start(commit) for commit in commits]
    for mark in marks:
        first = bisect_right(starts, _start(mark)) - 1
        commit = bisect_left(commit_starts, _start(mark))
        if first < 0 or commit == len(commits):
            continue
        last = bisect_right(starts, commit_starts[commit])
        yield sum(task["tdur"] for task in tasks[first:last]) / 1000


def _outermost(tasks: list[Event]) -> list[Event]:
    """Without tasks that ran inside others; `tasks` must be in order."""
    found: list[Event] = []
    for task in tasks:
        if not found or _start(task) >= _start(found[-1]) + found[-1]["dur"]:
            found.append(task)
    return found


def _start(event: Event) -> float:
    return float(event["ts"])


def _thread(event: Event) -> tuple[int, int]:
    return event["pid"], event["tid"]


APPLY_P95_MS: Final = Benchmark(
    name="apply_p95_ms",
    unit="ms",
    against=f"a frame at 60 Hz: CPU of the browser's main thread for one delta, applied and drawn ({AGENTS} agents)",
    at_most=16,
    measure=measure,
)
