"""Where an announcement is told: everywhere, or only where it was addressed; never further because something was deleted."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps
from django.utils import timezone

from dashboard.models import Announcement, Board, Pbx, Screen
from dashboard.screens.announcements import announcements_on_board, announcements_on_screen

pytestmark = pytest.mark.django_db


@pytest.fixture
def board() -> Board:
    return Board.objects.create(slug="sales", title="Sales")


def screen(name: str) -> Screen:
    return Screen.objects.create(name=name, key_hash=name, paired_at=timezone.now())


def announced(*, screens: tuple[Screen, ...] = (), boards: tuple[Board, ...] = ()) -> Announcement:
    row = Announcement.objects.create(
        text="Meeting at ten", starts_at=timezone.now(), everywhere=not screens and not boards
    )
    row.screens.set(screens)
    row.boards.set(boards)
    return row


def is_told(*, on_screen: Screen | None = None, on_board: Board | None = None) -> bool:
    if on_board is not None:
        return bool(announcements_on_board(on_board.pk))
    assert on_screen is not None
    return bool(announcements_on_screen(on_screen.pk, board_ids=[]))


def test_an_announcement_is_told_where_it_is_addressed_and_nowhere_else(board: Board) -> None:
    hall, door = screen("Hall"), screen("Door")
    announced(screens=(hall,))
    assert [is_told(on_screen=hall), is_told(on_screen=door), is_told(on_board=board)] == [True, False, False]


def test_an_announcement_for_everywhere_is_told_on_what_comes_later(board: Board) -> None:
    announced()
    assert is_told(on_screen=screen("Later"))
    assert is_told(on_board=board)


@pytest.mark.parametrize("target", ["screen", "board"])
def test_an_announcement_whose_last_target_is_deleted_is_told_nowhere(board: Board, target: str) -> None:
    hall, door = screen("Hall"), screen("Door")
    other = Board.objects.create(slug="other", title="Other")
    announced(screens=(hall,)) if target == "screen" else announced(boards=(board,))
    (hall if target == "screen" else board).delete()
    assert not is_told(on_screen=door)
    assert not is_told(on_board=other)


def test_what_was_shown_before_the_update_is_shown_after_it(board: Board) -> None:
    """Until then "none chosen" meant all of them."""
    own = Board.objects.create(slug="own", title="Own")
    own.pbxs.add(Pbx.objects.create(slug="main", title="Main", base_url="http://127.0.0.1:1"))
    for text, screens, boards in (("all", [], []), ("hall", [screen("Hall")], []), ("sales", [], [board])):
        row = Announcement.objects.create(text=text, starts_at=timezone.now())
        row.screens.set(screens)
        row.boards.set(boards)
    import_module("dashboard.migrations.0017_targets_said").as_it_is_now(apps, None)
    assert dict(Board.objects.values_list("slug", "all_pbxs")) == {"sales": True, "own": False}
    told = dict(Announcement.objects.values_list("text", "everywhere"))
    assert told == {"all": True, "hall": False, "sales": False}
