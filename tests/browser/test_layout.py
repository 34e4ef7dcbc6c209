"""On every screen and with any number of queues and agents: nothing scrolls, nothing is too small, nothing that matters is cut."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page

from dashboard.gateway.simulated.settings import SimulationSettings
from tests.browser.conftest import Troubles
from tests.browser.screen import board_made, script, wait_fresh
from tests.stack import Stack, running_stack

SIZES = {"720p": (1280, 720), "1080p": (1920, 1080), "4K": (3840, 2160), "portrait": (1080, 1920)}

FAULTS = script("layout_faults")


@pytest.fixture(scope="module", params=[(40, 300), (40, 12)], ids=["many agents", "few agents"])
def crowd(request: pytest.FixtureRequest) -> Iterator[Stack]:
    """Forty queues; boards over one, eight and all of them."""
    queues, agents = request.param
    simulation = SimulationSettings(queues=queues, agents=agents, timezone="Europe/Prague")
    with running_stack(simulation=simulation) as stack:
        eight = {"main": [str(number) for number in range(1, 9)]}
        with board_made(stack, "one", queue_ids={"main": ["1"]}), board_made(stack, "eight", queue_ids=eight):
            yield stack


@pytest.fixture
def crowded(
    crowd: Stack, new_context: Callable[..., BrowserContext], troubles: Troubles
) -> Callable[..., Page]:
    def open_(slug: str, size: tuple[int, int]) -> Page:
        context = new_context(viewport={"width": size[0], "height": size[1]})
        cookies = crowd.cookies("viewer")
        context.add_cookies([{"name": k, "value": v, "url": crowd.url} for k, v in cookies.items()])
        page = context.new_page()
        troubles.watch(page)
        page.goto(f"{crowd.url}/boards/{slug}/")
        wait_fresh(page)
        return page

    return open_


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES.keys())
@pytest.mark.parametrize("slug", ["one", "eight", "overview"])
def test_everything_has_its_place(crowded: Callable[..., Page], slug: str, size: tuple[int, int]) -> None:
    page = crowded(slug, size)
    page.wait_for_timeout(1500)
    assert page.evaluate(FAULTS) == []


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES.keys())
def test_forty_queues_stand_on_one_page(crowded: Callable[..., Page], size: tuple[int, int]) -> None:
    assert crowded("overview", size).locator(".tile").count() == 40


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES.keys())
def test_eight_queues_and_forty_agents_stand_on_one_page_with_whole_surnames(
    open_board: Callable[..., Page], size: tuple[int, int]
) -> None:
    page = open_board(size=size)
    assert page.locator(".tile").count() == 8
    assert page.locator(".agents").locator("..").locator(".pages").count() == 0
    cut = "(names) => names.filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.textContent)"
    assert page.locator(".agent .name").evaluate_all(cut) == []
    assert page.evaluate(FAULTS) == []


def test_long_titles_take_two_lines_before_they_are_shortened(
    stack: Stack, open_board: Callable[..., Page]
) -> None:
    title = (
        "Zákaznické centrum Brno, druhé patro vlevo: reklamace a technická podpora pro podnikatele a firmy"
    )
    with board_made(stack, "long", title=title):
        page = open_board("long", size=(1280, 720))
        heading = page.locator("h1")
        line = page.evaluate("parseFloat(getComputedStyle(document.querySelector('h1')).lineHeight)")
        box = heading.bounding_box()
        assert box is not None
        assert box["height"] < 2.5 * line
        assert page.evaluate(FAULTS) == []


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES.keys())
def test_empty_board_says_what_to_do_next(
    stack: Stack, open_board: Callable[..., Page], new_page: Callable[..., Page], size: tuple[int, int]
) -> None:
    with board_made(stack, "empty", queue_ids={"main": []}):
        page = new_page(size=size)
        page.goto("/boards/empty/")
        page.get_by_text("This board has no queues yet.").wait_for()
        page.get_by_text("Nobody is logged in.").wait_for()
        page.get_by_text("Nobody is waiting.").wait_for()
        assert page.locator("wb-callers .headline").inner_text() == "0"
        assert page.evaluate(FAULTS) == []
