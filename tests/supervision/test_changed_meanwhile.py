"""What has changed between the click and the request: nothing is done to another call or agent than the one seen."""

from __future__ import annotations

import uuid

import pytest

from tests.supervision.conftest import Desk, refused

pytestmark = pytest.mark.django_db


def test_a_call_that_has_ended_is_not_hung_up(desk: Desk) -> None:
    _, call_id = desk.speaking()
    desk.simulation.engine.call_hang_up(call_id=call_id)
    desk.bench.poll()
    refused(desk, desk.do("hangup", call_id=call_id), "call_gone", action="Hangup")


def test_a_call_that_ended_since_the_last_poll_is_told_by_the_pbx(desk: Desk) -> None:
    _, call_id = desk.speaking()
    desk.simulation.engine.call_hang_up(call_id=call_id)
    record = desk.do("hangup", call_id=call_id)
    assert (record["state"], record["code"]) == ("refused", "pbx_refused")
    assert desk.asked("Hangup") == 1


@pytest.mark.parametrize(
    ("action", "asked", "parameters"),
    [
        ("monitoring", "Monitoring", {"mode": "barge"}),
        ("transfer", "Transfer", {"number": "800123456"}),
        ("playback", "ControlPlayback", {"command": "stop"}),
    ],
)
def test_a_call_that_ended_right_before_is_seen_by_reading_again(
    desk: Desk, action: str, asked: str, parameters: dict[str, str]
) -> None:
    """The live state still holds the call; the PBX, read again, does not."""
    agent_id, call_id = desk.speaking()
    desk.simulation.engine.call_hang_up(call_id=call_id)
    record = desk.do(action, agent_id=agent_id, call_id=call_id, reason="Training", **parameters)
    refused(desk, record, "call_gone", action=asked)


def test_the_agents_next_call_is_not_taken_for_the_one_that_was_seen(desk: Desk) -> None:
    agent_id, call_id = desk.speaking()
    desk.simulation.engine.call_hang_up(call_id=call_id)
    for _ in range(300):
        desk.simulation.skip(1)
        row = desk.simulation.engine.floor().agents.get(int(agent_id))
        if row is not None and row.call_id not in {None, call_id}:
            break
        desk.simulation.engine.call_inject(queue_id=int(desk.state.agents[agent_id].queue_ids[0]))
    record = desk.do("transfer", agent_id=agent_id, call_id=call_id, number="800123456", type="blind")
    refused(desk, record, "call_moved", action="Transfer")


def test_a_call_that_moved_to_another_agent_is_seen_in_the_live_state(desk: Desk) -> None:
    agent_id, call_id = desk.speaking()
    other = desk.agent("idle")
    record = desk.do("monitoring", agent_id=other, call_id=call_id, mode="spy", reason="Training")
    refused(desk, record, "call_moved", action="Monitoring")
    assert desk.state.calls[call_id].agent_id == agent_id


def test_a_call_that_moved_to_another_agent_is_not_hung_up_there(desk: Desk) -> None:
    agent_id, call_id = desk.speaking()
    other = desk.agent("idle")
    record = desk.do("hangup", agent_id=other, call_id=call_id)
    refused(desk, record, "call_moved", action="Hangup")
    assert record["agent_id"] == agent_id  # whose call it was that should have been ended
    assert desk.now(record)["agent_name"] == desk.state.agents[agent_id].name


def test_whose_call_was_ended_is_told_by_the_live_state(desk: Desk) -> None:
    agent_id, call_id = desk.speaking()
    key = str(uuid.uuid4())
    first = desk.do("hangup", agent_id=agent_id, call_id=call_id, key=key)
    assert (first["state"], first["agent_id"]) == ("accepted", agent_id)
    assert desk.do("hangup", agent_id=agent_id, call_id=call_id, key=key) == first
    assert desk.asked("Hangup") == 1
    desk.user.is_active = False
    forged = desk.do("hangup", agent_id=agent_id, call_id=call_id)
    assert (forged["code"], forged["agent_id"]) == ("forbidden", None)


def test_a_call_that_rings_is_hung_up_at_one_of_those_at_whom_it_rings(desk: Desk) -> None:
    call_id = desk.waiting_call("4")
    agent_id = desk.agent("paused", "idle")
    desk.simulation.engine.commands.telephony.pick_up(call_id=call_id, user_id=int(agent_id))
    desk.bench.poll()
    assert desk.state.calls[call_id].ringing_agent_ids == (agent_id,)
    other = desk.agent("idle", "paused", "speaking")
    assert other != agent_id
    refused(desk, desk.do("hangup", agent_id=other, call_id=call_id), "call_moved", action="Hangup")
    record = desk.do("hangup", agent_id=agent_id, call_id=call_id)
    assert (record["state"], record["agent_id"]) == ("accepted", agent_id)


def test_an_agent_who_got_a_call_meanwhile_is_not_paused(desk: Desk) -> None:
    agent_id = desk.agent("idle")
    for _ in range(120):
        row = desk.simulation.engine.floor().agents[int(agent_id)]
        if row.call_id is not None:
            break
        desk.simulation.engine.call_inject(queue_id=int(row.queue_ids[0]))
        desk.simulation.skip(1)
    for force in (False, True):
        record = desk.do("pause_on", agent_id=agent_id, pause_id=desk.pause(), force=force)
        refused(desk, record, "has_call", action="PauseOn")


def test_an_agent_who_has_gone_is_told(desk: Desk) -> None:
    agent_id = desk.agent("idle")
    desk.simulation.engine.commands.sessions.log_out(user_id=int(agent_id))
    record = desk.do("pause_on", agent_id=agent_id, pause_id=desk.pause())
    refused(desk, record, "agent_gone", action="PauseOn")
    desk.bench.poll()
    record = desk.do("pause_on", agent_id=agent_id, pause_id=desk.pause())
    refused(desk, record, "agent_gone", action="PauseOn")


def test_without_live_state_nothing_is_done(desk: Desk) -> None:
    _, call_id = desk.speaking()
    desk.bench.store.client.flushall()
    refused(desk, desk.do("hangup", call_id=call_id), "no_live_state", action="Hangup")
