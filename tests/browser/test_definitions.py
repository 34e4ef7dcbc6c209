"""A definition of a service level, from the form to the boards; and the page that shows a token once."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.stack import Stack
from tests.stack.waiting import wait_until


def queue_title(page: Page) -> str:
    """The first queue in the form; "" while none is registered yet."""
    page.goto("/admin/dashboard/queuedefinition/add/")
    titles = page.locator("#id_holds_for optgroup option").all_inner_texts()
    return titles[1] if len(titles) > 1 else ""


def fill(page: Page, title: str, *, threshold_s: int) -> None:
    page.get_by_label("Holds for").select_option(label=title)
    page.get_by_label("retroactively").check()
    page.get_by_label("Threshold T (seconds)").fill(str(threshold_s))


def test_a_threshold_that_applies_retroactively_reaches_the_boards(
    stack: Stack, new_page: Callable[..., Page]
) -> None:
    page = new_page(user="admin")
    title = wait_until(lambda: queue_title(page), within_s=60, what="A queue to choose")
    fill(page, title, threshold_s=47)
    page.get_by_label("Monday").fill("whenever")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("This must be such as")).to_be_visible()
    page.get_by_label("Monday").fill("")
    page.get_by_role("button", name="Save", exact=True).click()
    row = page.locator("#result_list tbody tr").first
    expect(row).to_contain_text(title)
    expect(row).to_contain_text("80/47")
    expect(row).to_contain_text("in force")
    with stack.board(user="admin") as board:
        board.wait(
            lambda one: any(queue["threshold_s"] == 47 for queue in one.state.get("queues", {}).values()),
            within_s=30,
            what="The new threshold on a board",
        )
    # Other tests see the queues of this stack too.
    page.goto("/admin/dashboard/queuedefinition/add/")
    fill(page, title, threshold_s=20)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#result_list tbody tr").first).to_contain_text("80/20")


def test_a_token_is_copied_from_the_only_page_that_shows_it(new_page: Callable[..., Page]) -> None:
    page = new_page(user="admin")
    page.goto("/admin/dashboard/apitoken/add/")
    page.get_by_label("Owner").select_option(label="admin")
    page.get_by_label("Name").fill("Intranet")
    page.get_by_role("button", name="Save", exact=True).click()
    text = page.locator("#token").inner_text()
    assert re.fullmatch(r"wb_[\w-]{43}", text)
    headers = {"Authorization": f"Bearer {text}"}
    wait_until(
        lambda: len(page.request.get("/api/v1/live", headers=headers).json()["queues"]) == 8,
        within_s=60,
        what="All queues in the API",
    )
    page.get_by_role("link", name="I have copied it").click()
    expect(page.locator("#result_list")).to_contain_text("Intranet")
    assert text not in page.content()
