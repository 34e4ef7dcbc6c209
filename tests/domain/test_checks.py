"""Whether our totals agree with the PBX's own."""

from __future__ import annotations

from dashboard.domain.checks import Differing, differing_now


def seen(*theirs: int | None, ours: int = 40) -> dict[str, Differing]:
    """After these answers, one each 10 s."""
    differing: dict[str, Differing] = {}
    for number, told in enumerate(theirs):
        differing = differing_now(
            differing, ours={"agents_total": ours}, theirs={"agents_total": told}, at=number * 10_000
        )
    return differing


def test_a_total_that_differs_three_times_in_a_row_is_told_with_both_numbers() -> None:
    assert not seen(50, 50)["agents_total"].is_told
    row = seen(50, 51, 52)["agents_total"]
    assert row.is_told
    assert (row.check.ours, row.check.theirs, row.check.since_at) == (40, 52, 0)


def test_two_or_a_tenth_say_nothing() -> None:
    assert seen(44, 36) == {}, "a tenth of 44 and of 40"
    assert seen(2, ours=0) == {}
    assert set(seen(3, ours=0)) == {"agents_total"}


def test_one_answer_that_agrees_ends_it() -> None:
    assert seen(50, 50, 40) == {}
    assert seen(50, 50, 40, 50)["agents_total"].times == 1


def test_what_the_pbx_does_not_tell_is_not_compared() -> None:
    assert seen(50, 50, None) == {}
