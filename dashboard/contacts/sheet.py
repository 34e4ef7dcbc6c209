"""Reads a list of contacts from CSV as spreadsheets write it, and says line by line what it cannot read."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterator
from typing import Final

import msgspec

from dashboard.domain.numbers import is_number, number_canonical
from dashboard.models.contact import text_folded

ENCODINGS: Final = {"utf-8": "UTF-8", "cp1250": "Windows-1250"}
DELIMITERS: Final = (";", ",", "\t")
CELL_LINES_AT_MOST: Final = 20
"""A cell in quotation marks may span lines; one that is not closed by then never was meant to be."""

LENGTHS: Final = {"name": 200, "company": 200, "address": 300, "note": 10_000}
HEADINGS: Final = {
    "name": ("name", "full name", "contact", "jmeno", "nazev", "kontakt", "cele jmeno", "jmeno a prijmeni"),
    "surname": ("surname", "last name", "prijmeni"),
    "first name": ("first name", "krestni jmeno"),
    "company": ("company", "organisation", "organization", "firma", "spolecnost", "organizace"),
    "address": ("address", "adresa"),
    "note": ("note", "notes", "poznamka", "poznamky"),
    "numbers": (
        *(
            "number",
            "numbers",
            "phone",
            "phones",
            "telephone",
            "phone number",
            "phone numbers",
            "mobile",
            "tel",
        ),
        *("cislo", "cisla", "telefon", "telefony", "telefonni cislo", "telefonni cisla", "mobil"),
    ),
}
_FIELDS: Final = {heading: field for field, headings in HEADINGS.items() for heading in headings}
_BETWEEN_NUMBERS: Final = re.compile(r"[,;/|\n]")
_FORMULA: Final = re.compile(r"^'(?=[=+\-@])")


class SheetUnreadable(Exception):
    """Nothing of the file can be read; the message is a sentence."""


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A contact. `company`, `address` and `note` are None where the file has no such column."""

    line: int
    name: str
    company: str | None
    address: str | None
    note: str | None
    numbers: tuple[str, ...]


class Problem(msgspec.Struct, frozen=True):
    """A line that is left out, and why."""

    line: int
    text: str


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """What was read. Line numbers count from 1, which is the line of the headings."""

    lines: list[Line]
    problems: list[Problem]
    ignored: list[str]
    encoding: str


class _Bad(Exception):
    """The line cannot be used; the message says why."""


