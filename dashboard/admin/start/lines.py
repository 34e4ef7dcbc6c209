"""What a line of the start page says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

import msgspec
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

Level = Literal["ok", "off", "warning", "critical"]

_RANK: Final[dict[Level, int]] = {"critical": 0, "warning": 1, "off": 2, "ok": 3}
WORDS: Final = {
    "ok": gettext_lazy("fine"),
    "off": gettext_lazy("not in use"),
    "warning": gettext_lazy("look at it"),
    "critical": gettext_lazy("act now"),
}


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One subject: how it is, what it comes from, and, where something is to be done, what. `url` leads to where."""

    key: str
    subject: str
    level: Level
    text: str
    advice: str = ""
    url: str = ""

    @property
    def word(self) -> str:
        return str(WORDS[self.level])


class Overview(msgspec.Struct, frozen=True, kw_only=True):
    """All lines, what needs somebody first; otherwise in their own order."""

    lines: list[Line]

    @property
    def level(self) -> Level:
        return min((line.level for line in self.lines), key=_RANK.__getitem__, default="ok")

    @property
    def headline(self) -> str:
        acute = sum(line.level == "critical" for line in self.lines)
        minor = sum(line.level == "warning" for line in self.lines)
        if acute:
            told = ngettext("%(count)s thing needs you now", "%(count)s things need you now", acute)
            return told % {"count": acute}
        if minor:
            told = ngettext(
                "It works; %(count)s thing should be looked at",
                "It works; %(count)s things should be looked at",
                minor,
            )
            return told % {"count": minor}
        return _("Everything is all right")


def overview_of(lines: Sequence[Line]) -> Overview:
    return Overview(
        lines=sorted(
            lines, key=lambda line: _RANK[line.level] if line.level in {"critical", "warning"} else 9
        )
    )
