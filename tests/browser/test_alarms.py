"""What becomes critical is heard and seen, where that was switched on and as far as the viewer wants it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.screen import board_made, script
from tests.stack import Stack

QUEUE = 2
WITHIN_MS = 30_000
HEARING = script("hearing")
CRITICAL = "[data-level='critical']:is(.panel, .row)"
LAYOUT = {
    "version": 1,
    "columns": 24,
    "rows": 24,
    "widgets": [{"id": "q", "type": "queues", "x": 0, "y": 0, "w": 24, "h": 24, "options": {}}],
}


@pytest.fixture
def crowd(stack: Stack) -> Iterator[Callable[[], None]]:
    """Makes more callers wait in one queue than a board puts up with."""
    calls: list[Any] = []

    def come() -> None:
        calls.extend(stack.pbx.engine.call_inject(queue_id=QUEUE, kept_waiting_s=60) for _ in range(8))

    yield come
    for call_id in calls:
        if call_id in stack.pbx.engine.floor().calls:
            stack.pbx.engine.call_hang_up(call_id=call_id)


def loud(stack: Stack, **columns: Any) -> Any:
    """A board over that queue alone, so that nothing else is critical."""
    return board_made(stack, "loud", queue_ids={"main": [str(QUEUE)]}, layout=LAYOUT, **columns)


def heard(page: Page) -> tuple[int, list[dict[str, str]]]:
    """How many tones there were, and what was said in which language."""
    told = page.evaluate("() => window.wbHeard")
    return sum("tone" in one for one in told), [one for one in told if "text" in one]


def test_a_critical_queue_sounds_and_is_spoken_once(
    stack: Stack, open_board: Callable[..., Page], crowd: Callable[[], None]
) -> None:
    title = stack.pbx.engine.directory().queues[QUEUE].title
    with loud(stack, sound=1, speech=1):
        page = open_board("loud", script=HEARING)
        crowd()
        page.wait_for_function("() => window.wbHeard.some(({ text }) => text)", timeout=WITHIN_MS)
        page.locator(CRITICAL).first.wait_for(timeout=WITHIN_MS)
        tones, (said,) = heard(page)
        language = page.locator("html").get_attribute("lang")
    assert tones == 3
    assert said["lang"] == language
    assert said["text"].startswith(f"{title} is critical: ")


@pytest.mark.parametrize(("sound", "speech", "tones", "sentences"), [(1, 0, 3, 0), (0, 1, 0, 1)])
def test_sound_and_speech_are_switched_on_by_themselves(
    stack: Stack,
    open_board: Callable[..., Page],
    crowd: Callable[[], None],
    sound: int,
    speech: int,
    tones: int,
    sentences: int,
) -> None:
    with loud(stack, sound=sound, speech=speech):
        page = open_board("loud", script=HEARING)
        crowd()
        page.wait_for_function("() => window.wbHeard.length > 0", timeout=WITHIN_MS)
        found, said = heard(page)
    assert (found, len(said)) == (tones, sentences)


def test_a_board_without_alarms_is_silent_and_still(
    stack: Stack, open_board: Callable[..., Page], crowd: Callable[[], None]
) -> None:
    with loud(stack):
        page = open_board("loud", script=HEARING)
        crowd()
        page.locator(CRITICAL).first.wait_for(timeout=WITHIN_MS)
        assert heard(page) == (0, [])
        assert animation(page) == "none"


@pytest.mark.parametrize(("motion", "name"), [("no-preference", "flash"), ("reduce", "none")])
def test_critical_flashes_unless_the_viewer_asked_for_less_motion(
    stack: Stack, open_board: Callable[..., Page], crowd: Callable[[], None], motion: str, name: str
) -> None:
    with loud(stack, flash=1):
        page = open_board("loud", reduced_motion=motion)
        crowd()
        page.locator(CRITICAL).first.wait_for(timeout=WITHIN_MS)
        assert animation(page) == name


def animation(page: Page) -> str:
    return str(page.locator(CRITICAL).first.evaluate("(one) => getComputedStyle(one).animationName"))
