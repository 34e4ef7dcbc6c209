"""The list of calls by its address: what its form passes on, odd addresses, lists that are too long, and what is in no queue."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlencode

import pytest
from django.test import Client
from django.utils import timezone

from dashboard.models import Agent, Pbx, Queue, QueueDefinition, Team
from dashboard.reports import calls as lists
from tests.web.reports_making import call_made, local, manager_of
from tests.web.test_reports_figures import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("redis_client")]

DAY = "2026-03-11"


@pytest.fixture
def queue(pbx: Pbx) -> Queue:
    return Queue.objects.create(pbx=pbx, queue_id="4", title="Podpora", direction="in")


@pytest.fixture
def manager(queue: Queue) -> Client:
    return manager_of("eva", queue)


def test_what_is_in_no_queue_is_the_administrators_to_see(pbx: Pbx, queue: Queue, manager: Client) -> None:
    """The manager's team has all queues; a call in none belongs to no team."""
    Team.objects.update(all_queues=True)
    at = timezone.now() - timedelta(minutes=10)
    shown = call_made(pbx, at, wait_s=5, caller_key=1, agent_id="7")
    call_made(pbx, at, wait_s=321, queue="", caller_key=1, agent_id="8")
    for agent_id, name in (("7", "Jana Nová"), ("8", "Petr Skrytý")):
        Agent.objects.create(pbx=pbx, agent_id=agent_id, name=name)
    assert "5:21" not in text(manager, f"/reports/calls/main/{shown.call_id}/")
    page = text(manager, "/reports/agents/?period=today")
    assert "Jana Nová" in page
    assert "Petr Skrytý" not in page


@pytest.mark.parametrize(
    "address",
    [
        "calls/main/%00/",
        "agents/main/%00/",
        "calls/?agent=main/%00",
        "calls/?queue=%00",
        f"pauses/?limit={'9' * 5000}",
    ],
)
def test_an_address_that_names_nothing_there_can_be_is_no_error(manager: Client, address: str) -> None:
    assert manager.get(f"/reports/{address}").status_code in {200, 404}


def test_a_list_that_is_too_long_offers_no_file_and_gives_none(
    pbx: Pbx, manager: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "JUDGED_AT_MOST", 1)
    for minute in ("00", "01"):
        call_made(pbx, local(DAY, f"09:{minute}"), wait_s=5)
    assert "format=xlsx" not in text(manager, f"/reports/calls/?from={DAY}")
    answer = manager.get(f"/reports/calls/?from={DAY}&format=xlsx")
    assert answer.status_code == 400
    assert "These are 2 calls" in answer.content.decode()


def test_a_list_says_by_which_definition_its_calls_count(pbx: Pbx, queue: Queue, manager: Client) -> None:
    QueueDefinition.objects.create(pbx=pbx, queue=queue, threshold_s=33)
    call_made(pbx, local(DAY, "09:00"), wait_s=5)
    assert "within 33 s" in text(manager, f"/reports/calls/?from={DAY}")


def test_outbound_calls_answered_open_into_those_alone(pbx: Pbx, queue: Queue, manager: Client) -> None:
    """Two were made, one was answered; a call between two agents is in no figure."""
    for outcome in ("answered", "abandoned"):
        call_made(pbx, local(DAY, "09:00"), wait_s=5, outcome=outcome, direction="out")
    call_made(pbx, local(DAY, "09:00"), wait_s=5, direction="local")
    asked = f"/reports/calls/?from={DAY}"
    assert ">2 calls together<" in text(manager, f"{asked}&figure=outbound")
    assert ">1 call together<" in text(manager, f"{asked}&figure=outbound_answered")


