"""Tables as files: the same numbers as on the screen, and nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from dashboard.outgoing.files import table_csv, table_xlsx
from dashboard.outgoing.table import Column, Kind, Table

SHARE = 70 / 96
TABLE = Table(
    title="Queues: today / all",
    columns=[
        Column(title="Queue"),
        Column(title="Offered", kind=Kind.COUNT),
        Column(title="Service level", kind=Kind.SHARE, formula="A≤ / (O − B≤s)"),
        Column(title="ASA", kind=Kind.SECONDS),
        Column(title="Last call", kind=Kind.MOMENT),
        Column(title="Day", kind=Kind.DAY),
    ],
    rows=[
        ["Žádosti; a další", 100, SHARE, 12.5, datetime(2026, 11, 23, 8, 30, tzinfo=UTC), date(2026, 11, 23)],
        ["Quiet", 0, None, None, None, None],
    ],
    totals=["Total", 100, SHARE, 12.5, None, None],
    zone=ZoneInfo("Europe/Prague"),
    notes=["Monday, 23 November 2026"],
)


def csv_lines(table: Table) -> list[list[str]]:
    text = table_csv(table).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


def sheets(table: Table) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(table_xlsx(table)))


def test_csv_holds_the_numbers_of_the_screen_in_the_zone_of_the_call_centre() -> None:
    assert csv_lines(TABLE) == [
        ["Queue", "Offered", "Service level", "ASA", "Last call", "Day"],
        ["Žádosti; a další", "100", "0.7292", "12.5", "2026-11-23 09:30:00", "2026-11-23"],
        ["Quiet", "0", "", "", "", ""],
        ["Total", "100", "0.7292", "12.5", "", ""],
    ]


def test_excel_holds_numbers_as_numbers() -> None:
    sheet = sheets(TABLE).worksheets[0]
    title, offered, share, asa, moment, day = sheet[2]
    assert (title.value, offered.value, share.value) == ("Žádosti; a další", 100, pytest.approx(SHARE))
    assert share.number_format == "0.00%"
    assert asa.value == timedelta(seconds=12.5)
    assert moment.value == datetime(2026, 11, 23, 9, 30)  # noqa: DTZ001  # Excel knows no zones
    assert day.value.date() == date(2026, 11, 23)
    assert [cell.value for cell in sheet[3]][1:] == [0, None, None, None, None]
    assert [cell.value for cell in sheet[4]][:3] == ["Total", 100, pytest.approx(SHARE)]


def test_excel_says_what_it_is_about() -> None:
    about = sheets(TABLE).worksheets[1]
    texts = [cell.value for row in about.iter_rows() for cell in row if cell.value]
    assert "Monday, 23 November 2026" in texts
    assert "A≤ / (O − B≤s)" in texts


@pytest.mark.parametrize("text", ["=1+1", "+420777123456", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1"])
def test_no_text_is_run_as_a_formula(text: str) -> None:
    table = Table(title="=1+1", columns=[Column(title=text)], rows=[[text]], zone=ZoneInfo("UTC"))
    assert [line[0] for line in csv_lines(table)] == [f"'{text}", f"'{text}"]
    sheet = sheets(table).worksheets[0]
    assert {sheet["A1"].data_type, sheet["A2"].data_type} == {"s"}


def test_characters_that_excel_cannot_hold_are_left_out() -> None:
    table = Table(title="Bad", columns=[Column(title="Note")], rows=[["a\x00b\x1fc"]], zone=ZoneInfo("UTC"))
    assert sheets(table).worksheets[0]["A2"].value == "abc"


def test_a_table_without_rows_still_has_its_headings() -> None:
    table = Table(title="Empty", columns=[Column(title="Queue")], rows=[], zone=ZoneInfo("UTC"))
    assert csv_lines(table) == [["Queue"]]
    assert sheets(table).worksheets[0]["A1"].value == "Queue"
