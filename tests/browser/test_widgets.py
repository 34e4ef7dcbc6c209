"""Boards of widgets show what the PBX says, and lead on to each other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.grids import opened
from tests.browser.screen import expected, is_marked, mark, script
from tests.stack import Stack, wait_until

FAULTS = script("layout_faults")
LUNCH = 4


def test_figures_are_those_of_the_pbx_and_of_the_queues_that_were_chosen(
    made: Callable[..., str], new_page: Callable[..., Page], stack: Stack
) -> None:
    engine = stack.pbx.engine
    title = engine.directory().queues[4].title
    options = {"number": {"figure": "agents_ready", "queues": ["main/4"]}, "queue": {"queue": "main/4"}}
    made("ready", {"number": (0, 0, 12, 12), "queue": (12, 0, 12, 12)}, options=options)
    page = opened(new_page, "ready")

    def is_right() -> bool:
        ready = expected(stack)["tiles"][title][1].split(" / ")[0]
        tile = page.locator("wb-queue .team b").inner_text().split("/")[0].strip()
        return page.locator("wb-number .big").inner_text() == ready == tile

    wait_until(is_right, within_s=20, what="The ready agents of one queue")
    assert page.locator("wb-number .under").inner_text() == title


def test_queue_in_trouble_comes_first_with_word_and_shape(
    made: Callable[..., str], new_page: Callable[..., Page], stack: Stack
) -> None:
    engine = stack.pbx.engine
    title = engine.directory().queues[4].title
    made("table", {"queue-table": (0, 0, 24, 24)})
    page = opened(new_page, "table")
    calls = [engine.call_inject(queue_id=4, caller=f"+42077712390{n}", kept_waiting_s=60) for n in range(7)]
    row = page.locator("wb-queue-table .row:not(.columns)").first
    expect(row).to_have_attribute("data-level", "critical", timeout=30_000)
    assert title in row.locator(".name").inner_text()
    assert row.locator(".badge .word").inner_text() == "critical"
    expect(row.locator(".badge .mark")).to_be_visible()
    for call_id in calls:
        engine.call_hang_up(call_id=call_id)


def test_pause_over_the_limit_is_marked_and_first(
    made: Callable[..., str], new_page: Callable[..., Page], stack: Stack
) -> None:
    made("pauses", {"pauses": (0, 0, 24, 24)}, options={"pauses": {"limit_min": 1}})
    engine = stack.pbx.engine
    ready = {id_ for id_, agent in engine.floor().agents.items() if agent.queue_ids and agent.call_id is None}
    user_id = min(ready)
    engine.agent_pause_on(user_id=user_id, pause_id=LUNCH)
    with engine.acting() as world:
        world.agents[user_id].state_since_at -= 120_000
    page = opened(new_page, "pauses")
    rows = page.locator("wb-pauses .row")
    expect(rows.first).to_have_attribute("data-level", "warning", timeout=30_000)
    assert "1 min" in str(rows.first.locator(".badge").get_attribute("aria-label"))
    levels = rows.evaluate_all("(all) => all.map((one) => one.dataset.level)")
    assert levels == sorted(levels, reverse=True)
    engine.agent_pause_off(user_id=user_id)


def test_what_people_answered_is_told_only_where_the_board_allows_it(
    made: Callable[..., str], new_page: Callable[..., Page]
) -> None:
    made("off", {"leaders": (0, 0, 12, 12)}, leaders="off")
    page = opened(new_page, "off")
    expect(page.locator("wb-leaders .empty")).to_contain_text("privacy")


def test_arrows_lead_to_the_next_board_on_the_same_page(
    made: Callable[..., str], new_page: Callable[..., Page]
) -> None:
    made("zz-clock", {"clock": (0, 0, 12, 12), "callers": (12, 0, 12, 12)}, title="Zz clock", theme="light")
    page = opened(new_page, "zz-clock")
    mark(page)
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**/boards/overview/")
    expect(page.locator(".tile").first).to_be_visible()
    expect(page.locator("h1")).to_have_text("Overview")
    page.keyboard.press("ArrowLeft")
    page.wait_for_url("**/boards/zz-clock/")
    expect(page.locator("wb-clock")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("data-theme", "light")
    assert is_marked(page)
    page.keyboard.press("Escape")
    page.wait_for_url("**/boards/")


def test_what_is_read_aloud_of_the_connection_does_not_change_every_second(
    open_board: Callable[..., Page],
) -> None:
    page = open_board()
    expect(page.locator("wb-status .since")).to_contain_text("ago")
    expect(page.locator("wb-status [role=status], wb-status [aria-live]")).to_have_text(["Live"])


def test_the_title_of_a_tile_opens_the_calls_of_its_queue(
    made: Callable[..., str], new_page: Callable[..., Page], stack: Stack
) -> None:
    title = stack.pbx.engine.directory().queues[1].title
    made("doors", {"queues": (0, 0, 12, 24), "queue": (12, 0, 12, 12), "number": (12, 12, 12, 12)})
    viewer = opened(new_page, "doors")
    viewer.locator("wb-queues .tile").first.wait_for()
    expect(viewer.locator("main a")).to_have_count(0)
    page = opened(new_page, "doors", user="supervisor")
    page.locator("wb-number h2 a").wait_for()
    expect(page.locator("wb-queue h3 a")).to_have_attribute("href", "/admin/supervision/?queue=main%2F1")
    page.locator("wb-queues h3 a", has_text=title).click()
    page.wait_for_url("**/admin/supervision/?queue=main%2F1")
    expect(page.locator("wb-desk-toolbar select").first).to_have_value("main/1")


def test_who_may_edit_boards_edits_the_one_that_is_shown_after_an_arrow_too(
    made: Callable[..., str], new_page: Callable[..., Page]
) -> None:
    made("zz-clock", {"clock": (0, 0, 24, 24)}, title="Zz clock")
    page = opened(new_page, "zz-clock", user="admin")
    mark(page)
    edit = page.get_by_role("link", name="Edit", include_hidden=True)
    expect(edit).to_have_attribute("href", "/boards/zz-clock/edit/")
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**/boards/overview/")
    expect(edit).to_have_attribute("href", "/boards/overview/edit/")
    expect(page.locator(".identify b")).to_have_text("Overview")
    assert is_marked(page)


def test_each_board_says_what_is_announced_on_it_when_the_arrows_change_it(
    made: Callable[..., str], new_page: Callable[..., Page], stack: Stack
) -> None:
    made("zz-clock", {"clock": (0, 0, 24, 24)}, title="Zz clock")
    try:
        for slug, text in (("zz-clock", "Only by the clock"), ("overview", "Only on the overview")):
            stack.sql(
                "INSERT INTO dashboard_announcement (text, level, starts_at, everywhere)"
                " VALUES (?, 'info', '2026-01-01 00:00:00', 0)",
                text,
            )
            stack.sql(
                "INSERT INTO dashboard_announcement_boards (announcement_id, board_id)"
                " SELECT a.id, b.id FROM dashboard_announcement a, dashboard_board b WHERE a.text = ? AND b.slug = ?",
                text,
                slug,
            )
        page = opened(new_page, "zz-clock")
        expect(page.locator("wb-notice")).to_contain_text("Only by the clock")
        page.keyboard.press("ArrowRight")
        page.wait_for_url("**/boards/overview/")
        expect(page.locator("wb-notice")).to_contain_text("Only on the overview")
        page.keyboard.press("ArrowLeft")
        page.wait_for_url("**/boards/zz-clock/")
        expect(page.locator("wb-notice")).to_contain_text("Only by the clock")
    finally:
        stack.sql("DELETE FROM dashboard_announcement_boards")
        stack.sql("DELETE FROM dashboard_announcement")


def test_moment_that_is_held_still_is_marked_and_goes_on(open_board: Callable[..., Page]) -> None:
    page = open_board()
    page.keyboard.press("Space")
    expect(page.locator("wb-notice")).to_contain_text("Not live")
    expect(page.locator("wb-status")).to_contain_text("Paused")
    timers = "() => [...document.querySelectorAll('.timer')].map((one) => one.textContent).join()"
    before = page.evaluate(timers)
    page.wait_for_timeout(2500)
    assert page.evaluate(timers) == before
    page.keyboard.press("Space")
    expect(page.locator("wb-status")).to_contain_text("Live", timeout=15_000)
    expect(page.locator("wb-notice")).to_be_hidden()
    page.wait_for_function(f"(before) => ({timers})() !== before", arg=before)


def test_f_fills_the_screen(open_board: Callable[..., Page]) -> None:
    page = open_board()
    page.keyboard.press("f")
    page.wait_for_function("() => document.fullscreenElement !== null")
    page.keyboard.press("f")
    page.wait_for_function("() => document.fullscreenElement === null")


def test_widget_says_what_it_shows_and_how_it_is_counted(
    made: Callable[..., str], new_page: Callable[..., Page]
) -> None:
    made("told", {"number": (0, 0, 12, 12)}, options={"number": {"figure": "service_level", "window": "30m"}})
    page = opened(new_page, "told")
    page.locator("wb-number").hover()
    tip = page.get_by_role("tooltip")
    expect(tip).to_contain_text("calls in time / calls counted")
    expect(tip).to_contain_text("last 30 minutes")


def test_browser_that_blocks_sound_says_so_until_somebody_touches_it(
    made: Callable[..., str], new_page: Callable[..., Page], troubles: Any
) -> None:
    troubles.allow("AudioContext")
    made("loud", {"callers": (0, 0, 24, 24)}, sound=1)
    page = opened(new_page, "loud")
    expect(page.locator("wb-notice")).to_contain_text("Sound is blocked")
    page.mouse.click(5, 5)
    expect(page.locator("wb-notice")).to_be_hidden()


def test_board_speaks_its_own_language(made: Callable[..., str], new_page: Callable[..., Page]) -> None:
    made("czech", {"clock": (0, 0, 24, 24)}, language="cs")
    page = opened(new_page, "czech")
    expect(page.locator("html")).to_have_attribute("lang", "cs")
    day = page.evaluate(
        "() => new Intl.DateTimeFormat('cs', { weekday: 'long', timeZone: 'Europe/Prague' }).format(Date.now())"
    )
    expect(page.locator("wb-clock .under")).to_contain_text(day)
