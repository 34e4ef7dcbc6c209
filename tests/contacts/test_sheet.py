"""Reading CSV as spreadsheets write it."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.contacts.sheet import Line, Sheet, SheetUnreadable, sheet_read


def read(text: str | bytes, *, encoding: str = "") -> Sheet:
    content = text.encode() if isinstance(text, str) else text
    return sheet_read(content, country="CZ", encoding=encoding)


def problems_of(sheet: Sheet) -> dict[int, str]:
    return {problem.line: problem.text for problem in sheet.problems}


CZECH = "Jméno;Firma;Telefon;Poznámka\nŽofie Šílená;Řízky;777 123 456;přítel\n"
ZOFIE = Line(
    line=2, name="Žofie Šílená", company="Řízky", address=None, note="přítel", numbers=("+420777123456",)
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1250", "utf-16"])
def test_encodings_of_spreadsheets_are_found_out(encoding: str) -> None:
    assert read(CZECH.encode(encoding)).lines == [ZOFIE]


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_delimiters_and_ends_of_lines_are_found_out(delimiter: str, newline: str) -> None:
    assert read(CZECH.replace(";", delimiter).replace("\n", newline)).lines == [ZOFIE]


@pytest.mark.parametrize(
    ("headings", "row"),
    [
        ("name;phone", "Jan Novák;777123456"),
        ("Name;Number", "Jan Novák;+420 777 123 456"),
        ("JMÉNO;PŘÍJMENÍ;ČÍSLO", "Jan;Novák;00420777123456"),
        ("First name;Last name;Mobile", "Jan;Novák;777-123-456"),
        ("Telefon 1;Telefon 2;Název", ";777123456;Jan Novák"),
        ('"Jméno a příjmení";"Telefonní číslo"', '"Jan  Novák";"777 123 456"'),
        ("id;name;phone_number;colour", "7;Jan Novák;777123456;red"),
    ],
)
def test_headings_are_known_in_czech_and_english(headings: str, row: str) -> None:
    (line,) = read(f"{headings}\n{row}\n").lines
    assert (line.name, line.numbers) == ("Jan Novák", ("+420777123456",))


def test_columns_that_are_not_read_are_named() -> None:
    assert read("id;name;phone;colour\n").ignored == ["id", "colour"]


def test_several_numbers_stand_in_one_cell_or_in_several_columns() -> None:
    (line,) = read("name;phone;phone 2\nEva;777123456, +420 601 111 111 / 112;601111111\n").lines
    assert line.numbers == ("+420777123456", "+420601111111", "112")


def test_company_is_the_name_of_who_has_no_other() -> None:
    (line,) = read("company;phone\nDaktela;777123456\n").lines
    assert (line.name, line.company) == ("Daktela", "Daktela")


def test_bad_lines_are_told_with_their_numbers_and_the_others_are_read() -> None:
    sheet = read(
        "name;phone;note\n"
        "Eva;777123456;\n"
        "Jan;;\n"
        ";777123457;\n"
        "Petr;1234567;\n"
        "Ola;777123458;a;b\n"
        "\n"
        ";;\n"
        "Iva;volat večer;\n"
        f"{'x' * 201};777123459;\n"
        "Nul\0a;777123460;\n"
        "Adam;777123461\n"
    )
    assert [(line.line, line.name) for line in sheet.lines] == [(2, "Eva"), (12, "Adam")]
    problems = problems_of(sheet)
    assert sorted(problems) == [3, 4, 5, 6, 9, 10, 11]
    for number, word in [
        (3, "no telephone"),
        (4, "neither"),
        (5, "1234567"),
        (6, "4 cells"),
        (9, "večer"),
        (10, "200"),
        (11, "zero"),
    ]:
        assert word in problems[number]


def test_broken_character_costs_only_its_line() -> None:
    content = "name;phone\nŽofie;777123456\n".encode() + b"\xc5;777123457\n" + "Šárka;777123458\n".encode()
    sheet = read(content)
    assert [line.name for line in sheet.lines] == ["Žofie", "Šárka"]
    assert list(problems_of(sheet)) == [3]


def test_encoding_can_be_told() -> None:
    content = "name;phone\nÄ;777123456\n".encode("cp1250")
    assert read(content, encoding="cp1250").lines[0].name == "Ä"
    assert list(problems_of(read(content, encoding="utf-8"))) == [2]


def test_cells_in_quotation_marks_may_hold_anything() -> None:
    sheet = read('name;phone;note\n"Novák; ""Honza""";777123456;"one\ntwo"\nEva;777123457;\n')
    assert [(line.line, line.name, line.note) for line in sheet.lines] == [
        (2, 'Novák; "Honza"', "one\ntwo"),
        (4, "Eva", ""),
    ]


def test_quotation_mark_that_is_not_closed_costs_only_its_line() -> None:
    rows = "".join(f"Name {number};{777000000 + number}\n" for number in range(60))
    sheet = read('name;phone\n"Eva;777123456\n' + rows)
    assert len(sheet.lines) == 60
    assert list(problems_of(sheet)) == [2]


def test_two_stray_quotation_marks_do_not_swallow_the_lines_between() -> None:
    sheet = read('name;phone\n"Eva;777123456\nJan;777123457\nPetr;777123458\n"Iva;777123459\n')
    assert [line.name for line in sheet.lines] == ["Jan", "Petr"]
    assert list(problems_of(sheet)) == [2, 5]


def test_quotation_mark_inside_a_cell_is_a_character() -> None:
    assert read('name;phone\nMonitor 15";777123456\n').lines[0].name == 'Monitor 15"'


def test_apostrophe_of_an_export_is_taken_off_again() -> None:
    assert read("name;phone\n'=SUM(A1);'+420777123456\n").lines[0].name == "=SUM(A1)"
    assert read("name;phone\n'Ahoj';777123456\n").lines[0].name == "'Ahoj'"


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "empty"),
        (b"\n \n", "empty"),
        (b"Eva;777123456\n", "first line"),
        (b"name;company\nEva;x\n", "number"),
        (b"phone\n777123456\n", "name"),
        (b"name;name;phone\n", "Two columns"),
        (b"PK\x03\x04\x14\x00\x06\x00", "first line"),
        (b"\xff\xfe\xff\xd8", "first line"),
    ],
    ids=["nothing", "blanks", "no headings", "no number", "no name", "twice", "spreadsheet", "bytes"],
)
def test_files_that_are_no_list_are_refused_in_words(content: bytes, word: str) -> None:
    with pytest.raises(SheetUnreadable, match=word):
        read(content)


@given(st.lists(st.text(alphabet="ab1;\",\n\r\0'é ", max_size=30), max_size=30))
def test_every_line_is_read_or_told(rows: list[str]) -> None:
    text = "name;phone\n" + "\n".join(rows)
    sheet = read(text)
    seen = {line.line for line in sheet.lines} | set(problems_of(sheet))
    assert all(1 < number <= len(text.splitlines()) + 1 for number in seen)


@given(st.binary(max_size=300))
def test_no_file_breaks_the_reading(content: bytes) -> None:
    sheet = read(b"name;phone\n" + content)
    assert all(problem.text for problem in sheet.problems)
    with contextlib.suppress(SheetUnreadable):
        read(content)
