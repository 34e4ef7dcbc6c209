"""What is told when the PBX refuses, is slow, breaks or cannot be reached: never more than is known, and never asked twice."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from dashboard.gateway.faults import Fault, FaultKind
from dashboard.models import ActionEvent, OpenAction
from dashboard.supervision.follow_up import follow_up_all
from tests.supervision.conftest import Desk, deadline_pass

pytestmark = pytest.mark.django_db


# The PBX's own refusals


def test_the_pbxs_own_words_are_kept_and_translated(desk: Desk) -> None:
    agent_id = desk.agent("idle")
    desk.simulation.faults.set("PauseOn", Fault(kind=FaultKind.WRONG_TOKEN))
    record = desk.do("pause_on", agent_id=agent_id, pause_id=desk.pause())
    assert (record["state"], record["code"], record["is_over"]) == ("refused", "pbx_refused", True)
    assert record["pbx_text"] == "Uživatel neexistuje"
    assert "no such user" in record["pbx_meaning"]
    assert desk.states(record) == ["requested", "refused"]


def test_who_has_a_call_in_a_queue_cannot_leave_it(desk: Desk) -> None:
    agent_id, call_id = desk.speaking()
    queue_id = desk.state.calls[call_id].queue_id
    record = desk.do("queue_logout", agent_id=agent_id, queue_id=queue_id)
    assert record["state"] == "refused"
    assert record["pbx_text"].startswith("Nelze se odhlasit z fronty/kampaně")
    assert record["pbx_meaning"] == "The agent has a call in this queue and cannot leave it now."
    desk.poll()
    assert desk.now(record)["state"] == "refused"
    assert desk.asked("LogoutQueue") == 1


def test_an_agent_in_no_outbound_queue_cannot_call(desk: Desk) -> None:
    out = {id_ for id_, row in desk.state.queues.items() if row.type in {"out", "outbounder", "dialer"}}
    agent_id = next(
        id_
        for id_, row in desk.state.agents.items()
        if row.state in {"idle", "paused"} and row.queue_ids and not set(row.queue_ids) & out
    )
    record = desk.do("call", agent_id=agent_id, number="777123456")
    assert (record["state"], record["pbx_meaning"]) == (
        "refused",
        "The agent is in no outbound queue or campaign.",
    )


def test_words_that_are_not_documented_are_shown_as_they_are(desk: Desk) -> None:
    agent_id, call_id = desk.speaking()
    record = desk.do(
        "playback", agent_id=agent_id, call_id=call_id, command="play", recording="Neni_takova.wav"
    )
    assert (record["state"], record["pbx_meaning"]) == ("refused", "")
    assert record["pbx_text"] == "Hláška Neni_takova.wav neexistuje"


# No answer


def test_a_time_out_after_the_pbx_acted_is_unanswered_and_then_confirmed(desk: Desk) -> None:
    agent_id = desk.agent("idle")
    desk.simulation.faults.set("PauseOn", Fault(kind=FaultKind.DRIP, seconds=4))
    record = desk.do("pause_on", agent_id=agent_id, pause_id=desk.pause())
    assert (record["state"], record["code"], record["is_over"]) == ("unanswered", "timeout", False)
    desk.until(record, "confirmed")
    assert desk.states(record) == ["requested", "unanswered", "confirmed"]
    assert desk.asked("PauseOn") == 1


def test_a_time_out_before_the_pbx_acted_stays_unanswered_until_the_deadline(desk: Desk) -> None:
    agent_id = desk.agent("idle")
    # Sleeps, and then refuses without having done anything.
    desk.simulation.faults.set(
        "PauseOn", Fault(kind=FaultKind.DELAY, seconds=2), Fault(kind=FaultKind.WRONG_TOKEN)
    )
    record = desk.do("pause_on", agent_id=agent_id, pause_id=desk.pause())
    assert record["state"] == "unanswered"
    desk.poll()
    assert desk.now(record)["state"] == "unanswered"
    deadline_pass(record)
    desk.poll()
    found = desk.now(record)
    assert (found["state"], found["code"]) == ("not_confirmed", "not_confirmed_unanswered")
    assert "gave no answer" in found["text"]
    assert desk.asked("PauseOn") == 1


@pytest.mark.parametrize(
    "fault",
    [
        Fault(kind=FaultKind.GARBAGE),
        Fault(kind=FaultKind.HALF),
        Fault(kind=FaultKind.HTTP_ERROR, status=502),
        Fault(kind=FaultKind.REFUSED),
    ],
    ids=["garbage", "half an answer", "HTTP 502", "connection cut"],
)
def test_a_broken_answer_leaves_open_whether_the_pbx_acted(desk: Desk, fault: Fault) -> None:
    agent_id = desk.agent("idle")
    desk.simulation.faults.set("PauseOn", fault)
    record = desk.do("pause_on", agent_id=agent_id, pause_id=desk.pause())
    assert (record["state"], record["code"], record["is_over"]) == ("unanswered", "broken", False)
    assert desk.asked("PauseOn") == 1


def test_an_action_that_does_not_show_is_not_confirmed(desk: Desk) -> None:
    agent_id = desk.agent("idle")
    desk.simulation.faults.set("PauseOn", Fault(kind=FaultKind.EMPTY))
    record = desk.do("pause_on", agent_id=agent_id, pause_id=desk.pause())
    assert record["state"] == "accepted"
    deadline_pass(record)
    desk.poll()
    found = desk.now(record)
    assert (found["state"], found["code"], found["is_over"]) == ("not_confirmed", "not_confirmed", True)
    desk.poll()
    assert desk.states(record) == ["requested", "accepted", "not_confirmed"]


def test_another_call_of_the_agent_does_not_confirm_the_one_that_was_to_be_made(desk: Desk) -> None:
    """The PBX says yes, names the call, and rings the agent with a caller of his queue instead."""
    agent_id = desk.agent("idle")
    fact = {"fact": "Calling", "agent_id": agent_id, "call_id": "1795415884.99SJ"}
    request = uuid.uuid4()
    for step, state in ((0, "requested"), (2, "accepted")):
        ActionEvent.objects.create(
            request=request, step=step, state=state, at=timezone.now(), action="call", stream="main"
        )
    due_at = timezone.now() + timedelta(seconds=20)
    OpenAction.objects.create(request=request, stream="main", kind="outcome", due_at=due_at, fact=fact)
    queue_id = next(
        id_ for id_ in desk.state.agents[agent_id].queue_ids if desk.state.queues[id_].type == "in"
    )
    call_id = desk.simulation.engine.call_inject(queue_id=int(queue_id), kept_waiting_s=300)
    desk.simulation.engine.commands.telephony.pick_up(call_id=call_id, user_id=int(agent_id))
    desk.poll()
    desk.poll()
    assert desk.state.calls[call_id].ringing_agent_ids == (agent_id,)
    assert desk.states({"id": str(request)}) == ["requested", "accepted"]


def test_the_call_that_was_made_is_known_by_the_id_of_the_pbxs_answer(desk: Desk) -> None:
    out = {id_ for id_, row in desk.state.queues.items() if row.type == "out"}
    agent_id = desk.agent("idle", "paused", queue_id=min(out))
    record = desk.do("call", agent_id=agent_id, number="777123456")
    call_id = OpenAction.objects.get(request=record["id"]).fact["call_id"]
    assert call_id in desk.simulation.engine.floor().calls
    desk.until(record, "confirmed")


def test_a_caller_who_hangs_up_while_he_is_transferred_was_not_transferred(desk: Desk) -> None:
    agent_id, call_id = desk.speaking()
    queue_id = next(id_ for id_, row in sorted(desk.state.queues.items()) if row.type == "in")
    record = desk.do("transfer", agent_id=agent_id, call_id=call_id, queue_id=queue_id, type="attended")
    desk.simulation.engine.call_hang_up(call_id=call_id)
    desk.poll()
    assert desk.now(record)["state"] == "accepted"  # it may yet show where it went
    deadline_pass(record)
    found = desk.until(record, "not_confirmed", polls=3)
    assert (found["code"], found["is_over"]) == ("transfer_call_gone", True)


def test_a_transfer_without_a_word_before_has_the_shorter_deadline(desk: Desk) -> None:
    agent_id, call_id = desk.speaking()
    desk.simulation.faults.set("Transfer", Fault(kind=FaultKind.EMPTY))
    record = desk.do("transfer", agent_id=agent_id, call_id=call_id, number="800123456", type="blind")
    assert record["due_at"] - record["at"] == 20_000
    deadline_pass(record)
    desk.poll()
    assert "within 20 s" in desk.now(record)["text"]
    record = desk.do("transfer", agent_id=agent_id, call_id=call_id, number="800123456", type="attended")
    assert record["due_at"] - record["at"] == 90_000


def test_data_that_stands_still_confirms_nothing(desk: Desk) -> None:
    """The agent logs out, but no answer has come since that could show it."""
    agent_id = desk.agent("idle")
    desk.simulation.faults.set("RTStatsSessions", Fault(kind=FaultKind.GARBAGE))
    record = desk.do("logout", agent_id=agent_id)
    for _ in range(3):
        desk.poll()
    assert desk.now(record)["state"] == "accepted"
    desk.simulation.faults.clear("RTStatsSessions")
    for _ in range(6):
        desk.poll()
    assert desk.now(record)["state"] == "confirmed"


def test_an_unreachable_pbx_means_that_nothing_was_done(desk: Desk) -> None:
    _, call_id = desk.speaking()
    desk.pbx.base_url = "http://127.0.0.1:1"
    desk.pbx.save()
    record = desk.do("hangup", call_id=call_id)
    assert (record["state"], record["code"], record["is_over"]) == ("failed", "unreachable", True)
    assert desk.states(record) == ["requested", "failed"]


def test_without_the_reading_before_the_pbx_is_not_asked(desk: Desk) -> None:
    agent_id = desk.agent("idle")
    desk.simulation.faults.set("RTUserState", Fault(kind=FaultKind.DELAY, seconds=2))
    record = desk.do("pause_on", agent_id=agent_id, pause_id=desk.pause())
    assert (record["state"], record["code"]) == ("failed", "not_read")
    assert desk.asked("PauseOn") == 0


def test_settings_that_cannot_be_used_are_told(desk: Desk) -> None:
    agent_id = desk.agent("idle")
    desk.pbx.token = ""
    desk.pbx.save()
    record = desk.do("pause_off", agent_id=agent_id)
    assert record["state"] == "refused"  # the live state says that there is no pause to end
    record = desk.do("pause_on", agent_id=agent_id, pause_id=desk.pause())
    assert (record["state"], record["code"]) == ("failed", "settings")
    assert "token" in record["text"]


def test_an_answer_that_was_never_recorded_counts_as_none(desk: Desk) -> None:
    """The server died while it asked: the follow-up finds the request without an answer."""
    agent_id, pause_id = desk.agent("idle"), desk.pause()
    request = uuid.uuid4()
    ActionEvent.objects.create(
        request=request,
        step=0,
        state="requested",
        at=timezone.now() - timedelta(seconds=60),
        actor_id=desk.user.pk,
        action="pause_on",
        stream="main",
        agent_id=agent_id,
    )
    fact = {"fact": "OnPause", "agent_id": agent_id, "pause_id": pause_id}
    OpenAction.objects.create(
        request=request, stream="main", kind="outcome", due_at=timezone.now(), fact=fact
    )
    desk.poll()
    record = {"id": str(request)}
    assert desk.states(record) == ["requested", "unanswered"]
    assert desk.now(record)["code"] == "interrupted"
    desk.simulation.engine.agent_pause_on(user_id=int(agent_id), pause_id=int(pause_id))
    desk.until(record, "confirmed")


def test_the_deadlines_of_a_pbx_that_is_not_polled_any_more_pass_too(desk: Desk) -> None:
    agent_id, call_id = desk.speaking()
    plan = desk.do("pause_after_call", agent_id=agent_id, call_id=call_id, pause_id=desk.pause())
    record = desk.do("hangup", call_id=call_id)
    desk.pbx.is_enabled = False
    desk.pbx.save()
    follow_up_all()
    assert (desk.now(plan)["state"], desk.now(record)["state"]) == ("planned", "accepted")
    deadline_pass(plan)
    deadline_pass(record)
    follow_up_all()
    assert (desk.now(plan)["code"], desk.now(record)["state"]) == ("plan_too_old", "not_confirmed")
    assert not OpenAction.objects.exists()


def test_nothing_is_confirmed_before_the_answer_is_recorded(desk: Desk) -> None:
    """The PBX has acted and a poll shows it while who asked still waits for the answer."""
    agent_id, pause_id = desk.agent("idle"), desk.pause()
    request = uuid.uuid4()
    ActionEvent.objects.create(
        request=request, step=0, state="requested", at=timezone.now(), action="pause_on", stream="main"
    )
    fact = {"fact": "OnPause", "agent_id": agent_id, "pause_id": pause_id}
    due_at = timezone.now() + timedelta(seconds=20)
    OpenAction.objects.create(request=request, stream="main", kind="outcome", due_at=due_at, fact=fact)
    desk.simulation.engine.agent_pause_on(user_id=int(agent_id), pause_id=int(pause_id))
    desk.poll()
    desk.poll()
    assert desk.states({"id": str(request)}) == ["requested"]
