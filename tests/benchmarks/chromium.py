"""The system's Chromium on a board, without a window."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from playwright.sync_api import Browser, Page, sync_playwright

from tests.benchmarks.report import NotMeasured
from tests.benchmarks.site import Site

NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS: Final = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
]
SCREEN: Final = (1920, 1080)
READY: Final = "() => document.querySelectorAll('wb-agents .sums .figure').length > 0"


@contextmanager
def browser() -> Iterator[Browser]:
    """Chromium, for as long as the block runs."""
    executable = next((path for name in NAMES if (path := shutil.which(name))), None)
    if executable is None:
        raise NotMeasured(f"No browser was found; any of these will do: {', '.join(NAMES)}.")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        try:
            yield chromium
        finally:
            chromium.close()


@contextmanager
def screen_of(chromium: Browser, site: Site, *, script: str = "") -> Iterator[Page]:
    """An empty full-HD page with an empty cache that may see the site's boards. `script` runs before the pages' own."""
    context = chromium.new_context(viewport={"width": SCREEN[0], "height": SCREEN[1]})
    try:
        context.add_cookies([{"name": "sessionid", "value": site.cookie, "url": site.url}])
        if script:
            context.add_init_script(script)
        yield context.new_page()
    finally:
        context.close()


@contextmanager
def board_page(site: Site, *, script: str = "") -> Iterator[Page]:
    """The overview board, once it shows agents. `script` runs before the page's own."""
    with browser() as chromium, screen_of(chromium, site, script=script) as page:
        page.goto(site.board_url)
        page.wait_for_function(READY, timeout=30_000)
        page.wait_for_timeout(3_000)
        yield page
