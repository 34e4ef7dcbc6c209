"""Adding figures of several queues or intervals: sums over sums, never an average of averages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from dashboard.domain.rows import FigureRow

ALWAYS_KNOWN: Final = (
    "answered_in",
    "answered_late",
    "abandoned_short",
    "abandoned_in",
    "abandoned_late",
    "wait_answered_s",
    "wait_all_s",
    "talk_s",
    "hold_s",
    "acw_s",
    "outbound",
    "outbound_answered",
    "provisional",
    "running",
)
KNOWN_PARTS: Final = ("flowed_out", "numbered", "repeats")
"""Added over the rows that know them: what nobody saw is not there to be added."""
ALL_OR_NOTHING: Final = ("ready_s", "expected_more")
"""Unknown as soon as one row does not know them: a part of them would make the ratio wrong."""


def figures_empty() -> FigureRow:
    """Nobody called, and nothing is known beyond that."""
    return FigureRow(
        **dict.fromkeys(ALWAYS_KNOWN, 0),
        flowed_out=None,
        longest_wait_s=None,
        ready_s=None,
        numbered=None,
        repeats=None,
        expected_more=None,
    )


def figures_added(rows: Sequence[FigureRow]) -> FigureRow | None:
    """The figures of all rows together; None if there is no row."""
    if not rows:
        return None
    waits = [row.longest_wait_s for row in rows if row.longest_wait_s is not None]
    sums: dict[str, int | None] = {name: sum(getattr(row, name) for row in rows) for name in ALWAYS_KNOWN}
    for name in (*KNOWN_PARTS, *ALL_OR_NOTHING):
        values = [getattr(row, name) for row in rows]
        known = [value for value in values if value is not None]
        is_known = len(known) == len(values) if name in ALL_OR_NOTHING else bool(known)
        sums[name] = sum(known) if is_known else None
    return FigureRow(**sums, longest_wait_s=max(waits, default=None))  # type: ignore[arg-type]  # the first are never None
