"""What became of one call, as the service level sees it. The words are the counts of `FigureRow`."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from dashboard.domain import terms
from dashboard.domain.thresholds import Thresholds


class Outcome(StrEnum):
    """The first six are the terms of the formulas; the others are calls that no formula counts among ended waits."""

    ANSWERED_IN = "answered_in"
    ANSWERED_LATE = "answered_late"
    ABANDONED_SHORT = "abandoned_short"
    ABANDONED_IN = "abandoned_in"
    ABANDONED_LATE = "abandoned_late"
    FLOWED_OUT = "flowed_out"
    WAITING = "waiting"
    WAITING_LATE = "waiting_late"
    OUTBOUND = "outbound"
    OTHER = "other"
    """Neither inbound nor outbound, such as a call between two agents, or not known which."""
    OUTSIDE_HOURS = "outside_hours"
    UNKNOWN = "unknown"
    """An inbound call of which nobody knows how long it waited."""


TERMS: Final = (
    Outcome.ANSWERED_IN,
    Outcome.ANSWERED_LATE,
    Outcome.ABANDONED_SHORT,
    Outcome.ABANDONED_IN,
    Outcome.ABANDONED_LATE,
    Outcome.FLOWED_OUT,
)
"""The terms of `offered`."""


def outcome_of(
    *,
    rules: Thresholds,
    direction: str | None,
    is_answered: bool,
    wait_s: int | None,
    has_flowed_out: bool = False,
    is_open: bool = True,
) -> Outcome:
    """The outcome of a call whose wait has ended. `wait_s` is whole seconds from entering the queue to answer or end.

    A wait of exactly the threshold is in time, one of exactly the short-abandon seconds is short. Who was answered never
    flowed out. `is_open`: whether the call came within the queue's business hours; outside them no figure counts it, an
    outbound one neither.
    """
    if not is_open:
        return Outcome.OUTSIDE_HOURS
    if direction != "in":
        return Outcome.OUTBOUND if direction == "out" else Outcome.OTHER
    if wait_s is None:
        return Outcome.UNKNOWN
    kind = terms.outcome_of(is_answered=is_answered, cause="transfer" if has_flowed_out else "")
    term = terms.term_of(outcome=kind, direction=direction, wait_s=wait_s, thresholds=rules)
    return Outcome(term) if term else Outcome.UNKNOWN


def waiting_outcome(*, rules: Thresholds, waited_ms: int) -> Outcome:
    """The outcome so far of a caller who waits. Whole seconds count, as they will when the wait has ended."""
    return Outcome.WAITING_LATE if waited_ms // 1000 > rules.threshold_s else Outcome.WAITING
