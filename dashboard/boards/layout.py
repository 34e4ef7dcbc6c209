"""Layouts of boards: what is wrong with one, in words, and one with every option filled in."""

from __future__ import annotations

import itertools
import re
from typing import Any, Final, cast

from django.utils.translation import gettext as _

from dashboard.boards.catalogue import TYPE, WidgetType
from dashboard.boards.figures import FIGURE, WINDOW
from dashboard.boards.options import levels_problem, option_problem

VERSION: Final = 1
COLUMNS: Final = 24
ROWS: Final = 24
GRID_MOST: Final = 48
WIDGETS_MOST: Final = 60
ID: Final = re.compile(r"[a-z0-9-]{1,40}")


def layout_empty() -> dict[str, Any]:
    return {"version": VERSION, "columns": COLUMNS, "rows": ROWS, "widgets": []}


def layout_problems(layout: Any) -> list[str]:
    """Everything that is wrong with the layout, a sentence each; empty if nothing is. None, the automatic layout, is right."""
    if layout is None:
        return []
    if not isinstance(layout, dict) or not isinstance(layout.get("widgets"), list):
        return [_("A layout is an object with a list of widgets.")]
    if layout.get("version") != VERSION:
        values = {"version": VERSION, "found": layout.get("version")}
        return [_("This is a layout of version %(found)s; here version %(version)d is known.") % values]
    if not all(_is_whole(layout.get(name), least=1, most=GRID_MOST) for name in ("columns", "rows")):
        return [_("The grid must have 1 to %(most)d columns and rows.") % {"most": GRID_MOST}]
    if len(layout["widgets"]) > WIDGETS_MOST:
        values = {"most": WIDGETS_MOST, "count": len(layout["widgets"])}
        return [_("A board has room for %(most)d widgets; these are %(count)d.") % values]
    unknown = sorted(set(layout) - {"version", "columns", "rows", "widgets"})
    problems = [_("A layout has no “%(name)s”.") % {"name": name} for name in unknown]
    placed = []
    for number, widget in enumerate(layout["widgets"], start=1):
        found = _widget_problems(widget, number=number, layout=layout)
        problems += found
        if not found:
            placed.append(widget)
    return problems + _overlaps(placed) + _doubles(placed)


def layout_completed(layout: dict[str, Any]) -> dict[str, Any]:
    """The layout with defaults where an option is not set, and without widgets and options that are not known (any more)."""
    widgets = [
        {
            **{name: widget[name] for name in ("id", "type", "x", "y", "w", "h")},
            "options": _options_completed(widget),
        }
        for widget in layout["widgets"]
        if widget["type"] in TYPE
    ]
    return {**layout, "widgets": widgets}


def board_levels_problems(levels: Any) -> list[str]:
    """What is wrong with a board's own limits: an object from the name of a figure to limits."""
    if not isinstance(levels, dict):
        return [_("Levels are an object from a figure to its limits.")]
    unknown = [name for name in levels if name not in FIGURE]
    problems = [_("There is no figure “%(name)s”.") % {"name": name} for name in unknown]
    found = (levels_problem(FIGURE[name].label, value) for name, value in levels.items() if name in FIGURE)
    return problems + [problem for problem in found if problem]


def _options_completed(widget: dict[str, Any]) -> dict[str, Any]:
    given = widget.get("options", {})
    return {key: given.get(key, default) for key, default in TYPE[widget["type"]].defaults.items()}


def _widget_problems(widget: Any, *, number: int, layout: dict[str, Any]) -> list[str]:
    if not isinstance(widget, dict):
        return [_("Widget %(number)d is no object.") % {"number": number}]
    type_ = TYPE.get(str(widget.get("type")))
    if type_ is None:
        return [
            _("Widget %(number)d: there is no type “%(type)s”.")
            % {"number": number, "type": widget.get("type")}
        ]
    problems = _place_problems(widget, layout=layout) + _option_problems(widget, type_)
    return [f"{type_.title} ({number}): {problem}" for problem in problems]


def _place_problems(widget: dict[str, Any], *, layout: dict[str, Any]) -> list[str]:
    if not isinstance(widget.get("id"), str) or not ID.fullmatch(widget["id"]):
        return [_("Its id must have 1 to 40 small letters, digits and hyphens.")]
    columns, rows = layout["columns"], layout["rows"]
    x, y, width, height = (cast("int", widget.get(name)) for name in ("x", "y", "w", "h"))
    if not (_is_whole(x, least=0, most=columns - 1) and _is_whole(width, least=1, most=columns)):
        return [
            _("Its place and width must be whole numbers within the %(columns)d columns.")
            % {"columns": columns}
        ]
    if not (_is_whole(y, least=0, most=rows - 1) and _is_whole(height, least=1, most=rows)):
        return [_("Its place and height must be whole numbers within the %(rows)d rows.") % {"rows": rows}]
    if x + width > columns or y + height > rows:
        return [
            _("It reaches beyond the grid of %(columns)d × %(rows)d.") % {"columns": columns, "rows": rows}
        ]
    return []


def _option_problems(widget: dict[str, Any], type_: WidgetType) -> list[str]:
    options = widget.get("options", {})
    if not isinstance(options, dict):
        return [_("Its options must be an object.")]
    known = {option.key: option for option in type_.options}
    unknown = [_("It has no option “%(name)s”.") % {"name": name} for name in options if name not in known]
    found = (option_problem(known[name], value) for name, value in options.items() if name in known)
    wrong = [problem for problem in found if problem]
    return unknown + (wrong or _window_problems(type_.defaults | options, type_))


def _window_problems(options: dict[str, Any], type_: WidgetType) -> list[str]:
    """A figure over a time for which nobody has it: boards that hold one show a dash there."""
    figure = next((FIGURE[options[one.key]] for one in type_.options if one.kind == "figure"), None)
    if figure is None or figure.is_now or options["window"] in figure.windows:
        return []
    values = {
        "figure": figure.label,
        "window": WINDOW[options["window"]],
        "known": ", ".join(str(WINDOW[name]) for name in figure.windows),
    }
    return [_("There is no “%(figure)s” for “%(window)s”; there is for %(known)s.") % values]


def _overlaps(widgets: list[dict[str, Any]]) -> list[str]:
    pairs = itertools.combinations(widgets, 2)
    lying = next(((one, other) for one, other in pairs if _is_over(one, other)), None)
    if lying is None:
        return []
    values = {"one": TYPE[lying[0]["type"]].title, "other": TYPE[lying[1]["type"]].title}
    return [_("“%(one)s” lies over “%(other)s”.") % values]


def _is_over(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return bool(
        one["x"] < other["x"] + other["w"]
        and other["x"] < one["x"] + one["w"]
        and one["y"] < other["y"] + other["h"]
        and other["y"] < one["y"] + one["h"]
    )


def _doubles(widgets: list[dict[str, Any]]) -> list[str]:
    ids = [widget["id"] for widget in widgets]
    return [
        _("The id “%(id)s” is used twice.") % {"id": id_}
        for id_ in sorted({one for one in ids if ids.count(one) > 1})
    ]


def _is_whole(value: Any, *, least: int, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most
