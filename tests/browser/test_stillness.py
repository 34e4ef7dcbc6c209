"""Figures change; what stands around them does not move."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page

from tests.browser.screen import read, script
from tests.stack import Stack

WATCH = script("stillness_watch")


def test_nothing_but_rows_and_tiles_moves_in_a_busy_half_minute(
    stack: Stack, open_board: Callable[..., Page]
) -> None:
    page = open_board()
    page.wait_for_timeout(2000)
    page.evaluate(WATCH)
    engine = stack.pbx.engine
    seen = set()
    for second in range(30):
        if second in {3, 4, 5, 11, 12, 19}:
            engine.call_inject(queue_id=2, kept_waiting_s=9)
        page.wait_for_timeout(1000)
        seen.add(read(page)["waiting"])
    assert len(seen) > 2, "not a busy half minute"
    assert page.evaluate("window.wbShifts") == []


def test_parts_of_a_tile_keep_their_places_whatever_they_show(
    stack: Stack, open_board: Callable[..., Page]
) -> None:
    page = open_board()
    page.wait_for_timeout(1000)
    page.evaluate(WATCH)
    engine = stack.pbx.engine
    for number in range(12):
        engine.call_inject(queue_id=2, kept_waiting_s=8)
        page.wait_for_timeout(500 + 50 * number)
    page.wait_for_timeout(10_000)
    boxes = page.evaluate("[...window.wbBoxes].map(([key, places]) => [key, [...places]])")
    left = {key: {place.split()[0] for place in places} for key, places in boxes}
    for part in ("h3.", "p.figure waiting", "p.wait"):
        key = f"tile large {part} "
        assert len(left[key]) == 1, f"{part} stood at {left[key]}"
