"""Charts and the heat map as files: the same numbers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from dashboard.outgoing.table import Column, Kind, Table
from dashboard.reports.heat import Heat
from dashboard.views.reports.files import file_answer, other_table, zone

HEAT = "heat"


def picture_answer(
    request: HttpRequest,
    *,
    charts: Iterable[dict[str, Any]],
    heat: Heat | None = None,
    name: str,
    notes: Iterable[str],
) -> HttpResponse:
    """The picture that is asked for by the ID it has on the page."""
    wanted = other_table(request)
    chart = next((chart for chart in charts if chart["id"] == wanted), None)
    if chart is not None:
        return file_answer(request, chart_table(chart, notes=notes), name=f"{name}-{wanted}")
    if wanted == HEAT and heat is not None:
        return file_answer(request, heat_table(heat, notes=notes), name=f"{name}-{wanted}")
    raise Http404("There is no such table.")


def chart_table(chart: dict[str, Any], *, notes: Iterable[str]) -> Table:
    """A line per interval."""
    kind = Kind(chart["unit"])
    columns = [Column(title=_("Interval")), Column(title=chart["fact_name"], kind=kind)]
    rows = [[label, fact] for label, fact in zip(chart["labels"], chart["fact"], strict=True)]
    if chart["usual"]:
        columns.append(Column(title=chart["usual_name"], kind=kind))
        rows = [[*row, usual] for row, usual in zip(rows, chart["usual"], strict=True)]
    return Table(title=chart["title"], columns=columns, rows=rows, zone=zone(), notes=list(notes))


def heat_table(heat: Heat, *, notes: Iterable[str]) -> Table:
    """A line per day, a column per hour."""
    columns = [Column(title=_("Day"), kind=Kind.DAY)]
    columns += [Column(title=f"{hour}:00", kind=Kind.SHARE) for hour in heat.hours]
    rows = [[row.day, *(field.value for field in row.fields)] for row in heat.rows]
    title = _("Service level hour by hour")
    return Table(title=title, columns=columns, rows=rows, zone=zone(), notes=list(notes))
