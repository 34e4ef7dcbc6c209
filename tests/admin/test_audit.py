"""The audit log in the administration: read, searched, exported; changed by nobody."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.db import IntegrityError
from django.test import Client
from openpyxl import load_workbook

from dashboard.admin.audit import export
from dashboard.models import ActionEvent, ActionRule, Queue, Team
from tests.admin.events import Step, action_make, refused_make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("redis_client")]

LIST = "/admin/dashboard/actionevent/"


def listed(client: Client, query: str = "") -> list[ActionEvent]:
    answer = client.get(f"{LIST}?{query}")
    assert answer.status_code == 200
    return list(answer.context["cl"].queryset)


def exported(client: Client, query: str = "") -> list[list[str]]:
    answer = client.get(f"{LIST}export.csv?{query}")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/csv")
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))


def test_list_has_one_line_per_action_with_how_it_stands(administrator: Client) -> None:
    action_make()
    refused_make(agent_name="Petr Malý")
    page = administrator.get(LIST).content.decode()
    assert len(listed(administrator)) == 2
    for shown in (
        "eva",
        "Listen",
        "Jana Nováková",
        "Prodej",
        "1332333840.98",
        "192.0.2.7",
        "Training",
        "● confirmed",
        "▲ refused",
    ):
        assert shown in page, shown


def test_page_of_an_action_tells_its_whole_course(administrator: Client) -> None:
    request = action_make(until=Step.ENDED)
    first = ActionEvent.objects.get(request=request, step=Step.OPENED)
    page = administrator.get(f"{LIST}{first.pk}/change/").content.decode()
    places = [page.index(word) for word in ("○ requested", "○ accepted", "● confirmed", "● ended")]
    assert places == sorted(places)
    assert "type: spy" in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("monitored_by=eva", ["12"]),
        ("was_monitored=main:12", ["12"]),
        ("was_monitored=main:13", []),
        ("who=adam", ["13"]),
        ("whom=main:13", ["13"]),
        ("whom=other:12", []),
        ("whom=nonsense", []),
        ("what=hangup", ["13"]),
        ("outcome=refused", ["13"]),
        ("outcome=confirmed", ["12"]),
        ("q=novak", ["12"]),
        ("q=training", ["12"]),
        ("q=nobody", []),
        ("at__year=1999", []),
    ],
)
def test_filters_and_search_find_who_and_whom(administrator: Client, query: str, found: list[str]) -> None:
    action_make()
    refused_make(actor_name="adam", agent_id="13", agent_name="Petr Malý")
    assert [event.agent_id for event in listed(administrator, query.replace("novak", "Nová"))] == found


def test_nobody_adds_changes_or_deletes_not_even_a_superuser(
    superuser: Client, administrator: Client
) -> None:
    action_make()
    event = ActionEvent.objects.earliest("at")
    for client in (superuser, administrator):
        assert client.get(f"{LIST}add/").status_code == 403
        assert client.post(f"{LIST}{event.pk}/change/", {"reason": "Other"}).status_code == 403
        assert client.post(f"{LIST}{event.pk}/delete/", {"post": "yes"}).status_code == 403
        client.post(LIST, {"action": "delete_selected", "_selected_action": [event.pk], "post": "yes"})
    assert ActionEvent.objects.count() == 3
    event.refresh_from_db()
    assert event.reason == "Training"


@pytest.mark.parametrize(
    "path", [LIST, f"{LIST}export.csv", f"{LIST}export.xlsx", "/admin/dashboard/actionrule/"]
)
def test_a_supervisor_reads_no_log_and_sets_no_rules(supervisor: Client, path: str) -> None:
    action_make()
    assert supervisor.get(path).status_code == 403
    assert Client().get(path).status_code == 302


def test_who_may_read_the_log_reads_only_what_is_about_the_queues_of_his_teams(
    supervisor: Client, eva: User, sales: Team, queues: list[Queue]
) -> None:
    eva.user_permissions.add(Permission.objects.get(codename="view_actionevent"))
    action_make(queue_id="2", queue_title="Servis")
    action_make(queue_id="", queue_title="")
    assert listed(supervisor) == []
    sales.members.add(eva)
    action_make(queue_id="1")
    assert [event.queue_id for event in listed(supervisor)] == ["1"]
    assert {row[8] for row in exported(supervisor)[1:]} == {"Prodej"}
    other = ActionEvent.objects.filter(queue_id="2").earliest("at")
    assert supervisor.get(f"{LIST}{other.pk}/change/").status_code == 302


def test_export_has_every_event_of_the_actions_that_the_filters_leave(administrator: Client) -> None:
    action_make()
    refused_make(actor_name="adam")
    rows = exported(administrator, "who=eva")
    assert [row[1] for row in rows[1:]] == ["requested", "accepted", "confirmed"]
    assert len({row[-1] for row in rows[1:]}) == 1
    assert len(exported(administrator)) == 5


def test_export_as_a_workbook_opens(administrator: Client) -> None:
    action_make()
    answer = administrator.get(f"{LIST}export.xlsx")
    sheet = load_workbook(io.BytesIO(answer.content)).worksheets[0]
    assert sheet.max_row == 4
    assert sheet["C2"].value == "eva"


@pytest.mark.parametrize("text", ['=HYPERLINK("http://x")', "+1", "-1", "@x"])
def test_no_cell_of_an_export_is_a_formula(administrator: Client, text: str) -> None:
    action_make(reason=text, agent_name=text)
    for row in exported(administrator)[1:]:
        assert not any(cell.startswith(("=", "+", "@")) for cell in row)
        assert row[10] == f"'{text}"
    sheet = load_workbook(io.BytesIO(administrator.get(f"{LIST}export.xlsx").content)).worksheets[0]
    assert {cell.data_type for row in sheet.iter_rows(min_row=2) for cell in row}.isdisjoint({"f", "e"})


def test_export_that_is_too_large_is_refused_in_words_not_cut_off(
    administrator: Client, monkeypatch: Any
) -> None:
    monkeypatch.setattr(export, "EVENTS_AT_MOST", 2)
    action_make()
    answer = administrator.get(f"{LIST}export.csv?who=eva", follow=True)
    assert answer.request["QUERY_STRING"] == "who=eva"
    assert "narrow it by date or name" in answer.content.decode()


def test_export_of_another_kind_is_not_there(administrator: Client) -> None:
    assert administrator.get(f"{LIST}export.exe").status_code == 404


def test_list_says_how_long_events_are_kept(administrator: Client, settings: Any) -> None:
    settings.AUDIT_DAYS = 90
    assert "kept for 90 days" in administrator.get(LIST).content.decode()


def test_rules_of_actions_are_switched_in_the_list(administrator: Client) -> None:
    rule, _ = ActionRule.objects.get_or_create(action="hangup", defaults={"is_reason_required": False})
    ActionRule.objects.exclude(pk=rule.pk).delete()
    data = {
        "form-TOTAL_FORMS": "1",
        "form-INITIAL_FORMS": "1",
        "form-0-id": rule.pk,
        "form-0-is_reason_required": "on",
        "_save": "Save",
    }
    assert administrator.post("/admin/dashboard/actionrule/", data).status_code == 302
    rule.refresh_from_db()
    assert (rule.is_enabled, rule.is_reason_required) == (False, True)
    assert administrator.get("/admin/dashboard/actionrule/add/").status_code == 403


def test_events_stay_when_their_actor_is_deleted(administrator: Client, eva: User) -> None:
    request = action_make(actor_id=eva.pk)
    assert administrator.post(f"/admin/auth/user/{eva.pk}/delete/", {"post": "yes"}).status_code == 302
    assert {event.actor_name for event in ActionEvent.objects.filter(request=request)} == {"eva"}


def test_the_database_itself_refuses_a_change() -> None:
    action_make()
    with pytest.raises(IntegrityError):
        ActionEvent.objects.update(reason="Other")
