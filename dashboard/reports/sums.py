"""Figures of periods as parts: by queue, definition and whatever they are grouped by, so that totals are sums over sums."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from datetime import date, datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

import msgspec

from dashboard.access import EVERYTHING
from dashboard.domain.kpi import Definition, Part, Rules, figures_added, offered
from dashboard.domain.rows import FigureRow
from dashboard.domain.thresholds import Thresholds
from dashboard.figures.definitions import Definitions, definitions_of
from dashboard.history import selectors as history
from dashboard.history.readiness import worked_out
from dashboard.models import Pbx, Queue

Group = TypeVar("Group", bound=Hashable)


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """Some time of a queue: a quarter of an hour, or what `dashboard.reports.summed` has added up.

    `day` is the business day it belongs to, `minute` its place in the local day. `is_due`: its ready time is yet to be worked out.
    """

    queue: Queue
    rules: Rules
    begins_at: datetime
    day: date
    minute: int
    figures: FigureRow
    is_due: bool

    @property
    def has_calls(self) -> bool:
        """Whether somebody called or was called; agents who were ready are not enough."""
        return offered(self.figures) + self.figures.outbound > 0


def quarters(queues: Iterable[Queue], *, first: date, last: date) -> list[Piece]:
    """All quarters with calls, or agents who were ready for them, within business hours, in order of time; both days included.

    The queues are the scope.
    """
    found = [
        quarter
        for pbx, own in per_pbx(queues).items()
        for quarter in _Reader(pbx, own, first=first, last=last).quarters()
    ]
    found.sort(key=lambda quarter: quarter.begins_at)
    return found


def per_pbx(queues: Iterable[Queue]) -> dict[Pbx, dict[str, Queue]]:
    """By PBX and queue ID."""
    found: dict[Pbx, dict[str, Queue]] = defaultdict(dict)
    for queue in queues:
        found[queue.pbx][queue.queue_id] = queue
    return found


def grouped(rows: Iterable[Piece], by: Callable[[Piece], Group]) -> dict[Group, tuple[Part, ...]]:
    """Parts per group: one for each queue and each definition it had meanwhile."""
    found: dict[Group, dict[tuple[int, Rules], list[FigureRow]]] = defaultdict(lambda: defaultdict(list))
    settled: set[Group] = set()
    for row in rows:
        group = by(row)
        found[group][row.queue.pk, row.rules].append(row.figures)
        if not row.is_due:
            settled.add(group)
    return {group: _parts(parts, is_due=group not in settled) for group, parts in found.items()}


def grouped_calls(rows: Iterable[Piece], by: Callable[[Piece], Group]) -> dict[Group, tuple[Part, ...]]:
    """Only groups with calls."""
    rows = list(rows)
    called = {by(row) for row in rows if row.has_calls}
    return {group: parts for group, parts in grouped(rows, by).items() if group in called}


def parts_of(rows: Iterable[Piece]) -> tuple[Part, ...]:
    """All of them together."""
    return grouped(rows, lambda _row: None).get(None, ())


def _parts(rows: dict[tuple[int, Rules], list[FigureRow]], *, is_due: bool) -> tuple[Part, ...]:
    parts = []
    for (_queue, rules), figures in rows.items():
        added = figures_added(figures)
        if added is not None:
            known = msgspec.structs.replace(added, ready_s=None) if is_due else added
            parts.append(Part(figures=known, rules=rules))
    return tuple(parts)


class _Reader:
    """Reads one PBX's quarters."""

    def __init__(self, pbx: Pbx, queues: dict[str, Queue], *, first: date, last: date) -> None:
        self.pbx, self.queues, self.first, self.last = pbx, queues, first, last
        self.zone = ZoneInfo(pbx.timezone)
        self.definitions: Definitions = definitions_of(pbx)
        self.rules: dict[tuple[str, date], tuple[Definition, Rules]] = {}

    def quarters(self) -> list[Piece]:
        """One day more is read at the end: a business day may go on past midnight."""
        rows = history.queue_intervals(
            self.pbx,
            scope=EVERYTHING,
            days=history.Days(self.first, self.last + timedelta(days=1)),
            queue_ids=list(self.queues),
            thresholds=self._limits,
        )
        worked = worked_out(self.pbx)
        found = []
        for (queue_id, begins_at), row in rows.items():
            quarter = self._quarter(queue_id, begins_at, row, is_due=worked.is_due(begins_at))
            if quarter is not None:
                found.append(quarter)
        return found

    def _limits(self, queue_id: str, day: date) -> Thresholds:
        rules = self._definition(queue_id, day)[1]
        return Thresholds(threshold_s=rules.threshold_s, short_s=rules.short_s)

    def _quarter(
        self, queue_id: str, begins_at: datetime, figures: FigureRow, *, is_due: bool
    ) -> Piece | None:
        """None outside the business hours and days."""
        local = begins_at.astimezone(self.zone)
        definition, rules = self._definition(queue_id, local.date())
        day = definition.hours.day_of(local)
        is_holiday = local.date() in self.definitions.holidays
        if not self.first <= day <= self.last or not definition.hours.is_open(local, is_holiday=is_holiday):
            return None
        return Piece(
            queue=self.queues[queue_id],
            rules=rules,
            begins_at=begins_at,
            day=day,
            minute=local.hour * 60 + local.minute,
            figures=figures,
            is_due=is_due,
        )

    def _definition(self, queue_id: str, day: date) -> tuple[Definition, Rules]:
        known = self.rules.get((queue_id, day))
        if known is None:
            definition = self.definitions.of(queue_id, day)
            known = self.rules[queue_id, day] = (definition, definition.rules)
        return known
