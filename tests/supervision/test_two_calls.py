"""An agent with two calls: what the PBX is told only the agent for must not hit the other call."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.pbx.conftest import RecordedServer, server
from tests.supervision.conftest import SPARE_LINE, Desk

__all__ = ["server"]

pytestmark = pytest.mark.django_db

OTHER = "1795415884.77"
BY_AGENT = [
    ("monitoring", "Monitoring", {"mode": "spy"}),
    ("transfer", "Transfer", {"number": "800123456", "type": "blind"}),
    ("playback", "ControlPlayback", {"command": "stop"}),
]


def pbx_tells(desk: Desk, server: RecordedServer, agent_id: str, calls: list[tuple[str, str, str]]) -> None:
    """From now on the PBX says that the agent has these calls: id, state, queue."""

    def answer(action: str, result: Any = None) -> None:
        server.answer(action, json.dumps({"error": None, "status": 1, "result": result}))

    told = [{"id_call": id_, "call_state": state, "id_queue": queue} for id_, state, queue in calls]
    answer("RTUserState", {"id_agent": agent_id, "agent_state": "Speaking", "calls": told})
    answer("DeviceStates", [{"exten": SPARE_LINE, "status": "AVAILABLE"}])
    for action in ("Monitoring", "Answer"):
        answer(action, {})
    for action in ("Transfer", "ControlPlayback", "PauseOn"):
        answer(action)
    desk.pbx.base_url = server.url
    desk.pbx.save()


def asked(server: RecordedServer, action: str) -> int:
    return sum(path.split("/")[3] == action for path, _ in server.asked)


@pytest.mark.parametrize(("action", "name", "parameters"), BY_AGENT)
@pytest.mark.parametrize("other", ["Speaking", "On Hold"])
def test_a_call_beside_the_one_that_is_spoken_in_is_left_alone(
    desk: Desk, server: RecordedServer, action: str, name: str, parameters: dict[str, str], other: str
) -> None:
    agent_id, call_id = desk.speaking()
    pbx_tells(desk, server, agent_id, [(call_id, "On Hold", "4"), (OTHER, other, "4")])
    record = desk.do(action, agent_id=agent_id, call_id=call_id, reason="Training", **parameters)
    assert (record["state"], record["code"]) == ("refused", "call_moved")
    assert asked(server, name) == 0


@pytest.mark.parametrize(("action", "name", "parameters"), BY_AGENT)
def test_the_call_that_is_spoken_in_is_the_one_that_is_meant(
    desk: Desk, server: RecordedServer, action: str, name: str, parameters: dict[str, str]
) -> None:
    agent_id, call_id = desk.speaking()
    pbx_tells(desk, server, agent_id, [(OTHER, "On Hold", "4"), (call_id, "Speaking", "4")])
    record = desk.do(action, agent_id=agent_id, call_id=call_id, reason="Training", **parameters)
    assert record["state"] == "accepted", record
    assert asked(server, name) == 1


def test_a_chat_beside_the_call_is_no_second_call(desk: Desk, server: RecordedServer) -> None:
    agent_id, call_id = desk.speaking()
    chat = next(id_ for id_, row in sorted(desk.state.queues.items()) if row.type == "chat")
    pbx_tells(desk, server, agent_id, [(OTHER, "Speaking", chat), (call_id, "On Hold", "4")])
    record = desk.do("transfer", agent_id=agent_id, call_id=call_id, number="800123456", type="blind")
    assert (record["state"], asked(server, "Transfer")) == ("accepted", 1)


@pytest.mark.parametrize(("other", "state"), [("Ringing", "refused"), ("On Hold", "accepted")])
def test_of_two_calls_that_ring_none_is_answered(
    desk: Desk, server: RecordedServer, other: str, state: str
) -> None:
    call_id = desk.waiting_call("4")
    agent_id = desk.agent("paused", "idle")
    desk.simulation.engine.commands.telephony.pick_up(call_id=call_id, user_id=int(agent_id))
    desk.bench.poll()
    assert agent_id in desk.state.calls[call_id].ringing_agent_ids
    pbx_tells(desk, server, agent_id, [(call_id, "Ringing", "4"), (OTHER, other, "4")])
    record = desk.do("answer", agent_id=agent_id, call_id=call_id)
    assert (record["state"], asked(server, "Answer")) == (state, int(state == "accepted"))
