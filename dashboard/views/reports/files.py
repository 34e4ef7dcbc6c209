"""Every table as a file: the same rows and totals as on the screen, all pages of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from dashboard import conf
from dashboard.domain.kpi import CATALOGUE
from dashboard.figures.notices import Notice
from dashboard.outgoing.files import CSV_TYPE, XLSX_TYPE, table_csv, table_xlsx
from dashboard.outgoing.table import Column, Kind, Table, Value
from dashboard.reports.lines import Line
from dashboard.views.reports.asking import Question

FORMATS: Final = {"csv": (CSV_TYPE, table_csv), "xlsx": (XLSX_TYPE, table_xlsx)}


def is_file(request: HttpRequest) -> bool:
    """Whether a file is asked for rather than a page."""
    return request.GET.get("format") in FORMATS


def other_table(request: HttpRequest) -> str:
    """The name of the table that a file is asked for of; "" for the main one of the page."""
    return request.GET.get("table", "") if is_file(request) else ""


def file_answer(request: HttpRequest, table: Table, *, name: str) -> HttpResponse:
    """As a download; `name` is without its ending."""
    ending = request.GET["format"]
    media_type, write = FORMATS[ending]
    headers = {
        "Content-Disposition": f'attachment; filename="{name}.{ending}"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(write(table), content_type=media_type, headers=headers)


def zone() -> ZoneInfo:
    """In which files tell times."""
    return ZoneInfo(conf.time_zone())


def lines_table(
    lines: Sequence[Line], total: Line, *, keys: Sequence[str], head: str, title: str, notes: Sequence[str]
) -> Table:
    """Figures of the catalogue, one line per queue, day or interval."""
    columns = [Column(title=head)]
    columns += [
        Column(
            title=_(CATALOGUE[key].title), kind=Kind(CATALOGUE[key].unit), formula=_(CATALOGUE[key].formula)
        )
        for key in keys
    ]
    return Table(
        title=title,
        columns=columns,
        rows=[_values(line, keys) for line in lines],
        totals=[_("All together"), *_values(total, keys)[1:]],
        zone=zone(),
        notes=notes,
    )


def plain_table(
    columns: Iterable[tuple[str, Kind]],
    rows: Sequence[Sequence[Any]],
    *,
    title: str,
    totals: Sequence[Value] | None = None,
    notes: Sequence[str] = (),
) -> Table:
    """A table without formulas."""
    known = [Column(title=title, kind=kind) for title, kind in columns]
    return Table(title=title, columns=known, rows=rows, totals=totals, zone=zone(), notes=notes)


def period_notes(asked: Question, told: Iterable[Notice] = (), definitions: Iterable[str] = ()) -> list[str]:
    """Which days and queues the file is of, by which definitions, and what its reader must know."""
    return [
        days_text(asked.period.first, asked.period.last),
        ", ".join(queue.title for queue in asked.queues),
        *definitions,
        *(notice.text for notice in told),
    ]


def days_text(first: date, last: date) -> str:
    return first.isoformat() if first == last else f"{first.isoformat()} – {last.isoformat()}"


def file_name(asked: Question, kind: str) -> str:
    """Such as "calls-2026-03-11-2026-03-12"."""
    days = days_text(asked.period.first, asked.period.last).replace(" – ", "-")
    return f"{kind}-{days}"


def _values(line: Line, keys: Sequence[str]) -> list[Value]:
    return [line.name, *(line.value(key) for key in keys)]
