"""Where the titles of a board's widgets lead, by what they show and by what the viewer may see."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client

from dashboard.models import Board, Pbx, Queue, Team

pytestmark = pytest.mark.django_db

REPORTS, SUPERVISION = "view_reports", "use_supervision"
LIVE, TODAY, CALLS = "/admin/supervision/", "/reports/", "/reports/calls/"


@pytest.fixture
def queues(pbx: Pbx) -> list[Queue]:
    rows = (
        ("1", "Prodej", "in", "voice"),
        ("2", "Podpora", "in", "voice"),
        ("3", "E-maily", "in", "email"),
        ("4", "Kampaň", "out", "voice"),
    )
    return [
        Queue.objects.create(pbx=pbx, queue_id=id_, title=title, direction=direction, type=type_)
        for id_, title, direction, type_ in rows
    ]


def links_of(
    django_user_model: Any,
    *widgets: dict[str, Any],
    permissions: tuple[str, ...],
    only: tuple[Queue, ...] = (),
    **columns: Any,
) -> dict[str, str]:
    """What somebody with these permissions is told, whose team has `only` these queues, or all."""
    grid = {"version": 1, "columns": 24, "rows": 24}
    placed = [
        {"id": one["type"], "x": 0, "y": place, "w": 24, "h": 1, "options": {}} | one
        for place, one in enumerate(widgets)
    ]
    Board.objects.create(slug="sales", title="Sales", layout={**grid, "widgets": placed}, **columns)
    user = django_user_model.objects.create_user("somebody", is_staff=SUPERVISION in permissions)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    team = Team.objects.create(name="Team", all_queues=not only)
    team.members.add(user)
    team.queues.set(only)
    browser = Client()
    browser.force_login(user)
    return dict(browser.get("/boards/sales/config/").json()["links"])


def split(address: str) -> tuple[str, dict[str, list[str]]]:
    parts = urlsplit(address)
    return parts.path, parse_qs(parts.query)


def number(figure: str, **options: Any) -> dict[str, Any]:
    return {"id": figure, "type": "number", "options": {"figure": figure, "window": "today", **options}}


BOTH = (number("waiting", queues=["main/1"]), number("abandoned", queues=["main/1", "main/2"]))


def test_a_figure_of_now_leads_to_the_live_page_and_one_of_today_to_its_calls(
    queues: list[Queue], django_user_model: Any
) -> None:
    links = links_of(django_user_model, *BOTH, permissions=(REPORTS, SUPERVISION))
    assert split(links["waiting"]) == (LIVE, {"queue": ["main/1"]})
    assert split(links["abandoned"]) == (CALLS, {"queue": ["main/1", "main/2"], "figure": ["abandoned"]})


def test_a_figure_of_the_last_minutes_leads_to_the_calls_of_these_minutes(
    queues: list[Queue], django_user_model: Any
) -> None:
    recent = number("abandoned", queues=["main/1"], window="30m")
    links = links_of(django_user_model, recent, permissions=(REPORTS, SUPERVISION))
    assert split(links["abandoned"])[1] == {"queue": ["main/1"], "figure": ["abandoned"], "last": ["30"]}


def test_who_may_not_supervise_is_led_to_the_reports_alone(
    queues: list[Queue], django_user_model: Any
) -> None:
    links = links_of(django_user_model, *BOTH, permissions=(REPORTS,))
    assert split(links["waiting"]) == (TODAY, {"queue": ["main/1"]})
    assert split(links["abandoned"])[0] == CALLS


def test_who_may_see_no_reports_is_led_to_the_live_page_alone(
    queues: list[Queue], django_user_model: Any
) -> None:
    links = links_of(django_user_model, *BOTH, permissions=(SUPERVISION,))
    assert split(links["waiting"]) == (LIVE, {"queue": ["main/1"]})
    assert split(links["abandoned"]) == (LIVE, {}), "the live page is about one queue or all"


def test_who_may_see_neither_is_led_nowhere(queues: list[Queue], django_user_model: Any) -> None:
    assert links_of(django_user_model, *BOTH, permissions=()) == {}


def test_tiles_of_queues_lead_somewhere_too(queues: list[Queue], django_user_model: Any) -> None:
    tile = {"type": "queue", "options": {"queue": "main/2"}}
    links = links_of(django_user_model, tile, {"type": "queues"}, permissions=(SUPERVISION,))
    assert split(links["queue"]) == (LIVE, {"queue": ["main/2"]})
    assert split(links["queues"]) == (LIVE, {})


def test_a_widget_over_queues_that_the_viewer_may_not_see_leads_nowhere(
    queues: list[Queue], django_user_model: Any
) -> None:
    mine, other = number("abandoned", queues=["main/1", "main/2"]), number("offered", queues=["main/2"])
    links = links_of(django_user_model, mine, other, permissions=(REPORTS,), only=(queues[0],))
    assert split(links["abandoned"])[1]["queue"] == ["main/1"]
    assert "offered" not in links


def test_a_board_over_some_queues_names_those_that_its_figures_count(
    queues: list[Queue], django_user_model: Any
) -> None:
    ids = {"main": ["1", "3", "4"]}
    links = links_of(
        django_user_model, number("offered"), number("outbound"), permissions=(REPORTS,), queue_ids=ids
    )
    assert split(links["offered"])[1]["queue"] == ["main/1"]
    assert sorted(split(links["outbound"])[1]["queue"]) == ["main/1", "main/4"]


@pytest.mark.parametrize("ids", [["4"], ["3"], ["1", "4"]])
def test_what_is_of_this_moment_leads_to_the_boards_own_queues_whatever_they_are_for(
    queues: list[Queue], django_user_model: Any, ids: list[str]
) -> None:
    widgets = [{"type": "agents"}, {"type": "calls"}, number("offered")]
    links = links_of(django_user_model, *widgets, permissions=(REPORTS, SUPERVISION), queue_ids={"main": ids})
    named = {"queue": [f"main/{ids[0]}"]} if len(ids) == 1 else {}
    assert split(links["agents"]) == split(links["calls"]) == (LIVE, named)
    called = [f"main/{id_}" for id_ in ids if id_ == "1"]
    assert (split(links["offered"])[1]["queue"] if "offered" in links else []) == called


def test_a_service_level_of_the_last_minutes_leads_to_the_calls_of_these(
    queues: list[Queue], django_user_model: Any
) -> None:
    widget = {"type": "service-level", "options": {"window": "15m"}}
    links = links_of(django_user_model, widget, permissions=(REPORTS, SUPERVISION))
    assert split(links["service-level"])[1] == {"figure": ["service_level_live"], "last": ["15"]}


def test_what_is_of_the_day_leads_to_what_explains_it(queues: list[Queue], django_user_model: Any) -> None:
    widgets = [
        {"type": type_} for type_ in ("service-level", "trend", "leaders", "campaign", "clock", "text")
    ]
    links = links_of(django_user_model, *widgets, permissions=(REPORTS, SUPERVISION))
    assert split(links["service-level"]) == (CALLS, {"figure": ["service_level_live"]})
    assert split(links["trend"]) == (CALLS, {"figure": ["offered"]})
    assert split(links["leaders"]) == ("/reports/agents/", {})
    assert split(links["campaign"])[1]["figure"] == ["outbound_answered"]
    assert set(links) == {"service-level", "trend", "leaders", "campaign"}


@pytest.mark.parametrize("group", ["manager", "supervisor"])
def test_every_address_can_be_opened(
    queues: list[Queue], django_user_model: Any, client: Client, group: str
) -> None:
    Board.objects.create(slug="overview", title="Overview", queue_ids={"main": ["1", "4"]})
    user = django_user_model.objects.create_user("somebody", is_staff=group == "supervisor")
    user.groups.add(Group.objects.get(name=group))
    Team.objects.create(name="All", all_queues=True).members.add(user)
    client.force_login(user)
    links = client.get("/boards/overview/config/").json()["links"]
    assert set(links) == {"callers", "ready", "waiting", "queues", "agents"}
    assert {client.get(address).status_code for address in links.values()} == {200}
