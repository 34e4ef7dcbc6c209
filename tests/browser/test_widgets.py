"""Boards of widgets: every kind has its place in every size and theme, and shows what the PBX says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from dashboard.boards.catalogue import TYPES
from dashboard.boards.figures import FIGURE
from tests.browser.screen import board_made, expected, is_marked, mark, script
from tests.browser.test_layout import SIZES
from tests.stack import Stack, wait_until

FAULTS = script("layout_faults")
CONTRASTS = script("contrasts")
LOOKS = [(size, "dark") for size in SIZES] + [("1080p", "light"), ("1080p", "contrast")]

FIRST = {
    "service-level": (0, 0, 6, 9),
    "number": (6, 0, 6, 9),
    "queue-table": (0, 9, 12, 15),
    "trend": (12, 0, 12, 9),
    "agent-states": (12, 9, 6, 9),
    "pauses": (18, 9, 6, 9),
    "leaders": (12, 18, 6, 6),
    "source": (18, 18, 6, 6),
}
SECOND = {
    "callers": (0, 0, 6, 12),
    "ready": (0, 12, 6, 9),
    "waiting": (6, 0, 6, 9),
    "calls": (6, 9, 12, 12),
    "longest": (12, 0, 6, 9),
    "campaign": (18, 0, 6, 9),
    "queue": (18, 9, 6, 6),
    "clock": (18, 15, 3, 6),
    "text": (21, 15, 3, 3),
    "image": (21, 18, 3, 3),
    "ticker": (0, 21, 24, 3),
}
THIRD = {"queues": (0, 0, 14, 24), "agents": (14, 0, 10, 24)}
OPTIONS: dict[str, dict[str, Any]] = {
    "queue": {"queue": "main/1"},
    "text": {"text": "Vítejte"},
    "ticker": {"text": "Dobrý den"},
    "campaign": {"goal": 100},
    "pauses": {"limit_min": 1},
}
LUNCH = 4
ALWAYS_CRITICAL = {"critical": {"enter": -1e6, "leave": -2e6}}


def layout(places: dict[str, tuple[int, int, int, int]], **options: dict[str, Any]) -> dict[str, Any]:
    widgets = [
        {
            "id": type_,
            "type": type_,
            "x": x,
            "y": y,
            "w": w,
            "h": h,
            "options": (OPTIONS | options).get(type_, {}),
        }
        for type_, (x, y, w, h) in places.items()
    ]
    return {"version": 1, "columns": 24, "rows": 24, "widgets": widgets}


@pytest.fixture
def made(stack: Stack) -> Iterator[Callable[..., str]]:
    """Makes boards that are gone after the test."""
    open_: list[Any] = []

    def make(slug: str, places: dict[str, tuple[int, int, int, int]], **columns: Any) -> str:
        options = columns.pop("options", {})
        board = board_made(stack, slug, layout=layout(places, **options), **columns)
        open_.append(board)
        return board.__enter__()

    yield make
    for board in open_:
        board.__exit__(None, None, None)


def opened(new_page: Callable[..., Page], slug: str, **options: Any) -> Page:
    page = new_page(**options)
    page.goto(f"/boards/{slug}/")
    page.wait_for_function(
        "() => document.querySelector('wb-status')?.dataset.fresh === 'fresh' && document.querySelector('main [data-fresh=fresh]')",
        timeout=30_000,
    )
    return page


def test_these_boards_hold_every_kind_of_widget() -> None:
    assert set(FIRST) | set(SECOND) | set(THIRD) == {type_.key for type_ in TYPES}


@pytest.mark.parametrize(("size", "theme"), LOOKS, ids=lambda value: value)
def test_every_widget_has_its_place_and_can_be_read(
    made: Callable[..., str], new_page: Callable[..., Page], size: str, theme: str
) -> None:
    for slug, places in (("first", FIRST), ("second", SECOND), ("third", THIRD)):
        made(slug, places, theme=theme, leaders="people", title="Zákaznické centrum Brno")
        page = opened(new_page, slug, size=SIZES[size])
        page.wait_for_timeout(1500)
        for type_ in places:
            expect(page.locator(f'main [data-type="{type_}"]')).to_be_visible()
        assert page.evaluate(FAULTS) == [], slug
        dim = [text for text in page.evaluate(CONTRASTS) if text["ratio"] < 4.5]
        assert dim == [], slug
        page.close()


@pytest.mark.parametrize("language", ["en", "cs"])
def test_every_widget_can_be_read_when_all_of_it_is_critical(
    made: Callable[..., str], new_page: Callable[..., Page], language: str
) -> None:
    levels = dict.fromkeys(FIGURE, ALWAYS_CRITICAL)
    for slug, places in (("first", FIRST), ("second", SECOND), ("third", THIRD)):
        made(slug, places, levels=levels, language=language, title="Zákaznické centrum Brno")
        page = opened(new_page, slug)
        expect(page.locator("main [data-level=critical]").first).to_be_visible()
        page.wait_for_timeout(1500)
        assert page.evaluate(FAULTS) == [], slug
        page.close()


def test_a_figure_alone_on_a_row_is_large_enough_on_a_turned_screen(
    made: Callable[..., str], new_page: Callable[..., Page]
) -> None:
    made("rows", {"number": (0, 0, 24, 2), "queue-table": (0, 2, 24, 22)})
    page = opened(new_page, "rows", size=SIZES["portrait"])
    share = page.locator("wb-number .big").evaluate(
        "(one) => parseFloat(getComputedStyle(one).fontSize) / innerHeight"
    )
    assert share >= 0.04
    assert page.evaluate(FAULTS) == []


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


def test_page_is_light(made: Callable[..., str], new_page: Callable[..., Page]) -> None:
    """Scripts and styles together, as they travel; the editor is no part of it."""
    made("first", FIRST)
    page = new_page()
    sizes: dict[str, int] = {}

    def note(response: Any) -> None:
        if response.url.split("?")[0].endswith((".js", ".css")) or "jsi18n" in response.url:
            sizes[response.url] = int(response.headers.get("content-length", 0))

    page.on("response", note)
    page.goto("/boards/first/")
    page.wait_for_selector("wb-trend")
    page.wait_for_timeout(1500)
    assert len(sizes) > 30
    assert sum(sizes.values()) < 150_000
