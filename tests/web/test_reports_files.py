"""Tables as files: the same rows and totals as on the screen."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from dashboard.models import Agent, AgentStay, PauseKind, Pbx, Queue
from tests.web.reports_making import call_made, local, manager_of, rolled_up

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("redis_client")]

DAY = "2026-03-11"


@pytest.fixture
def queue(pbx: Pbx) -> Queue:
    return Queue.objects.create(pbx=pbx, queue_id="4", title="Podpora", direction="in")


@pytest.fixture
def manager(pbx: Pbx, queue: Queue) -> Client:
    Agent.objects.create(pbx=pbx, agent_id="7", name="=HYPERLINK(1)")
    for minute in range(120):
        at = local(DAY, f"{9 + minute // 60:02}:{minute % 60:02}:00")
        call_made(pbx, at, wait_s=10 if minute % 4 else 40, talk_s=100, agent_id="7")
    PauseKind.objects.create(pbx=pbx, pause_id="1", title="Oběd", type="normal", is_paid=False)
    for kind, subject, end in (("session", "", "17:00"), ("queue", "4", "17:00"), ("pause", "1", "12:30")):
        AgentStay.objects.create(
            pbx=pbx,
            kind=kind,
            row_key=kind,
            agent_id="7",
            subject_id=subject,
            start_at=local(DAY, "12:00:00" if kind == "pause" else "08:00:00"),
            end_at=local(DAY, f"{end}:00"),
        )
    rolled_up(pbx)
    return manager_of("eva", queue)


def rows(client: Client, address: str) -> list[list[str]]:
    answer = client.get(address)
    assert answer["Content-Disposition"].startswith("attachment")
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))


def test_figures_of_a_file_are_those_of_the_page(manager: Client) -> None:
    _head, podpora, total = rows(manager, f"/reports/period/?from={DAY}&by=queue&format=csv")
    assert podpora[:4] == ["Podpora", "0.7500", "120", "120"]  # 90 of 120 in time
    assert total[1:4] == podpora[1:4]
    assert "75.0\u202f%" in manager.get(f"/reports/period/?from={DAY}&by=queue").content.decode()


def test_a_file_has_all_calls_and_not_only_a_page_of_them(manager: Client) -> None:
    lines = rows(manager, f"/reports/calls/?from={DAY}&figure=offered&format=csv")
    assert len(lines) == 1 + 120 + 1
    assert lines[-1][3] == str(90 * 10 + 30 * 40)
    assert lines[1][0] == f"{DAY} 10:59:00"


def test_a_name_that_looks_like_a_formula_stays_a_text(manager: Client) -> None:
    lines = rows(manager, f"/reports/agents/?from={DAY}&format=csv")
    assert lines[1][0] == "'=HYPERLINK(1)"
    book = load_workbook(io.BytesIO(manager.get(f"/reports/agents/?from={DAY}&format=xlsx").content))
    assert book.worksheets[0]["A2"].value == "=HYPERLINK(1)"
    assert book.worksheets[0]["A2"].data_type == "s"


def test_agents_and_pauses_have_their_times(manager: Client) -> None:
    agent = rows(manager, f"/reports/agents/?from={DAY}&format=csv")[1]
    assert agent[1:3] == ["120", "120"]
    assert agent[10] == str(9 * 3600)
    pause = rows(manager, f"/reports/pauses/?from={DAY}&format=csv")[1]
    assert pause[1:] == ["Oběd", "unpaid", "1", "1800", "1800"]
    page = manager.get(f"/reports/pauses/?from={DAY}&limit=20").content.decode()
    assert "1 line with a pause over 20 minutes" in page


def test_every_table_has_both_files_and_only_for_who_may_see_it(queue: Queue, viewer: Client) -> None:
    manager = manager_of("eva", queue)
    for page in ("", "period/", "calls/", "agents/", "pauses/", "lost/"):
        for ending in ("csv", "xlsx"):
            assert manager.get(f"/reports/{page}?format={ending}").status_code == 200
            assert viewer.get(f"/reports/{page}?format={ending}").status_code == 403


def test_an_agent_opens_into_sessions_and_pauses_of_own_queues(manager: Client, pbx: Pbx) -> None:
    page = manager.get(f"/reports/agents/main/7/?from={DAY}").content.decode()
    assert "Oběd" in page
    sales = Queue.objects.create(pbx=pbx, queue_id="6", title="Prodej", direction="in")
    other = manager_of("petr", sales)
    assert other.get(f"/reports/agents/main/7/?from={DAY}").status_code == 404


def test_the_other_tables_of_pages_are_files_too(manager: Client, pbx: Pbx, queue: Queue) -> None:
    stays = rows(manager, f"/reports/agents/main/7/?from={DAY}&format=csv")
    assert sorted(line[2:] for line in stays[1:]) == [
        ["in a queue", "Podpora", "32400"],
        ["logged in", "", "32400"],
        ["pause", "Oběd", "1800"],
    ]
    kinds = rows(manager, f"/reports/pauses/?from={DAY}&format=csv&table=kinds")
    assert kinds[1:] == [["Oběd", "unpaid", "1", "1800", "1800"]]
    address = f"/reports/period/?from={DAY}&minutes=60&format=csv&table=chart-service_level"
    chart = rows(manager, address)
    assert [line[:2] for line in chart[1:]] == [["9:00–10:00", "0.7500"], ["10:00–11:00", "0.7500"]]
    call_made(pbx, timezone.now() - timedelta(hours=1), wait_s=33, outcome="abandoned", caller_key=None)
    lost = rows(manager, "/reports/lost/?format=csv&table=anonymous")
    assert [line[1:] for line in lost[1:]] == [["Podpora", "33"]]
    rolled_up(pbx)
    heat = rows(manager, "/reports/?format=csv&table=heat")
    assert len(heat) == 8
    assert "0.0000" in [value for line in heat for value in line]
    for page in ("", "period/"):
        assert manager.get(f"/reports/{page}?format=csv&table=nothing").status_code == 404
    sales = manager_of("petr", Queue.objects.create(pbx=pbx, queue_id="6", title="Prodej"))
    assert sales.get(f"/reports/agents/main/7/?from={DAY}&format=csv").status_code == 404
    assert rows(sales, f"/reports/pauses/?from={DAY}&format=csv&table=kinds")[1:] == []
