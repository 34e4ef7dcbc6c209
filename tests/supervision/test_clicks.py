"""One click is one action, however often it comes."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections

from dashboard.gateway.faults import Fault, FaultKind
from dashboard.models import ActionEvent
from dashboard.supervision.refusal import KeyUsed, Malformed
from tests.supervision.conftest import LIMIT_S, Desk, Record

pytestmark = pytest.mark.django_db


def test_the_same_click_is_done_once(desk: Desk) -> None:
    agent_id, key = desk.agent("idle"), str(uuid.uuid4())
    first = desk.do("pause_on", agent_id=agent_id, pause_id=desk.pause(), key=key)
    second = desk.do("pause_on", agent_id=agent_id, pause_id=desk.pause(), key=key)
    assert first == second
    assert desk.asked("PauseOn") == 1
    assert ActionEvent.objects.count() == 2


def test_a_key_belongs_to_one_request(desk: Desk) -> None:
    agent_id, key = desk.agent("idle"), str(uuid.uuid4())
    desk.do("pause_on", agent_id=agent_id, pause_id=desk.pause(), key=key)
    with pytest.raises(KeyUsed):
        desk.do("logout", agent_id=agent_id, key=key)
    with pytest.raises(Malformed):
        desk.do("logout", agent_id=agent_id, key="once")
    assert desk.asked("Logout") == 0


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite in memory locks whole tables at once")
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_audit_log_emptied", "_roles_anew")
def test_a_double_click_at_once_asks_once(desk: Desk) -> None:
    agent_id, key, pause_id = desk.agent("idle"), str(uuid.uuid4()), desk.pause()
    desk.simulation.faults.set("PauseOn", Fault(kind=FaultKind.DELAY, seconds=0.3))

    def click(_: int) -> Record:
        try:
            return desk.do("pause_on", agent_id=agent_id, pause_id=pause_id, key=key, limit_s=LIMIT_S * 5)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as threads:
        records = list(threads.map(click, range(4)))
    assert {record["id"] for record in records} == {key}
    assert {record["state"] for record in records} <= {"requested", "accepted"}
    assert desk.asked("PauseOn") == 1
