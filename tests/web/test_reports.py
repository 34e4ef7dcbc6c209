"""Manager pages: who gets in, and whose queues are shown."""

from __future__ import annotations

import pytest
import redis
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client

from dashboard.models import Pbx, Queue, Team

pytestmark = pytest.mark.django_db


@pytest.fixture
def queues(pbx: Pbx) -> list[Queue]:
    titles = {"4": "Podpora", "6": "Prodej"}
    return [Queue.objects.create(pbx=pbx, queue_id=id_, title=title) for id_, title in titles.items()]


@pytest.fixture
def support_manager(client: Client, queues: list[Queue]) -> Client:
    """A browser of a manager whose team has the queue Podpora alone."""
    user = get_user_model().objects.create_user("manager", "", "manager")
    user.groups.add(Group.objects.get(name="manager"))
    team = Team.objects.create(name="Support")
    team.members.add(user)
    team.queues.add(queues[0])
    client.force_login(user)
    return client


def test_who_is_not_logged_in_is_led_to_the_login(client: Client) -> None:
    assert client.get("/reports/")["Location"] == "/accounts/login/?next=/reports/"


def test_viewers_may_not_see_reports(viewer: Client, queues: list[Queue]) -> None:
    assert viewer.get("/reports/").status_code == 403


@pytest.mark.parametrize("group", ["manager", "supervisor", "administrator"])
def test_managers_supervisors_and_administrators_may(
    client: Client, redis_client: redis.Redis, group: str
) -> None:
    user = get_user_model().objects.create_user("somebody", "", "somebody")
    user.groups.add(Group.objects.get(name=group))
    client.force_login(user)
    assert client.get("/reports/").status_code == 200


def test_only_queues_of_the_own_teams_are_shown(support_manager: Client, redis_client: redis.Redis) -> None:
    page = support_manager.get("/reports/").content.decode()
    assert "Podpora" in page
    assert "Prodej" not in page


def test_who_is_in_no_team_is_told_what_to_do(client: Client, queues: list[Queue]) -> None:
    user = get_user_model().objects.create_user("newcomer", "", "newcomer")
    user.groups.add(Group.objects.get(name="manager"))
    client.force_login(user)
    page = client.get("/reports/").content.decode()
    assert "in no team yet" in page
    assert "Podpora" not in page


def test_managers_begin_with_the_reports(support_manager: Client) -> None:
    assert support_manager.get("/")["Location"] == "/reports/"


def test_page_says_that_the_live_state_cannot_be_read(support_manager: Client, settings) -> None:
    settings.REDIS_URL = "unix:///nowhere/redis.sock"
    assert "cannot be read at the moment" in support_manager.get("/reports/").content.decode()
