"""A moment that is held still to be studied."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.screen import board_made, control
from tests.stack import Stack


def test_a_moment_held_still_outlasts_a_change_of_its_board_which_is_shown_afterwards(
    stack: Stack, open_board: Callable[..., Page]
) -> None:
    with board_made(stack, "studied", title="As it was"):
        page = open_board("studied")
        board, title, button = page.locator(".board"), page.locator("h1"), page.locator('[data-do="hold"]')
        page.keyboard.press(" ")
        expect(board).to_have_attribute("data-held", "")
        for text in ("Changed", "Changed again"):
            with page.expect_response("**/boards/studied/config/"):
                stack.sql("UPDATE dashboard_board SET title = ? WHERE slug = 'studied'", text)
                control(stack, do="recheck")
            page.wait_for_timeout(1_500)
            expect(board).to_have_attribute("data-held", "")
            expect(title).to_have_text("As it was")
            expect(button).to_have_text("Go on")
            expect(button).to_have_attribute("aria-pressed", "true")
        page.keyboard.press(" ")
        expect(title).to_have_text("Changed again")
        expect(board).not_to_have_attribute("data-held", "")
        expect(button).to_have_text("Pause")
        expect(button).to_have_attribute("aria-pressed", "false")


def test_the_button_tells_when_a_moment_held_still_has_ended_by_itself(
    stack: Stack, new_page: Callable[..., Page]
) -> None:
    with board_made(stack, "studied"):
        page = new_page(is_new=True)
        page.goto("/boards/studied/")
        page.locator(".tile .waiting").first.wait_for()
        page.keyboard.press(" ")
        button = page.locator('[data-do="hold"]')
        expect(button).to_have_attribute("aria-pressed", "true")
        stack.sql("DELETE FROM dashboard_board WHERE slug = 'studied'")
        control(stack, do="recheck")
        expect(page.locator(".board")).not_to_have_attribute("data-held", "")
        expect(button).to_have_attribute("aria-pressed", "false")
