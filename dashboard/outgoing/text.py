"""A table as people read it in an e-mail."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.formats import number_format

from dashboard.outgoing.table import Column, Kind, Table, Value

DASH = "–"


def cell_text(value: Value, column: Column, table: Table) -> str:
    """A percentage with one decimal, a length of time as m:ss, a dash for what is not known."""
    if value is None:
        return DASH
    if column.kind is Kind.SHARE and isinstance(value, int | float):
        return number_format(f"{value * 100:.1f}") + "\u202f%"
    if column.kind is Kind.SECONDS and isinstance(value, int | float):
        minutes, seconds = divmod(round(value), 60)
        hours, minutes = divmod(minutes, 60)
        return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
    if isinstance(value, datetime):
        return f"{value.astimezone(table.zone):%Y-%m-%d %H:%M}"
    return value.isoformat() if isinstance(value, date) else str(value)


def table_texts(table: Table) -> list[list[str]]:
    """All lines, the totals last."""
    return [
        [cell_text(value, column, table) for value, column in zip(line, table.columns, strict=True)]
        for line in table.lines
    ]
