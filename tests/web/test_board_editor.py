"""The editor's side of the server: who may save, what is refused, and two people at once."""

from __future__ import annotations

from typing import Any

import pytest
import redis
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.test import Client

from dashboard.boards.beginning import layout_beginning
from dashboard.boards.layout import layout_empty, layout_problems
from dashboard.models import Board, Pbx, Team

pytestmark = pytest.mark.django_db

ADDRESSES = ("edit/", "edit/canvas/", "edit/here/", "layout/", "layout/check/")


@pytest.fixture(autouse=True)
def _empty_redis(redis_client: redis.Redis) -> None:
    """Nobody edits anything."""


@pytest.fixture
def board() -> Board:
    Pbx.objects.create(slug="main", title="Main", base_url="http://127.0.0.1:1", token="f" * 40)
    return Board.objects.create(slug="sales", title="Sales")


def client_of(name: str, *, may_change: bool = True, in_team: bool = True) -> Client:
    user = get_user_model().objects.create_user(name)
    if may_change:
        user.user_permissions.add(Permission.objects.get(codename="change_board"))
    if in_team:
        team, _ = Team.objects.get_or_create(name="All", defaults={"all_queues": True})
        team.members.add(user)
    client = Client()
    client.force_login(user)
    return client


def post(client: Client, address: str, data: Any) -> Any:
    return client.post(f"/boards/sales/{address}", data, content_type="application/json")


def layout_of(**more: Any) -> dict[str, Any]:
    widget = {"id": "w1", "type": "clock", "x": 0, "y": 0, "w": 5, "h": 5, "options": {}} | more
    return {**layout_empty(), "widgets": [widget]}


def test_a_saved_layout_is_kept_with_its_author(board: Board) -> None:
    answer = post(client_of("eva"), "layout/", {"layout": layout_of(), "revision": 1})
    assert answer.json() == {"revision": 2}
    board.refresh_from_db()
    assert board.layout == layout_of()
    assert board.changed_by.get_username() == "eva"


def test_the_second_to_save_is_told_of_the_first_and_overwrites_nothing(board: Board) -> None:
    eva, jan = client_of("eva"), client_of("jan")
    post(eva, "layout/", {"layout": layout_of(), "revision": 1})
    answer = post(jan, "layout/", {"layout": layout_of(x=9), "revision": 1})
    assert answer.status_code == 409
    other = answer.json()["other"]
    assert (other["name"], other["revision"], other["layout"]) == ("eva", 2, layout_of())
    board.refresh_from_db()
    assert board.layout == layout_of()
    assert post(jan, "layout/", {"layout": layout_of(x=9), "revision": 2}).status_code == 200


def test_a_stored_figure_over_a_time_for_which_nobody_has_it_opens_and_is_refused_when_it_is_saved(
    board: Board,
) -> None:
    stored = layout_of(type="number", w=6, h=8, options={"figure": "agents_needed"})
    Board.objects.filter(pk=board.pk).update(layout=stored)
    client = client_of("eva")
    for page in ("", "edit/", "edit/canvas/"):
        assert client.get(f"/boards/sales/{page}").status_code == 200
    answer = post(client, "layout/", {"layout": stored, "revision": 1})
    assert answer.status_code == 400
    assert "Agents needed now (estimate)" in answer.json()["problems"][0]


def test_a_wrong_layout_is_refused_in_sentences(board: Board) -> None:
    answer = post(client_of("eva"), "layout/", {"layout": layout_of(x=22), "revision": 1})
    assert answer.status_code == 400
    assert answer.json()["problems"]
    board.refresh_from_db()
    assert board.layout is None


@pytest.mark.parametrize(
    "body", ["", "[]", "null", "{", '{"layout": null}', '{"layout": {}, "revision": "1"}', "[" * 5000]
)
def test_what_is_no_layout_is_refused(board: Board, body: str) -> None:
    answer = client_of("eva").post("/boards/sales/layout/", body, content_type="application/json")
    assert answer.status_code == 400
    assert answer.json()["problems"] == ["The layout could not be read."]


def test_a_file_is_checked_and_not_kept(board: Board) -> None:
    eva = client_of("eva")
    assert post(eva, "layout/check/", {"layout": layout_of()}).status_code == 200
    assert post(eva, "layout/check/", {"layout": layout_of(type="unheard-of")}).status_code == 400
    board.refresh_from_db()
    assert board.layout is None


def test_the_second_editor_is_told_of_the_first(board: Board) -> None:
    eva, jan = client_of("eva"), client_of("jan")
    assert post(eva, "edit/here/", {}).json() == {"others": []}
    assert post(jan, "edit/here/", {}).json() == {"others": ["eva"]}
    assert post(eva, "edit/here/", {}).json() == {"others": ["jan"]}


@pytest.mark.parametrize("address", ADDRESSES)
def test_who_may_not_change_boards_gets_nothing(board: Board, address: str) -> None:
    client = client_of("eva", may_change=False)
    answer = (
        client.get(f"/boards/sales/{address}")
        if "edit/" in address and "here" not in address
        else post(client, address, {})
    )
    assert answer.status_code == 403


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_board_of_other_teams_does_not_exist(board: Board, address: str) -> None:
    client = client_of("eva", in_team=False)
    answer = (
        client.get(f"/boards/sales/{address}")
        if "edit/" in address and "here" not in address
        else post(client, address, {})
    )
    assert answer.status_code == 404


def test_only_our_own_pages_may_frame_the_canvas(board: Board) -> None:
    eva = client_of("eva")
    canvas = eva.get("/boards/sales/edit/canvas/")
    assert canvas["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in canvas["Content-Security-Policy"]
    assert eva.get("/boards/sales/edit/")["X-Frame-Options"] == "DENY"


def test_the_layout_to_begin_from_is_right() -> None:
    assert layout_problems(layout_beginning()) == []


@pytest.mark.parametrize("may_change", [True, False])
def test_the_way_to_the_editor_is_shown_to_those_who_may_take_it(board: Board, *, may_change: bool) -> None:
    client = client_of("eva", may_change=may_change)
    for page in ("/boards/", "/boards/sales/"):
        assert ("/boards/sales/edit/" in client.get(page).content.decode()) is may_change
