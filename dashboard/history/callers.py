"""How calls of one number are told to be of one number, also after the number itself was taken away."""

from __future__ import annotations

import hashlib
import hmac
from functools import lru_cache

from dashboard.domain.numbers import number_canonical


class UnusableKey(Exception):
    """The key of the digests cannot be read; the message says why."""


@lru_cache(maxsize=65_536)
def _digest(key: str, number: str) -> int:
    digest = hmac.digest(key.encode(), number.encode(), hashlib.sha256)
    return int.from_bytes(digest[:8], "big", signed=True)


class Callers:
    """Numbers in one form, and their keyed digests: 64 bits, for an index."""

    def __init__(self, *, key: str, country: str) -> None:
        if not key:
            raise UnusableKey(
                "The key of the callers' digests was stored with another SECRET_KEY: set SECRET_KEY as it was."
            )
        self._key, self._country = key, country

    def number(self, text: str | None) -> str:
        """The canonical number; "" for a call without one."""
        return number_canonical(text, country=self._country)[:40]

    def key(self, number: str) -> int | None:
        """The digest of a canonical number; None without a number."""
        return _digest(self._key, number) if number else None
