"""The answer before the figures: one sentence that a manager can read aloud."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dashboard.domain.kpi import Part, budget, goal_of, misses_over, service_level
from dashboard.reports.levels import level_of

NARROW_SPACE = "\u202f"


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """`figure` is the service level as text, `level` its word; `rest` what there is to say about it."""

    figure: str
    level: str
    rest: str


def share_text(value: float | None) -> str:
    """0.7218 as "72.2 %", as in the tables; 0.8 as "80 %"."""
    if value is None:
        return "–"
    return number_format(f"{value * 100:.1f}".removesuffix(".0")) + f"{NARROW_SPACE}%"


def answered(
    parts: Iterable[Part], *, is_today: bool, places: Mapping[str, tuple[Part, ...]]
) -> Answer | None:
    """About the parts together; `places` are where it can have gone wrong, by name. None if nobody called."""
    known = tuple(parts)
    share = service_level(known, is_live=is_today)
    if share.value is None:
        return None
    goal = goal_of(known)
    sentences = []
    if goal is not None:
        sentences.append(_("goal %(goal)s") % {"goal": share_text(goal)})
        sentences.append(_room(known, goal=goal, is_today=is_today))
    else:
        sentences.append(_("queues with different goals"))
    worst = _worst(places)
    if worst:
        sentences.append(_("worst: %(place)s") % {"place": worst})
    level = level_of(share.value, goal=goal)
    return Answer(figure=share_text(share.value), level=level, rest=", ".join(filter(None, sentences)))


def _room(parts: tuple[Part, ...], *, goal: float, is_today: bool) -> str:
    """Misses left or over: of the whole day where it is known what is still to come, else of what has been."""
    left = budget(parts) if is_today else None
    if left is not None and left >= 0:
        text = ngettext("%(misses)s miss left to hold it", "%(misses)s misses left to hold it", left)
        return text % {"misses": left}
    over = -left if left is not None else misses_over(parts)
    if over <= 0:
        return _("held")
    return ngettext("%(misses)s miss over", "%(misses)s misses over", over) % {"misses": over}


def _worst(places: Mapping[str, tuple[Part, ...]]) -> str:
    """The place with the most misses over its goal; "" if there is none."""
    by_misses = {name: misses_over(parts) for name, parts in places.items()}
    worst = max(by_misses, key=lambda name: by_misses[name], default="")
    return worst if worst and by_misses[worst] > 0 else ""
