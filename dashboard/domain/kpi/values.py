"""A figure by its name, over one queue or several."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import msgspec

from dashboard.domain.kpi import averages
from dashboard.domain.kpi.adding import figures_added
from dashboard.domain.kpi.catalogue import CATALOGUE, WINDOW_S
from dashboard.domain.kpi.erlang import agents_needed
from dashboard.domain.kpi.service import Part, budget, goal_of, service_level
from dashboard.domain.rows import FigureRow

Value = float | int | None


class Now(msgspec.Struct, frozen=True, kw_only=True):
    """What only the live state tells of the queues: callers and distinct agents; None is unknown. Moments in ms."""

    waiting: int | None = None
    oldest_waiting_at: int | None = None
    now_at: int = 0
    agents_total: int | None = None
    agents_ready: int | None = None
    agents_busy: int | None = None
    agents_paused: int | None = None


NOTHING_LIVE: Final = Now()


class _Asked(msgspec.Struct, frozen=True, kw_only=True):
    parts: Sequence[Part]
    row: FigureRow
    window: str
    now: Now


def figure_value(key: str, parts: Sequence[Part], *, window: str = "today", now: Now = NOTHING_LIVE) -> Value:
    """The value of a figure of `CATALOGUE`; None if nobody counted or it is not known. Raises KeyError for another name."""
    if key in _OF_NOW:
        return _OF_NOW[key](now)
    formula = _FORMULAS[key]
    row = figures_added([part.figures for part in parts])
    return None if row is None else formula(_Asked(parts=parts, row=row, window=window, now=now))


def _longest_wait_now_s(now: Now) -> Value:
    at = now.oldest_waiting_at
    return None if at is None else max(0, now.now_at - at) // 1000


def _agents_needed(asked: _Asked) -> Value:
    """By the strictest of the queues' thresholds and goals. Callers who wait are arrivals too."""
    if asked.window not in WINDOW_S:
        return None
    return agents_needed(
        calls=averages.offered(asked.row) + (asked.now.waiting or 0),
        interval_s=WINDOW_S[asked.window],
        aht_s=averages.aht_s(asked.row),
        threshold_s=min(part.rules.threshold_s for part in asked.parts),
        goal=max(part.rules.goal for part in asked.parts),
    )


def _abandon_rate(asked: _Asked) -> Value:
    """Short abandons in or out per queue, as each one's variant has it."""
    abandoned = offered = 0
    for part in asked.parts:
        short = 0 if averages.counts_short_abandons(part.rules.variant) else part.figures.abandoned_short
        abandoned += averages.abandoned(part.figures) - short
        offered += averages.offered(part.figures) - short
    return abandoned / offered if offered else None


def _of_row(formula: Callable[[FigureRow], Value]) -> Callable[[_Asked], Value]:
    return lambda asked: formula(asked.row)


def _field(name: str) -> Callable[[_Asked], Value]:
    return lambda asked: getattr(asked.row, name)


_OF_NOW: Final[dict[str, Callable[[Now], Value]]] = {
    "longest_wait_now_s": _longest_wait_now_s,
    "waiting": lambda now: now.waiting,
    "agents_total": lambda now: now.agents_total,
    "agents_ready": lambda now: now.agents_ready,
    "agents_busy": lambda now: now.agents_busy,
    "agents_paused": lambda now: now.agents_paused,
}

_FORMULAS: Final[dict[str, Callable[[_Asked], Value]]] = {
    "service_level_live": lambda asked: service_level(asked.parts, is_live=True).value,
    "service_level": lambda asked: service_level(asked.parts, is_live=False).value,
    "goal": lambda asked: goal_of(asked.parts),
    "budget": lambda asked: budget(asked.parts),
    "abandon_rate": _abandon_rate,
    "agents_needed": _agents_needed,
    "offered": _of_row(averages.offered),
    "answered": _of_row(averages.answered),
    "abandoned": _of_row(averages.abandoned),
    "asa_s": _of_row(averages.asa_s),
    "average_wait_s": _of_row(averages.average_wait_s),
    "average_talk_s": _of_row(averages.average_talk_s),
    "aht_s": _of_row(averages.aht_s),
    "occupancy": _of_row(averages.occupancy),
    "repeat_free_rate": _of_row(averages.repeat_free_rate),
    "answered_in": _field("answered_in"),
    "answered_late": _field("answered_late"),
    "abandoned_short": _field("abandoned_short"),
    "flowed_out": _field("flowed_out"),
    "longest_wait_s": _field("longest_wait_s"),
    "outbound": _field("outbound"),
    "outbound_answered": _field("outbound_answered"),
}

FIGURE_KEYS: Final = tuple(CATALOGUE)
