"""What a screen shows, and when its page has to be laid out anew."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from dashboard.models import Board, Pbx, Screen
from dashboard.screens.selectors import programme_revision

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


def test_a_screen_is_told_that_a_board_lost_its_pbx(pbx: Pbx) -> None:
    own = Board.objects.create(slug="own", title="Own", all_pbxs=False)
    own.pbxs.add(pbx)
    before = programme_revision(screen(board=own))
    pbx.delete()
    assert programme_revision(Screen.objects.get()) != before
