"""The system's Chromium, one wallboard of real processes for all tests of this folder, and pages that must not complain."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Page

from dashboard.gateway.simulated.settings import SimulationSettings
from tests.browser.desk import Desk
from tests.browser.editing import board, editor
from tests.browser.grids import layout
from tests.browser.screen import board_made, nobody_waits, wait_fresh
from tests.browser.tv import phone, tv, tvs
from tests.faults.checks import is_fresh
from tests.stack import Stack, running_stack

__all__ = ["board", "editor", "phone", "tv", "tvs"]

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser/" in item.nodeid:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    executable = next((path for name in CHROMIUM if (path := shutil.which(name))), None)
    if executable is None:
        raise FileNotFoundError(f"No browser was found; any of these will do: {', '.join(CHROMIUM)}.")
    return {**browser_type_launch_args, "executable_path": executable, "args": ARGUMENTS}


@pytest.fixture(scope="session")
def base_url() -> None:
    """Each page gets its stack's address; the plug-in's own fixture of this name is of a kind that warns."""


@pytest.fixture(scope="package")
def whole_stack() -> Iterator[Stack]:
    """Eight queues and forty agents in the middle of a shift."""
    with running_stack(simulation=SimulationSettings(timezone="Europe/Prague")) as stack:
        yield stack


@pytest.fixture
def stack(whole_stack: Stack) -> Iterator[Stack]:
    """The stack, without faults and with a PBX that answers. Nobody is left waiting for the next test."""
    whole_stack.pbx.faults.clear()
    whole_stack.wait_up()
    with whole_stack.board(user="admin") as board:
        board.wait(is_fresh, within_s=30, what="A healthy stack")
    yield whole_stack
    whole_stack.pbx.faults.clear()
    nobody_waits(whole_stack)


class Troubles:
    """What pages have complained of: errors in the console, uncaught exceptions, violations of the security policy."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        self._allowed: list[str] = []

    def watch(self, page: Page) -> None:
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.seen.append(f"uncaught: {error}"))

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.seen.append(f"{message.text} ({message.location['url']})")

    def allow(self, pattern: str) -> None:
        """Complaints like this are expected in this test."""
        self._allowed.append(pattern)

    @property
    def unexpected(self) -> list[str]:
        return [text for text in self.seen if not any(re.search(one, text) for one in self._allowed)]


@pytest.fixture
def troubles() -> Iterator[Troubles]:
    """At the end of each test nothing unexpected may have been complained of."""
    troubles = Troubles()
    yield troubles
    assert troubles.unexpected == []


@pytest.fixture
def new_page(
    new_context: Callable[..., BrowserContext], stack: Stack, troubles: Troubles
) -> Callable[..., Page]:
    """Opens a page of somebody's: `user` None is not logged in; `is_new` gives the page a session of its own."""

    def make(
        *,
        user: str | None = "viewer",
        is_new: bool = False,
        size: tuple[int, int] = (1920, 1080),
        **options: Any,
    ) -> Page:
        viewport = {"width": size[0], "height": size[1]}
        context = new_context(viewport=viewport, base_url=stack.url, **options)
        if user is not None:
            cookies = stack.cookies(user, is_new=is_new)
            context.add_cookies([{"name": k, "value": v, "url": stack.url} for k, v in cookies.items()])
        page = context.new_page()
        troubles.watch(page)
        return page

    return make


@pytest.fixture
def open_board(new_page: Callable[..., Page]) -> Callable[..., Page]:
    """Opens a board and returns once it is live. `script` runs before the page's own."""

    def open_(slug: str = "overview", *, script: str = "", **options: Any) -> Page:
        page = new_page(**options)
        if script:
            page.add_init_script(script)
        page.goto(f"/boards/{slug}/")
        wait_fresh(page)
        return page

    return open_


@pytest.fixture
def desk(new_page: Callable[..., Page], stack: Stack) -> Iterator[Desk]:
    """A supervisor's page, live, with buttons."""
    desk = Desk(new_page(user="supervisor"), stack).open()
    desk.page.locator("wb-agent-row .primary").first.wait_for()
    yield desk
    desk.tidy()


@pytest.fixture
def made(stack: Stack) -> Iterator[Callable[..., str]]:
    """Makes boards that are gone after the test."""
    open_: list[Any] = []

    def make(slug: str, places: dict[str, tuple[int, int, int, int]], **columns: Any) -> str:
        options = columns.pop("options", {})
        one = board_made(stack, slug, layout=layout(places, **options), **columns)
        open_.append(one)
        return one.__enter__()

    yield make
    for one in open_:
        one.__exit__(None, None, None)
