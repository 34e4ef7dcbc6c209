"""A board as its page is told of it."""

from __future__ import annotations

from typing import Any, Final

from dashboard.boards.catalogue import TYPE
from dashboard.boards.figures import FIGURE, UNITS, WINDOW
from dashboard.boards.layout import layout_completed
from dashboard.models import Board

AUTOMATIC: Final = ("callers", "ready", "waiting", "queues", "agents")
"""The types of widgets of a board without a layout."""


def board_shown(board: Board) -> dict[str, Any]:
    """What the browser draws by; `layout` is complete, with a text about each widget and the least rows it can be read in.

    Where it is null the board lays itself out, and `automatic` holds its widgets.
    """
    return {
        "slug": board.slug,
        "title": board.title,
        "theme": board.theme,
        "surname_first": board.surname_first,
        "leaders": board.leaders,
        "levels": board.levels,
        "alarms": {"flash": board.flash, "sound": board.sound, "speech": board.speech},
        "revision": board.revision,
        "look": board.look,
        "layout": None if board.layout is None else _layout_shown(board.layout),
        "automatic": automatic_shown() if board.layout is None else [],
    }


def automatic_shown() -> list[dict[str, Any]]:
    """The widgets of a board that lays itself out."""
    return [_automatic(type_) for type_ in AUTOMATIC]


def modules_of(board: Board) -> list[str]:
    """The widgets' modules, so that the browser may fetch them at once rather than one after the other."""
    types = AUTOMATIC if board.layout is None else [widget["type"] for widget in board.layout["widgets"]]
    return [f"js/widgets/{type_}.js" for type_ in sorted(set(types)) if type_ in TYPE]


def widget_info(type_: str, options: dict[str, Any]) -> str:
    """What a widget says of itself when asked: what it shows, how it is counted, over which time."""
    kind = TYPE[type_]
    figure = FIGURE.get(options.get("figure", ""))
    if figure is None:
        parts = [kind.shows, kind.formula, WINDOW.get(options.get("window", ""), "")]
    else:
        window = WINDOW["now"] if figure.is_now else WINDOW[options.get("window", "today")]
        parts = [figure.label, figure.formula, UNITS[figure.unit], window]
    return " · ".join(str(part).rstrip(".") for part in parts if str(part))


def _automatic(type_: str) -> dict[str, Any]:
    options = TYPE[type_].defaults
    return {"id": type_, "type": type_, "options": options, "info": widget_info(type_, options)}


def _layout_shown(layout: dict[str, Any]) -> dict[str, Any]:
    completed = layout_completed(layout)
    widgets = [
        {
            **widget,
            "info": widget_info(widget["type"], widget["options"]),
            "least": TYPE[widget["type"]].least[1],
        }
        for widget in completed["widgets"]
    ]
    return {**completed, "widgets": widgets}
