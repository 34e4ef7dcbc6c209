"""Logging in, finding a board, and what pages say when something is not there or not allowed."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Troubles
from tests.browser.screen import board_made, script, wait_fresh
from tests.stack import Stack


def log_in(page: Page, *, user: str, password: str) -> None:
    page.get_by_label("User name").fill(user)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Log in").click()


def test_right_password_leads_to_the_only_board(new_page: Callable[..., Page]) -> None:
    page = new_page(user=None)
    page.goto("/")
    assert "/accounts/login/" in page.url
    log_in(page, user="viewer", password="viewer")
    page.wait_for_url("**/boards/overview/")
    wait_fresh(page)


def test_wrong_password_is_told_in_words(new_page: Callable[..., Page]) -> None:
    page = new_page(user=None)
    page.goto("/accounts/login/")
    log_in(page, user="viewer", password="something else")
    alert = page.get_by_role("alert")
    expect(alert).to_be_visible()
    assert "password" in alert.inner_text().lower()
    assert page.get_by_label("User name").input_value() == "viewer"
    expect(page.get_by_label("Password")).to_be_focused()


def test_login_leads_back_to_the_page_that_was_asked_for(stack: Stack, new_page: Callable[..., Page]) -> None:
    with board_made(stack, "second"):
        page = new_page(user=None)
        page.goto("/boards/second/")
        assert "next=/boards/second/" in page.url
        log_in(page, user="viewer", password="viewer")
        page.wait_for_url("**/boards/second/")


def test_login_never_leads_to_another_site(new_page: Callable[..., Page], stack: Stack) -> None:
    page = new_page(user=None)
    page.goto("/accounts/login/?next=https://elsewhere.example/")
    log_in(page, user="viewer", password="viewer")
    page.wait_for_url(f"{stack.url}/**")
    assert page.url.startswith(stack.url)


def test_several_boards_make_a_list_that_leads_to_each(stack: Stack, new_page: Callable[..., Page]) -> None:
    long_title = "Zákaznické centrum Brno, druhé patro, reklamace a technická podpora pro podnikatele"
    with board_made(stack, "second", title=long_title):
        page = new_page()
        page.goto("/")
        page.wait_for_url("**/boards/")
        assert page.locator(".boards b").all_inner_texts() == ["Overview", long_title]
        page.get_by_role("link", name="Overview").click()
        page.wait_for_url("**/boards/overview/")


def test_list_without_boards_says_who_can_make_one(stack: Stack, new_page: Callable[..., Page]) -> None:
    stack.sql("UPDATE dashboard_board SET slug = 'overview-away'")
    rows = stack.sql("SELECT * FROM dashboard_board")
    stack.sql("DELETE FROM dashboard_board")
    try:
        page = new_page()
        page.goto("/boards/")
        expect(page.get_by_role("heading", name="There is no board yet")).to_be_visible()
        page = new_page(user="admin")
        page.goto("/boards/")
        expect(page.get_by_role("link", name="Open the administration")).to_be_visible()
    finally:
        places = ", ".join("?" for _ in rows[0])
        stack.sql(f"INSERT INTO dashboard_board VALUES ({places})", *rows[0])  # noqa: S608
        stack.sql("UPDATE dashboard_board SET slug = 'overview'")


@pytest.mark.parametrize("path", ["/boards/nothing-here/", "/nothing/at/all"])
def test_page_that_does_not_exist_looks_like_the_product(
    new_page: Callable[..., Page], troubles: Troubles, path: str
) -> None:
    troubles.allow("status of 404")
    page = new_page()
    answer = page.goto(path)
    assert answer is not None
    assert answer.status == 404
    expect(page.get_by_role("heading", name="This page does not exist")).to_be_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(11, 15, 20)"
    page.get_by_role("link", name="Show the boards").click()
    page.wait_for_url("**/boards/**")


def test_form_whose_token_is_no_longer_valid_is_explained_in_words(
    new_page: Callable[..., Page], troubles: Troubles
) -> None:
    troubles.allow("status of 403")
    page = new_page(user=None)
    page.goto("/accounts/login/")
    page.evaluate("() => { document.querySelector('[name=csrfmiddlewaretoken]').value = 'wrong'; }")
    log_in(page, user="viewer", password="viewer")
    expect(page.get_by_role("heading", name="This form is no longer valid")).to_be_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(11, 15, 20)"


def test_logging_out_ends_at_the_login_and_a_board_asks_for_it_again(
    new_page: Callable[..., Page], stack: Stack
) -> None:
    with board_made(stack, "second"):
        page = new_page(is_new=True)
        page.goto("/boards/")
        page.get_by_role("button", name="Log out").click()
        page.wait_for_url("**/accounts/login/")
        page.goto("/boards/overview/")
        assert "/accounts/login/?next=/boards/overview/" in page.url


def test_keyboard_alone_reaches_everything_and_shows_where_it_is(
    new_page: Callable[..., Page], stack: Stack
) -> None:
    with board_made(stack, "second"):
        page = new_page(user=None)
        page.goto("/accounts/login/")
        expect(page.get_by_label("User name")).to_be_focused()
        page.keyboard.type("viewer")
        page.keyboard.press("Tab")
        page.keyboard.type("viewer")
        page.keyboard.press("Tab")
        expect(page.get_by_role("button", name="Log in")).to_be_focused()
        assert focus_outline(page) >= 2
        page.keyboard.press("Enter")
        page.wait_for_url("**/boards/")
        reached = []
        for _ in range(6):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement === document.body"):
                continue  # beyond the last one
            reached.append(page.evaluate("document.activeElement.textContent.trim()"))
            assert focus_outline(page) >= 2, f"no focus to be seen on {reached[-1]!r}"
        assert any("Overview" in text for text in reached)
        assert any("Second" in text for text in reached)
        assert "Log out" in reached


def focus_outline(page: Page) -> float:
    """Width in pixels of the outline around what has the focus."""
    style = page.evaluate(
        "(() => { const s = getComputedStyle(document.activeElement); return [s.outlineStyle, s.outlineWidth]; })()"
    )
    return 0.0 if style[0] == "none" else float(re.sub("px$", "", style[1]))


@pytest.mark.parametrize(
    "path", ["/accounts/login/", "/boards/", "/boards/overview/", "/boards/nothing-here/"]
)
def test_page_has_the_basics_of_accessibility(
    new_page: Callable[..., Page], troubles: Troubles, path: str
) -> None:
    troubles.allow("status of 404")
    page = new_page(user=None if "login" in path else "viewer")
    page.goto(path)
    if path == "/boards/overview/":
        wait_fresh(page)
    assert page.evaluate("document.documentElement.lang")
    assert page.title().strip()
    assert page.get_by_role("main").count() == 1
    assert page.get_by_role("heading", level=1).count() == 1
    bare = page.evaluate("""() => [
      ...[...document.querySelectorAll("img:not([alt])")],
      ...[...document.querySelectorAll("[role='img']")].filter((one) => !one.getAttribute("aria-label")),
      ...[...document.querySelectorAll("input:not([type=hidden])")].filter((one) => !one.labels.length),
      ...[...document.querySelectorAll("button, a")].filter((one) => !one.textContent.trim() && !one.getAttribute("aria-label")),
    ].map((one) => one.outerHTML)""")
    assert bare == []


CONTRASTS = script("contrasts")


@pytest.mark.parametrize(
    "path", ["/accounts/login/", "/boards/", "/boards/overview/", "/boards/nothing-here/"]
)
def test_text_stands_out_from_its_ground(
    stack: Stack, new_page: Callable[..., Page], troubles: Troubles, path: str
) -> None:
    troubles.allow("status of 404")
    page = new_page(user=None if "login" in path else "viewer")
    page.goto(path)
    if path == "/boards/overview/":
        for _ in range(7):
            stack.pbx.engine.call_inject(queue_id=2, kept_waiting_s=15)
        page.locator(".tile[data-level='critical']").first.wait_for()
    texts = page.evaluate(CONTRASTS)
    assert texts
    assert [one for one in texts if one["ratio"] < 4.5] == []
    assert [one for one in texts if one["isFigure"] and one["ratio"] < 7] == []


def test_motion_stops_for_those_who_asked_for_it(new_page: Callable[..., Page]) -> None:
    page = new_page(reduced_motion="reduce")
    page.goto("/boards/overview/")
    wait_fresh(page)
    durations = page.evaluate(
        "[...document.querySelectorAll('*')].map((one) => getComputedStyle(one).transitionDuration)"
    )
    assert {duration for duration in durations if duration != "0s"} == set()
    assert page.evaluate("document.getAnimations().length") == 0
