"""Each action against the simulated PBX over HTTP: asked once, accepted, and confirmed when a later poll shows its fact."""

from __future__ import annotations

import pytest

from dashboard.models import ActionEvent
from tests.supervision.conftest import SPARE_LINE, Desk, Record

pytestmark = pytest.mark.django_db

INBOUND = "4"


def confirmed(desk: Desk, record: Record) -> Record:
    """The action was accepted, and becomes confirmed."""
    assert record["state"] == "accepted", record
    found = desk.until(record, "confirmed")
    assert desk.states(record) == ["requested", "accepted", "confirmed"]
    return found


def test_an_agent_is_paused_and_the_pause_is_ended(desk: Desk) -> None:
    agent_id, pause_id = desk.agent("idle"), desk.pause()
    record = desk.do("pause_on", agent_id=agent_id, pause_id=pause_id)
    assert not record["is_over"]
    assert confirmed(desk, record)["is_over"]
    assert desk.state.agents[agent_id].pause_id == pause_id
    confirmed(desk, desk.do("pause_off", agent_id=agent_id))
    assert desk.state.agents[agent_id].state != "paused"
    assert (desk.asked("PauseOn"), desk.asked("PauseOff")) == (1, 1)


def test_a_call_is_hung_up_by_its_id(desk: Desk) -> None:
    agent_id, call_id = desk.speaking()
    record = desk.do("hangup", call_id=call_id)
    assert record["agent_id"] == agent_id
    confirmed(desk, record)
    assert call_id not in desk.state.calls
    assert desk.asked("Hangup") == 1


def test_listening_is_confirmed_by_the_telephone_and_ends_with_the_call(desk: Desk) -> None:
    agent_id, call_id = desk.speaking()
    record = desk.do("monitoring", agent_id=agent_id, call_id=call_id, mode="spy", reason="Training")
    assert SPARE_LINE in record["text"]
    opening = ActionEvent.objects.get(request=record["id"], step=ActionEvent.Step.OPENED)
    assert (opening.about, SPARE_LINE in opening.text) == ({"extension": SPARE_LINE}, True)
    found = confirmed(desk, record)
    assert not found["is_over"]
    desk.simulation.engine.call_hang_up(call_id=call_id)
    ended = desk.until(record, "ended")
    assert (ended["is_over"], ended["code"]) == (True, "call_ended")
    assert desk.states(record) == ["requested", "accepted", "confirmed", "ended"]


def test_listening_ends_when_the_supervisor_hangs_up(desk: Desk) -> None:
    agent_id, call_id = desk.speaking()
    record = desk.do("monitoring", agent_id=agent_id, call_id=call_id, mode="spy", reason="Training")
    confirmed(desk, record)
    desk.simulation.engine.commands.telephony.hang_up(user_id=None, extension=SPARE_LINE, call_id=None)
    assert desk.until(record, "ended")["code"] == "listening_ended"


def test_a_forced_pause_during_a_call_is_confirmed_after_it(desk: Desk) -> None:
    agent_id, call_id = desk.speaking()
    pause_id = desk.pause()
    record = desk.do("pause_on", agent_id=agent_id, call_id=call_id, pause_id=pause_id, force=True)
    assert record["code"] == "accepted_after_call"
    desk.poll()
    assert desk.now(record)["state"] == "accepted"
    desk.simulation.engine.call_hang_up(call_id=call_id)
    desk.until(record, "confirmed")


@pytest.mark.parametrize("kind", ["blind", "attended"])
def test_a_call_is_transferred_to_a_queue(desk: Desk, kind: str) -> None:
    agent_id, call_id = desk.speaking()
    own = desk.state.calls[call_id].queue_id
    queue_id = next(id_ for id_, row in sorted(desk.state.queues.items()) if row.type == "in" and id_ != own)
    record = desk.do("transfer", agent_id=agent_id, call_id=call_id, queue_id=queue_id, type=kind)
    assert record["state"] == "accepted", record
    desk.until(record, "confirmed", polls=60)
    assert desk.asked("Transfer") == 1


