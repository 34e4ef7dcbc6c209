"""The options of a widget in the editor: typed, chosen, saved."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.editing import add, begin, canvas, save, stored
from tests.stack import Stack


def test_a_choice_shows_what_the_widget_holds_after_undo_and_with_another_widget(editor: Page) -> None:
    begin(editor)
    add(editor, "Big number")
    figure = editor.locator(".option[data-key=figure] select")
    first = figure.input_value()
    second, third = (figure.locator("option").nth(at).get_attribute("value") for at in (2, 3))
    figure.select_option(second)
    figure.select_option(third)
    for key, value in (("z", first), ("y", third)):
        editor.get_by_role("button", name="Undo" if key == "z" else "Redo").click()
        expect(figure).to_have_value(value or "")
    editor.get_by_role("button", name="Duplicate").click()
    figure.select_option(first)
    figure.select_option(second)
    for id_, value in (("number-1", third), ("number-2", second), ("number-1", third)):
        canvas(editor).locator(f".grid-stack-item[gs-id={id_}]").click()
        expect(figure).to_have_value(value or "")


def test_only_times_are_offered_for_which_there_is_the_figure(editor: Page, board: str, stack: Stack) -> None:
    begin(editor)
    add(editor, "Big number")
    figure, time = (editor.locator(f".option[data-key={key}] select") for key in ("figure", "window"))
    expect(time).to_have_count(0)
    figure.select_option(label="Agents needed now (estimate)")
    expect(time).to_have_value("60m")
    expect(time.locator("option")).to_have_count(3)
    save(editor)
    options = stored(stack, board)["widgets"][0]["options"]
    assert options == {"figure": "agents_needed", "window": "60m"}
    figure.select_option(label="Occupancy")
    expect(time).to_have_value("today")
    expect(time.locator("option")).to_have_count(1)
    editor.get_by_role("button", name="Undo").click()
    expect(time).to_have_count(0)
    editor.get_by_role("button", name="Redo").click()
    expect(time).to_have_value("today")


def test_what_is_being_typed_is_saved_with_the_rest(editor: Page, board: str, stack: Stack) -> None:
    begin(editor)
    add(editor, "Pauses")
    limit = editor.get_by_role("spinbutton", name="Limit")
    limit.select_text()
    editor.keyboard.type("25")
    editor.keyboard.press("Control+s")
    editor.get_by_role("status").filter(has_text="Saved").wait_for()
    assert stored(stack, board)["widgets"][0]["options"]["limit_min"] == 25
    limit.select_text()
    editor.keyboard.type("35")
    editor.get_by_role("button", name="Save", exact=True).click()
    editor.get_by_role("button", name="Saved", exact=True).wait_for()
    assert stored(stack, board)["widgets"][0]["options"]["limit_min"] == 35
    add(editor, "Big number")
    editor.get_by_label("Limits of its own").check()
    editor.get_by_label("Warning begins at").select_text()
    editor.keyboard.type("7")
    editor.keyboard.press("Control+s")
    editor.get_by_role("status").filter(has_text="Saved").wait_for()
    levels = stored(stack, board)["widgets"][1]["options"]["levels"]
    assert levels["warning"] == {"enter": 7, "leave": 2}
    expect(editor.get_by_label("Warning begins at")).to_be_focused()


def test_a_number_out_of_its_limits_is_not_told_as_saved(editor: Page, board: str, stack: Stack) -> None:
    begin(editor)
    add(editor, "Pauses")
    save(editor)
    limit = editor.get_by_role("spinbutton", name="Limit")
    limit.select_text()
    editor.keyboard.type("900")
    editor.keyboard.press("Control+s")
    expect(editor.get_by_role("status")).to_have_count(0)
    limit.select_text()
    editor.keyboard.type("90")
    editor.keyboard.press("Control+s")
    editor.get_by_role("status").filter(has_text="Saved").wait_for()
    assert stored(stack, board)["widgets"][0]["options"]["limit_min"] == 90
    assert stack.sql("SELECT revision FROM dashboard_board WHERE slug = ?", board) == [(3,)]


def test_saving_what_is_saved_makes_no_new_revision(editor: Page, board: str, stack: Stack) -> None:
    begin(editor)
    add(editor, "Clock")
    save(editor)
    editor.keyboard.press("Control+s")
    editor.get_by_label("Title").fill("Here")
    editor.keyboard.press("Control+s")
    editor.get_by_role("button", name="Saved").wait_for()
    assert stored(stack, board)["widgets"][0]["options"]["title"] == "Here"
    assert stack.sql("SELECT revision FROM dashboard_board WHERE slug = ?", board) == [(3,)]


def test_what_is_being_typed_is_kept_when_another_widget_is_chosen(
    editor: Page, board: str, stack: Stack
) -> None:
    begin(editor)
    add(editor, "Clock")
    add(editor, "Pauses")
    editor.get_by_role("spinbutton", name="Limit").select_text()
    editor.keyboard.type("25")
    canvas(editor).get_by_role("group", name="Clock").click()
    editor.locator(".options h2", has_text="Clock").wait_for()
    save(editor)
    assert stored(stack, board)["widgets"][1]["options"]["limit_min"] == 25


def test_what_was_typed_back_is_nothing_to_save(editor: Page) -> None:
    begin(editor)
    add(editor, "Pauses")
    save(editor)
    limit = editor.get_by_role("spinbutton", name="Limit")
    before = limit.input_value()
    limit.select_text()
    editor.keyboard.type("77")
    expect(editor.get_by_role("button", name="Save", exact=True)).to_be_enabled()
    limit.select_text()
    editor.keyboard.type(before)
    editor.keyboard.press("Tab")
    expect(editor.get_by_role("button", name="Saved", exact=True)).to_be_disabled()
