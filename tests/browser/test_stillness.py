"""Figures change; what stands around them does not move."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.grids import layout, opened
from tests.browser.screen import board_made, read, script
from tests.stack import Stack

SIZES = {"720p": (1280, 720), "1080p": (1920, 1080), "4K": (3840, 2160), "portrait": (1080, 1920)}

WATCH = script("stillness_watch")
READY_PLACES = script("ready_places")
FAULTS = script("layout_faults")


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


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES.keys())
@pytest.mark.parametrize("language", ["en", "cs"])
def test_words_beside_the_ready_agents_stand_still_whatever_the_figures(
    stack: Stack, open_board: Callable[..., Page], language: str, size: tuple[int, int]
) -> None:
    with board_made(stack, "ready", language=language):
        page = open_board("ready", size=size)
        page.wait_for_timeout(500)
        for total in (9, 40, 340):
            places = page.evaluate(READY_PLACES, total)
            assert len(places) == 1, f"of {total}: {places}"
            assert places[0]["faults"] == [], f"of {total}: {places}"


@pytest.mark.parametrize("place", [(0, 0, 4, 8), (0, 0, 4, 14), (0, 0, 5, 12)], ids=str)
@pytest.mark.parametrize("language", ["en", "cs"])
def test_ready_agents_fit_into_the_least_widget(
    stack: Stack,
    new_page: Callable[..., Page],
    language: str,
    place: tuple[int, int, int, int],
) -> None:
    widgets = layout({"ready": place, "clock": (8, 8, 8, 8)})
    with board_made(stack, "least", language=language, layout=widgets):
        for size in SIZES.values():
            page = opened(new_page, "least", size=size)
            page.wait_for_timeout(500)
            for total in (9, 40, 340):
                places = page.evaluate(READY_PLACES, total)
                assert len(places) == 1, f"{size}, of {total}: {places}"
                assert places[0]["faults"] == [], f"{size}, of {total}: {places}"
                assert page.evaluate(FAULTS) == []
