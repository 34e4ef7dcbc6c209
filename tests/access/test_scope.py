"""The scope of a user: the queues of the user's teams, and of nobody else's."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser, Group, User

from dashboard.access import EVERYTHING, NOTHING, Scope, scope_of
from dashboard.boards.selectors import board_of, board_views, boards_of
from dashboard.domain.privacy import View
from dashboard.models import Board, Pbx, Queue, Team

pytestmark = pytest.mark.django_db


@pytest.fixture
def eva() -> User:
    return get_user_model().objects.create_user("eva")


@pytest.fixture
def pbx() -> Pbx:
    return Pbx.objects.create(slug="main", title="Main", base_url="http://127.0.0.1:1", token="f" * 40)


@pytest.fixture
def team_of(eva: User, pbx: Pbx) -> Callable[..., Team]:
    """Makes a team of Eva's over these queues."""

    def make(*queue_ids: str, name: str = "Sales") -> Team:
        team = Team.objects.create(name=name)
        team.members.add(eva)
        for queue_id in queue_ids:
            queue, _ = Queue.objects.get_or_create(
                pbx=pbx, queue_id=queue_id, defaults={"title": f"Queue {queue_id}"}
            )
            team.queues.add(queue)
        return team

    return make


def test_nobody_and_who_is_in_no_team_sees_nothing(eva: User) -> None:
    assert scope_of(AnonymousUser()) == NOTHING
    assert scope_of(eva) == NOTHING


def test_a_locked_user_sees_nothing_whatever_the_team(eva: User, team_of: Callable[..., Team]) -> None:
    team_of("1")
    eva.is_active = False
    assert scope_of(eva) == NOTHING


def test_several_teams_add_up(eva: User, team_of: Callable[..., Team]) -> None:
    team_of("4", "2")
    team_of("2", "9", name="Support")
    assert scope_of(eva) == Scope(queues={"main": ("2", "4", "9")})


def test_a_team_over_all_queues_sees_them_but_not_what_is_in_none(
    eva: User, team_of: Callable[..., Team]
) -> None:
    team = team_of("4")
    team.all_queues = True
    team.save()
    scope = scope_of(eva)
    assert scope.queue_ids("main") is None
    assert not scope.has_agent("main", ())


def test_the_group_of_administrators_sees_everything(eva: User) -> None:
    eva.groups.add(Group.objects.get(name="administrator"))
    assert scope_of(eva) == EVERYTHING


def test_an_agent_is_in_scope_by_any_queue() -> None:
    scope = Scope(queues={"main": ("2",)})
    assert scope.has_agent("main", ("1", "2"))
    assert not scope.has_agent("main", ("1",))
    assert not scope.has_agent("other", ("2",))
    assert not scope.has_agent("main", ())


def test_a_board_is_narrowed_to_the_users_queues(eva: User, team_of: Callable[..., Team]) -> None:
    team_of("4", "2")
    board = Board.objects.create(slug="b", title="B", queue_ids={"main": ["4", "7"]})
    assert board_views(board, scope=scope_of(eva))["main"].queue_ids == ("4",)
    assert board_views(board)["main"].queue_ids == ("4", "7")


def test_a_board_over_other_peoples_queues_does_not_exist_for_the_user(
    eva: User, team_of: Callable[..., Team]
) -> None:
    team_of("2")
    Board.objects.create(slug="theirs", title="Theirs", queue_ids={"main": ["7"]})
    Board.objects.create(slug="all", title="All")
    assert [board.slug for board in boards_of(eva)] == ["all"]
    assert board_of(eva, slug="theirs") is None


def test_narrowing_keeps_privacy() -> None:
    view = View(caller_names=True)
    assert Scope(all_queues=True).narrowed(view, stream="main") == View(caller_names=True, queueless=False)
