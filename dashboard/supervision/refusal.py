"""Why something is not done."""

from __future__ import annotations


class Refusal(Exception):
    """We do not ask the PBX; `code` names the sentence, `about` fills it in."""

    def __init__(self, code: str, **about: str) -> None:
        super().__init__(code)
        self.code = code
        self.about = about


class Malformed(Exception):
    """The request makes no sense as it is; the text says why. Nothing is recorded: the page sends no such thing."""


class KeyUsed(Exception):
    """The key belongs to another request, or to somebody else's."""
