"""Pictures on boards that nobody stands before."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Troubles
from tests.browser.grids import layout
from tests.browser.screen import board_made
from tests.stack import Stack

KEY = "0123456789abcdef"
DOG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
AGAIN_MS = 31_000


def test_a_picture_that_could_not_be_loaded_is_asked_for_again(
    stack: Stack, new_page: Callable[..., Page], troubles: Troubles
) -> None:
    troubles.allow("502")
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        if len(asked) < 3:
            route.fulfill(status=502)
        else:
            route.fulfill(body=DOG, content_type="image/svg+xml")

    places = {"image": (0, 0, 12, 24), "queues": (12, 0, 12, 24)}
    with board_made(stack, "picture", layout=layout(places, image={"image": KEY, "alt": "Our dog"})):
        page = new_page()
        page.route(f"**/boards/pictures/{KEY}/**", answer)
        page.clock.install()
        page.goto("/boards/picture/")
        picture = page.locator("wb-image img")
        for count in (1, 2):
            picture.wait_for(state="hidden")
            page.wait_for_timeout(1_000)
            expect(picture).to_be_hidden()
            assert len(asked) == count
            page.clock.fast_forward(AGAIN_MS)
            page.wait_for_timeout(1_000)
        expect(picture).to_be_visible()
        assert len(set(asked)) == len(asked) == 3
