"""The manager pages on a real stack with days of history: the answer, a figure down to the sound of a call, the worklist."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from dashboard.gateway.simulated.settings import SimulationSettings
from tests.stack import Stack, running_stack
from tests.stack.waiting import wait_until

READ_WITHIN_S = 240

pytestmark = pytest.mark.timeout(360)
"""A busy machine takes its time to start a call centre with a past, and to read it."""


@pytest.fixture(scope="module")
def whole_stack() -> Iterator[Stack]:
    """A call centre with two days behind it; the other browser tests do without a past."""
    with running_stack(simulation=SimulationSettings(timezone="Europe/Prague", history_days=2)) as stack:
        yield stack


@pytest.fixture(scope="module")
def _history(whole_stack: Stack) -> None:
    """The calls of yesterday are read."""
    midnight = datetime.now(ZoneInfo("Europe/Prague")).replace(hour=0, minute=0, second=0, microsecond=0)
    day = [
        f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S}" for moment in (midnight - timedelta(days=1), midnight)
    ]
    statement = "SELECT COUNT(*) FROM dashboard_coverage WHERE action = 'StatsCalls' AND begins_at <= ? AND ends_at >= ?"
    wait_until(
        lambda: whole_stack.sql(statement, *day)[0][0],
        within_s=READ_WITHIN_S,
        what="The reading of yesterday",
    )


@pytest.fixture
def open_report(new_page: Callable[..., Page], _history: None) -> Callable[..., Page]:
    def open_(path: str = "", **options: Any) -> Page:
        page = new_page(user="manager", **options)
        page.goto(f"/reports/{path}")
        return page

    return open_


def test_managers_begin_with_the_answer(open_report: Callable[..., Page]) -> None:
    page = open_report()
    page.goto("/")
    page.wait_for_url("**/reports/")
    expect(page.locator(".answer")).to_contain_text("Service level today, live:")
    expect(page.locator("#table tbody tr").first).to_be_visible()
    assert (
        page.locator("#table thead th").count()
        == page.locator("#table tbody tr").first.locator("th, td").count()
    )


def test_today_renews_itself_without_losing_the_focus(open_report: Callable[..., Page]) -> None:
    page = open_report()
    page.evaluate("() => { document.querySelector('#today').dataset.seen = 'before'; window.same = true; }")
    link = page.locator("#table tbody a").first
    link.focus()
    with page.expect_response(lambda answer: answer.url.endswith("/reports/"), timeout=60_000):
        pass
    page.wait_for_function(
        "() => document.querySelector('#today').dataset.seen === undefined", timeout=10_000
    )
    expect(link).to_be_focused()
    assert page.evaluate("() => window.same") is True


def test_a_figure_opens_into_calls_that_add_up_to_it(open_report: Callable[..., Page]) -> None:
    page = open_report("period/?period=yesterday&by=queue")
    total = page.locator("#table tfoot td")
    level, offered = total.nth(0).inner_text(), total.nth(1).inner_text()
    total.nth(0).locator("a").click()
    expect(page.locator("#foot")).to_contain_text(f"in time: {level}")
    listed = re.search(r"([\d\s\u202f]+) calls? together", page.locator("tfoot").inner_text())
    assert listed is not None
    assert re.sub(r"\D", "", listed[1]) == re.sub(r"\D", "", offered)
    page.get_by_role("link", name="not counted").click()
    expect(page.locator("tbody tr").first).to_contain_text("short abandon")


def test_the_chart_is_read_by_keyboard_and_opens_its_calls(open_report: Callable[..., Page]) -> None:
    page = open_report("period/?period=yesterday&by=interval&minutes=60")
    plot = page.get_by_role("slider").first
    expect(plot).to_have_attribute("aria-label", re.compile("Service level: from .* to .*"))
    plot.focus()
    page.keyboard.press("End")
    page.keyboard.press("Home")
    reading = page.locator(".reading").first
    expect(reading).to_contain_text("%")
    first = reading.inner_text()
    page.keyboard.press("ArrowRight")
    assert reading.inner_text() != first
    expect(plot).to_have_attribute("aria-valuetext", reading.inner_text())
    for _ in range(24):  # to the next hour in which somebody called; the others have nothing to open
        if re.search(r": [\d.]+\s%", reading.inner_text()):
            break
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.wait_for_url("**/reports/calls/**")
    expect(page.locator("h1")).to_have_text("Calls behind: Service level")


def test_a_call_tells_its_story_and_its_recording_seeks(
    open_report: Callable[..., Page], stack: Stack
) -> None:
    page = open_report("calls/?period=yesterday&figure=answered")
    long_talk = page.locator(
        "tbody tr", has=page.locator("td:nth-of-type(4)", has_text=re.compile(r"^[1-9]:\d\d$"))
    )
    long_talk.first.locator("a").click()
    expect(page.locator(".answer")).to_contain_text("counts as")
    expect(page.get_by_text("Answered by")).to_be_visible()
    sound = page.evaluate(
        """async () => {
             const audio = document.querySelector('audio');
             const told = (name) => new Promise((resolve, reject) => {
               audio.addEventListener(name, resolve, { once: true });
               audio.addEventListener('error', () => reject(new Error('no sound')), { once: true });
             });
             const known = told('loadedmetadata');
             audio.preload = 'auto';
             audio.load();
             await known;
             const sought = told('seeked');
             audio.currentTime = audio.duration * 0.8;
             await sought;
             return { length: audio.duration, place: audio.currentTime };
           }"""
    )
    assert sound["length"] > 30
    assert sound["place"] == pytest.approx(sound["length"] * 0.8, abs=1)
    assert stack.sql("SELECT COUNT(*) FROM dashboard_actionevent WHERE action = 'recording'")[0][0] == 1


def test_a_lost_call_is_taken_noted_closed_and_opened_again(open_report: Callable[..., Page]) -> None:
    page = open_report("lost/?days=7")
    line = page.locator("tbody tr").first
    number = line.locator("th").inner_text()
    line.get_by_role("button", name="Take").click()
    page.get_by_role("link", name=re.compile("^Mine")).click()
    mine = page.locator("tbody tr", has_text=number)
    expect(mine).to_contain_text("open, with manager")
    mine.locator("summary").click()
    mine.get_by_label("Note").fill("Volat po obědě")
    mine.get_by_role("button", name="Save").click()
    expect(page.locator("tbody tr", has_text=number)).to_contain_text("Volat po obědě")
    page.locator("tbody tr", has_text=number).get_by_role("button", name="Done").click()
    expect(page.get_by_role("status").filter(has_text="is done")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("tbody tr", has_text=number)).to_contain_text("open, with manager")
    page.locator("tbody tr", has_text=number).get_by_role("button", name="Give back").click()


@pytest.mark.parametrize(
    "path", ["", "period/?period=yesterday", "calls/?period=yesterday", "agents/", "pauses/", "lost/"]
)
@pytest.mark.parametrize("size", [(1920, 1080), (1366, 768)])
def test_nothing_is_wider_than_the_window(
    open_report: Callable[..., Page], path: str, size: tuple[int, int]
) -> None:
    page = open_report(path, size=size)
    expect(page.locator("h1")).to_be_visible()
    assert page.evaluate("() => document.documentElement.scrollWidth - innerWidth") <= 0


def test_on_paper_there_is_nothing_to_press(open_report: Callable[..., Page]) -> None:
    page = open_report("period/?period=yesterday&by=day")
    page.emulate_media(media="print")
    expect(page.locator(".desk-bar")).to_be_hidden()
    expect(page.locator(".filters")).to_be_hidden()
    expect(page.locator("#table")).to_be_visible()
    assert (
        page.locator("#table").evaluate("(table) => getComputedStyle(table.querySelector('td')).color")
        == "rgb(0, 0, 0)"
    )


def test_viewers_are_told_that_reports_are_not_for_them(new_page: Callable[..., Page], troubles: Any) -> None:
    troubles.allow("403")
    page = new_page(user="viewer")
    answer = page.goto("/reports/")
    assert answer is not None
    assert answer.status == 403
