"""What the tests of this folder ask of boards."""

from __future__ import annotations

import time
from typing import Any

from tests.stack import BoardClient, Stack, common_place

FAST = ("RTStatsQueues", "RTStatsSessions", "RTStatsCalls")
"""The endpoints that are asked every second."""


def wall_ms() -> int:
    return int(time.time() * 1000)


def endpoints(board: BoardClient) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = board.source.get("endpoints", {})
    return found


def errors(board: BoardClient) -> dict[str, dict[str, Any]]:
    """The errors that the last tick or snapshot tells, by endpoint."""
    return {name: row["error"] for name, row in endpoints(board).items() if row["error"]}


def is_fresh(board: BoardClient, *, since_ms: int | None = None) -> bool:
    """Whether no endpoint fails and the fast ones have answered since (by default: within the last 3 s)."""
    rows = endpoints(board)
    since = wall_ms() - 3_000 if since_ms is None else since_ms
    return bool(rows) and not errors(board) and all((rows[name]["ok_at"] or 0) > since for name in FAST)


def whole_check(board: BoardClient, stack: Stack, *, url: str | None = None) -> None:
    """The board shows exactly what a fresh snapshot shows, and never met a gap."""
    with stack.board(url=url) as fresh:
        fresh.wait_kind("snapshot", within_s=10)
        place = common_place(board, fresh, within_s=20)
        assert board.history[place] == fresh.history[place]
        assert fresh.history[place]["queues"], "an empty state proves nothing"
    assert board.gaps == 0
