"""The administration as its people use it: the start page, a new user, the audit log, and everybody's own account."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from dashboard.gateway.faults import Fault, FaultKind
from tests.browser.conftest import Troubles
from tests.browser.screen import is_marked, mark
from tests.browser.test_pages import log_in
from tests.stack import Stack

SEED = """
from django.contrib.auth.models import Group, User
from dashboard.models import Pbx, PbxAccount
from tests.admin.events import Step, action_make
ada = User.objects.create_user("ada", "", "ada", is_staff=True)
ada.groups.add(Group.objects.get(name="administrator"))
jana = User.objects.create_user("jana", "", "jana")
jana.groups.add(Group.objects.get(name="viewer"))
PbxAccount.objects.create(user=jana, pbx=Pbx.objects.get(), agent_id="9912")
action_make(until=Step.ENDED, actor_name="eva", agent_id="9912", reason="Training of new people")
action_make(actor_name="adam", agent_id="9913", agent_name="Petr Dlouhý", action="pause_on")
"""
UNSEED = """
from django.contrib.auth.models import User
User.objects.filter(username__in=["ada", "jana", "karel"]).delete()
"""


@pytest.fixture(scope="module")
def people(whole_stack: Stack) -> Iterator[None]:
    """Ada administers, Jana takes calls as agent 9912; nobody is in a team."""
    whole_stack.manage("shell", "-c", SEED)
    yield
    whole_stack.manage("shell", "-c", UNSEED)
    for name in ("ada", "jana"):
        whole_stack._cookies.pop(name, None)  # their logins are gone with them


def fits(page: Page) -> bool:
    """Whether nothing sticks out to the right of the window."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize("size", [(1920, 1080), (1280, 720)])
def test_start_page_says_whether_everything_is_all_right(
    new_page: Callable[..., Page], size: tuple[int, int]
) -> None:
    page = new_page(user="ada", size=size)
    page.goto("/admin/")
    overview = page.locator("[data-overview]")
    expect(overview.locator("li[data-key='pbx-main'] .text")).to_contain_text("Answers.")
    expect(overview.locator("li[data-key='redis'] .word")).to_have_text("fine")
    users = overview.locator("li[data-key='users']")
    expect(users.locator(".word")).to_have_text("look at it")
    expect(users.locator(".text")).to_contain_text("jana")
    users.get_by_role("link").click()
    page.wait_for_url("**/admin/auth/user/?team=none")
    expect(page.locator("#result_list tbody tr")).to_have_count(1)


@pytest.mark.usefixtures("people")
def test_start_page_tells_of_an_outage_and_of_its_end_without_a_reload(
    new_page: Callable[..., Page], stack: Stack
) -> None:
    page = new_page(user="ada")
    page.goto("/admin/")
    line = page.locator("li[data-key='pbx-main']")
    expect(line).to_have_attribute("data-level", "ok", timeout=30_000)
    mark(page)
    line.evaluate("(element) => { element.wbMark = true; }")
    stack.pbx.faults.set("*", Fault(kind=FaultKind.HTTP_ERROR))
    expect(line).to_have_attribute("data-level", "critical", timeout=60_000)
    expect(line.locator(".advice")).to_be_visible()
    expect(page.locator("#overview-headline")).to_contain_text("needs you now")
    stack.pbx.faults.clear()
    expect(line).to_have_attribute("data-level", "ok", timeout=60_000)
    expect(line.locator(".advice")).to_be_hidden()
    assert line.evaluate("(element) => element.wbMark === true"), "the line was made anew"
    assert is_marked(page)


@pytest.mark.usefixtures("people")
def test_start_page_says_that_it_is_old_when_the_login_has_ended(
    new_page: Callable[..., Page], troubles: Troubles
) -> None:
    troubles.allow("Failed to load|Failed to fetch|redirect")
    page = new_page(user="ada")
    page.goto("/admin/")
    page.context.clear_cookies()
    expect(page.locator("[data-overview] .trouble")).to_contain_text("old", timeout=30_000)
    expect(page.locator("[data-overview]")).to_have_class(re.compile("is-old"))