def sheet_read(content: bytes, *, country: str, encoding: str = "") -> Sheet:
    """Raises `SheetUnreadable`. Without an encoding the one that fits most lines is taken."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        content, encoding = content.decode("utf-16", errors="replace").encode(), "utf-8"
    raw_lines = content.removeprefix(codecs.BOM_UTF8).splitlines()
    encoding = encoding or _encoding_of(raw_lines)
    texts = [_decoded(raw, encoding) for raw in raw_lines]
    first = next((index for index, text in enumerate(texts) if text is None or text.strip()), None)
    if first is None:
        raise SheetUnreadable("The file is empty.")
    delimiter, headings, fields = _columns(texts[first])
    lines: list[Line] = []
    problems: list[Problem] = []
    for number, cells in _records(texts, first + 1, delimiter=delimiter, width=len(fields)):
        try:
            if isinstance(cells, _Bad):
                raise cells
            if any(cell.strip() for cell in cells):
                lines.append(_line(number, cells, fields, country=country))
        except _Bad as bad:
            problems.append(Problem(number, str(bad)))
    ignored = [heading for heading, field in zip(headings, fields, strict=True) if not field and heading]
    return Sheet(lines=lines, problems=problems, ignored=ignored, encoding=ENCODINGS[encoding])


def _encoding_of(raw_lines: list[bytes]) -> str:
    """UTF-8 unless most of the lines with accents are none: one broken line does not spoil a file."""
    accented = [raw for raw in raw_lines if not raw.isascii()]
    broken = sum(_decoded(raw, "utf-8") is None for raw in accented)
    return "cp1250" if broken * 2 > len(accented) else "utf-8"


def _decoded(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return None


def _columns(text: str | None) -> tuple[str, list[str], list[str]]:
    """Delimiter, headings, and the field of each column ("" if it is none of ours)."""
    found: tuple[str, list[str], list[str]] = ("", [], [])
    for delimiter in DELIMITERS:
        try:
            headings = [cell.strip() for cell in next(csv.reader([text or ""], delimiter=delimiter))]
        except (csv.Error, StopIteration):
            continue
        fields = [_field_of(heading) for heading in headings]
        if sum(map(bool, fields)) > sum(map(bool, found[2])):
            found = (delimiter, headings, fields)
    fields = found[2]
    if "numbers" not in fields or not {"name", "surname", "company"} & set(fields):
        raise SheetUnreadable(
            "The first line must name the columns: at least one of name, company (jméno, firma) and one of number, phone "
            "(číslo, telefon)."
        )
    if twice := sorted(
        {field for field in fields if field not in ("", "numbers") and fields.count(field) > 1}
    ):
        raise SheetUnreadable(f"Two columns are called {twice[0]}.")
    return found


def _field_of(heading: str) -> str:
    """Telefon 2 is a telephone as well."""
    word = text_folded(heading).replace("_", " ").replace(":", "").replace(".", "").strip()
    return _FIELDS.get(word) or _FIELDS.get(re.sub(r" ?\d+$", "", word), "")


def _records(
    texts: list[str | None], start: int, *, delimiter: str, width: int
) -> Iterator[tuple[int, list[str] | _Bad]]:
    """Each record with the number of its first line. A bad record costs only its first line: the next ones are read again."""
    index = start
    while index < len(texts):
        used, cells = _record(texts, index, delimiter=delimiter)
        if not isinstance(cells, _Bad) and any(cell.strip() for cell in cells[width:]):
            cells = _Bad(f"It has {len(cells)} cells, but there are only {width} columns.")
        yield index + 1, cells if isinstance(cells, _Bad) else (cells + [""] * width)[:width]
        index += 1 if isinstance(cells, _Bad) else used


def _record(texts: list[str | None], index: int, *, delimiter: str) -> tuple[int, list[str] | _Bad]:
    """How many lines the record takes, and its cells."""
    text = texts[index]
    if text is None:
        return 1, _Bad("It has characters that the encoding of the file does not know.")
    if "\0" in text:
        return 1, _Bad("It has a character with the code zero.")
    if '"' not in text:
        return 1, text.split(delimiter)
    joined = text
    for used in range(1, CELL_LINES_AT_MOST + 1):
        try:
            return used, next(csv.reader([joined], delimiter=delimiter, strict=True))
        except csv.Error as exc:
            if "unexpected end" not in str(exc):
                return 1, _Bad("A quotation mark stands where none may.")
        more = texts[index + used] if index + used < len(texts) else None
        if more is None:
            break
        joined += "\n" + more
    return 1, _Bad("A quotation mark is opened and not closed.")


def _line(number: int, cells: list[str], fields: list[str], *, country: str) -> Line:
    values: dict[str, str] = {}
    numbers: list[str] = []
    for field, cell in zip(fields, cells, strict=True):
        if field == "numbers":
            numbers += _numbers(cell, country=country)
        elif field:
            values[field] = _text(cell, has_lines=field == "note")
    if not numbers:
        raise _Bad("It has no telephone number.")
    name = " ".join(values.get(part, "") for part in ("first name", "name", "surname")).split()
    named = values | {"name": " ".join(name) or values.get("company", "")}
    if not named["name"]:
        raise _Bad("It has neither a name nor a company.")
    for field, length in LENGTHS.items():
        if len(named.get(field, "")) > length:
            raise _Bad(f"The {field} is longer than {length} characters.")
    return Line(
        line=number,
        name=named["name"],
        company=named.get("company"),
        address=named.get("address"),
        note=named.get("note"),
        numbers=tuple(dict.fromkeys(numbers)),
    )


def _text(cell: str, *, has_lines: bool) -> str:
    """Without the apostrophe that an export puts before what looks like a formula."""
    text = _FORMULA.sub("", cell.strip(), count=1)
    return text if has_lines else " ".join(text.split())


def _numbers(cell: str, *, country: str) -> list[str]:
    found = []
    for text in _BETWEEN_NUMBERS.split(cell):
        if not text.strip(" '\u00a0"):
            continue
        number = number_canonical(text.strip(" '\u00a0"), country=country)
        if not is_number(number):
            raise _Bad(f"{text.strip()!r} is not a telephone number.")
        found.append(number)
    return found
