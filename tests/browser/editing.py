"""The editor as tests use it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import FrameLocator, Page

from tests.browser.screen import board_made
from tests.stack import Stack

WITHIN_MS = 15_000


@pytest.fixture
def board(stack: Stack) -> Iterator[str]:
    """A board that lays itself out."""
    with board_made(stack, "composed") as slug:
        yield slug


@pytest.fixture
def editor(new_page: Callable[..., Page], board: str) -> Page:
    return edited(new_page, board)


def edited(new_page: Callable[..., Page], slug: str) -> Page:
    """The editor of a board, for an administrator."""
    page = new_page(user="admin")
    page.goto(f"/boards/{slug}/edit/")
    return page


def canvas(page: Page) -> FrameLocator:
    return page.frame_locator("#canvas")


def begin(page: Page, name: str = "Begin from nothing") -> None:
    page.get_by_role("button", name=name).click()
    page.get_by_role("heading", name="Add").wait_for()
    page.wait_for_function("() => document.getElementById('canvas').contentWindow.wbCanvas")


def add(page: Page, title: str) -> None:
    page.locator(".palette li button", has_text=title).first.click()
    page.locator(".options h2", has_text=title).wait_for()


def save(page: Page) -> None:
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("status").filter(has_text="Saved").wait_for()


def stored(stack: Stack, slug: str) -> dict:
    return dict(json.loads(stack.sql("SELECT layout FROM dashboard_board WHERE slug = ?", slug)[0][0]))
