"""Layouts: what is taken, and what is refused in which words."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user_model

from dashboard.boards.catalogue import TYPES, catalogue_data
from dashboard.boards.layout import board_levels_problems, layout_completed, layout_empty, layout_problems
from dashboard.boards.options import option_problem
from dashboard.boards.services import LayoutRefused, Outdated, layout_save
from dashboard.models import Board


def layout(*widgets: dict[str, Any], **more: Any) -> dict[str, Any]:
    return layout_empty() | {"widgets": list(widgets)} | more


def widget(**more: Any) -> dict[str, Any]:
    return {"id": "a", "type": "number", "x": 0, "y": 0, "w": 6, "h": 8, "options": {}} | more


def test_automatic_and_empty_layouts_are_right() -> None:
    assert layout_problems(None) == []
    assert layout_problems(layout_empty()) == []


@pytest.mark.parametrize("type_", TYPES, ids=lambda one: one.key)
def test_every_type_stands_with_its_defaults(type_: Any) -> None:
    one = widget(type=type_.key, w=type_.width, h=type_.height, options=type_.defaults)
    assert layout_problems(layout(one)) == []
    assert type_.least[0] <= type_.width <= 24
    assert type_.least[1] <= type_.height <= 24


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ("text", "A layout is an object"),
        ({"version": 1}, "A layout is an object"),
        (layout(version=2), "version 2"),
        (layout(columns=0), "1 to 48"),
        (layout(rows=True), "1 to 48"),
        (layout(colour="red"), "colour"),
        (layout(*[widget(id=f"w{n}") for n in range(61)]), "room for 60"),
        (layout("clock"), "Widget 1 is no object"),
        (layout(widget(type="gauge")), "no type “gauge”"),
        (layout(widget(id="A b")), "small letters"),
        (layout(widget(x=-1)), "24 columns"),
        (layout(widget(x=20)), "beyond the grid"),
        (layout(widget(h=2.5)), "whole numbers"),
        (layout(widget(options=[])), "must be an object"),
        (layout(widget(options={"colour": "red"})), "no option “colour”"),
        (layout(widget(options={"figure": "profit"})), "cannot be “profit”"),
        (layout(widget(options={"title": "x" * 61})), "at most 60 letters"),
        (layout(widget(options={"queues": ["4"]})), "PBX/ID"),
        (layout(widget(), widget(id="b", x=5)), "lies over"),
        (layout(widget(), widget(x=6)), "used twice"),
    ],
)
def test_what_is_wrong_is_said_in_words(broken: Any, said: str) -> None:
    problems = layout_problems(broken)
    assert problems
    assert said in " ".join(problems)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (
            {"figure": "agents_needed"},
            "Big number (1): There is no “Agents needed now (estimate)” for “today”; "
            "there is for last 15 minutes, last 30 minutes, last 60 minutes.",
        ),
        ({"figure": "agents_needed", "window": "30m"}, None),
        ({"figure": "budget", "window": "60m"}, "there is for today."),
        ({"figure": "budget"}, None),
        ({"figure": "occupancy", "window": "15m"}, "there is for today."),
        ({"figure": "occupancy", "window": "today"}, None),
        ({"figure": "waiting", "window": "15m"}, None),
    ],
)
def test_a_figure_over_a_time_for_which_nobody_has_it_is_refused(
    options: dict[str, Any], said: str | None
) -> None:
    problems = " ".join(layout_problems(layout(widget(options=options))))
    assert (said in problems) if said else problems == ""


@pytest.mark.parametrize(
    ("levels", "is_right"),
    [
        (None, True),
        ({"warning": {"enter": 3, "leave": 2}, "critical": {"enter": 6, "leave": 4}, "hold_s": 10}, True),
        ({"warning": {"enter": 0.8, "leave": 0.82}, "critical": None}, True),
        ({"warning": {"enter": 3}}, False),
        ({"warning": {"enter": "3", "leave": 2}}, False),
        ({"warning": {"enter": 3, "leave": 2}, "critical": {"enter": 1, "leave": 2}}, False),
        ({"hold_s": -1}, False),
        ({"panic": {}}, False),
        ([], False),
    ],
)
def test_limits_need_a_beginning_and_an_end(levels: Any, *, is_right: bool) -> None:
    assert (layout_problems(layout(widget(options={"levels": levels}))) == []) is is_right


def test_limits_of_a_board_name_figures() -> None:
    assert board_levels_problems({"waiting": {"warning": {"enter": 5, "leave": 4}}}) == []
    assert "profit" in board_levels_problems({"profit": None})[0]
    assert "Callers waiting" in board_levels_problems({"waiting": {"hold_s": "long"}})[0]


def test_every_default_is_within_its_own_limits() -> None:
    for type_ in TYPES:
        for option in type_.options:
            assert option_problem(option, option.default) is None, f"{type_.key}.{option.key}"


def test_completing_fills_in_defaults_and_drops_what_is_not_known() -> None:
    known = layout_completed(
        layout(widget(options={"figure": "asa", "old": 1}), widget(id="b", type="gauge"))
    )
    assert [one["id"] for one in known["widgets"]] == ["a"]
    options = known["widgets"][0]["options"]
    assert options == {"title": "", "figure": "asa", "window": "today", "queues": [], "levels": None}


def test_catalogue_is_plain_data() -> None:
    data = catalogue_data()
    assert {"number", "agents", "trend"} <= {type_["key"] for type_ in data["types"]}
    number = next(type_ for type_ in data["types"] if type_["key"] == "number")
    assert ["waiting", "Callers waiting"] in number["options"][1]["choices"]
    assert all(type(figure["label"]) is str for figure in data["figures"])


@pytest.mark.django_db
def test_two_people_editing_the_second_is_told() -> None:
    board = Board.objects.create(slug="sales", title="Sales")
    anna = get_user_model().objects.create_user("anna")
    boris = get_user_model().objects.create_user("boris")
    saved = layout_save(board, layout=layout(widget()), revision=1, actor=anna)
    assert saved.revision == 2
    with pytest.raises(Outdated) as told:
        layout_save(board, layout=layout(), revision=1, actor=boris)
    assert told.value.board.changed_by == anna
    assert Board.objects.get().layout == layout(widget())


@pytest.mark.django_db
def test_wrong_layout_is_not_kept() -> None:
    board = Board.objects.create(slug="sales", title="Sales")
    anna = get_user_model().objects.create_user("anna")
    with pytest.raises(LayoutRefused) as told:
        layout_save(board, layout=layout(widget(x=99)), revision=1, actor=anna)
    assert told.value.problems
    assert Board.objects.get().layout is None
