"""Teams: who is in them and which queues they see."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from dashboard.access import scope_of
from dashboard.models import Queue, Team

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("redis_client")]


def test_team_offers_queues_by_pbx_and_marks_those_that_are_gone(
    administrator: Client, queues: list[Queue]
) -> None:
    page = administrator.get("/admin/dashboard/team/add/").content.decode()
    assert page.index("Ústředna") < page.index("Prodej") < page.index("Servis") < page.index("Zrušená – gone")


def test_team_is_made_with_members_and_queues(administrator: Client, eva: User, queues: list[Queue]) -> None:
    data = {"name": "Servis", "members": [eva.pk], "queues": [queues[1].pk]}
    assert administrator.post("/admin/dashboard/team/add/", data).status_code == 302
    assert scope_of(eva).queues == {"main": ("2",)}
    page = administrator.get("/admin/dashboard/team/").content.decode()
    assert "Eva Malá" in page


def test_deletion_of_a_team_names_who_is_left_without_one(
    administrator: Client, eva: User, sales: Team
) -> None:
    sales.members.add(eva)
    page = administrator.get(f"/admin/dashboard/team/{sales.pk}/delete/").content.decode()
    assert "1 member leaves the team" in page
    assert "In no team any more" in page
    assert "Eva Malá" in page
    several = {"action": "delete_selected", "_selected_action": [sales.pk]}
    assert (
        "1 member leaves the team" in administrator.post("/admin/dashboard/team/", several).content.decode()
    )
