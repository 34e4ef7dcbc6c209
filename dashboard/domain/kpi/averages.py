"""Counts, rates and averages of one row of figures. None where nobody counted."""

from __future__ import annotations

from dashboard.domain.kpi.outcomes import Outcome
from dashboard.domain.kpi.variants import variant_of
from dashboard.domain.rows import FigureRow


def _ratio(numerator: float, denominator: float) -> float | None:
    return numerator / denominator if denominator else None


def answered(row: FigureRow) -> int:
    return row.answered_in + row.answered_late


def handled(row: FigureRow) -> int:
    """Answered calls that have ended: of those that go on nobody knows yet how long they take."""
    return answered(row) - row.running


def abandoned(row: FigureRow) -> int:
    """All who gave up, short abandons too."""
    return row.abandoned_short + row.abandoned_in + row.abandoned_late


def offered(row: FigureRow) -> int:
    """O: all whose wait has ended. Calls that flowed out are in it as far as they are seen (`flowed_out` None: none is)."""
    return answered(row) + abandoned(row) + (row.flowed_out or 0)


def counts_short_abandons(variant: str | None) -> bool:
    """Whether the abandon rate beside this variant of the service level has short abandons in it."""
    return Outcome.ABANDONED_SHORT in variant_of(variant).counted


def abandon_rate(row: FigureRow, *, variant: str | None) -> float | None:
    """Abandoned / offered; short abandons are in or out on both sides, as for the service level."""
    if counts_short_abandons(variant):
        return _ratio(abandoned(row), offered(row))
    return _ratio(abandoned(row) - row.abandoned_short, offered(row) - row.abandoned_short)


def asa_s(row: FigureRow) -> float | None:
    """Average speed of answer: the wait of answered calls / answered."""
    return _ratio(row.wait_answered_s, answered(row))


def average_wait_s(row: FigureRow) -> float | None:
    """The wait of all calls / all, those who gave up too."""
    return _ratio(row.wait_all_s, offered(row))


def average_talk_s(row: FigureRow) -> float | None:
    return _ratio(row.talk_s, handled(row))


def aht_s(row: FigureRow) -> float | None:
    """Average handle time: (talk + hold + after-call work) / answered calls that have ended."""
    return _ratio(_work_s(row), handled(row))


def occupancy(row: FigureRow) -> float | None:
    """Work / (work + ready time); pauses are in neither. None if nobody knows how long agents were ready."""
    return None if row.ready_s is None else _ratio(_work_s(row), _work_s(row) + row.ready_s)


def repeat_free_rate(row: FigureRow) -> float | None:
    """1 − calls whose number called the same queue again within 7 days / calls with a number."""
    if row.numbered is None or row.repeats is None:
        return None
    repeated = _ratio(row.repeats, row.numbered)
    return None if repeated is None else 1 - repeated


def _work_s(row: FigureRow) -> int:
    return row.talk_s + row.hold_s + row.acw_s
