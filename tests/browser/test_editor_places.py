"""Where the editor shows the widgets: as the layout says, whatever came before."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.editing import WITHIN_MS, add, begin, canvas, edited, save
from tests.browser.grids import layout, opened
from tests.browser.screen import board_made
from tests.stack import Stack, wait_until

SHOWN = """([columns, rows]) => {
  const { main } = document.getElementById("canvas").contentWindow.wbCanvas.face;
  const grid = main.getBoundingClientRect();
  const places = [...main.querySelectorAll(".grid-stack-item")].map((item) => {
    const { left, top, width, height } = item.getBoundingClientRect();
    const across = (length) => Math.round((length / grid.width) * columns);
    const down = (length) => Math.round((length / grid.height) * rows);
    return [item.getAttribute("gs-id"), [across(left - grid.left), down(top - grid.top), across(width), down(height)]];
  });
  return Object.fromEntries(places);
}"""


def shown(page: Page, *, columns: int = 24, rows: int = 24) -> dict[str, list[int]]:
    """Where each widget of the canvas is seen, in cells: x, y, width, height."""
    return dict(page.evaluate(SHOWN, [columns, rows]))


def clocks(
    places: dict[str, tuple[int, int, int, int]], *, columns: int = 24, rows: int = 24
) -> dict[str, Any]:
    widgets = [
        {"id": id_, "type": "clock", "x": x, "y": y, "w": w, "h": h, "options": {}}
        for id_, (x, y, w, h) in places.items()
    ]
    return {"version": 1, "columns": columns, "rows": rows, "widgets": widgets}


def random_places(chance: random.Random, *, columns: int, rows: int) -> dict[str, tuple[int, int, int, int]]:
    """Some of twelve widgets, none over another; also smaller ones than a clock can be read in."""
    places: dict[str, tuple[int, int, int, int]] = {}
    taken: set[tuple[int, int]] = set()
    for id_ in chance.sample("abcdefghijkl", 12):
        w, h = chance.randint(2, 9), chance.randint(2, 9)
        x, y = chance.randint(0, columns - w), chance.randint(0, rows - h)
        cells = {(column, row) for column in range(x, x + w) for row in range(y, y + h)}
        if not cells & taken:
            places[id_] = (x, y, w, h)
            taken |= cells
    return places


def drag(page: Page, id_: str, *, columns: float, rows: float) -> None:
    """By so many of its own widths and heights."""
    box = canvas(page).locator(f".grid-stack-item[gs-id={id_}]").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + box["width"] * columns, y + box["height"] * rows, steps=12)
    page.mouse.up()


def test_undo_brings_back_what_a_drag_pushed_away(new_page: Callable[..., Page], stack: Stack) -> None:
    places = {"a": (10, 13, 12, 7), "b": (4, 11, 5, 10)}
    with board_made(stack, "pushed", layout=clocks(places)) as slug:
        page = edited(new_page, slug)
        canvas(page).locator("wb-clock").nth(1).wait_for(timeout=WITHIN_MS)
        drag(page, "b", columns=12.4 / 5, rows=-5.2 / 10)
        page.get_by_role("button", name="Undo").and_(page.locator(":enabled")).wait_for()
        pushed = shown(page)
        assert pushed["a"] != list(places["a"])
        page.get_by_role("button", name="Undo").click()
        assert shown(page) == {id_: list(place) for id_, place in places.items()}
        page.get_by_role("button", name="Redo").click()
        assert shown(page) == pushed


def test_whatever_layout_comes_after_whatever_other_it_is_shown_as_it_is(editor: Page) -> None:
    begin(editor)
    chance = random.Random(14)
    for number in range(60):
        columns, rows = chance.choice([(12, 36), (48, 10)]) if number % 20 == 19 else (24, 24)
        places = random_places(chance, columns=columns, rows=rows)
        editor.evaluate(
            "(layout) => { document.getElementById('canvas').contentWindow.wbCanvas.face.update(layout); }",
            clocks(places, columns=columns, rows=rows),
        )
        assert shown(editor, columns=columns, rows=rows) == {
            id_: list(place) for id_, place in places.items()
        }


def test_a_file_with_another_grid_is_shown_in_that_grid_and_can_be_undone(editor: Page) -> None:
    begin(editor)
    add(editor, "Big number")
    before = shown(editor)
    places = {"left": (0, 0, 6, 12), "right": (6, 4, 6, 8)}
    file = json.dumps(clocks(places, columns=12, rows=12)).encode()
    editor.locator("input[type=file]").first.set_input_files(
        {"name": "a.json", "mimeType": "application/json", "buffer": file}
    )
    canvas(editor).locator("wb-clock").nth(1).wait_for(timeout=WITHIN_MS)
    assert shown(editor, columns=12, rows=12) == {id_: list(place) for id_, place in places.items()}
    drag(editor, "right", columns=0, rows=-4 / 8)
    editor.get_by_role("button", name="Undo").click()
    assert shown(editor, columns=12, rows=12)["right"] == [6, 4, 6, 8]
    editor.get_by_role("button", name="Undo").click()
    assert shown(editor) == before


HEADLINES = {"callers": (0, 0, 6, 8), "ready": (6, 0, 6, 8), "clock": (12, 0, 6, 12), "text": (0, 8, 12, 16)}
DRAWN = """() => [...document.querySelectorAll("main [data-type]")].map((widget) => {
  const { left, top, width, height } = widget.getBoundingClientRect();
  const large = widget.querySelector(".headline, .middle, .big, .words");
  const places = [left, top, width, height].map((length) => Math.round(length / 3));
  return [widget.dataset.type, ...places, large && getComputedStyle(large).fontSize];
}).sort()"""


@pytest.mark.parametrize("size", [(1920, 1080), (1080, 1920)], ids=["wide", "tall"])
def test_the_preview_is_what_a_tv_of_that_size_shows(
    new_page: Callable[..., Page], stack: Stack, size: tuple[int, int]
) -> None:
    with board_made(stack, "preview", layout=layout(HEADLINES)) as slug:
        wall = opened(new_page, slug, size=size)
        page = edited(new_page, slug)
        canvas(page).locator("wb-callers").wait_for(timeout=WITHIN_MS)
        page.get_by_label("Preview").select_option(label=f"{size[0]} × {size[1]}")
        expected = wall.evaluate(DRAWN)
        assert len(expected) == len(HEADLINES)
        frame = page.locator("#canvas").element_handle().content_frame()
        assert frame is not None
        frame.wait_for_function(
            f"(expected) => JSON.stringify(({DRAWN})()) === expected",
            arg=json.dumps(expected, separators=(",", ":")),
        )


def test_a_board_that_lays_itself_out_is_previewed_as_it_does_that(editor: Page) -> None:
    """Wide and tall; it becomes cells once it is arranged by hand, and itself again by undo."""
    begin(editor, "Begin from what it shows")
    cells = canvas(editor).locator(".grid-stack-item")
    expect(cells).to_have_count(5)
    editor.get_by_role("button", name="Undo").click()
    board = canvas(editor).locator(".board")
    for index, shape in ((3, "tall"), (0, "wide")):
        editor.get_by_label("Preview").select_option(index=index)
        expect(board).to_have_attribute("data-shape", shape)
        expect(board).to_have_attribute("data-layout", "automatic")
        expect(cells).to_have_count(0)
        canvas(editor).locator("wb-queue-tile").first.wait_for()
    editor.get_by_role("button", name="Redo").click()
    expect(board).to_have_attribute("data-layout", "editing")
    expect(cells).to_have_count(5)


def test_a_board_that_was_arranged_is_previewed_as_it_lays_itself_out(
    made: Callable[..., str], new_page: Callable[..., Page], stack: Stack
) -> None:
    slug = made("arranged", {"clock": (0, 0, 12, 12)})
    page = edited(new_page, slug)
    canvas(page).locator("wb-clock").wait_for(timeout=WITHIN_MS)
    page.get_by_role("button", name="Let it lay itself out").click()
    expect(canvas(page).locator(".board")).to_have_attribute("data-layout", "automatic")
    canvas(page).locator("wb-queue-tile").first.wait_for()
    expect(canvas(page).locator("wb-agents")).to_be_visible()
    save(page)
    assert stack.sql("SELECT layout FROM dashboard_board WHERE slug = ?", slug) == [(None,)]
    page.get_by_role("button", name="Undo").click()
    expect(canvas(page).locator("wb-clock")).to_be_visible()
    expect(canvas(page).locator("wb-queue-tile")).to_have_count(0)


def test_the_preview_of_a_turned_tv_says_where_widgets_are_moved_and_moves_none(
    editor: Page, board: str, stack: Stack
) -> None:
    begin(editor)
    add(editor, "Clock")
    editor.get_by_label("Preview").select_option(label="1080 × 1920")
    editor.get_by_text("choose a wide preview").wait_for()
    canvas(editor).get_by_role("group", name="Clock").click()
    editor.keyboard.press("ArrowRight")
    drag(editor, "clock-1", columns=0, rows=1)
    editor.get_by_label("Preview").select_option(label="1920 × 1080")
    expect(editor.get_by_text("choose a wide preview")).to_have_count(0)
    wait_until(lambda: shown(editor)["clock-1"] == [0, 0, 5, 5], within_s=20, what="The wide preview")
    drag(editor, "clock-1", columns=1.1, rows=0)
    wait_until(lambda: shown(editor)["clock-1"][0] > 0, within_s=20, what="The moved widget")
