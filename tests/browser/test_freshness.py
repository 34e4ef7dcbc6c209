"""What is old looks old, says why in a sentence, and is fresh again by itself, without a reload."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from dashboard.gateway.faults import Fault, FaultKind
from tests.browser.screen import is_marked, mark, read, seconds, wait_fresh, wait_status
from tests.stack import Stack, wait_until

DASH = "–"


def test_outage_of_the_pbx_dims_then_dashes_says_why_and_ends_by_itself(
    stack: Stack, open_board: Callable[..., Page]
) -> None:
    page = open_board()
    mark(page)
    stack.pbx.faults.set("*", Fault(kind=FaultKind.REFUSED))
    wait_status(page, "late", within_ms=12_000)
    late = read(page)
    assert late["status"]["text"].startswith("Late")
    assert all(tile["fresh"] == "late" and tile["age"].endswith("ago") for tile in late["tiles"].values())
    assert late["waiting"] != DASH
    page.locator("wb-callers[data-fresh='late']").wait_for(timeout=5_000)
    assert opacity(page, "wb-callers .headline") < 1
    wait_status(page, "down", within_ms=20_000)
    # Each figure rests on an endpoint of its own, and these did not answer last at the same moment.
    down = wait_until(lambda: dark(read(page)), within_s=5, what="A board without figures")
    assert "The PBX cannot be reached." in down["notice"]
    assert "since" in down["status"]["text"]
    stack.pbx.faults.clear()
    wait_fresh(page, within_ms=10_000)
    assert read(page)["waiting"] != DASH
    assert read(page)["notice"] is None
    assert is_marked(page)


def dark(board: dict[str, Any]) -> dict[str, Any] | None:
    """The board, if it shows no figure any more."""
    figures = {board["waiting"], board["ready"]}
    for tile in board["tiles"].values():
        figures |= {tile["waiting"], tile["ready"]}
    return board if figures == {DASH} and not board["agents"] and not board["calls"] else None


def opacity(page: Page, selector: str) -> float:
    return float(
        page.locator(selector).evaluate(
            "async (one) => { await new Promise((r) => setTimeout(r, 300)); return getComputedStyle(one).opacity; }"
        )
    )


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (Fault(kind=FaultKind.WRONG_TOKEN), "The PBX does not accept the login of the wallboard."),
        (Fault(kind=FaultKind.HTTP_ERROR), "The PBX answers with an error."),
        (Fault(kind=FaultKind.GARBAGE), "The PBX answers something that cannot be read."),
        (Fault(kind=FaultKind.DELAY, seconds=30), "The PBX does not answer in time."),
    ],
    ids=lambda value: value.kind.value if isinstance(value, Fault) else "",
)
def test_each_kind_of_trouble_has_its_own_sentence(
    stack: Stack, open_board: Callable[..., Page], fault: Fault, sentence: str
) -> None:
    page = open_board()
    stack.pbx.faults.set("*", fault)
    page.locator("wb-notice", has_text=sentence).wait_for(timeout=15_000)
    stack.pbx.faults.clear()
    wait_fresh(page)
    assert read(page)["notice"] is None


def test_data_that_stands_still_is_said_to_stand_still(stack: Stack, open_board: Callable[..., Page]) -> None:
    page = open_board()
    stack.pbx.engine.call_inject(queue_id=2, kept_waiting_s=60)
    page.wait_for_timeout(2000)
    stack.pbx.faults.set("*", Fault(kind=FaultKind.FROZEN))
    wait_status(page, "stale", within_ms=20_000)
    board = read(page)
    assert "The PBX answers but its data stands still." in board["notice"]
    assert all("stale since" in tile["age"] for tile in board["tiles"].values())
    stack.pbx.faults.clear()
    wait_fresh(page)


def test_each_tile_has_the_age_of_what_it_rests_on(stack: Stack, open_board: Callable[..., Page]) -> None:
    page = open_board()
    stack.pbx.faults.set("RTStatsCalls", Fault(kind=FaultKind.HTTP_ERROR))
    wait_status(page, "down", within_ms=25_000)
    board = read(page)
    assert board["waiting"] == DASH
    assert board["ready"] != DASH
    assert len(board["agents"]) > 20
    assert page.locator("wb-agents").get_attribute("data-fresh") == "fresh"
    stack.pbx.faults.clear()
    wait_fresh(page)


def test_timers_of_stale_figures_stand_still(stack: Stack, open_board: Callable[..., Page]) -> None:
    page = open_board()
    stack.pbx.faults.set("*", Fault(kind=FaultKind.FROZEN))
    wait_status(page, "stale", within_ms=20_000)
    page.wait_for_timeout(16_000)  # timers run on for 15 s from the moment of the figures
    before = [agent["timer"] for agent in read(page)["agents"]]
    page.wait_for_timeout(2500)
    assert [agent["timer"] for agent in read(page)["agents"]] == before


def test_restart_of_the_pbx_is_followed(stack: Stack, open_board: Callable[..., Page]) -> None:
    page = open_board()
    mark(page)
    stack.pbx.faults.set("*", Fault(kind=FaultKind.RESTART, seconds=3))
    wait_until(lambda: len(read(page)["agents"]) < 10, within_s=15, what="The empty call centre")
    wait_until(lambda: len(read(page)["agents"]) > 10, within_s=60, what="Agents who log in again")
    wait_fresh(page)
    assert all(seconds(agent["timer"]) < 90 for agent in read(page)["agents"] if ":" in agent["timer"])
    assert is_marked(page)
