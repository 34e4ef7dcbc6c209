"""Names of agents in reports: only of those who were in the reader's queues, and of the right PBX."""

from __future__ import annotations

import pytest
from django.test import Client

from dashboard.models import Agent, Pbx, Queue
from tests.web.reports_making import call_made, local, manager_of

pytestmark = pytest.mark.django_db

DAY = "2026-03-11"


@pytest.fixture
def queues(pbx: Pbx) -> dict[str, Queue]:
    titles = {"4": "Podpora", "6": "Prodej"}
    return {
        id_: Queue.objects.create(pbx=pbx, queue_id=id_, title=title, direction="in")
        for id_, title in titles.items()
    }


@pytest.fixture
def calls(pbx: Pbx, queues: dict[str, Queue]) -> None:
    """Hana answers in Podpora, Petr in Prodej."""
    for agent_id, name, queue in (("7", "Hana Malá", "4"), ("8", "Petr Horák", "6")):
        Agent.objects.create(pbx=pbx, agent_id=agent_id, name=name)
        call_made(pbx, local(DAY, "09:00"), queue=queue, wait_s=5, agent_id=agent_id)


def page(client: Client, agent: str) -> str:
    return client.get(f"/reports/calls/?from={DAY}&agent={agent}").content.decode()


@pytest.mark.parametrize("agent", ["8", "main/8"])
def test_asking_for_an_agent_of_another_team_tells_no_name(
    calls: None, queues: dict[str, Queue], agent: str
) -> None:
    assert "Petr Horák" not in page(manager_of("eva", queues["4"]), agent)
    assert "Petr Horák" in page(manager_of("jan", queues["6"]), agent)


def test_own_agents_are_named(calls: None, queues: dict[str, Queue]) -> None:
    assert "Hana Malá · " in page(manager_of("eva", queues["4"]), "main/7").replace("\n", "")


def test_agents_of_two_pbxs_with_one_id_are_told_apart(calls: None, queues: dict[str, Queue]) -> None:
    branch = Pbx.objects.create(slug="branch", title="Branch", base_url="http://127.0.0.1:1")
    Agent.objects.create(pbx=branch, agent_id="7", name="Ivo Druhý")
    other = Queue.objects.create(pbx=branch, queue_id="4", title="Pobočka", direction="in")
    call_made(branch, local(DAY, "10:00"), queue="4", wait_s=5, agent_id="7")
    both = manager_of("eva", queues["4"], other)
    assert "Ivo Druhý" not in page(both, "main/7")
    assert "Hana Malá" not in page(both, "branch/7")
    assert "Ivo Druhý" not in page(manager_of("jan", queues["4"]), "7")
