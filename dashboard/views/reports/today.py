"""Today, queue by queue."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, Final

import msgspec
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from dashboard.domain.kpi import DEFAULT_RULES, Part, Rules, figures_empty
from dashboard.domain.kpi.values import Now
from dashboard.domain.rows import FigureRow
from dashboard.figures.counted import call_queues
from dashboard.figures.definitions import Definitions, definitions_of
from dashboard.figures.notices import Notice, notices
from dashboard.figures.today import days_now
from dashboard.figures.told import definitions_told
from dashboard.history.readiness import worked_out
from dashboard.models import Pbx, Queue
from dashboard.reports.answer import answered
from dashboard.reports.charts import clock
from dashboard.reports.lines import Line, total_line
from dashboard.reports.periods import Period
from dashboard.reports.sums import Piece, grouped, quarters
from dashboard.views.reports.asking import MINUTES, Question, calls_address, question, same_page
from dashboard.views.reports.door import page, report
from dashboard.views.reports.files import (
    file_answer,
    file_name,
    is_file,
    lines_table,
    other_table,
    period_notes,
)
from dashboard.views.reports.live import Live, live_notices, live_read
from dashboard.views.reports.picture import day_charts, week_heat
from dashboard.views.reports.picture_files import picture_answer
from dashboard.views.reports.queues import key_of

Days = dict[int, date]
"""The business day of now, by the queue's key."""
HEAT_BACK: Final = timedelta(days=6)
COLUMNS: Final = (
    *("goal", "service_level_live", "service_level", "budget", "offered", "answered", "abandoned"),
    *("asa_s", "aht_s", "occupancy", "longest_wait_s", "longest_wait_now_s"),
)
OPENED: Final = frozenset(COLUMNS) - {"goal", "budget", "longest_wait_now_s"}
"""Figures that open into their calls."""


