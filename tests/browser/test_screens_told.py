"""What screens are told and what they tell, in a real browser: announcements, the night, the fleet."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, expect

from tests.browser.conftest import Troubles
from tests.browser.screen import board_made, control, mark, script, wait_fresh, wait_status
from tests.browser.tv import approve, fleet_does, in_fleet, let_in
from tests.stack import Stack

WITHIN_MS = 20_000
ZONE = ZoneInfo("Europe/Prague")


def announced(stack: Stack, text: str) -> None:
    started = (datetime.now(UTC) - timedelta(minutes=1)).strftime("%Y-%m-%d %H:%M:%S")
    stack.sql(
        "INSERT INTO dashboard_announcement (text, level, starts_at, everywhere) VALUES (?, 'info', ?, 1)",
        text,
        started,
    )
    control(stack, do="recheck")


def test_the_fleet_says_that_a_screens_sound_is_blocked_until_somebody_touches_it(
    tv: Page, phone: Page, stack: Stack, troubles: Troubles
) -> None:
    troubles.allow("AudioContext")
    with board_made(stack, "loud", title="Loud", sound=1):
        # Looking into a page with Playwright counts as touching it, so the code is read elsewhere.
        ((code,),) = stack.sql("SELECT code FROM dashboard_pairing ORDER BY id DESC LIMIT 1")
        approve(phone, code, shows="Loud", name="Hall left")
        for touched, said in ((False, "blocked by the browser"), (True, "allowed")):
            if touched:
                tv.mouse.click(5, 5)
            row = in_fleet(phone, "Hall left")
            for _ in range(20):
                if said in row.inner_text():
                    break
                phone.wait_for_timeout(500)
                row = in_fleet(phone, "Hall left")
            expect(row).to_contain_text(said)
        stack.sql("DELETE FROM dashboard_screen")


def test_an_announcement_does_not_hide_that_sound_is_blocked(
    open_board: Callable[..., Page], stack: Stack
) -> None:
    silent = script("hearing").replace('state = "running"', 'state = "suspended"')
    with board_made(stack, "loud", title="Loud", sound=1):
        page = open_board("loud", script=silent)
        notice = page.locator("wb-notice")
        expect(notice).to_contain_text("Sound is blocked")
        expect(notice).to_contain_text("until somebody touches the screen")
        announced(stack, "Meeting at ten")
        try:
            expect(notice).to_contain_text("Meeting at ten", timeout=WITHIN_MS)
            expect(notice).to_contain_text("Sound is blocked")
        finally:
            stack.sql("DELETE FROM dashboard_announcement")


def test_an_announcement_for_one_screen_is_shown_on_no_other(
    tvs: Callable[[], Page], phone: Page, stack: Stack
) -> None:
    hall, door = tvs(), tvs()
    let_in(hall, phone, name="Hall")
    let_in(door, phone, name="Door")
    phone.set_viewport_size({"width": 1280, "height": 900})
    phone.goto("/admin/dashboard/announcement/add/")
    phone.get_by_label("Text").fill("Only for the hall")
    phone.get_by_label("Everywhere").uncheck()
    phone.locator("#id_screens_from option", has_text="Hall").dblclick()
    expect(phone.locator("#id_screens_to option")).to_have_text(["Hall"])
    phone.locator("input[name=_save]").click()
    hall.locator("wb-notice", has_text="Only for the hall").wait_for(timeout=WITHIN_MS)
    announced(stack, "For everybody")
    door.locator("wb-notice", has_text="For everybody").wait_for(timeout=WITHIN_MS)
    expect(door.locator("wb-notice")).not_to_contain_text("Only for the hall")


def test_an_announcement_that_is_deleted_while_the_server_is_away_goes_when_it_is_back(
    tv: Page, phone: Page, stack: Stack, troubles: Troubles
) -> None:
    troubles.allow("WebSocket connection to .* failed")
    let_in(tv, phone)
    announced(stack, "Meeting at ten")
    tv.locator("wb-notice", has_text="Meeting at ten").wait_for(timeout=WITHIN_MS)
    mark(tv)
    stack.stop_program("web")
    try:
        wait_status(tv, "stale", within_ms=WITHIN_MS)
        stack.sql("DELETE FROM dashboard_announcement")
    finally:
        stack.start_program("web")
    tv.locator("wb-notice[hidden]").wait_for(state="attached", timeout=60_000)
    assert tv.evaluate("() => window.wbMark === true"), "the page itself was not loaded anew"


def test_a_screen_is_black_at_night_and_comes_back_in_the_morning(
    tv: Page, phone: Page, stack: Stack
) -> None:
    let_in(tv, phone)
    now = datetime.now(ZONE)
    hours = [f"{now + timedelta(hours=by):%H:%M:00}" for by in (-2, 2, 4)]
    stack.sql("UPDATE dashboard_screen SET blank_from = ?, blank_until = ?", *hours[:2])
    control(stack, do="recheck")
    night = tv.locator(".night")
    night.wait_for(state="visible", timeout=WITHIN_MS)
    assert night.bounding_box() == {"x": 0, "y": 0, "width": 1920, "height": 1080}
    assert night.evaluate("(one) => getComputedStyle(one).backgroundColor") == "rgb(0, 0, 0)"
    assert night.evaluate("(one) => document.elementFromPoint(960, 540) === one"), "nothing is above it"
    stack.sql("UPDATE dashboard_screen SET blank_from = ?, blank_until = ?", *hours[1:])
    control(stack, do="recheck")
    night.wait_for(state="hidden", timeout=WITHIN_MS)
    wait_fresh(tv)


def test_a_screen_is_loaded_anew_from_the_list(tv: Page, phone: Page) -> None:
    let_in(tv, phone)
    mark(tv)
    fleet_does(phone, "Load the chosen screens anew", "Hall left")
    expect(phone.get_by_text("1 screen loads anew.")).to_be_visible()
    tv.wait_for_function("() => window.wbMark !== true", timeout=WITHIN_MS)
    wait_fresh(tv)


def test_a_board_that_loses_its_pbx_says_so_by_itself(open_board: Callable[..., Page], stack: Stack) -> None:
    with board_made(stack, "lonely", title="Lonely"):
        page = open_board("lonely")
        stack.sql("UPDATE dashboard_board SET all_pbxs = 0 WHERE slug = 'lonely'")
        control(stack, do="recheck")
        page.get_by_text("This board has no PBX yet.").wait_for(timeout=WITHIN_MS)
