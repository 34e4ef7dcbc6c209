"""Composing a board in the browser: add, drag, size, options, undo, save, and two people at once."""

from __future__ import annotations

import json
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import Troubles
from tests.browser.editing import WITHIN_MS, add, begin, canvas, save, stored
from tests.browser.screen import control, wait_fresh
from tests.stack import Stack


def test_a_board_is_composed_saved_and_shown(
    editor: Page, board: str, stack: Stack, new_page: Callable[..., Page]
) -> None:
    begin(editor)
    add(editor, "Big number")
    canvas(editor).locator("wb-number").wait_for(timeout=WITHIN_MS)
    editor.get_by_label("Title").fill("Waiting in all")
    canvas(editor).locator("wb-number", has_text="Waiting in all").wait_for(timeout=WITHIN_MS)
    add(editor, "Clock")
    save(editor)
    widgets = stored(stack, board)["widgets"]
    assert [widget["type"] for widget in widgets] == ["number", "clock"]
    assert widgets[0]["options"]["title"] == "Waiting in all"
    page = new_page(user="viewer")
    page.goto(f"/boards/{board}/")
    page.locator("wb-number", has_text="Waiting in all").wait_for(timeout=WITHIN_MS)
    page.locator("wb-clock").wait_for()


def test_what_it_shows_by_itself_is_the_beginning(editor: Page) -> None:
    begin(editor, "Begin from what it shows")
    for tag in ("wb-callers", "wb-ready", "wb-queues", "wb-waiting-calls", "wb-agents"):
        canvas(editor).locator(tag).wait_for(timeout=WITHIN_MS)
    canvas(editor).locator("wb-queue-tile").first.wait_for(timeout=WITHIN_MS)


def test_a_widget_is_dragged_and_pulled_and_that_can_be_undone(
    editor: Page, board: str, stack: Stack
) -> None:
    begin(editor)
    add(editor, "Clock")
    item = canvas(editor).locator(".grid-stack-item[gs-id=clock-1]")
    item.wait_for()
    box = item.bounding_box()
    assert box is not None
    editor.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    editor.mouse.down()
    editor.mouse.move(box["x"] + box["width"] * 1.7, box["y"] + box["height"] * 1.6, steps=12)
    editor.mouse.up()
    save(editor)
    (moved,) = stored(stack, board)["widgets"]
    assert moved["x"] > 0
    assert moved["y"] > 0
    editor.get_by_role("button", name="Undo").click()
    save(editor)
    (back,) = stored(stack, board)["widgets"]
    assert (back["x"], back["y"]) == (0, 0)


def test_the_keyboard_does_everything(editor: Page, board: str, stack: Stack) -> None:
    begin(editor)
    add(editor, "Clock")
    editor.locator("body").click(position={"x": 5, "y": 5})
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "Shift+ArrowRight", "Control+d", "Control+s"):
        editor.keyboard.press(key)
    editor.get_by_role("status").filter(has_text="Saved").wait_for()
    first, copy = stored(stack, board)["widgets"]
    assert (first["x"], first["y"], first["w"], first["h"]) == (2, 1, 6, 5)
    assert (copy["type"], copy["w"], copy["h"]) == ("clock", 6, 5)
    editor.keyboard.press("Delete")
    editor.keyboard.press("Control+s")
    editor.get_by_role("button", name="Saved").wait_for()
    assert len(stored(stack, board)["widgets"]) == 1


def test_a_widget_that_is_there_is_chosen_by_the_keyboard(editor: Page, board: str, stack: Stack) -> None:
    begin(editor)
    add(editor, "Clock")
    add(editor, "Big number")
    canvas(editor).get_by_role("group", name="Clock").focus()
    editor.locator(".options h2", has_text="Clock").wait_for()
    # In reading order: the clock stands below the number then.
    for key in ("ArrowDown", "Shift+Tab"):
        editor.keyboard.press(key)
    editor.locator(".options h2", has_text="Big number").wait_for()
    for key in ("ArrowRight", "Shift+ArrowDown", "Escape", "ArrowRight", "Control+s"):
        editor.keyboard.press(key)
    editor.get_by_role("status").filter(has_text="Saved").wait_for()
    clock, number = stored(stack, board)["widgets"]
    assert (clock["x"], clock["y"]) == (0, 1)
    assert (number["x"], number["y"], number["h"]) == (6, 0, 9)


def test_a_board_that_lays_itself_out_has_nothing_to_choose(editor: Page) -> None:
    canvas(editor).locator("wb-queue-tile").first.wait_for(timeout=WITHIN_MS)
    expect(canvas(editor).locator(".grid-stack-item")).to_have_count(0)
    for key in ("ArrowDown", "Delete"):
        editor.keyboard.press(key)
    editor.get_by_role("heading", name="This board lays itself out").wait_for()
    expect(editor.locator(".options h2")).to_have_text("Options")


def test_every_browser_asks_before_what_is_not_saved_is_left(editor: Page) -> None:
    leaving = """() => {
      const event = document.createEvent("BeforeUnloadEvent");
      event.initEvent("beforeunload", false, true);
      window.dispatchEvent(event);
      return event.returnValue;
    }"""
    assert editor.evaluate(leaving) == ""
    begin(editor)
    add(editor, "Clock")
    assert editor.evaluate(leaving) == "true"
    save(editor)
    assert editor.evaluate(leaving) == ""


