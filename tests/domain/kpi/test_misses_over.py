"""How many misses a goal was lost by."""

from __future__ import annotations

import msgspec
import pytest

from dashboard.domain.kpi import Part, Rules, figures_empty, misses_over


def part(*, counted: int, hits: int, goal: float = 0.8) -> Part:
    figures = msgspec.structs.replace(figures_empty(), answered_in=hits, answered_late=counted - hits)
    return Part(figures=figures, rules=Rules(goal=goal))


@pytest.mark.parametrize(
    ("counted", "hits", "over"),
    [(100, 78, 2), (10, 7, 1), (5, 3, 1), (100, 80, 0), (100, 95, 0), (7, 5, 1), (0, 0, 0), (541, 412, 21)],
)
def test_as_many_hits_more_would_have_held_the_goal(counted: int, hits: int, over: int) -> None:
    assert misses_over([part(counted=counted, hits=hits)]) == over
    assert over == 0 or (hits + over) / counted >= 0.8 > (hits + over - 1) / counted


def test_each_queue_brings_its_own_goal() -> None:
    assert misses_over([part(counted=100, hits=78), part(counted=100, hits=95, goal=0.9)]) == 0
    assert misses_over([part(counted=100, hits=78), part(counted=100, hits=89, goal=0.9)]) == 3


@pytest.mark.parametrize("counted", range(1, 60))
def test_no_share_is_one_too_many(counted: int) -> None:
    for hits in range(counted + 1):
        exact = max(0, -((hits * 5 - counted * 4) // 5))
        assert misses_over([part(counted=counted, hits=hits)]) == exact
