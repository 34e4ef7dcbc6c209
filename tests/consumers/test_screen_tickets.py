"""What a sweep tells the sockets of screens."""

from __future__ import annotations

import json

import pytest
from django.utils import timezone

from dashboard.consumers.screen import ScreenTicket
from dashboard.consumers.upkeep import Verdict
from dashboard.models import Board, Pbx, Playlist, Screen

pytestmark = pytest.mark.django_db


@pytest.fixture
def pbx() -> Pbx:
    return Pbx.objects.create(slug="main", title="Main", base_url="http://pbx.example", token="t")


def verdict_on(screen: Screen) -> Verdict:
    ticket = ScreenTicket(screen.key_hash)
    return ScreenTicket.verdicts([ticket])[ticket]


def orders(verdict: Verdict) -> list[str]:
    return [json.loads(text)["do"] for text in verdict.standing]


def test_a_screen_whose_last_pbx_is_no_longer_polled_loads_its_page_anew(pbx: Pbx) -> None:
    board = Board.objects.create(slug="sales", title="Sales")
    hall = Screen.objects.create(name="Hall", key_hash="x", paired_at=timezone.now(), board=board)
    assert "reload" not in orders(verdict_on(hall))
    Pbx.objects.update(is_enabled=False)
    assert orders(verdict_on(hall)) == ["reload"]


def test_a_screen_stays_as_long_as_one_of_its_boards_has_a_pbx(pbx: Pbx) -> None:
    hall = Playlist.objects.create(name="Hall")
    for position, slug in enumerate(("own", "sales")):
        board = Board.objects.create(slug=slug, title=slug, all_pbxs=slug != "own")
        hall.entries.create(board=board, position=position, seconds=20)
    screen = Screen.objects.create(name="Hall", key_hash="x", paired_at=timezone.now(), playlist=hall)
    verdict = verdict_on(screen)
    assert set(verdict.views) == {"main@sales"}
    assert orders(verdict) == ["announce", "board"]
