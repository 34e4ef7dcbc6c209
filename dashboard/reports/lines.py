"""Lines of tables: figures of the catalogue over parts, so that a total is always sums over sums."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from django.utils.translation import gettext as _

from dashboard.domain.kpi import CATALOGUE, Part, figure_value, goal_of, service_level
from dashboard.domain.kpi.values import NOTHING_LIVE, Now
from dashboard.reports.levels import level_of

SHARES_OF_GOAL = ("service_level", "service_level_live")


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    """A figure of a line. `level` is a word where it needs a person; `before` the figure it is compared with."""

    key: str
    value: float | int | None
    unit: str
    level: str = ""
    before: float | int | None = None
    better: str | None = None

    @property
    def change(self) -> float | None:
        """The difference to the period before; None where either is unknown."""
        return None if self.value is None or self.before is None else self.value - self.before

    @property
    def is_better(self) -> bool | None:
        """None if nothing changed or neither direction is good."""
        if not self.change or self.better is None:
            return None
        return (self.change > 0) == (self.better == "up")


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a table. `asks` are the parameters by which the list of calls finds the calls behind it."""

    name: str
    parts: tuple[Part, ...]
    asks: dict[str, Any] = {}
    earlier: tuple[Part, ...] = ()
    now: Now = NOTHING_LIVE
    note: str = ""
    window: str = "today"
    key: str = ""

    @property
    def goal(self) -> float | None:
        return goal_of(self.parts)

    @property
    def provisional(self) -> int:
        return sum(part.figures.provisional for part in self.parts)

    @property
    def missed(self) -> int:
        """Calls that counted and were not in time, those waiting past the threshold too."""
        share = service_level(self.parts, is_live=True)
        return share.counted - share.hits

    def value(self, key: str) -> float | int | None:
        return figure_value(key, self.parts, window=self.window, now=self.now)

    def cell(self, key: str) -> Cell:
        entry = CATALOGUE[key]
        value = self.value(key)
        level = level_of(value, goal=self.goal) if key in SHARES_OF_GOAL else ""
        if key == "budget" and value is not None and value < 0:
            level = "critical"
        before = figure_value(key, self.earlier, window=self.window) if self.earlier else None
        return Cell(key=key, value=value, unit=entry.unit, level=level, before=before, better=entry.better)

    def cells(self, keys: Iterable[str]) -> list[Cell]:
        return [self.cell(key) for key in keys]


def total_line(lines: Sequence[Line], *, asks: dict[str, Any], now: Now = NOTHING_LIVE) -> Line:
    """All lines together, of all their parts."""
    return Line(
        name=_("Total"),
        parts=tuple(part for line in lines for part in line.parts),
        earlier=tuple(part for line in lines for part in line.earlier),
        asks=asks,
        now=now,
        window=lines[0].window if lines else "today",
    )
