"""In which term of the metrics a call is counted."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from dashboard.domain.thresholds import Thresholds

INBOUND: Final = "in"
OUTBOUND: Final = "out"


class Outcome(StrEnum):
    """How a call's wait ended."""

    ANSWERED = "answered"
    ABANDONED = "abandoned"
    FLOWED_OUT = "flowed_out"


class Term(StrEnum):
    """Names of fields of `FigureRow`. Calls that are neither inbound nor outbound are counted nowhere."""

    ANSWERED_IN = "answered_in"
    ANSWERED_LATE = "answered_late"
    ABANDONED_SHORT = "abandoned_short"
    ABANDONED_IN = "abandoned_in"
    ABANDONED_LATE = "abandoned_late"
    FLOWED_OUT = "flowed_out"
    OUTBOUND = "outbound"


CALLER: Final = "caller"


def outcome_of(*, is_answered: bool, cause: str) -> Outcome:
    """`cause` is the PBX's word for who ended the call, "" where it gives none: a caller who is gone counts as having left."""
    if is_answered:
        return Outcome.ANSWERED
    return Outcome.ABANDONED if cause.lower() in {"", CALLER} else Outcome.FLOWED_OUT


def term_of(*, outcome: str, direction: str, wait_s: int, thresholds: Thresholds) -> Term | None:
    """The term a call is counted in. Limits are included: an answer after exactly T seconds is in time."""
    if direction == OUTBOUND:
        return Term.OUTBOUND
    if direction != INBOUND:
        return None
    if outcome == Outcome.FLOWED_OUT:
        return Term.FLOWED_OUT
    is_in_time = wait_s <= thresholds.threshold_s
    if outcome == Outcome.ANSWERED:
        return Term.ANSWERED_IN if is_in_time else Term.ANSWERED_LATE
    if wait_s <= thresholds.short_s:
        return Term.ABANDONED_SHORT
    return Term.ABANDONED_IN if is_in_time else Term.ABANDONED_LATE