class Day(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of today. `read` are the quarters of all queues in scope, `rows` those of the queues that are shown."""

    asked: Question
    shown: list[Queue]
    read: list[Piece]
    rows: list[Piece]
    live: Live
    lines: list[Line]
    total: Line
    definitions: list[str]

    def told(self, *, first: date) -> list[Notice]:
        """What is to be known about the figures since that day, and about the live ones."""
        told = notices(self.asked.pbxs, first=first, last=self.asked.period.last)
        return told + live_notices(self.live, dict.fromkeys(queue.pbx for queue in self.shown))


@report
def today(request: HttpRequest) -> HttpResponse:
    """Renews itself; see static/js/reports/refresh.js."""
    day = _day(question(request))
    if is_file(request) and not other_table(request):
        return _table_answer(request, day)
    asked, shown = day.asked, day.shown
    asks = asked.asks | {"queue": [key_of(queue) for queue in shown]}
    charts = day_charts(shown, day.rows, day=asked.today, minutes=asked.minutes, asks=asks)
    heat = week_heat(shown, last=asked.today, asks=asks)
    told = day.told(first=asked.today - HEAT_BACK)
    heat_definitions = _heat_definitions(shown, asked.today, besides=day.definitions)
    if other_table(request):
        notes = period_notes(asked, told, heat_definitions or day.definitions)
        return picture_answer(request, charts=charts, heat=heat, name=file_name(asked, "today"), notes=notes)
    context: dict[str, Any] = {
        "asked": asked,
        "lines": [_row(line) for line in day.lines],
        "total": _row(day.total),
        "columns": COLUMNS,
        "answer": answered(day.total.parts, is_today=True, places=_places(day.rows)),
        "notices": told,
        "provisional": day.total.provisional,
        "definitions": day.definitions,
        "outbound": sum(row.figures.outbound for row in day.read),
        "outbound_answered": sum(row.figures.outbound_answered for row in day.read),
        "charts": charts,
        "heat": heat,
        "heat_definitions": heat_definitions,
        "steps": [{"minutes": one, "url": same_page(request, minutes=str(one))} for one in MINUTES],
    }
    return page(request, "today", context, tab="reports")


def _day(asked: Question) -> Day:
    counted = call_queues(asked.queues, is_chosen=bool(asked.chosen))
    days = days_now(asked.queues, now=timezone.now())
    asked = _of_now(asked, {days[queue.pk] for queue in counted if not queue.is_gone})
    read = [
        row
        for row in quarters(asked.queues, first=asked.period.first, last=asked.period.last)
        if row.day == days[row.queue.pk]
    ]
    called = {row.queue.pk for row in read if row.has_calls}
    shown = [queue for queue in counted if not queue.is_gone or queue.pk in called]
    rows = [row for row in read if row.queue in shown]
    live = live_read({queue.pbx.slug for queue in shown})
    lines = _lines(shown, rows, live=live, asked=asked, days=days)
    asks = asked.asks | {"queue": [line.key for line in lines]}
    return Day(
        asked=asked,
        shown=shown,
        read=read,
        rows=rows,
        live=live,
        lines=lines,
        total=total_line(lines, asks=asks, now=_now_all(lines)),
        definitions=definitions_told(shown, {queue.pk: (days[queue.pk], days[queue.pk]) for queue in shown}),
    )


def _table_answer(request: HttpRequest, day: Day) -> HttpResponse:
    notes = period_notes(day.asked, day.told(first=day.asked.period.first), day.definitions)
    table = lines_table(day.lines, day.total, keys=COLUMNS, head=_("Queue"), title=_("Today"), notes=notes)
    return file_answer(request, table, name=file_name(day.asked, "today"))


def _heat_definitions(queues: list[Queue], last: date, *, besides: list[str]) -> list[str]:
    """By which definitions the week was counted, where they are others than today's."""
    found = definitions_told(queues, (last - HEAT_BACK, last))
    return [] if found == besides else found


def _of_now(asked: Question, days: set[date]) -> Question:
    """From the earliest to the latest of the queues' business days; they differ only between two beginnings of a day."""
    first, last = min(days, default=asked.today), max(days, default=asked.today)
    return msgspec.structs.replace(asked, today=last, period=Period(first=first, last=last))


def _row(line: Line) -> dict[str, Any]:
    cells = [
        {"cell": cell, "url": calls_address(line.asks, figure=cell.key) if cell.key in OPENED else ""}
        for cell in line.cells(COLUMNS)
    ]
    return {"line": line, "cells": cells}


def _lines(
    queues: Iterable[Queue], rows: list[Piece], *, live: Live, asked: Question, days: Days
) -> list[Line]:
    parts = grouped(rows, lambda row: row.queue.pk)
    rules = _Rules(days)
    queues = list(queues)
    quiet = {pbx: _quiet(pbx) for pbx in dict.fromkeys(queue.pbx for queue in queues)}
    return [
        _line(
            queue,
            parts.get(queue.pk, ()),
            rules=rules.of(queue),
            quiet=quiet[queue.pbx],
            live=live,
            asks=asked.asks | {"from": days[queue.pk].isoformat(), "to": days[queue.pk].isoformat()},
        )
        for queue in queues
    ]


def _line(
    queue: Queue, parts: tuple[Part, ...], *, rules: Rules, quiet: FigureRow, live: Live, asks: dict[str, Any]
) -> Line:
    """Live: callers past the threshold, and what is still expected today, join the last part.

    `quiet`: the figures where nobody has called yet.
    """
    known = parts or (Part(figures=quiet, rules=rules),)
    now = live.queue(queue.pbx.slug, queue.queue_id)
    late = len(now.late(rules.threshold_s)) if now else 0
    more = live.expected_more(queue.pbx.slug, queue.queue_id)
    first, rest = known[0], known[1:]
    figures = msgspec.structs.replace(first.figures, expected_more=more)
    rest = tuple(
        msgspec.structs.replace(part, figures=msgspec.structs.replace(part.figures, expected_more=0))
        for part in rest
    )
    key = key_of(queue)
    return Line(
        name=queue.title,
        key=key,
        parts=(Part(figures=figures, rules=first.rules, waiting_late=late), *rest),
        asks=asks | {"queue": [key]},
        now=_now(live, queue),
    )


def _quiet(pbx: Pbx) -> FigureRow:
    """Nobody has called yet, and nobody was ready for it: 0 s, once anything is known of ready time."""
    ready_s = 0 if worked_out(pbx).stretches else None
    return msgspec.structs.replace(figures_empty(), ready_s=ready_s)


def _now(live: Live, queue: Queue) -> Now:
    now = live.queue(queue.pbx.slug, queue.queue_id)
    if now is None:
        return Now()
    return Now(
        waiting=len(now.waiting),
        oldest_waiting_at=now.row.oldest_waiting_at,
        now_at=live.now_at(queue.pbx.slug),
        agents_total=now.row.agents_total,
        agents_ready=now.row.agents_ready,
    )


def _now_all(lines: list[Line]) -> Now:
    """The longest wait of any queue; agents cannot be added up over queues."""
    oldest = [line.now.oldest_waiting_at for line in lines if line.now.oldest_waiting_at is not None]
    return Now(
        waiting=sum(line.now.waiting or 0 for line in lines),
        oldest_waiting_at=min(oldest, default=None),
        now_at=max((line.now.now_at for line in lines), default=0),
    )


def _places(rows: list[Piece]) -> dict[str, tuple[Part, ...]]:
    """Each queue's hours, named."""
    hours = grouped(rows, lambda row: (row.queue.title, row.minute // 60 * 60))
    return {
        f"{title} {clock(minute)}–{clock(minute + 60)}": parts for (title, minute), parts in hours.items()
    }


class _Rules:
    """The rules of today, by queue."""

    def __init__(self, days: Days) -> None:
        self._days = days
        self._known: dict[Pbx, Definitions] = {}

    def of(self, queue: Queue) -> Rules:
        if queue.pbx not in self._known:
            self._known[queue.pbx] = definitions_of(queue.pbx)
        return self._known[queue.pbx].of(queue.queue_id, self._days[queue.pk]).rules or DEFAULT_RULES
