"""Code that could not be loaded once, as after a power cut: nobody stands at the wall to press a key."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Request, Route, expect

from tests.browser.conftest import Troubles
from tests.browser.grids import layout
from tests.browser.screen import board_made, wait_fresh
from tests.browser.tv import let_in
from tests.stack import Stack, wait_until

WITHIN_MS = 60_000
T = 1_795_415_400_000
SOON = """
const wait = window.setTimeout;
window.setTimeout = (action, delay, ...more) => wait(action, delay === 30_000 ? 2_000 : delay, ...more);
"""
"""The first time the page waits for two seconds rather than thirty."""


def broken_once(page: Page, module: str) -> list[str]:
    """The module cannot be had until the page is loaded a second time; the addresses of the loaded pages."""
    return lacking_once(page, re.compile(rf"/static/js/{module}\.[^/]*js$"))


def lacking_once(page: Page, address: re.Pattern[str]) -> list[str]:
    loads: list[str] = []

    def note(request: Request) -> None:
        if request.is_navigation_request():
            loads.append(request.url)

    def answer(route: Route) -> None:
        if len(loads) < 2:
            route.abort()
        else:
            route.continue_()

    page.on("request", note)
    page.route(address, answer)
    return loads


@pytest.mark.parametrize(
    "address",
    [
        r"/static/js/board\.[^/]*js$",
        r"/static/js/socket\.[^/]*js$",
        r"/static/css/widgets\.[^/]*css$",
        r"/jsi18n/",
    ],
    ids=["its module", "another module", "a style sheet", "its texts"],
)
def test_a_board_that_does_not_load_whole_is_loaded_anew_by_itself(
    new_page: Callable[..., Page], troubles: Troubles, address: str
) -> None:
    troubles.allow("Failed to load resource")
    page = new_page()
    page.add_init_script(SOON)
    loads = lacking_once(page, re.compile(address))
    page.goto("/boards/overview/")

    def is_loaded_again() -> bool:
        page.wait_for_timeout(200)  # lets the browser tell what it asked for
        return len(loads) == 2

    wait_until(is_loaded_again, within_s=WITHIN_MS / 1000, what="The second load")
    wait_fresh(page, within_ms=WITHIN_MS)
    page.wait_for_timeout(4_000)
    assert len(loads) == 2, "what is whole is left alone"


def test_a_widget_whose_code_does_not_load_leaves_the_others_and_comes_by_itself(
    new_page: Callable[..., Page], troubles: Troubles
) -> None:
    troubles.allow("Failed to (load resource|fetch dynamically imported module)")
    page = new_page()
    page.add_init_script("Math.random = () => 1;")  # the whole time it may take
    loads = broken_once(page, "widgets/agents")
    page.goto("/boards/overview/")
    wait_fresh(page)
    expect(page.locator("wb-missing")).to_contain_text("could not be loaded")
    page.locator("wb-agents .row, wb-agents .agent, wb-agents h2").first.wait_for(timeout=WITHIN_MS)
    expect(page.locator("wb-missing")).to_have_count(0)
    assert len(loads) == 2


def test_a_chart_whose_code_does_not_load_comes_by_itself(
    new_page: Callable[..., Page], stack: Stack, troubles: Troubles
) -> None:
    troubles.allow("Failed to (load resource|fetch dynamically imported module)")
    with board_made(stack, "lines", layout=layout({"trend": (0, 0, 24, 24)})):
        page = new_page()
        loads = broken_once(page, "charts/trend")
        day = {"at": [T, T + 900_000], "values": [3, 5], "goal": None, "interval_min": 15}
        page.route("**/trend/?*", lambda route: route.fulfill(json=day))
        page.goto("/boards/lines/")
        page.locator("wb-trend .plot canvas").wait_for(timeout=WITHIN_MS)
        assert len(loads) == 2


def test_a_paired_screen_whose_module_does_not_load_shows_its_board_all_the_same(
    tv: Page, phone: Page, troubles: Troubles
) -> None:
    let_in(tv, phone)
    troubles.allow("Failed to load resource")
    tv.add_init_script(SOON)
    loads = broken_once(tv, "screen/turns")
    tv.reload()
    wait_fresh(tv, within_ms=WITHIN_MS)
    assert len(loads) == 2


def test_a_screen_with_nothing_to_show_waits_where_it_is_while_a_proxy_says_that_the_server_is_away(
    tv: Page, phone: Page, stack: Stack, troubles: Troubles
) -> None:
    troubles.allow("Failed to load resource")
    let_in(tv, phone)
    boards = stack.sql("SELECT id, board_id, playlist_id FROM dashboard_screen")
    stack.sql("UPDATE dashboard_screen SET board_id = NULL, playlist_id = NULL")
    tv.add_init_script(SOON.replace("30_000", "15_000"))
    away: list[str] = []

    def answer(route: Route) -> None:
        if len(away) == 2:
            route.continue_()
        else:
            away.append(route.request.resource_type)
            route.fulfill(status=502, body="Bad Gateway")

    tv.goto("/tv/")
    tv.locator(".idle").wait_for()
    tv.route("**/tv/", answer)
    stack.sql("UPDATE dashboard_screen SET board_id = ? WHERE id = ?", boards[0][1], boards[0][0])
    wait_fresh(tv, within_ms=WITHIN_MS)
    assert away == ["fetch", "fetch"], "the page itself was never left for the error"
