"""TVs in the tests: one that waits, the administrator's telephone, letting it in, and the list of screens."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, Page

from tests.browser.screen import wait_fresh
from tests.stack import Stack

TABLES = ("announcement_screens", "announcement_boards", "announcement", "pairing", "screen", "playlistentry")


@pytest.fixture
def tvs(new_page: Callable[..., Page], stack: Stack) -> Iterator[Callable[[], Page]]:
    """Makes TVs that wait to be let in; what they became is forgotten afterwards."""
    made: list[Page] = []

    def make() -> Page:
        page = new_page(user=None)
        page.goto("/tv/")
        made.append(page)
        return page

    yield make
    for page in made:
        page.context.close()
    for table in (*TABLES, "playlist"):
        stack.sql(f"DELETE FROM dashboard_{table}")  # noqa: S608


@pytest.fixture
def tv(tvs: Callable[[], Page]) -> Page:
    """A TV that waits to be let in."""
    return tvs()


@pytest.fixture
def phone(new_page: Callable[..., Page]) -> Page:
    """The administrator's telephone."""
    return new_page(user="admin", is_new=True, size=(390, 844))


def code_on(tv: Page) -> str:
    return "".join(tv.locator(".pairing .code span").all_inner_texts())


def let_in(tv: Page, phone: Page, *, shows: str = "Overview", name: str = "Hall left") -> None:
    """Approve the TV by the address in its QR code, and wait until it shows figures."""
    approve(phone, code_on(tv), shows=shows, name=name)
    wait_fresh(tv)


def approve(phone: Page, code: str, *, shows: str, name: str) -> None:
    """Let the TV with this code in."""
    phone.goto(f"/tv/approve/?code={code}")
    phone.get_by_label("Name").fill(name)
    phone.get_by_label("Shows").select_option(label=shows)
    phone.get_by_role("button", name="Let it in").click()
    phone.get_by_role("heading", name=f"“{name}” is in").wait_for()


def in_fleet(phone: Page, name: str) -> Locator:
    """The screen's row on the list of screens, as it is now."""
    phone.set_viewport_size({"width": 1280, "height": 800})
    phone.goto("/admin/dashboard/screen/")
    return phone.get_by_role("row", name=re.compile(name))


def fleet_does(phone: Page, action: str, *names: str) -> None:
    """An action on these screens, on the list of screens."""
    for name in names:
        in_fleet(phone, name).get_by_role("checkbox").check()
    phone.locator("select[name=action]").select_option(label=action)
    phone.get_by_role("button", name="Run").or_(phone.get_by_role("button", name="Go")).click()