def test_two_people_are_told_of_each_other_and_nothing_is_overwritten_silently(
    editor: Page, board: str, stack: Stack, new_page: Callable[..., Page], troubles: Troubles
) -> None:
    troubles.allow("409")
    begin(editor)
    add(editor, "Clock")
    stack.sql("UPDATE auth_user SET is_superuser = 1 WHERE username = 'manager'")
    try:
        other = new_page(user="manager", is_new=True)
        other.goto(f"/boards/{board}/edit/")
        other.get_by_text("admin edits this board too.").wait_for(timeout=WITHIN_MS)
        begin(other)
        add(other, "Big number")
        save(other)
        editor.get_by_role("button", name="Save", exact=True).click()
        editor.get_by_role("alert").filter(has_text="manager saved this board").wait_for()
        assert [widget["type"] for widget in stored(stack, board)["widgets"]] == ["number"]
        editor.get_by_role("button", name="Show theirs").click()
        canvas(editor).locator("wb-number").wait_for(timeout=WITHIN_MS)
        editor.get_by_role("button", name="Undo").click()
        canvas(editor).locator("wb-clock").wait_for(timeout=WITHIN_MS)
        save(editor)
        assert [widget["type"] for widget in stored(stack, board)["widgets"]] == ["clock"]
    finally:
        stack.sql("UPDATE auth_user SET is_superuser = 0 WHERE username = 'manager'")


def test_a_file_that_is_no_layout_is_refused_in_words_and_a_right_one_is_shown(
    editor: Page, troubles: Troubles
) -> None:
    troubles.allow("400")
    begin(editor)
    choose = editor.locator("input[type=file]").first
    choose.set_input_files({"name": "a.json", "mimeType": "application/json", "buffer": b"{"})
    editor.get_by_role("status").filter(has_text="not JSON").wait_for()
    wrong = {
        "version": 1,
        "columns": 24,
        "rows": 24,
        "widgets": [{"id": "x", "type": "clock", "x": 30, "y": 0, "w": 5, "h": 5, "options": {}}],
    }
    choose.set_input_files(
        {"name": "a.json", "mimeType": "application/json", "buffer": json.dumps(wrong).encode()}
    )
    editor.get_by_role("status").filter(has_text="The file was not taken.").wait_for()
    wrong["widgets"][0]["x"] = 3
    choose.set_input_files(
        {"name": "a.json", "mimeType": "application/json", "buffer": json.dumps(wrong).encode()}
    )
    canvas(editor).locator("wb-clock").wait_for(timeout=WITHIN_MS)
    with editor.expect_download() as download:
        editor.get_by_role("button", name="Export").click()
    assert json.loads(download.value.path().read_text(encoding="utf-8")) == wrong


def test_the_preview_has_every_size_of_tv(editor: Page) -> None:
    begin(editor, "Begin from what it shows")
    for label, width, height in (("3840 × 2160", 3840, 2160), ("1080 × 1920", 1080, 1920)):
        editor.get_by_label("Preview").select_option(label=label)
        sizes = editor.evaluate(
            "() => { const w = document.getElementById('canvas').contentWindow; return [w.innerWidth, w.innerHeight]; }"
        )
        assert sizes == [width, height]


def test_a_board_on_a_wall_shows_a_saved_change_by_itself(
    editor: Page, board: str, open_board: Callable[..., Page]
) -> None:
    wall = open_board(board)
    wait_fresh(wall)
    begin(editor)
    add(editor, "Clock")
    save(editor)
    wall.locator("wb-clock").wait_for(timeout=20_000)


def test_whoever_may_not_change_boards_gets_no_editor(
    new_page: Callable[..., Page], board: str, troubles: Troubles
) -> None:
    troubles.allow("403")
    page = new_page(user="viewer")
    answer = page.goto(f"/boards/{board}/edit/")
    assert answer is not None
    assert answer.status == 403


def test_a_session_that_ends_loses_nothing_and_saving_goes_on_after_a_login_in_another_tab(
    new_page: Callable[..., Page], board: str, stack: Stack, troubles: Troubles
) -> None:
    troubles.allow("frame")  # the board in the frame goes to the login page, which may not be framed
    page = new_page(user="admin", is_new=True)
    page.goto(f"/boards/{board}/edit/")
    begin(page)
    add(page, "Clock")
    ended = next(one["value"] for one in page.context.cookies() if one["name"] == "sessionid")
    stack.sql("DELETE FROM django_session WHERE session_key = ?", ended)
    control(stack, do="recheck")
    logged_out = page.get_by_role("alert").filter(has_text="You are not logged in any more.")
    logged_out.wait_for(timeout=WITHIN_MS)
    page.wait_for_function("() => document.getElementById('canvas').contentDocument === null")
    expect(page.locator("#canvas")).to_be_hidden()
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("button", name="Save", exact=True).and_(page.locator(":enabled")).wait_for()
    assert stack.sql("SELECT revision FROM dashboard_board WHERE slug = ?", board) == [(1,)]
    with page.context.expect_page() as opened:
        logged_out.get_by_role("link", name="Log in").click()
    other = opened.value
    other.get_by_label("User name").fill("admin")
    other.get_by_label("Password").fill("admin")
    other.get_by_role("button", name="Log in").click()
    other.wait_for_url(lambda url: "/accounts/login/" not in url)
    page.bring_to_front()
    logged_out.wait_for(state="detached", timeout=WITHIN_MS)
    canvas(page).locator("wb-clock").wait_for(timeout=WITHIN_MS)
    expect(page.locator("#canvas")).to_be_visible()
    save(page)
    assert [widget["type"] for widget in stored(stack, board)["widgets"]] == ["clock"]
