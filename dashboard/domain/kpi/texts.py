"""Texts of the core that people read. They are English here; whoever shows them has them translated."""

from __future__ import annotations


def gettext_noop(text: str) -> str:
    """Marks a text for the catalogues of translations and leaves it as it is."""
    return text


def seconds_text(seconds: int) -> str:
    """A length of time: "3 s", from a minute "1:05", from an hour "1:02:03"."""
    if seconds < 60:
        return f"{seconds}\u202fs"
    minutes, rest = divmod(seconds, 60)
    if minutes < 60:
        return f"{minutes}:{rest:02}"
    return f"{minutes // 60}:{minutes % 60:02}:{rest:02}"
