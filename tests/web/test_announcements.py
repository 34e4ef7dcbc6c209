"""Announcements in the administration: where they are told is always said."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from dashboard.models import Announcement, Board, Screen

pytestmark = pytest.mark.django_db

FORM = {"text": "Meeting at ten", "level": "info", "starts_at_0": "2026-11-24", "starts_at_1": "10:00"}


@pytest.fixture
def board() -> Board:
    return Board.objects.create(slug="sales", title="Sales")


def test_the_list_says_of_an_announcement_that_it_is_told_nowhere(admin: Client) -> None:
    hall = Screen.objects.create(name="Hall", key_hash="x", paired_at=timezone.now())
    row = Announcement.objects.create(text="Meeting at ten", starts_at=timezone.now(), everywhere=False)
    row.screens.add(hall)
    assert "nowhere" not in admin.get("/admin/dashboard/announcement/").content.decode()
    hall.delete()
    page = admin.get("/admin/dashboard/announcement/").content.decode()
    assert "nowhere: what it was for was deleted" in page
    assert "not shown" in page


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ({"everywhere": "on", "boards": "board"}, "or everywhere, not both"),
        ({}, "Choose at least one screen or board, or everywhere"),
    ],
)
def test_an_announcement_says_where(admin: Client, board: Board, where: dict[str, str], said: str) -> None:
    data: dict[str, Any] = {key: board.pk if value == "board" else value for key, value in where.items()}
    page = admin.post("/admin/dashboard/announcement/add/", FORM | data).content.decode()
    assert said in page
    assert not Announcement.objects.exists()


@pytest.mark.parametrize(
    ("where", "everywhere"), [({"everywhere": "on"}, True), ({"boards": "board"}, False)]
)
def test_an_announcement_is_kept_with_where_it_is_told(
    admin: Client, board: Board, where: dict[str, str], *, everywhere: bool
) -> None:
    data: dict[str, Any] = {key: board.pk if value == "board" else value for key, value in where.items()}
    assert admin.post("/admin/dashboard/announcement/add/", FORM | data).status_code == 302
    row = Announcement.objects.get()
    assert row.everywhere is everywhere
    assert list(row.boards.all()) == ([] if everywhere else [board])
