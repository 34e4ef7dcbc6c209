"""What a screen shows, and when its page has to be laid out anew."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from dashboard.models import Board, Pbx, Playlist, Screen
from dashboard.screens.selectors import boards_of_screen, programme_of, programme_revision

pytestmark = pytest.mark.django_db

CHANGES: list[dict[str, Any]] = [
    {"leaders": "off"},
    {"surname_first": True},
    {"title": "Other"},
    {"theme": "light"},
    {"language": "cs"},
    {"levels": {"waiting": {"warning": {"enter": 3, "leave": 2}}}},
    {"flash": True},
    {"sound": True},
    {"speech": True},
]


@pytest.fixture
def pbx() -> Pbx:
    return Pbx.objects.create(slug="main", title="Main", base_url="http://127.0.0.1:1")


@pytest.fixture
def board(pbx: Pbx) -> Board:
    return Board.objects.create(slug="sales", title="Sales")


def screen(**shows: Any) -> Screen:
    return Screen.objects.create(name="Hall", key_hash="x", paired_at=timezone.now(), **shows)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: next(iter(change)))
def test_whatever_changes_how_a_board_looks_reaches_its_screens(board: Board, change: dict[str, Any]) -> None:
    hall = screen(board=board)
    before = programme_revision(hall)
    Board.objects.filter(pk=board.pk).update(**change)
    assert programme_revision(Screen.objects.get()) != before


def test_a_screen_leaves_out_boards_that_show_no_pbx_any_more(board: Board, pbx: Pbx) -> None:
    other = Pbx.objects.create(slug="brno", title="Brno", base_url="http://127.0.0.1:2")
    own = Board.objects.create(slug="brno-sales", title="Brno", all_pbxs=False)
    own.pbxs.add(other)
    playlist = Playlist.objects.create(name="Hall")
    for position, one in enumerate((board, own)):
        playlist.entries.create(board=one, position=position)
    hall = screen(playlist=playlist)
    before = programme_revision(hall)
    assert [turn.board for turn in programme_of(hall).turns] == ["sales", "brno-sales"]
    other.delete()
    assert boards_of_screen(hall) == [board]
    assert [turn.board for turn in programme_of(hall).turns] == ["sales"]
    assert programme_revision(hall) != before
