"""From StatsTrace to stretches of time: what the agent did, from when, until when. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

from dashboard.pbx.wire.history import TraceStep

KINDS: Final = {
    "login": "login",
    "queue": "queue",
    "pause": "pause",
    "call": "call",
    "ring_in": "ring",
    "ring_out": "ring",
}

Row = dict[str, Any]
At = Callable[[str | None], int | None]


def timeline_rows(steps: Iterable[TraceStep], *, at: At) -> list[Row]:
    """Stretches by their beginning; `to_at` is None while one goes on.

    A row that tells an end tells its duration, too, and so its beginning. A beginning without an end goes on, unless the same
    began once more: the PBX leaves out some ends, such as those of logins.
    """
    begun: dict[tuple[str, str], list[Row]] = {}
    rows: list[Row] = []
    for step in sorted(steps, key=lambda step: (step.time or "", not step.is_start)):
        moment = at(step.time)
        name = step.action_name or ""
        if moment is None or name not in KINDS:
            continue
        key = (name, step.event_id or "")
        if step.is_start:
            _left_open_close(begun, key, at=moment)
            row = _row(step, from_at=moment, to_at=None)
            begun.setdefault(key, []).append(row)
            rows.append(row)
        else:
            _end(step, begun.get(key, []), rows, at=moment)
    return sorted(rows, key=lambda row: (row["from_at"], row["kind"]))


def _end(step: TraceStep, open_rows: list[Row], rows: list[Row], *, at: int) -> None:
    """Close the row that began so long ago; where its beginning was not told, the duration tells it."""
    if open_rows:
        open_rows.pop(0)["to_at"] = at
    elif step.duration:
        rows.append(_row(step, from_at=at - step.duration * 1000, to_at=at))


def _left_open_close(begun: dict[tuple[str, str], list[Row]], key: tuple[str, str], *, at: int) -> None:
    """Nobody logs in, or goes on the same pause, twice at once: the earlier one has ended by now."""
    if key[0] in {"login", "queue", "pause"}:
        for row in begun.pop(key, []):
            row["to_at"] = at


def _row(step: TraceStep, *, from_at: int, to_at: int | None) -> Row:
    return {
        "kind": KINDS[step.action_name or ""],
        "title": step.event_title or "",
        "about": step.event_id or "",
        "from_at": from_at,
        "to_at": to_at,
    }
