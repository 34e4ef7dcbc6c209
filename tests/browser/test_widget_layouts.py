"""Every kind of widget has its place and can be read, in every size, theme and language."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from dashboard.boards.catalogue import TYPES
from dashboard.boards.figures import FIGURE
from tests.browser.grids import opened
from tests.browser.screen import script
from tests.browser.test_layout import SIZES

FAULTS = script("layout_faults")
CONTRASTS = script("contrasts")
LOOKS = [(size, "dark") for size in SIZES] + [("1080p", "light"), ("1080p", "contrast")]

FIRST = {
    "service-level": (0, 0, 6, 9),
    "number": (6, 0, 6, 9),
    "queue-table": (0, 9, 12, 15),
    "trend": (12, 0, 12, 9),
    "agent-states": (12, 9, 6, 9),
    "pauses": (18, 9, 6, 9),
    "leaders": (12, 18, 6, 6),
    "source": (18, 18, 6, 6),
}
SECOND = {
    "callers": (0, 0, 6, 12),
    "ready": (0, 12, 6, 9),
    "waiting": (6, 0, 6, 9),
    "calls": (6, 9, 12, 12),
    "longest": (12, 0, 6, 9),
    "campaign": (18, 0, 6, 9),
    "queue": (18, 9, 6, 6),
    "clock": (18, 15, 3, 6),
    "text": (21, 15, 3, 3),
    "image": (21, 18, 3, 3),
    "ticker": (0, 21, 24, 3),
}
THIRD = {"queues": (0, 0, 14, 24), "agents": (14, 0, 10, 24)}
ALWAYS_CRITICAL = {"critical": {"enter": -1e6, "leave": -2e6}}


def test_these_boards_hold_every_kind_of_widget() -> None:
    assert set(FIRST) | set(SECOND) | set(THIRD) == {type_.key for type_ in TYPES}


@pytest.mark.parametrize(("size", "theme"), LOOKS, ids=lambda value: value)
def test_every_widget_has_its_place_and_can_be_read(
    made: Callable[..., str], new_page: Callable[..., Page], size: str, theme: str
) -> None:
    for slug, places in (("first", FIRST), ("second", SECOND), ("third", THIRD)):
        made(slug, places, theme=theme, leaders="people", title="Zákaznické centrum Brno")
        page = opened(new_page, slug, size=SIZES[size])
        page.wait_for_timeout(1500)
        for type_ in places:
            expect(page.locator(f'main [data-type="{type_}"]')).to_be_visible()
        assert page.evaluate(FAULTS) == [], slug
        dim = [text for text in page.evaluate(CONTRASTS) if text["ratio"] < 4.5]
        assert dim == [], slug
        page.close()


@pytest.mark.parametrize("language", ["en", "cs"])
def test_every_widget_can_be_read_when_all_of_it_is_critical(
    made: Callable[..., str], new_page: Callable[..., Page], language: str
) -> None:
    levels = dict.fromkeys(FIGURE, ALWAYS_CRITICAL)
    for slug, places in (("first", FIRST), ("second", SECOND), ("third", THIRD)):
        made(slug, places, levels=levels, language=language, title="Zákaznické centrum Brno")
        page = opened(new_page, slug)
        expect(page.locator("main [data-level=critical]").first).to_be_visible()
        page.wait_for_timeout(1500)
        assert page.evaluate(FAULTS) == [], slug
        page.close()


def test_a_figure_alone_on_a_row_is_large_enough_on_a_turned_screen(
    made: Callable[..., str], new_page: Callable[..., Page]
) -> None:
    made("rows", {"number": (0, 0, 24, 2), "queue-table": (0, 2, 24, 22)})
    page = opened(new_page, "rows", size=SIZES["portrait"])
    share = page.locator("wb-number .big").evaluate(
        "(one) => parseFloat(getComputedStyle(one).fontSize) / innerHeight"
    )
    assert share >= 0.04
    assert page.evaluate(FAULTS) == []


def test_page_is_light(made: Callable[..., str], new_page: Callable[..., Page]) -> None:
    """Scripts and styles together, as they travel; the editor is no part of it."""
    made("first", FIRST)
    page = new_page()
    sizes: dict[str, int] = {}

    def note(response: Any) -> None:
        if response.url.split("?")[0].endswith((".js", ".css")) or "jsi18n" in response.url:
            sizes[response.url] = int(response.headers.get("content-length", 0))

    page.on("response", note)
    page.goto("/boards/first/")
    page.wait_for_selector("wb-trend")
    page.wait_for_timeout(1500)
    assert len(sizes) > 30
    assert sum(sizes.values()) < 150_000
