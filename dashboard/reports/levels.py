"""Where a figure stands to its goal, as a word that colours follow."""

from __future__ import annotations

from typing import Final

FAR_BELOW: Final = 0.1


def level_of(value: float | None, *, goal: float | None) -> str:
    """ "warning" below the goal, "critical" ten points below; "" otherwise, and where either is unknown."""
    if value is None or goal is None or value >= goal:
        return ""
    return "critical" if value < goal - FAR_BELOW else "warning"
