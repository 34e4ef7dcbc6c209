"""Who cannot tell colours apart tells every state and every level: their shapes differ by more than the colour."""

from __future__ import annotations

import base64
from collections.abc import Callable
from itertools import combinations

import pytest
from playwright.sync_api import Page

from tests.browser.screen import script

STATES = ["idle", "speaking", "ringing", "calling", "on_hold", "acw", "paused", "logged", "unknown"]
LEVELS = ["warning", "critical"]
DIFFERS_BY = 40
"""Of 255 degrees of brightness."""
DIFFERS_AT = 0.10
"""Of the pixels of two shapes."""

LINE_UP = script("line_up")
BRIGHTNESS = script("brightness")


@pytest.mark.parametrize("kind", ["deuteranopia", "protanopia", "achromatopsia"])
def test_states_and_levels_differ_without_their_colours(
    open_board: Callable[..., Page], new_page: Callable[..., Page], kind: str
) -> None:
    page = open_board()
    marks = [["shape", "state", state] for state in STATES] + [["mark", "level", level] for level in LEVELS]
    page.evaluate(LINE_UP, marks)
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setEmulatedVisionDeficiency", {"type": kind})
    desk = new_page(user=None)
    seen = {}
    for name in [*STATES, *LEVELS]:
        picture = page.locator(f"[data-one={name}]").screenshot()
        seen[name] = desk.evaluate(BRIGHTNESS, base64.b64encode(picture).decode())
    alike = [
        (one, other)
        for group in (STATES, LEVELS)
        for one, other in combinations(group, 2)
        if share_that_differs(seen[one], seen[other]) < DIFFERS_AT
    ]
    assert alike == []


def share_that_differs(one: list[int], other: list[int]) -> float:
    pairs = list(zip(one, other, strict=True))
    return sum(abs(a - b) > DIFFERS_BY for a, b in pairs) / len(pairs)
