"""Boards in the administration: look, levels and alarms."""

from __future__ import annotations

import html

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from dashboard.boards.selectors import board_views
from dashboard.models import Board, Pbx, Queue, Team

pytestmark = pytest.mark.django_db

FORM = {
    "title": "Sales",
    "slug": "sales",
    "all_pbxs": "on",
    "queue_ids": "null",
    "numbers": "masked",
    "names": "full",
    "leaders": "team",
    "theme": "light",
    "language": "cs",
    "levels": "{}",
    "sound": "on",
}


def test_theme_language_and_alarms_are_kept(admin: Client) -> None:
    assert admin.post("/admin/dashboard/board/add/", FORM).status_code == 302
    board = Board.objects.get()
    assert (board.theme, board.language, board.sound, board.speech, board.levels) == (
        "light",
        "cs",
        True,
        False,
        {},
    )


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"levels": '{"profit": null}'}, "There is no figure “profit”"),
        ({"levels": '{"waiting": {"warning": {"enter": 3}}}'}, "each limit needs a number"),
        ({"language": "klingon"}, "Select a valid choice"),
    ],
)
def test_wrong_limits_are_refused_in_words(admin: Client, wrong: dict[str, str], said: str) -> None:
    answer = admin.post("/admin/dashboard/board/add/", FORM | wrong)
    assert said in answer.content.decode()
    assert not Board.objects.exists()


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        ('["4", "6"]', "Write queue IDs by PBX"),
        ('"46"', "Write queue IDs by PBX"),
        ('{"main": null}', "must be IDs in square brackets"),
        ('{"main": "46"}', "must be IDs in square brackets"),
        ('{"main": ["4", null]}', "must be IDs in square brackets"),
        ('{"main": [true]}', "must be IDs in square brackets"),
        ('{"brno": ["4"]}', "There is no PBX “brno”; there are: main."),
        ('{"main": []}', "No queue is named"),
        ("{}", "No queue is named"),
        ("{", "Enter a valid JSON"),
    ],
)
def test_queues_that_cannot_be_read_are_refused_in_words(
    admin: Client, pbx: Pbx, choice: str, said: str
) -> None:
    answer = admin.post("/admin/dashboard/board/add/", FORM | {"queue_ids": choice})
    assert said in html.unescape(answer.content.decode())
    assert not Board.objects.exists()


@pytest.mark.parametrize(
    ("choice", "kept"),
    [
        ("", None),
        ("null", None),
        ('{"main": ["4", "6"]}', {"main": ["4", "6"]}),
        ('{"main": [4, 6]}', {"main": ["4", "6"]}),
    ],
)
def test_queues_are_kept_as_texts(admin: Client, pbx: Pbx, choice: str, kept: object) -> None:
    assert admin.post("/admin/dashboard/board/add/", FORM | {"queue_ids": choice}).status_code == 302
    assert Board.objects.get().queue_ids == kept


@pytest.mark.parametrize("choice", [["4", "6"], {"main": None}, {"main": "46"}, "46", {"main": [None]}, 7])
def test_queues_that_cannot_be_read_show_nothing_and_break_no_list(
    client: Client, pbx: Pbx, choice: object
) -> None:
    """They were kept before they were checked."""
    Board.objects.create(slug="odd", title="Odd", queue_ids=choice)
    Board.objects.create(slug="fine", title="Fine", queue_ids={"main": ["4"]})
    user = get_user_model().objects.create_user("eva")
    team = Team.objects.create(name="Four")
    team.members.add(user)
    team.queues.add(Queue.objects.create(pbx=pbx, queue_id="4", title="Four"))
    client.force_login(user)
    page = client.get("/boards/").content.decode()
    assert "Fine" in page
    assert "Odd" not in page
    assert board_views(Board.objects.get(slug="odd"))["main"].queue_ids == ()


@pytest.mark.parametrize("is_chosen", [True, False])
def test_a_board_shows_chosen_pbxs_or_all_of_them(admin: Client, pbx: Pbx, is_chosen: bool) -> None:
    form = FORM | {"pbxs": pbx.pk} if is_chosen else {k: v for k, v in FORM.items() if k != "all_pbxs"}
    said = "Choose PBXs, or all of them, not both" if is_chosen else "Choose at least one PBX, or all of them"
    assert said in admin.post("/admin/dashboard/board/add/", form).content.decode()
    assert not Board.objects.exists()


def test_the_list_says_of_a_board_that_its_pbxs_were_deleted(admin: Client, pbx: Pbx) -> None:
    Board.objects.create(slug="own", title="Own", all_pbxs=False).pbxs.add(pbx)
    assert "Ústředna" in admin.get("/admin/dashboard/board/").content.decode()
    pbx.delete()
    assert "nothing: its PBXs were deleted" in admin.get("/admin/dashboard/board/").content.decode()
