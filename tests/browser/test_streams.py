"""A board over two PBXs shows both, each tile as fresh as its own PBX."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page

from dashboard.gateway.faults import Fault, FaultKind
from dashboard.gateway.server import PbxServer, running_pbx
from dashboard.gateway.simulated.settings import SimulationSettings
from tests.browser.conftest import Troubles
from tests.browser.screen import board_made, mark, read, wait_fresh
from tests.stack import Stack, running_stack, wait_until

ADD = """
from dashboard.models import Pbx
from dashboard.pbx.client import access_token
Pbx.objects.create(slug="brno", title="Brno", base_url="{url}", token=access_token("{login}", "{password}"))
"""
TILES = """() => Object.fromEntries([...document.querySelectorAll(".tile")].map((tile) => [tile.queue, {
  title: tile.querySelector(".title").textContent.trim().replace(/\\s+/g, " "), waiting: tile.querySelector(".waiting").textContent,
  fresh: tile.dataset.fresh, age: tile.querySelector(".age")?.textContent ?? null,
}]))"""


@pytest.fixture(scope="module")
def other_pbx() -> Iterator[PbxServer]:
    with running_pbx(
        SimulationSettings(queues=3, agents=6, seed=7, is_quiet=True, timezone="Europe/Prague")
    ) as pbx:
        yield pbx


@pytest.fixture(scope="module")
def two(other_pbx: PbxServer) -> Iterator[Stack]:
    quiet = SimulationSettings(queues=4, agents=10, is_quiet=True, timezone="Europe/Prague")
    with running_stack(simulation=quiet) as stack:
        yield stack


@pytest.fixture(autouse=True)
def _without_faults(other_pbx: PbxServer) -> Iterator[None]:
    yield
    other_pbx.faults.clear()


@pytest.fixture
def page(two: Stack, new_context: Callable[..., BrowserContext], troubles: Troubles) -> Page:
    context = new_context(viewport={"width": 1920, "height": 1080})
    context.add_cookies([{"name": k, "value": v, "url": two.url} for k, v in two.cookies("viewer").items()])
    page = context.new_page()
    troubles.watch(page)
    page.add_init_script("Math.random = () => 0.05;")
    page.goto(f"{two.url}/boards/overview/")
    wait_fresh(page)
    return page


def test_pbx_that_is_added_appears_on_the_board_by_itself(
    two: Stack, other_pbx: PbxServer, page: Page
) -> None:
    mark(page)
    assert len(read(page)["tiles"]) == 4
    two.manage(
        "shell", "-c", ADD.format(url=other_pbx.url, login=other_pbx.login, password=other_pbx.password)
    )
    wait_until(lambda: page.locator(".tile").count() == 7, within_s=40, what="The tiles of the added PBX")


def test_figures_of_both_are_added_up_and_tiles_keep_their_own(
    two: Stack, other_pbx: PbxServer, page: Page
) -> None:
    wait_until(lambda: page.locator(".tile").count() == 7, within_s=20)
    for pbx, calls in ((two.pbx, 2), (other_pbx, 1)):
        for _ in range(calls):
            pbx.engine.call_inject(queue_id=1, kept_waiting_s=60)
    wait_until(lambda: read(page)["waiting"] == "3", within_s=8)
    tiles = page.evaluate(TILES)
    assert (tiles["main/1"]["waiting"], tiles["brno/1"]["waiting"]) == ("2", "1")
    assert tiles["main/1"]["title"].endswith("main")
    assert tiles["brno/1"]["title"].endswith("brno")
    logged_in = len(two.pbx.engine.floor().agents) + len(other_pbx.engine.floor().agents)
    assert read(page)["logged_in"] == f"of {logged_in} logged in"
    assert len(read(page)["agents"]) == logged_in


def test_outage_of_one_leaves_the_other_live_and_sums_unknown(
    two: Stack, other_pbx: PbxServer, page: Page
) -> None:
    wait_until(lambda: page.locator(".tile").count() == 7, within_s=20)
    other_pbx.faults.set("*", Fault(kind=FaultKind.REFUSED))
    wait_until(lambda: page.evaluate(TILES)["brno/1"]["fresh"] == "down", within_s=30)
    # Each figure by the endpoint it rests on, and these were not asked at the same moment.
    wait_until(lambda: read(page)["waiting"] == "–", within_s=5)
    tiles = page.evaluate(TILES)
    assert {tile["fresh"] for name, tile in tiles.items() if name.startswith("main/")} == {"fresh"}
    assert tiles["main/1"]["waiting"] != "–"
    assert tiles["brno/1"]["waiting"] == "–"
    # Agents rest on an endpoint of their own, which may have answered a moment later than that of the tile.
    logged_in = len(two.pbx.engine.floor().agents)
    wait_until(
        lambda: len(read(page)["agents"]) == logged_in, within_s=20, what="The agents of the other PBX to go"
    )
    assert "brno: The PBX cannot be reached." in read(page)["notice"]
    other_pbx.faults.clear()
    wait_fresh(page)


def test_outage_of_one_does_not_stop_the_limits_of_a_tile_of_the_other(
    two: Stack, other_pbx: PbxServer, page: Page
) -> None:
    wait_until(lambda: page.locator(".tile").count() == 7, within_s=20)
    tile = {"id": "q", "type": "queue", "x": 0, "y": 0, "w": 24, "h": 24}
    limits = {"critical": {"enter": 2, "leave": 1}, "hold_s": 0}
    options = {"queue": "main/3", "levels": limits}
    layout = {"version": 1, "columns": 24, "rows": 24, "widgets": [{**tile, "options": options}]}
    with board_made(two, "own", layout=layout):
        page.goto(f"{two.url}/boards/own/")
        wait_fresh(page)
        other_pbx.faults.set("*", Fault(kind=FaultKind.REFUSED))
        page.locator("wb-queue[data-fresh=down]").wait_for(timeout=30_000)
        assert page.locator(".tile[data-level=critical]").count() == 0
        for _ in range(2):
            two.pbx.engine.call_inject(queue_id=3, kept_waiting_s=60)
        page.locator(".tile[data-level=critical]").wait_for(timeout=15_000)
    other_pbx.faults.clear()


def test_clock_of_one_that_is_wrong_does_not_bend_its_ages(
    two: Stack, other_pbx: PbxServer, page: Page
) -> None:
    wait_until(lambda: page.locator(".tile").count() == 7, within_s=20)
    other_pbx.faults.set("*", Fault(kind=FaultKind.CLOCK, seconds=600))
    other_pbx.engine.call_inject(queue_id=2, kept_waiting_s=60)
    timer = "[...document.querySelectorAll('.tile')].find((tile) => tile.queue === 'brno/2').querySelector('.timer').textContent"
    page.wait_for_timeout(6_000)
    minutes, rest = page.evaluate(timer).split(":")
    assert 3 <= int(minutes) * 60 + int(rest) <= 12
    other_pbx.faults.clear()


def test_pbx_that_is_switched_off_leaves_the_board_by_itself(two: Stack, page: Page) -> None:
    wait_until(lambda: page.locator(".tile").count() == 7, within_s=20)
    two.sql("UPDATE dashboard_pbx SET is_enabled = 0 WHERE slug = 'brno'")
    wait_until(
        lambda: page.locator(".tile").count() == 4,
        within_s=60,
        what="The board without the PBX that was switched off",
    )
    wait_fresh(page)
