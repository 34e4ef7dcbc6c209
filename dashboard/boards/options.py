"""Options of widgets as data: what may be set, within which limits, and what is wrong with a value, in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import msgspec
from django.utils.functional import Promise
from django.utils.translation import gettext as _

Text = str | Promise
"""A text in English or one that is translated when it is shown."""

HOLD_MOST_S: Final = 600
QUEUES_MOST: Final = 200


class Option(msgspec.Struct, frozen=True, kw_only=True):
    """One option of a type of widget. `kind` says which input the editor shows and which check applies:

    `text` and `lines` (at most `most` letters), `number` (whole, `least` to `most`, in `unit`), `flag`, `choice` (of `choices`),
    `queue` (`stream/id`), `queues` (a list of them; empty for all of the board), `figure` (of `choices`), `levels` (limits, see
    `docs/boards.md`) and `image` (the key of an uploaded picture).
    """

    key: str
    kind: str
    label: Any
    default: Any
    help: Any = ""
    choices: tuple[tuple[str, Any], ...] = ()
    least: int | None = None
    most: int | None = None
    unit: Any = ""


def option_problem(option: Option, value: Any) -> str | None:
    """What is wrong with the value, as a sentence; None if nothing is."""
    return _CHECKS[option.kind](option, value)


def _text_problem(option: Option, value: Any) -> str | None:
    if not isinstance(value, str):
        return _("%(option)s must be a text.") % {"option": option.label}
    if option.most is not None and len(value) > option.most:
        values = {"option": option.label, "most": option.most, "length": len(value)}
        return _("%(option)s may have at most %(most)d letters; these are %(length)d.") % values
    return None


def _number_problem(option: Option, value: Any) -> str | None:
    if isinstance(value, bool) or not isinstance(value, int):
        return _("%(option)s must be a whole number.") % {"option": option.label}
    if (option.least is not None and value < option.least) or (
        option.most is not None and value > option.most
    ):
        values = {"option": option.label, "least": option.least, "most": option.most, "value": value}
        return _("%(option)s must be from %(least)s to %(most)s, not %(value)d.") % values
    return None


def _flag_problem(option: Option, value: Any) -> str | None:
    return None if isinstance(value, bool) else _("%(option)s must be on or off.") % {"option": option.label}


def _choice_problem(option: Option, value: Any) -> str | None:
    known = [name for name, _label in option.choices]
    if value in known:
        return None
    values = {"option": option.label, "value": value, "known": ", ".join(known)}
    return _("%(option)s cannot be “%(value)s”; it can be %(known)s.") % values


def _queues_problem(option: Option, value: Any) -> str | None:
    if not isinstance(value, list) or not all(is_qualified(one) for one in value):
        return _("%(option)s must be a list of queues, each as PBX/ID.") % {"option": option.label}
    if len(value) > QUEUES_MOST:
        return _("%(option)s may name at most %(most)d queues.") % {
            "option": option.label,
            "most": QUEUES_MOST,
        }
    return None


def _reference_problem(option: Option, value: Any) -> str | None:
    if value == "" or is_qualified(value):
        return None
    return _("%(option)s must be written as PBX/ID.") % {"option": option.label}


def is_qualified(value: Any) -> bool:
    """Whether this is an id as widgets address it: `stream/id`."""
    if not isinstance(value, str) or len(value) > 100:
        return False
    stream, slash, id_ = value.partition("/")
    return bool(stream and slash and id_)


def levels_problem(label: Text, value: Any) -> str | None:
    """What is wrong with limits: null, or `{"warning": {"enter", "leave"} | null, "critical": … | null, "hold_s"}`."""
    if value is None:
        return None
    values = {"option": label, "most": HOLD_MOST_S}
    if not isinstance(value, dict) or not set(value) <= {"warning", "critical", "hold_s"}:
        return (
            _("%(option)s must name the limits of warning and critical, and how long a level holds.") % values
        )
    hold = value.get("hold_s", 0)
    if not _is_number(hold) or not 0 <= hold <= HOLD_MOST_S:
        return _("%(option)s: a level holds for 0 to %(most)d seconds.") % values
    limits = [value[name] for name in ("warning", "critical") if value.get(name) is not None]
    if not all(_is_limit(limit) for limit in limits):
        return (
            _("%(option)s: each limit needs a number at which the level begins and one at which it ends.")
            % values
        )
    if len({_is_rising(limit) for limit in limits if limit["enter"] != limit["leave"]}) > 1:
        return (
            _("%(option)s: warning and critical must both be above or both be below their limits.") % values
        )
    return None


def _is_limit(value: Any) -> bool:
    return (
        isinstance(value, dict) and set(value) == {"enter", "leave"} and all(map(_is_number, value.values()))
    )


def _is_rising(limit: dict[str, float]) -> bool:
    return limit["enter"] > limit["leave"]


def _is_number(value: Any) -> bool:
    return not isinstance(value, bool) and isinstance(value, int | float) and abs(value) < 1e9


_CHECKS: Final[dict[str, Callable[[Option, Any], str | None]]] = {
    "text": _text_problem,
    "lines": _text_problem,
    "image": _text_problem,
    "number": _number_problem,
    "flag": _flag_problem,
    "choice": _choice_problem,
    "figure": _choice_problem,
    "queues": _queues_problem,
    "queue": _reference_problem,
    "levels": lambda option, value: levels_problem(option.label, value),
}
