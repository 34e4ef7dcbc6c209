"""The list of those who wait: everybody has a turn, who waits too long is marked, and nothing moves."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.grids import opened
from tests.browser.screen import script
from tests.stack import Stack, wait_until

FAULTS = script("layout_faults")
PLACES = """(row) => [...row.querySelectorAll('.timer, .caller, .name')].flatMap((part) => {
  const [box, outer] = [part.getBoundingClientRect(), row.getBoundingClientRect()];
  return [box.x - outer.x, box.y - outer.y, box.height];
})"""


def test_everybody_who_waits_has_a_turn_on_the_board(
    made: Callable[..., str], new_page: Callable[..., Page], stack: Stack
) -> None:
    engine = stack.pbx.engine
    calls = [
        engine.call_inject(queue_id=4, caller=f"+4207771239{n}", kept_waiting_s=120) for n in range(10, 22)
    ]
    made("waiting", {"waiting": (0, 0, 8, 6), "queues": (0, 6, 24, 18)}, numbers="full")
    page = opened(new_page, "waiting")
    seen: set[str] = set()

    def are_all_seen() -> bool:
        page.wait_for_timeout(500)
        seen.update(page.locator("wb-waiting-calls .caller").all_inner_texts())
        return sum("7771239" in text.replace(" ", "").replace("\u202f", "") for text in seen) == len(calls)

    wait_until(are_all_seen, within_s=80, what="A turn for each of those who wait")
    expect(page.locator("wb-waiting-calls .pages")).to_be_visible()
    for call_id in calls:
        engine.call_hang_up(call_id=call_id)


@pytest.mark.parametrize("width", [24, 6])
def test_who_waits_too_long_is_marked_without_moving_anything(
    made: Callable[..., str], new_page: Callable[..., Page], stack: Stack, width: int
) -> None:
    levels = {
        "longest_wait_now_s": {
            "warning": {"enter": 20, "leave": 19},
            "critical": {"enter": 26, "leave": 25},
            "hold_s": 0,
        }
    }
    made("marked", {"waiting": (0, 0, width, 24)}, numbers="full", levels=levels)
    page = opened(new_page, "marked")
    caller = f"+4207771230{width:02}"  # one of its own, as the call of the run before may still be there for a moment
    call_id = stack.pbx.engine.call_inject(queue_id=4, caller=caller, kept_waiting_s=120)
    row = page.locator("wb-waiting-calls .call", has_text=caller)
    row.wait_for(timeout=10_000)
    assert row.locator(".badge").count() == 0, row.inner_text()
    places = pytest.approx(row.evaluate(PLACES), abs=0.5)
    for word in ("warning", "critical"):
        expect(row.get_by_role("img", name=word)).to_be_visible(timeout=30_000)
        expect(row).to_have_attribute("data-level", word)
        assert row.evaluate(PLACES) == places
    assert page.evaluate(FAULTS) == []
    stack.pbx.engine.call_hang_up(call_id=call_id)


def test_a_list_of_many_pages_keeps_its_title(
    made: Callable[..., str], new_page: Callable[..., Page], stack: Stack
) -> None:
    engine = stack.pbx.engine
    calls = [engine.call_inject(queue_id=4, kept_waiting_s=120) for _ in range(30)]
    made("crowded", {"waiting": (0, 0, 5, 6), "queues": (5, 0, 19, 24)})
    page = opened(new_page, "crowded", size=(1280, 720))
    expect(page.locator("wb-waiting-calls .pages")).to_contain_text("/", timeout=30_000)
    assert page.evaluate(FAULTS) == []
    for call_id in calls:
        engine.call_hang_up(call_id=call_id)


def test_the_note_of_the_page_stands_still_while_a_list_grows(
    made: Callable[..., str], new_page: Callable[..., Page], stack: Stack
) -> None:
    engine = stack.pbx.engine
    calls = [engine.call_inject(queue_id=4, kept_waiting_s=120) for _ in range(9)]
    made("growing", {"waiting": (0, 0, 8, 6), "queues": (0, 6, 24, 18)})
    page = opened(new_page, "growing")
    note = page.locator("wb-waiting-calls .pages")
    expect(note).to_contain_text(re.compile(r"\+\d more\s*\d/[2-4]"), timeout=30_000)
    page.evaluate(script("stillness_watch"))
    for _ in range(7):
        calls += [engine.call_inject(queue_id=4, kept_waiting_s=120) for _ in range(3)]
        page.wait_for_timeout(1500)
    expect(note).to_contain_text(re.compile(r"\+\d\d more\s*\d/([5-9]|\d\d)"), timeout=30_000)
    assert [shift for shift in page.evaluate("window.wbShifts") if "page" in shift or "span" in shift] == []
    for call_id in calls:
        engine.call_hang_up(call_id=call_id)
