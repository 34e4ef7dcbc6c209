"""The list of longest waits shows queues in trouble first, however long somebody waits elsewhere."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.grids import opened
from tests.stack import Stack

pytestmark = pytest.mark.timeout(150)

CALM = "VIP linka"
CROWDED = "Reklamace"
WAIT_S = 120
CRITICAL = 14  # More than ever wait by themselves.


def test_a_crowded_queue_comes_before_one_with_a_longer_wait(
    made: Callable[..., str], new_page: Callable[..., Page], stack: Stack
) -> None:
    engine = stack.pbx.engine
    ids = {queue.title: id_ for id_, queue in engine.directory().queues.items()}
    queues = [f"main/{ids[title]}" for title in (CALM, CROWDED)]
    # Only the number of callers counts, so that the longer wait is no trouble by itself.
    levels = {
        "longest_wait_now_s": {"warning": {"enter": 900, "leave": 800}},
        "waiting": {"critical": {"enter": CRITICAL, "leave": CRITICAL - 1}, "hold_s": 0},
    }
    options = {"longest": {"rows": 1, "queues": queues}}
    made("waits", {"longest": (0, 0, 12, 24)}, options=options, levels=levels)
    calls = [engine.call_inject(queue_id=ids[CALM], kept_waiting_s=WAIT_S)]
    page = opened(new_page, "waits")
    row = page.locator("wb-longest .row")
    expect(row).to_contain_text(CALM, timeout=30_000)
    calls += [engine.call_inject(queue_id=ids[CROWDED], kept_waiting_s=WAIT_S) for _ in range(CRITICAL)]
    expect(row).to_contain_text(CROWDED, timeout=30_000)
    expect(row).to_have_attribute("data-level", "critical")
    for call_id in calls:
        engine.call_hang_up(call_id=call_id)
