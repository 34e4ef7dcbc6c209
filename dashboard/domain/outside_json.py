"""JSON from outside that decodes well and yet nobody can use: looked at before it is decoded."""

from __future__ import annotations

import re
from typing import Final

DEEPEST: Final = 32
"""Far more than any message of ours, and far from what Python or a database gives up on."""

_NUL: Final = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")
_TEXT: Final = re.compile(rb'"(?:[^"\\]|\\.)*"', re.DOTALL)
_NO_BRACKET: Final = re.compile(rb"[^][{}]+")


def holds_nul(body: bytes) -> bool:
    """Whether a text in it has the character U+0000, which PostgreSQL does not store. As a plain byte it is no JSON at all."""
    return _NUL.search(body) is not None


def is_too_deep(body: bytes) -> bool:
    """Whether lists and objects stand within each other more than `DEEPEST` times."""
    depth = 0
    for bracket in _NO_BRACKET.sub(b"", _TEXT.sub(b"", body)):
        depth += 1 if bracket in b"[{" else -1
        if depth > DEEPEST:
            return True
    return False
