"""When Chromium draws what a figure of the board has become."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import Final

from playwright.sync_api import Page

from tests.benchmarks.report import NotMeasured

SETTLE_MS: Final = 3_000
WATCH: Final = """
() => {
  const read = () => Number(COUNT);
  let shown = read();
  window.seen = [];
  const look = () => {
    const count = read();
    if (count === shown) return;
    shown = count;
    requestAnimationFrame(() => window.seen.push([count, Date.now()]));
  };
  new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
  return shown;
}
"""


def latencies(
    page: Page, *, count: str, change: Callable[[], int], changes: int, gap_s: tuple[float, float]
) -> list[float]:
    """Milliseconds from each change to the frame that counts it.

    `change` makes the PBX count one more and returns when; `count` is the JavaScript that reads the count off the board.
    Changes come at random gaps within `gap_s`.
    """
    first: int = page.evaluate(WATCH.replace("COUNT", count.strip()))
    changed_at = []
    for _ in range(changes):
        changed_at.append(change())
        time.sleep(random.uniform(*gap_s))
    page.wait_for_timeout(SETTLE_MS)
    seen: list[list[int]] = page.evaluate("() => window.seen")
    return [_shown_at(first + number, seen) - at for number, at in enumerate(changed_at, start=1)]


def _shown_at(count: int, seen: list[list[int]]) -> int:
    """When the board first counted so many."""
    for shown, at in seen:
        if shown >= count:
            return at
    raise NotMeasured(f"The board never counted {count}.")
