"""Who may open the supervision page, and what it says to who has nothing to see there."""

from __future__ import annotations

import json
import re

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client

from dashboard.models import Pbx, Team

pytestmark = pytest.mark.django_db

PAGE = "/admin/supervision/"


def person(*, is_staff: bool = True, may: bool = True, team: str | None = "all") -> Client:
    user = User.objects.create_user("eva", "", "eva", is_staff=is_staff)
    if may:
        user.user_permissions.add(Permission.objects.get(codename="use_supervision"))
    if team:
        Team.objects.create(name="Everyone", all_queues=team == "all").members.add(user)
    client = Client()
    client.force_login(user)
    return client


def test_page_tells_the_browser_where_its_socket_is(pbx: Pbx) -> None:
    text = person().get(PAGE).content.decode()
    found = re.search(r'<script id="wb-config" type="application/json">(.*?)</script>', text)
    assert found
    config = json.loads(found[1])
    assert (config["socket"], config["streams"], config["actor"]) == ("/ws/supervision/", ["main"], "eva")
    assert "<wb-desk" in text


@pytest.mark.parametrize(
    ("who", "status"),
    [({"may": False}, 403), ({"is_staff": False}, 302)],
    ids=["without the permission", "who is not staff"],
)
def test_page_is_closed_to_others(pbx: Pbx, who: dict[str, bool], status: int) -> None:
    answer = person(**who).get(PAGE)
    assert answer.status_code == status
    assert b"wb-config" not in answer.content


def test_page_leads_who_is_not_logged_in_to_the_login(client: Client, pbx: Pbx) -> None:
    answer = client.get(PAGE)
    assert answer.status_code == 302
    assert "login" in answer["Location"]


def test_page_says_what_to_do_to_who_is_in_no_team(pbx: Pbx) -> None:
    text = person(team=None).get(PAGE).content.decode()
    assert "You are in no team with queues yet" in text
    assert "wb-config" not in text


def test_page_says_what_to_do_when_there_is_no_pbx() -> None:
    assert "No PBX is polled yet" in person().get(PAGE).content.decode()


def test_page_has_no_script_or_style_of_its_own_inside(pbx: Pbx) -> None:
    text = person().get(PAGE).content.decode()
    assert not re.search(r"<style|\sstyle=|\son\w+=", text)
    assert not re.search(r"<script(?![^>]*(?:src=|application/json))[^>]*>", text)


@pytest.mark.parametrize(("group", "begins_at"), [("supervisor", PAGE), ("viewer", "/boards/")])
def test_each_begins_at_the_own_page(pbx: Pbx, group: str, begins_at: str) -> None:
    client = person()
    User.objects.get(username="eva").groups.add(Group.objects.get_or_create(name=group)[0])
    assert client.get("/")["Location"] == begins_at
