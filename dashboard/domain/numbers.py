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
_WITH_LETTERS: Final = re.compile(r"[^\W\d_]")
_SCHEME: Final = re.compile(r"^\s*tel:", re.IGNORECASE)


@lru_cache(maxsize=16_384)
def number_canonical(text: str | None, *, country: str) -> str:
    """The number as +<country code><number>, or its bare digits if it is none of the public network; "" if it holds none.

    `country` is the ISO code of the country whose numbers are written without a country code. Words ("anonymous") are no number.
    """
    written = _SCHEME.sub("", unicodedata.normalize("NFKC", text or ""))[:_TEXT_AT_MOST]
    if _WITH_LETTERS.search(written):
        return ""
    digits = "".join(str(unicodedata.decimal(sign)) for sign in written if sign.isdecimal())
    if not digits:
        return ""
    is_international = written.lstrip(" (").startswith("+")
    tries = ["+" + digits] if is_international else [digits, "+" + digits]
    for attempt in [written, *tries]:
        if found := _e164(attempt, country=country, is_valid=True):
            return found
    return _e164(tries[0], country=country, is_valid=False) or digits


def _e164(text: str, *, country: str, is_valid: bool) -> str:
    """The form +420777123456 if the numbering plan has such a number, or at least such a length; else ""."""
    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        return ""
    fits = phonenumbers.is_valid_number if is_valid else phonenumbers.is_possible_number
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) if fits(number) else ""


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
