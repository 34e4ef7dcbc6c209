"""Why a call counts or does not."""

from __future__ import annotations

import pytest

from dashboard.domain.kpi import VARIANTS, Effect, Outcome, effect_of, reason_text
from dashboard.domain.kpi.outcomes import TERMS
from dashboard.domain.kpi.reasons import EFFECT_TEXTS, TEXTS


def test_the_reason_says_what_happened_and_after_how_long() -> None:
    assert reason_text(Outcome.ABANDONED_SHORT, wait_s=3) == "short abandon, 3\u202fs"
    assert reason_text(Outcome.ANSWERED_LATE, wait_s=65) == "answered late, after 1:05"
    assert reason_text(Outcome.WAITING_LATE, wait_s=3723) == "still waiting past the threshold, 1:02:03"
    assert reason_text(Outcome.OUTBOUND, wait_s=None) == "outbound call"


def test_the_reason_is_told_in_the_readers_language() -> None:
    czech = {"short abandon, %(wait)s": "rychlé zavěšení, %(wait)s"}
    assert reason_text(Outcome.ABANDONED_SHORT, wait_s=3, translate=czech.__getitem__) == (
        "rychlé zavěšení, 3\u202fs"
    )


def test_every_outcome_and_effect_has_its_words() -> None:
    assert set(TEXTS) == set(Outcome)
    assert set(EFFECT_TEXTS) == set(Effect)


def test_a_short_abandon_counts_by_the_variant() -> None:
    effects = {word: effect_of(Outcome.ABANDONED_SHORT, variant=word) for word in VARIANTS}
    assert effects["no_short"] is Effect.NONE
    assert effects["offered"] is Effect.MISS
    assert effects["abandoned_in_threshold_positive"] is Effect.HIT


@pytest.mark.parametrize("word", VARIANTS)
def test_effects_of_calls_add_up_to_the_service_level(word: str) -> None:
    effects = [effect_of(outcome, variant=word) for outcome in TERMS]
    assert effects.count(Effect.HIT) == len(VARIANTS[word].hits)
    assert len(effects) - effects.count(Effect.NONE) == len(VARIANTS[word].counted)


def test_a_caller_past_the_threshold_is_missed_live_and_does_not_count_yet_when_closed() -> None:
    assert effect_of(Outcome.WAITING_LATE, variant="answered", is_live=True) is Effect.MISS
    assert effect_of(Outcome.WAITING_LATE, variant="answered") is Effect.NONE
    assert effect_of(Outcome.WAITING, variant="offered", is_live=True) is Effect.NONE
