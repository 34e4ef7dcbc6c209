"""Short messages as texts: what they may hold, and into how many parts they are split."""

import unicodedata

LONGEST, LONGEST_UNICODE = 1377, 603
WHOLE, PART = 160, 153
WHOLE_UNICODE, PART_UNICODE = 70, 67


def sent_text(text: str, *, is_unicode: bool) -> str:
    """The text as it is sent: without `is_unicode` it loses its diacritics, and what has no letter becomes "?"."""
    if is_unicode:
        return text
    decomposed = unicodedata.normalize("NFKD", text)
    letters = (letter for letter in decomposed if not unicodedata.combining(letter))
    return "".join(letter if letter.isascii() else "?" for letter in letters)


def longest_text(*, is_unicode: bool) -> int:
    """The most characters a message may have."""
    return LONGEST_UNICODE if is_unicode else LONGEST


def parts_count(text: str, *, is_unicode: bool) -> int:
    """Into how many messages the network splits a text; parts of a split one hold a little less."""
    whole, part = (WHOLE_UNICODE, PART_UNICODE) if is_unicode else (WHOLE, PART)
    return 1 if len(text) <= whole else -(-len(text) // part)
