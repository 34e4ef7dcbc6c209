"""A table as CSV or as an Excel workbook."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from typing import Any, Final

from django.utils.translation import gettext
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from dashboard.outgoing.table import Column, Kind, Table, Value, harmless

BOM: Final = "\ufeff"
CSV_TYPE: Final = "text/csv; charset=utf-8"
XLSX_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS: Final = {
    Kind.COUNT: "#,##0",
    Kind.SHARE: "0.00%",
    Kind.SECONDS: "[h]:mm:ss",
    Kind.MOMENT: "yyyy-mm-dd hh:mm:ss",
    Kind.DAY: "yyyy-mm-dd",
}
DAY_S: Final = 86_400
WIDTHS: Final = {Kind.TEXT: 28, Kind.MOMENT: 20}
LONGEST_TITLE: Final = 31
NOT_IN_TITLES: Final = str.maketrans("[]:*?/\\", "()-----")


def table_csv(table: Table) -> bytes:
    """UTF-8 with the mark and semicolons that spreadsheets expect. Shares as 0.7292, seconds as numbers, None empty."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([harmless(column.title) for column in table.columns])
    for line in table.lines:
        writer.writerow(
            [_text(value, column, table) for value, column in zip(line, table.columns, strict=True)]
        )
    return (BOM + out.getvalue()).encode()


def _text(value: Value, column: Column, table: Table) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value.astimezone(table.zone):%Y-%m-%d %H:%M:%S}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return harmless(value)
    if isinstance(value, float):
        return f"{value:.4f}" if column.kind is Kind.SHARE else f"{value:.2f}".rstrip("0").rstrip(".")
    return str(value)


def table_xlsx(table: Table) -> bytes:
    """One sheet with the table, and one that says what it is about."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(table.title.translate(NOT_IN_TITLES)[:LONGEST_TITLE] or "1")
    sheet.freeze_panes = "A2"
    for number, column in enumerate(table.columns, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = WIDTHS.get(
            column.kind, max(12, len(column.title) + 3)
        )
    sheet.append([_cell(sheet, column.title, is_bold=True) for column in table.columns])
    for line in table.rows:
        sheet.append(_cells(sheet, line, table))
    if table.totals is not None:
        sheet.append(_cells(sheet, table.totals, table, is_bold=True))
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.columns))}{len(table.rows) + 1}"
    _about(book, table)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _about(book: Any, table: Table) -> None:
    sheet = book.create_sheet(gettext("About"))
    sheet.column_dimensions["A"].width = 34
    sheet.column_dimensions["B"].width = 110
    sheet.append([_cell(sheet, table.title, is_bold=True)])
    for note in table.notes:
        sheet.append([None, _cell(sheet, note)])
    for column in table.columns:
        if column.formula:
            sheet.append([_cell(sheet, column.title, is_bold=True), _cell(sheet, column.formula)])


def _cells(sheet: Any, line: Any, table: Table, *, is_bold: bool = False) -> list[Any]:
    return [
        _cell(sheet, _number(value, column, table), kind=column.kind, is_bold=is_bold)
        for value, column in zip(line, table.columns, strict=True)
    ]


def _number(value: Value, column: Column, table: Table) -> Value:
    """As Excel keeps it: times without a zone, lengths of time as parts of a day."""
    if isinstance(value, datetime):
        return value.astimezone(table.zone).replace(tzinfo=None)
    if column.kind is Kind.SECONDS and isinstance(value, int | float):
        return value / DAY_S
    return value


def _cell(sheet: Any, value: Value, *, kind: Kind = Kind.TEXT, is_bold: bool = False) -> Any:
    if isinstance(value, str):
        value = ILLEGAL_CHARACTERS_RE.sub("", value)
    cell = WriteOnlyCell(sheet, value=value)
    if isinstance(value, str):
        # A text is a text, whatever it begins with.
        cell.data_type = "s"
    elif value is not None and kind in FORMATS:
        cell.number_format = FORMATS[kind]
    if is_bold:
        cell.font = Font(bold=True)
    return cell