@pytest.mark.usefixtures("people")
def test_administrator_makes_a_user_who_then_logs_in(new_page: Callable[..., Page], stack: Stack) -> None:
    page = new_page(user="ada", size=(1280, 720))
    page.goto("/admin/")
    page.locator(".model-user .addlink").first.click()
    page.get_by_label("Username").fill("karel")
    page.get_by_label("Password:", exact=True).fill("karel's own word")
    page.get_by_label("Password confirmation").fill("karel's own other word")
    page.get_by_label(re.compile("Viewer – Looks at the boards")).check()
    page.get_by_label(re.compile("Call centre")).check()
    expect(page.get_by_label("Superuser")).to_have_count(0)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("The two password fields didn’t match.")).to_be_visible()
    assert page.get_by_label("Username").input_value() == "karel"
    page.get_by_label("Password:", exact=True).fill("karel's own word")
    page.get_by_label("Password confirmation").fill("karel's own word")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist .success")).to_contain_text("karel")
    assert fits(page)
    other = new_page(user=None)
    other.goto("/")
    log_in(other, user="karel", password="karel's own word")
    other.wait_for_url("**/boards/**")


@pytest.mark.usefixtures("people")
def test_audit_log_leads_from_a_name_to_what_was_done_and_to_its_course(
    new_page: Callable[..., Page],
) -> None:
    page = new_page(user="ada", size=(1280, 720))
    page.goto("/admin/dashboard/actionevent/?monitored_by=eva")
    row = page.locator("#result_list tbody tr")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("● ended")
    row.get_by_role("link", name="Jana Nováková").click()
    page.wait_for_url("**whom=main%3A9912")
    page.locator("#result_list tbody tr").get_by_role("link").first.click()
    steps = page.locator(".transitions tbody tr")
    expect(steps).to_have_count(4)
    expect(steps.nth(2)).to_contain_text("confirmed")
    expect(page.get_by_text("Training of new people")).to_be_visible()
    for name in ("Save", "Delete"):
        expect(page.get_by_role("button", name=name)).to_have_count(0)


@pytest.mark.usefixtures("people")
def test_audit_log_is_taken_away_as_a_workbook(new_page: Callable[..., Page]) -> None:
    page = new_page(user="ada")
    page.goto("/admin/dashboard/actionevent/?who=eva")
    with page.expect_download() as download:
        page.get_by_role("link", name="Export as Excel").click()
    assert download.value.suggested_filename.endswith(".xlsx")


@pytest.mark.usefixtures("people")
def test_agent_reads_on_the_own_account_who_listened_and_nothing_of_others(
    new_page: Callable[..., Page],
) -> None:
    page = new_page(user="jana", size=(1280, 720))
    page.goto("/boards/")
    page.get_by_role("link", name="My account").click()
    expect(page.get_by_role("heading", name="Who listened to my calls")).to_be_visible()
    row = page.locator("table tbody tr")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("eva")
    assert fits(page)
    page.get_by_role("link", name="Show everything supervisors did").click()
    expect(page.locator("table tbody tr")).to_have_count(1)
    expect(page.get_by_text("Petr Dlouhý")).to_have_count(0)
    assert "Training" not in page.content()


@pytest.mark.usefixtures("people")
def test_language_chosen_on_the_own_account_is_that_of_every_page(new_page: Callable[..., Page]) -> None:
    page = new_page(user="jana", is_new=True)
    page.goto("/account/")
    page.get_by_label("Language").select_option("cs")
    page.locator("form.settings button[type=submit]").click()
    expect(page.locator("html")).to_have_attribute("lang", "cs")
    page.goto("/boards/")
    expect(page.locator("html")).to_have_attribute("lang", "cs")
    page.goto("/account/")
    page.locator("select").select_option("")
    page.locator("form.settings button[type=submit]").click()
    expect(page.locator("html")).not_to_have_attribute("lang", "cs")
