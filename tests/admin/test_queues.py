"""Queues in the administration: as the PBX names them, with the teams that see them."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from dashboard.models import Pbx, Queue, Team

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("redis_client")]


def test_queues_are_neither_made_nor_deleted_by_hand(
    administrator: Client, queues: list[Queue], sales: Team
) -> None:
    page = administrator.get("/admin/dashboard/queue/").content.decode()
    assert "gone: the PBX does not name it" in page
    assert "none: only administrators see it" in page
    assert "80 % in 20 s" in page
    assert administrator.get("/admin/dashboard/queue/add/").status_code == 403
    one = queues[1]
    assert administrator.post(f"/admin/dashboard/queue/{one.pk}/delete/", {"post": "yes"}).status_code == 403
    administrator.post(f"/admin/dashboard/queue/{one.pk}/change/", {"title": "Mine", "seen_by": [sales.pk]})
    one.refresh_from_db()
    assert one.title == "Servis"
    assert list(one.teams.all()) == [sales]


def test_list_of_queues_asks_for_definitions_once_however_many_there_are(
    administrator: Client, pbx: Pbx, django_assert_max_num_queries: Any
) -> None:
    for number in range(40):
        Queue.objects.create(pbx=pbx, queue_id=str(100 + number), title=f"Queue {number}")
    with django_assert_max_num_queries(25):
        administrator.get("/admin/dashboard/queue/")


def test_queues_in_no_team_are_found(administrator: Client, queues: list[Queue], sales: Team) -> None:
    listed = administrator.get("/admin/dashboard/queue/?team=none").context["cl"].queryset
    assert [queue.title for queue in listed] == ["Servis"]
    Team.objects.create(name="Everyone", all_queues=True)
    assert not administrator.get("/admin/dashboard/queue/?team=none").context["cl"].queryset.exists()


def test_the_list_of_queues_says_direction_and_type_in_words(administrator: Client, sales: Team) -> None:
    pbx = Pbx.objects.get()
    for queue_id, type_ in (("71", "outbounder"), ("72", "fax")):
        Queue.objects.create(
            pbx=pbx, queue_id=queue_id, title=f"Queue {queue_id}", direction="out", type=type_
        )
    page = administrator.get("/admin/dashboard/queue/").content.decode()
    assert ">outbound<" in page
    assert ">calling campaign<" in page
    assert ">fax<" in page, "a type that is not documented is shown as it is"
