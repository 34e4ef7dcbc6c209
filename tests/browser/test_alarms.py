"""What becomes critical is heard and seen, where that was switched on and as far as the viewer wants it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.screen import board_made, script, wait_fresh
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


def quiet(stack: Stack, *, queue: int, **options: Any) -> Any:
    """A board over all queues with sound and speech, and one tile on it."""
    tile = {"id": "q", "type": "queue", "x": 0, "y": 0, "w": 24, "h": 24}
    layout = {**LAYOUT, "widgets": [{**tile, "options": {"queue": f"main/{queue}", **options}}]}
    return board_made(stack, "quiet", layout=layout, sound=1, speech=1)


def wait_crowded(stack: Stack, open_board: Callable[..., Page]) -> None:
    """Until another board has shown that queue as critical for some beats."""
    with loud(stack):
        open_board("loud").locator(CRITICAL).first.wait_for(timeout=WITHIN_MS)


def test_a_tile_with_limits_of_its_own_sounds_by_those_and_not_by_the_boards(
    stack: Stack, open_board: Callable[..., Page], crowd: Callable[[], None]
) -> None:
    title = stack.pbx.engine.directory().queues[QUEUE].title
    limits = {"critical": {"enter": 12, "leave": 11}, "hold_s": 0}
    with quiet(stack, queue=QUEUE, levels=limits):
        page = open_board("quiet", script=HEARING)
        crowd()
        page.wait_for_function(
            "() => Number(document.querySelector('.tile .waiting').textContent) >= 6", timeout=WITHIN_MS
        )
        wait_crowded(stack, open_board)
        assert heard(page) == (0, [])
        assert page.locator(CRITICAL).count() == 0
        crowd()
        page.locator(CRITICAL).first.wait_for(timeout=WITHIN_MS)
        page.wait_for_function("() => window.wbHeard.some(({ text }) => text)", timeout=WITHIN_MS)
        tones, (said,) = heard(page)
    assert tones == 3
    assert said["text"].startswith(f"{title} is critical: ")


def test_a_queue_that_no_widget_shows_makes_no_sound(
    stack: Stack, open_board: Callable[..., Page], crowd: Callable[[], None]
) -> None:
    with quiet(stack, queue=QUEUE + 1, levels={"critical": {"enter": 1_000, "leave": 1}, "hold_s": 0}):
        page = open_board("quiet", script=HEARING)
        crowd()
        wait_crowded(stack, open_board)
        wait_fresh(page)
        assert heard(page) == (0, [])


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
