"""The heat map of the week: one line per day, one field per hour."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import msgspec

from dashboard.domain.kpi import Part, figure_value, goal_of
from dashboard.reports.levels import level_of


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """An hour of a day; `value` None if nobody counted."""

    hour: int
    value: float | None
    level: str
    offered: int
    link: str


class Row(msgspec.Struct, frozen=True, kw_only=True):
    day: date
    fields: tuple[Field, ...]


class Heat(msgspec.Struct, frozen=True, kw_only=True):
    """`hours` are the columns: from the first to the last hour in which somebody called on any of the days."""

    hours: tuple[int, ...]
    rows: tuple[Row, ...]


Hours = Mapping[tuple[date, int], Sequence[Part]]


def heat(hours: Hours, *, days: Sequence[date], link: Mapping[tuple[date, int], str]) -> Heat:
    """From parts by day and hour."""
    known = sorted({hour for (_day, hour), parts in hours.items() if parts})
    columns = tuple(range(known[0], known[-1] + 1)) if known else ()
    rows = tuple(
        Row(day=day, fields=tuple(_field(day, hour, hours, link) for hour in columns)) for day in days
    )
    return Heat(hours=columns, rows=rows)


def _field(day: date, hour: int, hours: Hours, link: Mapping[tuple[date, int], str]) -> Field:
    parts = hours.get((day, hour), ())
    value = figure_value("service_level", parts)
    level = level_of(value, goal=goal_of(parts))
    offered = figure_value("offered", parts) or 0
    return Field(hour=hour, value=value, level=level, offered=int(offered), link=link.get((day, hour), ""))
