"""Which term of the metrics a call is counted in."""

from __future__ import annotations

import pytest

from dashboard.domain.terms import Term, outcome_of, term_of
from dashboard.domain.thresholds import Thresholds

LIMITS = Thresholds(threshold_s=20, short_s=5)


@pytest.mark.parametrize(
    ("outcome", "wait_s", "term"),
    [
        ("answered", 0, Term.ANSWERED_IN),
        ("answered", 20, Term.ANSWERED_IN),
        ("answered", 21, Term.ANSWERED_LATE),
        ("abandoned", 5, Term.ABANDONED_SHORT),
        ("abandoned", 6, Term.ABANDONED_IN),
        ("abandoned", 20, Term.ABANDONED_IN),
        ("abandoned", 21, Term.ABANDONED_LATE),
        ("flowed_out", 1, Term.FLOWED_OUT),
    ],
)
def test_an_inbound_call_is_sorted_by_outcome_and_wait(outcome: str, wait_s: int, term: Term) -> None:
    assert term_of(outcome=outcome, direction="in", wait_s=wait_s, thresholds=LIMITS) is term


def test_an_outbound_call_is_apart_whatever_became_of_it() -> None:
    assert term_of(outcome="answered", direction="out", wait_s=3, thresholds=LIMITS) is Term.OUTBOUND
    assert term_of(outcome="abandoned", direction="out", wait_s=3, thresholds=LIMITS) is Term.OUTBOUND


def test_a_call_without_a_direction_is_counted_nowhere() -> None:
    assert term_of(outcome="answered", direction="", wait_s=3, thresholds=LIMITS) is None


def test_a_short_limit_above_the_threshold_still_counts_a_short_abandon_once() -> None:
    odd = Thresholds(threshold_s=5, short_s=10)
    assert term_of(outcome="abandoned", direction="in", wait_s=7, thresholds=odd) is Term.ABANDONED_SHORT


@pytest.mark.parametrize(
    ("is_answered", "cause", "outcome"),
    [
        (True, "agent", "answered"),
        (False, "caller", "abandoned"),
        (False, "", "abandoned"),
        (False, "system", "flowed_out"),
        (False, "agent", "flowed_out"),
    ],
)
def test_the_outcome_follows_from_the_answer_and_who_ended_it(
    *, is_answered: bool, cause: str, outcome: str
) -> None:
    assert outcome_of(is_answered=is_answered, cause=cause) == outcome
