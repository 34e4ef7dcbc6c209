"""A board on the wall has nobody to press a key: it says what is wrong with its connection and comes back by itself."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from playwright.sync_api import Page, WebSocketRoute, expect

from tests.browser.conftest import Troubles
from tests.browser.screen import (
    board_made,
    control,
    expected,
    is_marked,
    mark,
    read,
    shown,
    wait_fresh,
    wait_status,
)
from tests.stack import Stack, wait_until

LIVE_WORKERS = ("worker-live", "worker-live-2")


def test_board_outlives_the_web_server_without_a_reload(
    stack: Stack, open_board: Callable[..., Page], troubles: Troubles
) -> None:
    troubles.allow("WebSocket connection to .* failed")
    page = open_board(script="Math.random = () => 0.3;")  # how long it waits before it tries again
    mark(page)
    page.wait_for_load_state("networkidle")
    stack.stop_program("web")
    try:
        wait_status(page, "stale", within_ms=12_000)
        page.wait_for_timeout(9_000)
        first = read(page)
        assert first["status"]["text"].startswith("Disconnected")
        assert "trying again" in first["notice"]
        assert re.search(r"data from \d+ s ago", first["status"]["text"])
        page.wait_for_timeout(3_000)
        assert read(page)["status"]["text"] != first["status"]["text"], "the figures do not age"
        assert all(tile["fresh"] == "stale" for tile in read(page)["tiles"].values())
    finally:
        stack.start_program("web")
    wait_fresh(page, within_ms=45_000)
    wait_until(lambda: shown(page) == expected(stack), within_s=20, what="The PBX's numbers on the board")
    assert read(page)["notice"] is None
    assert is_marked(page)


def test_board_outlives_redis_without_a_reload(stack: Stack, open_board: Callable[..., Page]) -> None:
    page = open_board()
    mark(page)
    stack.stop_program("redis")
    try:
        wait_status(page, "stale", within_ms=15_000)
        page.wait_for_timeout(2_000)
    finally:
        stack.start_program("redis")
    wait_fresh(page, within_ms=30_000)
    wait_until(lambda: shown(page) == expected(stack), within_s=20, what="The PBX's numbers on the board")
    assert is_marked(page)


def test_board_without_its_poller_goes_stale_and_says_why(
    stack: Stack, open_board: Callable[..., Page]
) -> None:
    page = open_board()
    mark(page)
    for worker in LIVE_WORKERS:
        stack.stop_program(worker)
    try:
        wait_status(page, "stale", within_ms=12_000)
        assert "The server hears nothing from the process that asks the PBX." in read(page)["notice"]
    finally:
        for worker in LIVE_WORKERS:
            stack.start_program(worker)
    wait_fresh(page, within_ms=30_000)
    assert is_marked(page)


def test_board_whose_session_ended_goes_to_the_login(stack: Stack, open_board: Callable[..., Page]) -> None:
    page = open_board(is_new=True)
    key = next(cookie["value"] for cookie in page.context.cookies() if cookie["name"] == "sessionid")
    stack.sql("DELETE FROM django_session WHERE session_key = ?", key)
    control(stack, do="recheck")
    page.wait_for_url("**/accounts/login/?next=*", timeout=10_000)
    assert "next=%2Fboards%2Foverview%2F" in page.url


def test_board_that_was_withdrawn_says_so_and_stops(stack: Stack, open_board: Callable[..., Page]) -> None:
    with board_made(stack, "short-lived"):
        page = open_board("short-lived")
    mark(page)
    sockets: list[object] = []
    page.on("websocket", lambda socket: sockets.append(socket))
    control(stack, do="recheck")
    page.locator("wb-notice", has_text="An administrator can allow it again.").wait_for(timeout=10_000)
    assert read(page)["status"]["text"].startswith("Stopped")
    page.wait_for_timeout(4_000)
    assert sockets == []
    expect(page.locator("main > *")).to_have_count(0)
    assert is_marked(page)


def test_change_of_what_a_board_may_show_is_seen_at_once(
    stack: Stack, open_board: Callable[..., Page]
) -> None:
    with board_made(stack, "shrinking"):
        page = open_board("shrinking")
        mark(page)
        assert len(read(page)["tiles"]) == 8
        stack.sql(
            "UPDATE dashboard_board SET queue_ids = '{\"main\": [\"1\", \"2\"]}', names = 'none' WHERE slug = 'shrinking'"
        )
        control(stack, do="recheck")
        wait_until(lambda: len(read(page)["tiles"]) == 2, within_s=10)
        assert {agent["name"] for agent in read(page)["agents"]} == {"unnamed"}
        assert is_marked(page)


def test_another_build_reloads_the_page_once_within_a_minute(new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.add_init_script("Math.random = () => 0.05;")  # of the random minute, three seconds
    loads: list[str] = []
    page.on("load", lambda loaded: loads.append(loaded.url))

    def newer(route: WebSocketRoute) -> None:
        server = route.connect_to_server()

        def passed(text: str | bytes) -> None:
            message = json.loads(text)
            route.send(json.dumps({**message, "build": "999"}) if message["t"] == "tick" else str(text))

        server.on_message(passed)

    page.route_web_socket(re.compile("/ws/boards/"), newer)
    page.goto("/boards/overview/")
    wait_fresh(page)
    mark(page)
    page.wait_for_function("() => window.wbMark !== true", timeout=15_000)
    wait_fresh(page)
    mark(page)
    page.wait_for_timeout(6_000)
    assert is_marked(page), "reloaded again though the page that is served did not change"
    assert len(loads) == 2


def test_announcement_is_shown_and_taken_back(stack: Stack, open_board: Callable[..., Page]) -> None:
    page = open_board()
    control(stack, do="announce", text="Od 11:00 <b>odstávka</b> fakturace.")
    wait_until(lambda: "Od 11:00 <b>odstávka</b> fakturace." in (read(page)["notice"] or ""), within_s=10)
    control(stack, do="announce", text="")
    wait_until(lambda: read(page)["notice"] is None, within_s=10)


def test_screen_shows_which_it_is_when_asked(stack: Stack, open_board: Callable[..., Page]) -> None:
    page = open_board()
    control(stack, do="identify")
    page.locator(".identify").wait_for(state="visible", timeout=10_000)
    assert "Overview" in page.locator(".identify").inner_text()
    assert "viewer" in page.locator(".identify").inner_text()


def test_order_to_show_another_board_is_followed(stack: Stack, open_board: Callable[..., Page]) -> None:
    with board_made(stack, "other"):
        page = open_board()
        control(stack, do="board", slug="other", board="overview")
        page.wait_for_url("**/boards/other/", timeout=10_000)
        wait_fresh(page)
