"""A TV in a real browser: paired without a keyboard, in turns, revoked, told what is announced."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, expect

from tests.browser.conftest import Troubles
from tests.browser.screen import board_made, control, is_marked, mark, wait_fresh, wait_status
from tests.browser.tv import approve, code_on, fleet_does, let_in
from tests.stack import Stack

SOON_MS = 10_000
DARK_WITHIN_MS = 5_000
ANNOUNCED_WITHIN_MS = 2_000

LAYOUT = {
    "version": 1,
    "columns": 24,
    "rows": 24,
    "widgets": [
        {"id": "t", "type": "trend", "x": 0, "y": 0, "w": 12, "h": 12, "options": {"figure": "offered"}},
        {"id": "q", "type": "queues", "x": 12, "y": 0, "w": 12, "h": 12, "options": {}},
        {
            "id": "w",
            "type": "text",
            "x": 0,
            "y": 12,
            "w": 12,
            "h": 12,
            "options": {"text": "Only for this room"},
        },
        {"id": "a", "type": "ticker", "x": 12, "y": 12, "w": 12, "h": 12, "options": {"text": "Our motto"}},
    ],
}


def test_a_tv_is_let_in_from_a_telephone_and_stays_in(tv: Page, phone: Page) -> None:
    assert re.fullmatch(r"[2-9A-HJKMNP-Z]{6}", code_on(tv))
    let_in(tv, phone)
    assert tv.locator("h1").inner_text() == "Overview"
    tv.reload()
    wait_fresh(tv)


def test_the_pairing_page_fits_every_screen(tv: Page) -> None:
    for width, height in ((1280, 720), (1920, 1080), (3840, 2160), (1080, 1920)):
        tv.set_viewport_size({"width": width, "height": height})
        overflow = tv.evaluate(
            "() => [document.documentElement.scrollWidth - innerWidth, document.documentElement.scrollHeight - innerHeight]"
        )
        assert max(overflow) <= 0, (width, height)
        for part in (".code", ".qr", ".pairing ol", ".state"):
            box = tv.locator(part).bounding_box()
            assert box is not None
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= width
            assert box["y"] + box["height"] <= height, (part, width, height)


def test_a_revoked_screen_is_dark_within_seconds_and_asks_anew(tv: Page, phone: Page, stack: Stack) -> None:
    with board_made(stack, "room", title="Room", layout=LAYOUT):
        let_in(tv, phone, shows="Room")
        tv.get_by_text("Only for this room").wait_for()
        control(stack, do="announce", text="Not for outsiders")
        tv.locator("wb-ticker", has_text="Not for outsiders").wait_for()
        fleet_does(phone, "Shut the chosen screens out…", "Hall left")
        phone.get_by_role("button", name="Shut them out").click()
        tv.wait_for_function(
            "() => !document.querySelector('main :is(.panel, .figure, canvas)') && !document.body.innerText.includes('outsiders')",
            timeout=DARK_WITHIN_MS,
        )
        tv.locator(".pairing .code").wait_for(timeout=40_000)


def test_identify_shows_the_screens_name_in_large(tv: Page, phone: Page) -> None:
    let_in(tv, phone)
    fleet_does(phone, "Show the name on the chosen screens", "Hall left")
    tv.locator(".board[data-identify] .identify b", has_text="Hall left").wait_for(timeout=SOON_MS)


def test_at_night_a_screen_is_black_but_says_which_it_is_when_asked(
    tv: Page, phone: Page, stack: Stack
) -> None:
    let_in(tv, phone)
    now = datetime.now(ZoneInfo("Europe/Prague"))
    hours = [(now + timedelta(hours=hours)).strftime("%H:%M:%S") for hours in (-2, 2)]
    stack.sql("UPDATE dashboard_screen SET blank_from = ?, blank_until = ?", *hours)
    tv.reload()
    tv.locator(".night").wait_for(state="visible", timeout=SOON_MS)
    fleet_does(phone, "Show the name on the chosen screens", "Hall left")
    tv.locator(".night").wait_for(state="hidden", timeout=SOON_MS)
    expect(tv.locator(".identify b")).to_have_text("Hall left")
    tv.locator(".night").wait_for(state="visible", timeout=30_000)


def test_the_fleet_knows_size_and_version(tv: Page, phone: Page, stack: Stack) -> None:
    let_in(tv, phone)
    for _ in range(100):
        rows = stack.sql("SELECT width, height, build FROM dashboard_screen")
        if rows[0][0]:
            break
        tv.wait_for_timeout(100)
    assert rows[0][:2] == (1920, 1080)
    phone.set_viewport_size({"width": 1280, "height": 800})
    phone.goto("/admin/dashboard/screen/")
    row = phone.get_by_role("row", name=re.compile("Hall left")).inner_text()
    assert "1920 × 1080" in row
    assert "● on" in row


def test_boards_take_turns_over_one_socket_and_without_a_reload(tv: Page, phone: Page, stack: Stack) -> None:
    sockets: list[str] = []
    tv.on("websocket", lambda socket: sockets.append(socket.url))
    asked: list[str] = []
    tv.on("request", lambda request: asked.append(request.url) if "/trend/" in request.url else None)
    with board_made(stack, "second", title="Second board", layout=LAYOUT):
        _playlist(stack, seconds=5)
        let_in(tv, phone, shows="Turns")
        mark(tv)
        opened = len(sockets)
        for title in ("Second board", "Overview", "Second board"):
            tv.locator("h1", has_text=title).wait_for(timeout=SOON_MS)
            wait_fresh(tv)
            assert tv.locator(".tile .waiting").count() > 0
        # Soon after midnight there is nothing to draw yet, and it says so.
        tv.locator("wb-trend").locator(".plot canvas, .empty").first.wait_for()
        assert len(asked) == 1, "the board's second turn has what its first has read"
        assert is_marked(tv)
        assert len(sockets) == opened
        stack.sql("DELETE FROM dashboard_playlistentry")


def test_a_board_without_any_pbx_waits_for_one_and_its_turn_ends(tv: Page, phone: Page, stack: Stack) -> None:
    with board_made(stack, "second", title="Second board", all_pbxs=0):
        _playlist(stack, seconds=5)
        let_in(tv, phone, shows="Turns")
        for title in ("Second board", "Overview", "Second board"):
            tv.locator("h1", has_text=title).wait_for(timeout=SOON_MS)
        tv.locator("wb-queues .empty").wait_for()
        stack.sql("DELETE FROM dashboard_playlistentry")


def test_a_screen_none_of_whose_boards_has_a_pbx_says_so_and_takes_up_its_board_by_itself(
    tv: Page, phone: Page, stack: Stack
) -> None:
    sentence = tv.get_by_text("This board has no PBX yet.")
    with board_made(stack, "second", title="Second board", all_pbxs=0):
        approve(phone, code_on(tv), shows="Second board", name="Hall left")
        sentence.wait_for(timeout=SOON_MS)
        stack.sql("UPDATE dashboard_board SET all_pbxs = 1 WHERE slug = 'second'")
        wait_fresh(tv, within_ms=40_000)
        stack.sql("UPDATE dashboard_board SET all_pbxs = 0 WHERE slug = 'second'")
        sentence.wait_for(timeout=40_000)
        stack.sql("DELETE FROM dashboard_screen")


def test_an_announcement_appears_within_two_seconds_and_goes(tv: Page, phone: Page, stack: Stack) -> None:
    let_in(tv, phone)
    phone.goto("/admin/dashboard/announcement/add/")
    phone.get_by_label("Text").fill("Meeting at ten")
    phone.locator("input[name=_save]").click()
    tv.locator("wb-notice", has_text="Meeting at ten").wait_for(timeout=ANNOUNCED_WITHIN_MS)
    ended = (datetime.now(UTC) - timedelta(seconds=1)).strftime("%Y-%m-%d %H:%M:%S")
    started = (datetime.now(UTC) - timedelta(seconds=60)).strftime("%Y-%m-%d %H:%M:%S")
    stack.sql("UPDATE dashboard_announcement SET starts_at = ?, ends_at = ?", started, ended)
    stack.manage("shell", "-c", "from dashboard.hub.control import control_send; control_send('recheck')")
    tv.locator("wb-notice[hidden]").wait_for(state="attached", timeout=SOON_MS)


def test_a_screen_comes_back_after_the_server_without_a_hand(
    tv: Page, phone: Page, stack: Stack, troubles: Troubles
) -> None:
    troubles.allow("WebSocket connection to .* failed")
    let_in(tv, phone)
    mark(tv)
    stack.stop_program("web")
    try:
        wait_status(tv, "stale", within_ms=20_000)
    finally:
        stack.start_program("web")
    wait_fresh(tv, within_ms=60_000)
    assert is_marked(tv)


def test_a_change_of_the_board_reaches_the_screen_by_itself(tv: Page, phone: Page, stack: Stack) -> None:
    let_in(tv, phone)
    with board_made(stack, "second", title="Second board"):
        phone.set_viewport_size({"width": 1280, "height": 800})
        phone.goto("/admin/dashboard/screen/")
        phone.get_by_role("link", name="Hall left").click()
        phone.locator("select[name=board]").select_option(label="Second board")
        phone.locator("input[name=_save]").click()
        tv.locator("h1", has_text="Second board").wait_for(timeout=SOON_MS)
        stack.sql("DELETE FROM dashboard_screen")


def _playlist(stack: Stack, *, seconds: int) -> None:
    stack.sql("INSERT INTO dashboard_playlist (id, name, jumps_on_critical) VALUES (1, 'Turns', 0)")
    for position, slug in enumerate(("overview", "second")):
        stack.sql(
            "INSERT INTO dashboard_playlistentry (playlist_id, board_id, position, seconds, weekdays, holidays)"
            " SELECT 1, id, ?, ?, '[]', 'also' FROM dashboard_board WHERE slug = ?",
            position,
            seconds,
            slug,
        )
