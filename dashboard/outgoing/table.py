"""A table as pages show it and files carry it: one description, the same numbers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias
from zoneinfo import ZoneInfo

import msgspec

Value: TypeAlias = str | int | float | bool | date | datetime | None


class Kind(StrEnum):
    """What stands in a column."""

    TEXT = "text"
    COUNT = "count"
    SHARE = "share"
    """From 0 to 1; a percentage for people."""
    SECONDS = "seconds"
    MOMENT = "moment"
    """Aware; shown in the table's zone."""
    DAY = "day"


class Column(msgspec.Struct, frozen=True, kw_only=True):
    """`formula` is told on the sheet beside the table."""

    title: str
    kind: Kind = Kind.TEXT
    formula: str = ""


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """Rows have one value per column, None for a dash. `totals` are given, never added up here: an average is no sum.

    `notes` say what the figures are of: the days, the queues, by which definitions.
    """

    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Value]]
    zone: ZoneInfo
    totals: Sequence[Value] | None = None
    notes: Sequence[str] = ()

    @property
    def lines(self) -> list[Sequence[Value]]:
        """The rows, and the totals after them."""
        return [*self.rows, *([self.totals] if self.totals is not None else [])]


def harmless(text: str) -> str:
    """A spreadsheet takes a text that begins like this for a formula and runs it; the apostrophe makes it a text."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) else text
