"""Boards in the administration: look, levels and alarms."""

from __future__ import annotations

import pytest
from django.test import Client

from dashboard.models import Board

pytestmark = pytest.mark.django_db

FORM = {
    "title": "Sales",
    "slug": "sales",
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
