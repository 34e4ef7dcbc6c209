"""The supervision page shows what is true, stands still under the pointer, and is worked by keyboard."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from dashboard.gateway.faults import Fault, FaultKind
from tests.browser.conftest import Troubles
from tests.browser.desk import PATH, Desk
from tests.browser.screen import control, script
from tests.stack import Stack

TALL = (1920, 2200)
"""All rows are drawn."""


@pytest.fixture
def open_desk(new_page: Callable[..., Page], stack: Stack) -> Callable[..., Desk]:
    """Opens the page of a supervisor and returns once it is live."""

    def open_(search: str = "", *, user: str = "supervisor", **options: object) -> Desk:
        return Desk(new_page(user=user, **options), stack).open(search)

    return open_


def test_supervisor_begins_at_the_desk_and_sees_the_agents_of_the_pbx(
    stack: Stack, new_page: Callable[..., Page]
) -> None:
    page = new_page(user="supervisor")
    page.goto("/")
    page.wait_for_url(f"**{PATH}")
    desk = Desk(page, stack)
    page.locator("wb-agent-row").first.wait_for()

    def shown() -> str:
        return page.locator("wb-agents-table .table-head .quiet").inner_text()

    desk.wait(lambda: shown().endswith(f"of {len(stack.pbx.engine.floor().agents)}"), what="All agents")
    agent_id, name = desk.paused()
    row = desk.agent(agent_id)
    expect(row).to_contain_text(name)
    expect(row).to_contain_text("paused")
    expect(row).to_contain_text("Oběd")
    assert row.locator(".shape").get_attribute("aria-label") == "paused"


def test_filter_is_kept_in_the_address_and_outlives_a_reload(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk()
    agent_id, name = desk.idle()
    desk.find(name.split()[-1].lower())
    desk.page.locator("wb-desk-toolbar [name=queue]").select_option("main/1")
    desk.page.locator("wb-desk-toolbar [name=queue]").select_option("")
    desk.wait(lambda: "q=" in desk.page.url)
    expect(desk.agent(agent_id)).to_be_visible()
    desk.page.reload()
    expect(desk.page.locator("[name=q]")).to_have_value(name.split()[-1].lower())
    expect(desk.agent(agent_id)).to_be_visible()
    desk.find("nobody of this name")
    expect(desk.page.locator("wb-agents-table .empty")).to_have_text("Nothing fits the filter.")
    desk.page.get_by_role("button", name="Clear filters").click()
    assert "q=" not in desk.page.url


def test_state_in_the_strip_filters_the_agents(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk()
    desk.paused()
    button = desk.page.locator("wb-desk-strip .group", has_text="paused")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    desk.page.mouse.move(5, 5)
    desk.wait(
        lambda: (
            set(
                desk.page.locator("wb-agent-row").evaluate_all(
                    "(rows) => rows.map((row) => row.dataset.state)"
                )
            )
            == {"paused"}
        ),
        what="Only paused agents",
    )
    assert "state=paused" in desk.page.url


def test_rows_keep_their_places_under_the_pointer_and_sort_when_it_leaves(
    stack: Stack, open_desk: Callable[..., Desk]
) -> None:
    desk = open_desk("?agents=state", size=TALL)
    agent_id, _ = desk.idle()
    row = desk.agent(agent_id)
    row.hover()
    before = desk.order()
    top = row.bounding_box()
    stack.pbx.engine.agent_pause_on(user_id=agent_id, pause_id=desk.pause_id("Oběd"))
    expect(row).to_have_attribute("data-state", "paused", timeout=10_000)
    held = desk.page.locator("wb-agents-table .held")
    expect(held).to_have_text("Order held · sort now")
    assert row.bounding_box() == top
    assert desk.order()[: len(before)] == before
    desk.page.mouse.move(5, 5)
    expect(held).to_have_count(0)
    desk.wait(lambda: desk.order() != before, what="The new order")
    stack.pbx.engine.agent_pause_off(user_id=agent_id)


def test_agent_who_logs_out_under_the_pointer_leaves_a_row_without_buttons(
    stack: Stack, open_desk: Callable[..., Desk]
) -> None:
    desk = open_desk(size=TALL)
    agent_id, _ = desk.idle()
    row = desk.agent(agent_id)
    row.hover()
    stack.pbx.engine.agent_log_out(user_id=agent_id)
    try:
        expect(row).to_contain_text("gone", timeout=10_000)
        expect(row.locator("button")).to_have_count(0)
        desk.page.mouse.move(5, 5)
        expect(row).to_have_count(0)
    finally:
        desk.log_back_in(agent_id)


def test_desk_is_worked_by_keyboard(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk()
    page = desk.page

    def focused() -> str:
        return str(
            page.evaluate("() => document.activeElement?.dataset?.id ?? document.activeElement.localName")
        )

    page.keyboard.press("?")
    expect(page.locator("wb-desk-help dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("wb-desk-help dialog")).to_have_count(0)
    page.keyboard.press("/")
    assert page.evaluate("() => document.activeElement.name") == "q"
    page.keyboard.press("ArrowDown")
    desk.wait(lambda: focused().startswith("main/"), what="The focus in the rows")
    order = desk.order()
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    desk.wait(lambda: focused() == order[1], what="The second row")
    page.keyboard.press("m")
    expect(page.get_by_role("menu")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(page.get_by_role("menu")).to_have_count(0)
    desk.wait(lambda: focused() == order[1], what="The focus back in its row")
    page.keyboard.press("Enter")
    drawer = page.locator("wb-desk-drawer .drawer")
    expect(drawer).to_be_visible()
    page.keyboard.press("Escape")
    expect(drawer).to_have_count(0)
    desk.wait(lambda: focused() == order[1], what="The focus back in its row")
    page.keyboard.press("Space")
    expect(page.locator("wb-desk-toolbar .bulk")).to_contain_text("1 selected")
    page.keyboard.press("End")
    desk.wait(lambda: focused() not in order[:2], what="The last row")


def test_only_rows_in_sight_are_drawn(stack: Stack, open_desk: Callable[..., Desk]) -> None:
    desk = open_desk(size=(1366, 560))
    total = len(stack.pbx.engine.floor().agents)
    drawn = desk.page.locator("wb-agent-row").count()
    assert 5 < drawn < total - 5
    first = desk.order()[0]
    desk.page.locator("wb-agents-table .grid").evaluate("(grid) => { grid.scrollTop = grid.scrollHeight; }")
    desk.wait(lambda: first not in desk.order(), what="Other rows")
    last = desk.page.locator("wb-agent-row").last
    expect(last.locator(".name")).not_to_be_empty()


def test_details_of_an_agent_show_the_day_without_leaving_the_page(
    stack: Stack, open_desk: Callable[..., Desk]
) -> None:
    desk = open_desk()
    agent_id, name = desk.paused()
    desk.menu(desk.agent(agent_id), "Details")
    drawer = desk.page.locator("wb-desk-drawer .drawer")
    expect(drawer.locator("h2")).to_have_text(name)
    for part in ("timeline", "sessions", "pauses", "calls"):
        expect(drawer.locator(f"[data-part={part}]")).not_to_contain_text("Asking the PBX", timeout=20_000)
        expect(drawer.locator(f"[data-part={part}] .wrong")).to_have_count(0)
    expect(drawer.locator(".gantt .bar").first).to_be_visible()
    expect(drawer.locator("[data-part=pauses] tbody tr").first).to_be_visible()
    drawer.get_by_role("button", name="Close").click()
    expect(drawer).to_have_count(0)


def test_details_say_in_words_when_the_pbx_does_not_tell(
    stack: Stack, open_desk: Callable[..., Desk]
) -> None:
    desk = open_desk()
    stack.pbx.faults.set("StatsTrace", Fault(kind=FaultKind.HTTP_ERROR))
    row = desk.page.locator("wb-agent-row").last
    row.scroll_into_view_if_needed()
    desk.menu(row, "Details")
    part = desk.page.locator("wb-desk-drawer [data-part=timeline]")
    # An answer is kept for ten seconds; the open page asks again after thirty.
    expect(part.locator(".wrong")).to_be_visible(timeout=60_000)
    assert len(part.locator(".wrong").inner_text()) > 20
    expect(part.get_by_role("button", name="Ask again")).to_be_visible()


def test_outage_is_said_and_actions_wait_with_the_reason(
    stack: Stack, open_desk: Callable[..., Desk]
) -> None:
    desk = open_desk()
    stack.pbx.faults.set("*", Fault(kind=FaultKind.REFUSED))
    strip = desk.page.locator("wb-desk-strip")
    strip.locator(".live[data-fresh=down]").wait_for(timeout=30_000)
    expect(strip.locator(".why")).to_have_text("The PBX cannot be reached.")
    expect(strip.locator(".tile .figure").first).to_have_text("–")
    buttons = desk.page.locator("wb-agent-row .primary")
    assert buttons.count() > 5
    for button in buttons.all()[:5]:
        assert button.is_disabled()
        assert button.get_attribute("title") == "The PBX cannot be reached."
    stack.pbx.faults.clear()
    strip.locator(".live[data-fresh=fresh]").wait_for(timeout=20_000)
    expect(buttons.first).to_be_enabled()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_has_contrast_in_the_themes_of_the_administration(
    stack: Stack, open_desk: Callable[..., Desk], scheme: str
) -> None:
    desk = open_desk(color_scheme=scheme)
    desk.page.mouse.move(5, 5)
    found = desk.page.locator("wb-desk").evaluate(
        script("contrasts").replace("document.body", "document.querySelector('wb-desk')")
    )
    assert len(found) > 100
    assert [one for one in found if one["ratio"] < 4.5] == []


def test_page_is_closed_to_who_is_no_supervisor(
    stack: Stack, new_page: Callable[..., Page], troubles: Troubles
) -> None:
    troubles.allow("403")
    page = new_page(user="viewer")
    page.goto(PATH)
    assert page.locator("wb-desk").count() == 0
    answer = page.request.get(f"{PATH}options/")
    assert answer.status == 403
    assert answer.json()["error"]["text"] == "Your account may not supervise."


def test_who_is_in_no_team_is_told_what_to_do(stack: Stack, new_page: Callable[..., Page]) -> None:
    (user_id,) = stack.sql("SELECT id FROM auth_user WHERE username = 'supervisor'")[0]
    teams = stack.sql("SELECT team_id FROM dashboard_team_members WHERE user_id = ?", user_id)
    stack.sql("DELETE FROM dashboard_team_members WHERE user_id = ?", user_id)
    try:
        page = new_page(user="supervisor")
        page.goto(PATH)
        expect(page.locator(".desk-wait")).to_contain_text("You are in no team")
    finally:
        for (team_id,) in teams:
            stack.sql("INSERT INTO dashboard_team_members (team_id, user_id) VALUES (?, ?)", team_id, user_id)


def test_session_that_ends_while_the_page_is_open_is_said(
    stack: Stack, open_desk: Callable[..., Desk], troubles: Troubles
) -> None:
    troubles.allow("401")  # the page may just be asking what became of actions
    desk = open_desk(is_new=True)
    key = next(cookie["value"] for cookie in desk.page.context.cookies() if cookie["name"] == "sessionid")
    stack.sql("DELETE FROM django_session WHERE session_key = ?", key)
    control(stack, do="recheck")
    box = desk.page.locator(".stopped")
    expect(box).to_contain_text("You are logged out.", timeout=15_000)
    assert re.search(r"login/\?next=%2Fadmin%2Fsupervision%2F", box.locator("a").get_attribute("href") or "")
    assert desk.page.locator("wb-agent-row").count() == 0
