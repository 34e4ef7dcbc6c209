"""One form for numbers, however they are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.domain.numbers import country_of, is_number, number_canonical


@pytest.mark.parametrize(
    "text",
    [
        "777123456",
        "777 123 456",
        "777\u00a0123\u00a0456",
        "777-123-456",
        "+420777123456",
        "+420 777 123 456",
        "(+420) 777/123 456",
        "00420777123456",
        "00 420 777 123 456",
        "420777123456",
        " 420777123456 ",
        "tel:+420-777-123-456",
        "７７７１２３４５６",
    ],
)
def test_ways_to_write_a_number_are_one(text: str) -> None:
    assert number_canonical(text, country="CZ") == "+420777123456"


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("+421 905 123 456", "+421905123456"),
        ("421905123456", "+421905123456"),
        ("+44 (0)20 7946 0958", "+442079460958"),
        ("112", "112"),
        ("1188", "1188"),
        ("200", "200"),
    ],
)
def test_other_countries_and_short_numbers_keep_what_they_are(text: str, canonical: str) -> None:
    assert number_canonical(text, country="CZ") == canonical
    assert is_number(canonical)


def test_national_numbers_follow_the_country() -> None:
    assert number_canonical("0905 123 456", country="SK") == "+421905123456"


@pytest.mark.parametrize("text", [None, "", "anonymous", "+", "-", "Restricted", "777 123 456 večer"])
def test_words_are_no_number(text: str | None) -> None:
    assert number_canonical(text, country="CZ") == ""
    assert not is_number("")


@pytest.mark.parametrize("text", ["1234567", "77712345", "12345678901234567890", "7"])
def test_numbers_that_are_too_short_or_too_long_are_not_whole(text: str) -> None:
    assert not is_number(number_canonical(text, country="CZ"))


@given(st.text(alphabet="0123456789+ ()-/", max_size=30))
def test_canonical_form_stays_what_it_is(text: str) -> None:
    once = number_canonical(text, country="CZ")
    if once.startswith("+"):
        assert number_canonical(once, country="CZ") == once


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("CZ", "CZ"),
        ("sk", "SK"),
        ("+420", "CZ"),
        ("00421", "SK"),
        ("420", "CZ"),
        ("XX", ""),
        ("", ""),
        ("+", ""),
        ("²", ""),
    ],
)
def test_country_is_named_by_its_code_or_its_telephone_code(text: str, country: str) -> None:
    assert country_of(text) == country
