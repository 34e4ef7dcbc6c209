"""The figures a widget can show: those of the catalogue of metrics, and some that only make sense on a board.

`static/js/figures.js` computes them under the same names.
"""

from __future__ import annotations

from typing import Any, Final

import msgspec
from django.utils.translation import gettext_lazy as _

from dashboard.domain.kpi import CATALOGUE

WINDOWS: Final[tuple[tuple[str, Any], ...]] = (
    ("now", _("now")),
    ("15m", _("last 15 minutes")),
    ("30m", _("last 30 minutes")),
    ("60m", _("last 60 minutes")),
    ("today", _("today")),
)
WINDOW: Final = dict(WINDOWS)
UNITS: Final = {"count": _("number"), "share": "%", "seconds": _("minutes and seconds")}


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """`unit`: count, share or seconds. `windows`: over which it can be shown; none for a figure of this moment."""

    key: str
    label: Any
    unit: str
    formula: Any
    windows: tuple[str, ...] = ()

    @property
    def is_now(self) -> bool:
        return not self.windows


_OF_BOARDS: Final = (
    Figure(
        key="over_threshold",
        label=_("Waiting too long"),
        unit="count",
        formula=_("callers who have waited for longer than their queue's threshold"),
    ),
    Figure(
        key="calls_active",
        label=_("Calls being handled"),
        unit="count",
        formula=_("calls that an agent has answered and that go on"),
    ),
    Figure(
        key="agents_acw",
        label=_("Agents in wrap-up"),
        unit="count",
        formula=_("distinct agents in after-call work"),
    ),
)


def _of_catalogue() -> tuple[Figure, ...]:
    entries = CATALOGUE.values()
    return tuple(
        Figure(
            key=entry.key,
            label=_(entry.title),
            unit=entry.unit,
            formula=_(entry.formula),
            windows=tuple(entry.windows),
        )
        for entry in entries
    )


FIGURES: Final = tuple(sorted((*_of_catalogue(), *_OF_BOARDS), key=lambda figure: not figure.is_now))
"""Those of this moment first."""
FIGURE: Final = {figure.key: figure for figure in FIGURES}
FIGURE_CHOICES: Final = tuple((figure.key, figure.label) for figure in FIGURES)