class Form(HTMLParser):
    """What a browser sends of the form with the filters."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[tuple[str, str]] = []
        self._within = False
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        own = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._within = own.get("class") == "filters"
        elif tag == "select":
            self._select = own["name"]
        elif tag == "input" and self._within:
            self.sent.append((own["name"], own.get("value", "")))
        elif tag == "option" and self._within and "selected" in own:
            self.sent = [one for one in self.sent if one[0] != self._select]
            self.sent.append((self._select, own["value"]))


def test_outbound_calls_of_all_queues_are_those_of_outbound_queues_too(
    pbx: Pbx, queue: Queue, manager: Client
) -> None:
    campaign = Queue.objects.create(pbx=pbx, queue_id="9", title="Kampaň", direction="out")
    Team.objects.get().queues.add(campaign)
    for queue_id in ("4", "9"):
        call_made(
            pbx, local(DAY, "10:00"), wait_s=0, queue=queue_id, direction="out", number=f"77700000{queue_id}"
        )
    call_made(pbx, local(DAY, "10:00"), wait_s=7, queue="9", number="777000007")
    page = text(manager, f"/reports/calls/?figure=outbound&from={DAY}&to={DAY}").replace("\u202f", "")
    assert "777 000 004" in page.replace("\xa0", " ") or "777000004" in page
    assert "Kampaň" in page
    assert "777000007" not in page.replace("\xa0", "").replace(" ", "")


def sent_by_form(page: str) -> str:
    form = Form()
    form.feed(page)
    return urlencode(form.sent)


def test_the_form_passes_on_what_it_has_no_field_for_and_each_can_be_taken_away(
    pbx: Pbx, queue: Queue, manager: Client
) -> None:
    """Of Jana's three calls one is a missed repeat at ten."""
    Agent.objects.create(pbx=pbx, agent_id="7", name="Jana Nová")
    for clock, wait_s, is_repeated in (("10:05", 50, True), ("10:05", 5, False), ("12:00", 5, False)):
        call_made(pbx, local(DAY, clock), wait_s=wait_s, agent_id="7", is_repeated=is_repeated, caller_key=1)
    call_made(pbx, local(DAY, "10:05"), wait_s=50, agent_id="8")
    asked = {"at": "600-630", "effect": "miss", "agent": "main/7", "repeated": "1", "figure": "asa_s"}
    page = text(manager, f"/reports/calls/?from={DAY}&{urlencode(asked)}")
    assert ">1 call together<" in page
    sent = dict(parse_qsl(sent_by_form(page)))
    assert sent == asked | {"from": DAY, "to": DAY}
    assert "10:00–10:30" in page
    wider = re.search(r'href="([^"]*)"[^>]*aria-label="Without the filter 10:00–10:30"', page)
    assert wider
    assert "at=" not in wider[1]
    assert "agent=main%2F7" in wider[1]


def test_the_form_keeps_several_queues(pbx: Pbx) -> None:
    queues = [Queue.objects.create(pbx=pbx, queue_id=id_, title=f"Q{id_}") for id_ in "456"]
    manager = manager_of("eva", *queues)
    for id_ in "456":
        call_made(pbx, local(DAY, "10:00"), wait_s=5, queue=id_)
    page = text(manager, f"/reports/calls/?from={DAY}&queue=main/4&queue=main/5")
    assert ">2 queues</option>" in page
    again = text(manager, f"/reports/calls/?{sent_by_form(page)}")
    assert ">2 calls together<" in again
    assert ">2 queues</option>" in again


NOON = local(DAY, "12:00") + timedelta(seconds=20)


def recent(manager: Client, query: str, at: datetime, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Which calls are listed, by the end of their number."""
    monkeypatch.setattr(timezone, "now", lambda: at)
    page = manager.get(f"/reports/calls/?figure=offered&{query}").content.decode()
    content = page.replace("\u202f", "").replace("\xa0", "").replace(" ", "")
    return [one for one in ("13", "29", "59", "75") if f"7770000{one}" in content]


def called_before(pbx: Pbx, at: datetime) -> None:
    for minutes in (13, 29, 59, 75):
        call_made(pbx, at - timedelta(minutes=minutes), wait_s=5, number=f"4207770000{minutes}")


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("last=15", ["13"]),
        ("last=30", ["13", "29"]),
        ("last=60", ["13", "29", "59"]),
        ("last=7", ["13", "29", "59", "75"]),
        (f"last=15&from={DAY}&to={DAY}", ["13"]),
        ("last=15&period=yesterday", []),
        ("last=15&period=this_week", ["13", "29", "59", "75"]),
    ],
)
def test_a_board_leads_to_the_calls_of_the_last_minutes(
    pbx: Pbx, manager: Client, monkeypatch: pytest.MonkeyPatch, query: str, shown: list[str]
) -> None:
    """Of today; a period that is chosen afterwards is whole."""
    called_before(pbx, NOON)
    assert recent(manager, query, NOON, monkeypatch) == shown


def test_the_last_minutes_go_back_over_midnight(
    pbx: Pbx, manager: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    early = local(DAY, "00:20")
    called_before(pbx, early)
    assert recent(manager, "last=30", early, monkeypatch) == ["13", "29"]


def test_the_last_minutes_go_back_over_the_begin_of_a_business_day(
    pbx: Pbx, queue: Queue, manager: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    QueueDefinition.objects.create(pbx=pbx, queue=queue, day_start="06:00")
    early = local(DAY, "06:20")
    called_before(pbx, early)
    assert recent(manager, "last=30", early, monkeypatch) == ["13", "29"]


def test_the_last_minutes_are_said_and_can_be_taken_away(
    pbx: Pbx, manager: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOON)
    page = text(manager, "/reports/calls/?figure=offered&last=30")
    assert "Without the filter last 30 minutes" in page
    assert "Without the filter last 30 minutes" not in text(
        manager, "/reports/calls/?figure=offered&last=30&period=yesterday"
    )
