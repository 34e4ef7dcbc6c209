"""The first boards of a PBX."""

from __future__ import annotations

import pytest

from dashboard.boards.layout import layout_problems
from dashboard.boards.starter import starter_boards_ensure
from dashboard.models import Board, Pbx, Queue

pytestmark = pytest.mark.django_db


@pytest.fixture
def pbx() -> Pbx:
    return Pbx.objects.create(slug="main", title="PBX", base_url="http://127.0.0.1:1", token="f" * 40)


def queue(pbx: Pbx, id_: str, *, type_: str, direction: str = "in") -> None:
    Queue.objects.create(pbx=pbx, queue_id=id_, title=f"Queue {id_}", type=type_, direction=direction)


def test_pbx_whose_queues_are_not_known_waits_for_its_boards(pbx: Pbx) -> None:
    assert starter_boards_ensure() == 0
    queue(pbx, "1", type_="in")
    assert starter_boards_ensure() == 2
    assert set(Board.objects.values_list("slug", flat=True)) == {"service-level", "agents"}


def test_each_group_of_queues_gets_its_board(pbx: Pbx) -> None:
    queue(pbx, "1", type_="in")
    queue(pbx, "2", type_="outbounder", direction="out")
    queue(pbx, "3", type_="email")
    queue(pbx, "4", type_="", direction="out")
    assert starter_boards_ensure() == 5
    assert Board.objects.get(slug="calls").queue_ids == {"main": ["1"]}
    assert Board.objects.get(slug="outbound").queue_ids == {"main": ["2", "4"]}
    assert Board.objects.get(slug="text").queue_ids == {"main": ["3"]}
    for board in Board.objects.all():
        assert layout_problems(board.layout) == [], board.slug


def test_they_are_made_once_and_deleted_ones_stay_deleted(pbx: Pbx) -> None:
    queue(pbx, "1", type_="in")
    starter_boards_ensure()
    Board.objects.filter(slug="agents").delete()
    assert starter_boards_ensure() == 0
    assert not Board.objects.filter(slug="agents").exists()


def test_board_of_that_name_is_left_as_it_is(pbx: Pbx) -> None:
    Board.objects.create(slug="agents", title="Ours")
    queue(pbx, "1", type_="in")
    starter_boards_ensure()
    assert Board.objects.get(slug="agents").title == "Ours"


def test_boards_of_a_second_pbx_are_its_own(pbx: Pbx) -> None:
    other = Pbx.objects.create(slug="brno", title="Brno", base_url="http://127.0.0.1:2", token="f" * 40)
    queue(other, "7", type_="in")
    starter_boards_ensure()
    board = Board.objects.get(slug="brno-agents")
    assert board.title == "Brno: Agents"
    assert list(board.pbxs.all()) == [other]
    assert not board.all_pbxs
