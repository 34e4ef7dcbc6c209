"""One form for telephone numbers: +420777123456, however they were written."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

import phonenumbers

INTERNAL_DIGITS: Final = (3, 6)
"""How long numbers may be that exist only at home: extensions and short codes."""

_TEXT_AT_MOST: Final = 64
_WITH_COUNTRY_FROM: Final = 10
_WITH_LETTERS: Final = re.compile(r"[^\W\d_]")
_SCHEME: Final = re.compile(r"^\s*tel:", re.IGNORECASE)


@lru_cache(maxsize=16_384)
def number_canonical(text: str | None, *, country: str) -> str:
    """The number as +<country code><number>, or its bare digits if it is none of the public network; "" if it holds none.

    `country` is the ISO code of the country whose numbers are written without a country code. Words ("anonymous") are no number.
    """
    written = _SCHEME.sub("", unicodedata.normalize("NFKC", text or ""))[:_TEXT_AT_MOST].lstrip(" (")
    if _WITH_LETTERS.search(written):
        return ""
    is_international = written.startswith("+")
    if is_international:
        written = written.replace("(0)", "")
    digits = "".join(str(unicodedata.decimal(sign)) for sign in written if sign.isdecimal())
    if not digits:
        return ""
    number = _parsed("+" + digits if is_international else digits, country=country)
    if number is not None and phonenumbers.is_valid_number(number):
        return _e164(number)
    # With its country code, but without the plus sign or the zeros before it.
    foreign = _parsed("+" + digits, country=country) if len(digits) >= _WITH_COUNTRY_FROM else None
    if foreign is not None and phonenumbers.is_valid_number(foreign):
        return _e164(foreign)
    return _e164(number) if number is not None and phonenumbers.is_possible_number(number) else digits


def _parsed(text: str, *, country: str) -> phonenumbers.PhoneNumber | None:
    try:
        return phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        return None


def _e164(number: phonenumbers.PhoneNumber) -> str:
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def is_number(canonical: str) -> bool:
    """Whether a canonical form is a whole number: of the public network, or as short as an extension."""
    low, high = INTERNAL_DIGITS
    return canonical.startswith("+") or low <= len(canonical) <= high


def country_of(text: str) -> str:
    """The ISO code for an ISO code (CZ) or a country code (+420, 00420, 420); "" if there is no such country."""
    word = text.strip().upper()
    if word in phonenumbers.SUPPORTED_REGIONS:
        return word
    digits = word.removeprefix("+").removeprefix("00")
    found = (
        phonenumbers.region_code_for_country_code(int(digits))
        if digits.isascii() and digits.isdigit()
        else ""
    )
    return found if found in phonenumbers.SUPPORTED_REGIONS else ""
