"""Service level, closed and live, over one queue or several, and how much room is left to the goal."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import msgspec

from dashboard.domain.kpi.rules import Rules
from dashboard.domain.kpi.variants import variant_of
from dashboard.domain.rows import FigureRow

ALMOST_ZERO: Final = 1e-9
"""Shares such as 0.8 have no exact binary form: (1 − 0.8) · 100 is a hair less than 20."""


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """The figures of one queue with the rules they were counted by. `waiting_late`: W>, callers past the threshold now.

    `is_outbound`: it brings nothing but outbound calls, so that it has no say in the goal.
    """

    figures: FigureRow
    rules: Rules
    waiting_late: int = 0
    is_outbound: bool = False


class Share(msgspec.Struct, frozen=True, kw_only=True):
    """Hits of counted. `is_flow_unknown`: calls that flowed out would count, and nobody can see them."""

    hits: int
    counted: int
    is_flow_unknown: bool = False

    @property
    def value(self) -> float | None:
        """From 0 to 1; None if nobody counted."""
        return self.hits / self.counted if self.counted else None


def service_level(parts: Sequence[Part], *, is_live: bool) -> Share:
    """Each queue by its own variant; live also counts those still waiting past the threshold, as misses."""
    hits = counted = 0
    is_flow_unknown = False
    for part in parts:
        variant = variant_of(part.rules.variant)
        hits += sum(getattr(part.figures, term) or 0 for term in variant.hits)
        counted += sum(getattr(part.figures, term) or 0 for term in variant.counted)
        counted += part.waiting_late if is_live else 0
        is_flow_unknown |= "flowed_out" in variant.counted and part.figures.flowed_out is None
    return Share(hits=hits, counted=counted, is_flow_unknown=is_flow_unknown)


def goal_of(parts: Sequence[Part]) -> float | None:
    """The goal that all parts share; None if they differ or there are none."""
    inbound = [part for part in parts if not part.is_outbound] or parts
    goals = {part.rules.goal for part in inbound}
    return goals.pop() if len(goals) == 1 else None


def budget(parts: Sequence[Part]) -> int | None:
    """Misses still allowed today to hold the goals: floor((1 − goal) · (n + m)) − (n − x); below 0 the goal is lost.

    n calls counted so far, those waiting past the threshold among them, x of them in time, m more expected. Over several
    queues each brings what its own goal allows. None while nobody knows m.
    """
    allowed, missed = 0.0, 0
    for part in parts:
        if part.figures.expected_more is None:
            return None
        share = service_level([part], is_live=True)
        allowed += (1 - part.rules.goal) * (share.counted + part.figures.expected_more)
        missed += share.counted - share.hits
    return math.floor(allowed + ALMOST_ZERO) - missed if parts else None


def misses_over(parts: Sequence[Part]) -> int:
    """How many misses fewer would have held the goals, each queue by its own: ceil(n − x − (1 − goal) · n), at least 0."""
    over = 0.0
    for part in parts:
        share = service_level([part], is_live=True)
        over += share.counted - share.hits - (1 - part.rules.goal) * share.counted
    return max(0, math.ceil(over - ALMOST_ZERO))
