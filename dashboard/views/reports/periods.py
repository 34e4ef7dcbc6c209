"""Any period: by queue, day or interval of the day, compared with an earlier one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any, Final

import msgspec
from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dashboard.domain.kpi import Part, figures_empty
from dashboard.figures.counted import call_queues
from dashboard.figures.definitions import definitions_of
from dashboard.figures.notices import Notice, notices
from dashboard.figures.told import definitions_told
from dashboard.models import Queue
from dashboard.reports.answer import answered
from dashboard.reports.charts import clock
from dashboard.reports.lines import Line
from dashboard.reports.periods import COMPARISONS, Period
from dashboard.reports.summed import queue_days, shared_quarters
from dashboard.reports.sums import Piece, grouped, parts_of, quarters
from dashboard.views.reports.asking import (
    MINUTES,
    Question,
    calls_address,
    period_links,
    question,
    same_page,
)
from dashboard.views.reports.door import page, report
from dashboard.views.reports.files import (
    file_answer,
    file_name,
    is_file,
    lines_table,
    other_table,
    period_notes,
)
from dashboard.views.reports.picture import day_charts
from dashboard.views.reports.picture_files import picture_answer
from dashboard.views.reports.queues import key_of

COLUMNS: Final = (
    *("service_level", "offered", "answered", "answered_in", "abandoned", "abandoned_short", "abandon_rate"),
    *("asa_s", "average_wait_s", "longest_wait_s", "aht_s", "occupancy", "repeat_free_rate"),
)
BY: Final = {
    "queue": gettext_lazy("Queue"),
    "day": gettext_lazy("Day"),
    "interval": gettext_lazy("Interval of the day"),
}
Parts = dict[Any, tuple[Part, ...]]
Asks = dict[str, Any]


class _Made(msgspec.Struct, frozen=True, kw_only=True):
    """What the page is made of. `read` is of all queues that were asked for, `rows` of those whose callers are counted."""

    asked: Question
    by: str
    read: list[Piece]
    rows: list[Piece]
    earlier: Period | None
    asks: Asks
    lines: list[Line]
    total: Line


@report
def period(request: HttpRequest) -> HttpResponse:
    """`by` says what a line is; `compare` what the small figures are the difference to."""
    made = _made(request)
    asked = made.asked
    told, definitions = _notices(asked, made.earlier), _definitions(made)
    notes = period_notes(asked, told, definitions)
    if is_file(request) and not other_table(request):
        head, title = str(BY[made.by]), _("Any period")
        table = lines_table(made.lines, made.total, keys=COLUMNS, head=head, title=title, notes=notes)
        return file_answer(request, table, name=file_name(asked, f"figures-by-{made.by}"))
    charts = _charts(asked, asked.queues, made.rows, made.asks)
    if other_table(request):
        return picture_answer(request, charts=charts, name=file_name(asked, "figures"), notes=notes)
    more = {"notices": told, "definitions": definitions, "charts": charts}
    return page(request, "period", _context(request, made) | more, tab="reports_range")


def _made(request: HttpRequest) -> _Made:
    asked = question(request, default="this_week")
    by = request.GET.get("by", "queue")
    by = by if by in BY else "queue"
    shown = call_queues(asked.queues, is_chosen=bool(asked.chosen))
    read = _read(asked.queues, asked.period)
    keys = {queue.pk for queue in shown}
    rows = [row for row in read if row.queue.pk in keys]
    earlier = asked.period.earlier(asked.compare)
    before = _read(shown, earlier)
    asked = msgspec.structs.replace(asked, queues=shown)
    asks = asked.asks | {"queue": [key_of(queue) for queue in shown]}
    if by == "interval" and not asked.period.is_day:
        counted, counted_before = _shared(shown, asked.period), _shared(shown, earlier)
    else:
        counted, counted_before = rows, before
    lines = _LINES[by](asked, counted, counted_before, earlier, asks)
    # Of the rows and not of the lines: a day or a queue of the earlier period may have no line here.
    total = Line(
        name=_("Total"),
        parts=parts_of(counted) or tuple(_nothing(asked).values()),
        earlier=parts_of(counted_before),
        asks=asks,
    )
    return _Made(
        asked=asked,
        by=by,
        read=read,
        rows=rows,
        earlier=earlier,
        asks=asks,
        lines=_quiet(lines, asked) if by == "queue" else lines,
        total=total,
    )


def _definitions(made: _Made) -> list[str]:
    """Of the queues that had calls; of all where none had."""
    called = {row.queue.pk for row in made.rows}
    shown, period = made.asked.queues, made.asked.period
    return definitions_told(
        [queue for queue in shown if queue.pk in called] or shown, (period.first, period.last)
    )


def _context(request: HttpRequest, made: _Made) -> dict[str, Any]:
    asked, total = made.asked, made.total
    return {
        "asked": asked,
        "trouble": asked.trouble,
        "periods": period_links(request, asked.period, asked.today),
        "by": made.by,
        "by_choices": BY,
        "comparisons": COMPARISONS,
        "minute_choices": MINUTES,
        "earlier": made.earlier,
        "chosen": asked.chosen_text,
        "columns": COLUMNS,
        "head": BY[made.by],
        "lines": [_row(line) for line in made.lines],
        "total": _row(total),
        "answer": answered(total.parts, is_today=False, places=_places(made.rows, asked.period)),
        "provisional": total.provisional,
        "outbound": sum(row.figures.outbound for row in made.read),
        "outbound_answered": sum(row.figures.outbound_answered for row in made.read),
        "steps": [{"minutes": one, "url": same_page(request, minutes=str(one))} for one in MINUTES],
    }


def _read(queues: Sequence[Queue], period: Period | None) -> list[Piece]:
    """Quarters of an hour of a single day, days of a longer period."""
    if period is None:
        return []
    read = quarters if period.is_day else queue_days
    return read(queues, first=period.first, last=period.last)


def _shared(queues: Sequence[Queue], period: Period | None) -> list[Piece]:
    """What lists by interval add up, and their totals: of one reading, since calls come in meanwhile."""
    return shared_quarters(queues, first=period.first, last=period.last) if period else []


def _quiet(lines: Sequence[Line], asked: Question) -> list[Line]:
    """With nothing where nobody called, as on the page of today, instead of what is not known."""
    queues = {key_of(queue): queue for queue in asked.queues}
    parts = _nothing(asked)
    return [
        line if line.parts else msgspec.structs.replace(line, parts=(parts[queues[line.key].pk],))
        for line in lines
    ]


def _nothing(asked: Question) -> dict[int, Part]:
    """By queue: nobody called."""
    definitions = {pbx: definitions_of(pbx) for pbx in asked.pbxs}
    rules = {
        queue.pk: definitions[queue.pbx].of(queue.queue_id, asked.period.last).rules for queue in asked.queues
    }
    return {pk: Part(figures=figures_empty(), rules=own) for pk, own in rules.items()}


def _notices(asked: Question, earlier: Period | None) -> list[Notice]:
    """Of the period, and of the earlier one it is compared with."""
    pbxs = set(asked.pbxs)
    found = notices(pbxs, first=asked.period.first, last=asked.period.last)
    if earlier and notices(pbxs, first=earlier.first, last=earlier.last):
        text = _(
            "The days compared with, %(first)s – %(last)s, have not been read completely: the differences show that, too."
        )
        days = {"first": date_format(earlier.first, "j. n. Y"), "last": date_format(earlier.last, "j. n. Y")}
        found.append(Notice(level="warning", text=text % days))
    return found


def _row(line: Line) -> dict[str, Any]:
    cells = [{"cell": cell, "url": calls_address(line.asks, figure=cell.key)} for cell in line.cells(COLUMNS)]
    return {"line": line, "cells": cells}


def _by_queue(
    asked: Question, rows: Sequence[Piece], before: Sequence[Piece], _earlier: Period | None, asks: Asks
) -> list[Line]:
    parts, old = _both(rows, before, lambda row: row.queue.pk, lambda row: row.queue.pk)
    return [
        Line(
            name=queue.title,
            key=key_of(queue),
            parts=parts.get(queue.pk, ()),
            earlier=old.get(queue.pk, ()),
            asks=asks | {"queue": [key_of(queue)]},
        )
        for queue in asked.queues
        if queue.pk in parts or queue.pk in old or not queue.is_gone
    ]


def _by_day(
    asked: Question, rows: Sequence[Piece], before: Sequence[Piece], earlier: Period | None, asks: Asks
) -> list[Line]:
    shift = asked.period.first - earlier.first if earlier else timedelta()
    parts, old = _both(rows, before, lambda row: row.day, lambda row: row.day + shift)
    days = [asked.period.first + timedelta(days=number) for number in range(asked.period.days)]
    return [
        Line(
            name=date_format(day, "D j. n. Y"),
            key=day.isoformat(),
            parts=parts.get(day, ()),
            earlier=old.get(day, ()),
            asks=asks | {"from": day.isoformat(), "to": day.isoformat()},
        )
        for day in days
        if day <= asked.today
    ]


def _by_interval(
    asked: Question, rows: Sequence[Piece], before: Sequence[Piece], _earlier: Period | None, asks: Asks
) -> list[Line]:
    """Over all days of the period: what 9:00 looks like."""

    def minute(row: Piece) -> int:
        return row.minute // asked.minutes * asked.minutes

    parts, old = _both(rows, before, minute, minute)
    return [
        Line(
            name=f"{clock(one)}–{clock(one + asked.minutes)}",
            key=str(one),
            parts=parts.get(one, ()),
            earlier=old.get(one, ()),
            asks=asks | {"at": f"{one}-{one + asked.minutes}"},
        )
        for one in sorted({*parts, *old})
    ]


_LINES: Final = {"queue": _by_queue, "day": _by_day, "interval": _by_interval}


def _both(
    rows: Sequence[Piece],
    before: Sequence[Piece],
    by: Callable[[Piece], Any],
    by_before: Callable[[Piece], Any],
) -> tuple[Parts, Parts]:
    return grouped(rows, by), grouped(before, by_before)


def _places(rows: Sequence[Piece], asked: Period) -> dict[str, tuple[Part, ...]]:
    """Each queue's hours of one day, or its days of a longer period."""
    if asked.is_day:
        hours = grouped(rows, lambda row: (row.queue.title, row.minute // 60 * 60))
        return {f"{title} {clock(one)}–{clock(one + 60)}": parts for (title, one), parts in hours.items()}
    days = grouped(rows, lambda row: (row.queue.title, row.day))
    return {f"{title} {_day(day)}": parts for (title, day), parts in days.items()}


def _day(day: date) -> str:
    return _("on %(day)s") % {"day": date_format(day, "D j. n.")}


def _charts(
    asked: Question, queues: Sequence[Queue], rows: Sequence[Piece], asks: Asks
) -> list[dict[str, Any]]:
    if not asked.period.is_day:
        return []
    return day_charts(queues, rows, day=asked.period.first, minutes=asked.minutes, asks=asks)
