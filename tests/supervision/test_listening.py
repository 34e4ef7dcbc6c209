"""The supervisor's own telephone: what it takes to listen, and when it ends."""

from __future__ import annotations

import pytest

from dashboard.gateway.faults import Fault, FaultKind
from dashboard.models import OpenAction, PbxAccount
from tests.supervision.conftest import Desk, Record, deadline_pass, refused

pytestmark = pytest.mark.django_db


def test_listening_needs_a_reason_and_a_telephone_that_can_be_rung(desk: Desk) -> None:
    agent_id, call_id = desk.speaking()

    def listen(reason: str = "Training") -> Record:
        return desk.do("monitoring", agent_id=agent_id, call_id=call_id, mode="spy", reason=reason)

    refused(desk, listen(reason="  "), "reason_missing", action="Monitoring")
    account = PbxAccount.objects.get()
    extensions = {"": "extension_missing", "9999": "extension_unknown"}
    own = desk.state.agents[agent_id].extension or ""
    for extension, code in {**extensions, own: "extension_busy"}.items():
        account.extension = extension
        account.save()
        refused(desk, listen(), code, action="Monitoring")
    devices = desk.simulation.engine.floor().devices
    gone = [device.extension for device in devices if device.status.value == "unavailable"]
    for extension in gone[:1]:
        account.extension = extension
        account.save()
        record = listen()
        refused(desk, record, "extension_unreachable", action="Monitoring")
        assert f"Your telephone {extension} is not reachable" in record["text"]


def test_a_listening_that_cannot_be_seen_is_told_so_and_ends_with_the_call(desk: Desk) -> None:
    agent_id, call_id = desk.speaking()
    desk.simulation.faults.set("Monitoring", Fault(kind=FaultKind.DRIP, seconds=4))
    desk.simulation.faults.set("DeviceStates", Fault(kind=FaultKind.GARBAGE))
    record = desk.do("monitoring", agent_id=agent_id, call_id=call_id, mode="spy", reason="Training")
    assert (record["state"], record["code"]) == ("failed", "not_read")
    desk.simulation.faults.clear("DeviceStates")
    record = desk.do("monitoring", agent_id=agent_id, call_id=call_id, mode="spy", reason="Training")
    assert record["state"] == "unanswered"
    desk.simulation.faults.set("DeviceStates", Fault(kind=FaultKind.GARBAGE))
    deadline_pass(record)
    desk.poll()
    assert desk.now(record)["state"] == "not_confirmed"
    desk.simulation.engine.call_hang_up(call_id=call_id)
    assert desk.until(record, "ended")["code"] == "call_ended"


def test_who_listens_may_change_the_way_of_listening(desk: Desk) -> None:
    agent_id, call_id = desk.speaking()
    first = desk.do("monitoring", agent_id=agent_id, call_id=call_id, mode="spy", reason="Training")
    desk.until(first, "confirmed")
    second = desk.do("monitoring", agent_id=agent_id, call_id=call_id, mode="barge", reason="He needs help")
    assert second["state"] == "accepted", second


def test_changing_over_ends_the_earlier_listening(desk: Desk) -> None:
    agent_id, call_id = desk.speaking()
    first = desk.do("monitoring", agent_id=agent_id, call_id=call_id, mode="spy", reason="Training")
    desk.until(first, "confirmed")
    second = desk.do("monitoring", agent_id=agent_id, call_id=call_id, mode="barge", reason="He needs help")
    desk.until(second, "confirmed")
    assert desk.now(first)["code"] == "listening_changed"
    assert OpenAction.objects.count() == 1


def test_a_telephone_that_was_in_use_already_does_not_show_an_unanswered_change(desk: Desk) -> None:
    agent_id, call_id = desk.speaking()
    first = desk.do("monitoring", agent_id=agent_id, call_id=call_id, mode="spy", reason="Training")
    desk.until(first, "confirmed")
    desk.simulation.faults.set("Monitoring", Fault(kind=FaultKind.DRIP, seconds=4))
    second = desk.do("monitoring", agent_id=agent_id, call_id=call_id, mode="barge", reason="He needs help")
    for _ in range(3):
        desk.poll()
    assert desk.now(second)["state"] == "unanswered"
