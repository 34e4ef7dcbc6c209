"""The worklist: one line per number, closed when somebody speaks with it; whose lines are shown."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from dashboard.models import LostCase, Pbx, Queue, Team
from dashboard.reports.worklist import Standing
from tests.web.lost.conftest import KOSOVA, NOVAK, lines_found
from tests.web.reports_making import manager_of

pytestmark = pytest.mark.django_db


def test_calls_of_one_number_are_one_line_over_all_queues(queues, call) -> None:
    call(minutes_ago=50, wait_s=12)
    call(minutes_ago=20, wait_s=95)
    call(minutes_ago=30, queue="6", wait_s=40)
    call(minutes_ago=10, key=KOSOVA)
    lines = lines_found()
    assert [(line.caller_key, len(line.calls), line.longest_wait_s) for line in lines] == [
        (KOSOVA, 1, 30),
        (NOVAK, 3, 95),
    ]
    assert lines[1].queue_ids == ("4", "6")


@pytest.mark.parametrize(
    ("later", "standing"),
    [
        ({"outcome": "answered"}, Standing.ANSWERED),
        ({"outcome": "answered", "queue": "6"}, Standing.ANSWERED),
        ({"outcome": "answered", "direction": "out"}, Standing.REACHED),
        ({"outcome": "abandoned", "direction": "out"}, Standing.OPEN),
        ({"outcome": "answered", "key": KOSOVA}, Standing.OPEN),
    ],
)
def test_a_line_closes_itself_when_somebody_speaks_with_the_number(queues, call, later, standing) -> None:
    call(minutes_ago=50)
    call(minutes_ago=20, **later)
    assert next(line for line in lines_found() if line.caller_key == NOVAK).standing is standing


def test_being_answered_before_does_not_close_a_line(queues, call) -> None:
    call(minutes_ago=50, outcome="answered")
    call(minutes_ago=20)
    assert lines_found()[0].standing is Standing.OPEN


def test_callers_without_a_number_stand_apart(queues, call, jana: Client) -> None:
    call(minutes_ago=5, key=None)
    page = jana.get("/reports/lost/").content.decode()
    assert "1 caller hung up without showing a number" in page
    assert lines_found() == []


def test_lost_calls_of_other_teams_are_not_shown(queues, call, jana: Client) -> None:
    call(minutes_ago=5, queue="6", key=KOSOVA)
    call(minutes_ago=5)
    page = jana.get("/reports/lost/").content.decode()
    assert "6020011" in page
    assert "6020022" not in page
    assert "Prodej" not in page


def test_nobody_without_permission_gets_in(queues, call, viewer: Client) -> None:
    call(minutes_ago=5)
    assert viewer.get("/reports/lost/").status_code == 403
    assert viewer.post("/reports/lost/act/", {"line": f"main/{NOVAK}", "do": "close"}).status_code == 403
    assert not LostCase.objects.exists()


def test_queues_of_two_pbxs_with_one_id_keep_their_titles(queues, call, pbx: Pbx, jana: Client) -> None:
    other = Pbx.objects.create(slug="brno", title="Brno", base_url="http://pbx.example", token="t")
    Team.objects.get(name="Team of jana").queues.add(
        Queue.objects.create(pbx=other, queue_id="4", title="Zbytek")
    )
    call(minutes_ago=5)
    call(minutes_ago=5, key=None)
    page = jana.get("/reports/lost/").content.decode()
    line = page[page.index("<tbody>") :]
    assert "Podpora" in line
    assert "Zbytek" not in line
    assert "Podpora" in jana.get("/reports/lost/?format=csv").content.decode("utf-8-sig")


def test_callers_without_a_number_lead_to_their_calls_and_are_narrowed_by_their_wait(
    queues, call, jana: Client
) -> None:
    for number in range(51):
        call(minutes_ago=number + 5, key=None, wait_s=30)
    call(minutes_ago=5, key=None, wait_s=4)
    page = jana.get("/reports/lost/?waited=6").content.decode()
    assert "51 callers hung up without showing a number" in page
    assert "These are the latest 50" in page
    address = re.search(r'<ul class="anonymous"><li><a href="([^"]*)"', page)
    assert address
    assert jana.get(address[1]).status_code == 200


def test_list_can_be_narrowed_by_queue_and_number(queues, call) -> None:
    call(minutes_ago=5)
    call(minutes_ago=5, queue="6", key=KOSOVA)
    both = manager_of("eva", *queues.values())
    page = both.get("/reports/lost/?queue=main/6").content.decode()
    assert re.findall(r"60200\d\d", page).count("6020011") == 0
    assert "6020022" in page
    assert "6020011" in both.get("/reports/lost/?number=0200%2011").content.decode()
    assert both.get("/reports/lost/?queue=main/99").status_code == 404
