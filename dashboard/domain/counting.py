"""From calls to figures: which call adds what to a row.

The same sums are in SQL in dashboard/history; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from dashboard.domain.rows import FigureRow
from dashboard.domain.terms import INBOUND, OUTBOUND, Outcome, term_of
from dashboard.domain.thresholds import Thresholds


class CountedCall(msgspec.Struct, frozen=True, kw_only=True):
    """What of an ended wait is counted. Seconds; None is not known yet and adds nothing."""

    direction: str
    outcome: str
    wait_s: int
    talk_s: int | None
    hold_s: int | None
    acw_s: int | None
    has_number: bool
    is_repeated: bool
    is_provisional: bool


class _Sums(msgspec.Struct):
    answered_in: int = 0
    answered_late: int = 0
    abandoned_short: int = 0
    abandoned_in: int = 0
    abandoned_late: int = 0
    flowed_out: int = 0
    wait_answered_s: int = 0
    wait_all_s: int = 0
    longest_wait_s: int | None = None
    talk_s: int = 0
    hold_s: int = 0
    acw_s: int = 0
    numbered: int = 0
    repeats: int = 0
    outbound: int = 0
    outbound_answered: int = 0
    provisional: int = 0
    running: int = 0

    def add(self, call: CountedCall, limits: Thresholds) -> None:
        term = term_of(outcome=call.outcome, direction=call.direction, wait_s=call.wait_s, thresholds=limits)
        if term is not None:
            setattr(self, term, getattr(self, term) + 1)
        self.provisional += call.is_provisional
        if call.direction == INBOUND:
            self._add_inbound(call)
        elif call.direction == OUTBOUND:
            self.outbound_answered += call.outcome == Outcome.ANSWERED

    def _add_inbound(self, call: CountedCall) -> None:
        self.wait_all_s += call.wait_s
        if call.outcome == Outcome.ANSWERED:
            self.wait_answered_s += call.wait_s
            self.running += call.talk_s is None
        self.longest_wait_s = max(self.longest_wait_s or 0, call.wait_s)
        self.talk_s += call.talk_s or 0
        self.hold_s += call.hold_s or 0
        self.acw_s += call.acw_s or 0
        self.numbered += call.has_number
        self.repeats += call.has_number and call.is_repeated


def figures_counted(calls: Iterable[tuple[CountedCall, Thresholds]]) -> FigureRow:
    """The figures of these calls, each sorted by its own limits. Ready time and what is expected are not told by calls."""
    sums = _Sums()
    for call, limits in calls:
        sums.add(call, limits)
    return FigureRow(**msgspec.structs.asdict(sums), ready_s=None, expected_more=None)