def test_a_call_is_transferred_to_an_agent_and_to_a_number(desk: Desk) -> None:
    agent_id, call_id = desk.speaking()
    other_id = desk.agent("idle")
    record = desk.do("transfer", agent_id=agent_id, call_id=call_id, to_agent_id=other_id, type="blind")
    desk.until(record, "confirmed")
    agent_id, call_id = desk.speaking()
    record = desk.do("transfer", agent_id=agent_id, call_id=call_id, number="800123456", type="blind")
    desk.until(record, "confirmed")


def test_a_waiting_call_is_handed_to_an_agent_and_answered_for_him(desk: Desk) -> None:
    call_id = desk.waiting_call(INBOUND)
    agent_id = desk.agent("paused", "idle")
    record = desk.do("pickup", agent_id=agent_id, call_id=call_id)
    confirmed(desk, record)
    if agent_id in desk.state.calls[call_id].ringing_agent_ids:
        confirmed(desk, desk.do("answer", agent_id=agent_id, call_id=call_id))
        assert desk.asked("Answer") == 1


def test_an_agent_leaves_a_queue_and_comes_back(desk: Desk) -> None:
    agent_id = desk.agent("idle")
    queue_id = next(
        id_ for id_ in desk.state.agents[agent_id].queue_ids if desk.state.queues[id_].type == "in"
    )
    confirmed(desk, desk.do("queue_logout", agent_id=agent_id, queue_id=queue_id))
    record = desk.do("queue_login", agent_id=agent_id, queue_id=queue_id, priority=2)
    assert record["queue_title"] == desk.state.queues[queue_id].title
    confirmed(desk, record)


def test_an_agent_is_logged_out_and_in_again(desk: Desk) -> None:
    agent_id = desk.agent("idle")
    name = desk.state.agents[agent_id].name
    confirmed(desk, desk.do("logout", agent_id=agent_id))
    assert agent_id not in desk.state.agents
    record = desk.do("login", agent_id=agent_id)
    assert record["agent_name"] == name
    confirmed(desk, record)


def test_an_agent_calls_a_number(desk: Desk) -> None:
    for _ in range(60):
        out = [id_ for id_, row in desk.state.queues.items() if row.type == "out"]
        found = [
            id_
            for id_, row in desk.state.agents.items()
            if row.state in {"idle", "paused"} and set(row.queue_ids) & set(out)
        ]
        if found:
            break
        desk.poll()
    record = desk.do("call", agent_id=found[0], number="777123456")
    confirmed(desk, record)
    assert desk.asked("CreateCall") == 1


def test_an_announcement_is_played_and_stopped(desk: Desk) -> None:
    agent_id, call_id = desk.speaking()
    record = desk.do(
        "playback", agent_id=agent_id, call_id=call_id, command="play", recording="Provozni_doba.wav"
    )
    confirmed(desk, record)
    paused = desk.do("playback", agent_id=agent_id, call_id=call_id, command="pause")
    assert (paused["code"], paused["is_over"]) == ("accepted_unseen", True)
    confirmed(desk, desk.do("playback", agent_id=agent_id, call_id=call_id, command="stop"))


def test_a_pause_after_the_call_is_kept_and_carried_out_once(desk: Desk) -> None:
    agent_id, call_id = desk.speaking()
    pause_id = desk.pause()
    record = desk.do("pause_after_call", agent_id=agent_id, call_id=call_id, pause_id=pause_id)
    assert (record["state"], record["can_cancel"], record["is_over"]) == ("planned", True, False)
    desk.poll()
    assert desk.now(record)["state"] == "planned"
    desk.simulation.engine.call_hang_up(call_id=call_id)
    desk.until(record, "confirmed", polls=60)
    assert desk.states(record) == ["planned", "requested", "accepted", "confirmed"]
    assert desk.asked("PauseOn") == 1
