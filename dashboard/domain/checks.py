"""Whether what is counted here agrees with the PBX's own totals (RTStatsQueuesSummary)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import msgspec

from dashboard.domain.rows import LiveState

TOLERATED: Final = 2
TOLERATED_SHARE: Final = 0.1
"""Answers are asked for side by side, so a call or an agent more or less says nothing; nor does one of many."""
TIMES: Final = 3
"""Only what differs in so many answers in a row is told."""


class Check(msgspec.Struct, frozen=True, kw_only=True):
    """A total that differs: `code` says which (agents_total, calls_in, calls_out), and since when by our clock."""

    code: str
    ours: int
    theirs: int
    since_at: int


class Differing(msgspec.Struct, frozen=True, kw_only=True):
    """A check, and in how many answers in a row it differed."""

    check: Check
    times: int

    @property
    def is_told(self) -> bool:
        return self.times >= TIMES


def totals_counted(state: LiveState) -> dict[str, int]:
    """The totals by what the live state holds, each agent once."""
    directions = [call.direction for call in state.calls.values()]
    return {
        "agents_total": len(state.agents),
        "calls_in": directions.count("in"),
        "calls_out": directions.count("out"),
    }


def differing_now(
    before: Mapping[str, Differing], *, ours: Mapping[str, int], theirs: Mapping[str, int | None], at: int
) -> dict[str, Differing]:
    """What differs after another answer. What the PBX does not tell is not compared."""
    found = {}
    for code, own in ours.items():
        told = theirs.get(code)
        if told is None or abs(told - own) <= max(TOLERATED, TOLERATED_SHARE * max(told, own)):
            continue
        was = before.get(code)
        check = Check(code=code, ours=own, theirs=told, since_at=was.check.since_at if was else at)
        found[code] = Differing(check=check, times=was.times + 1 if was else 1)
    return found
