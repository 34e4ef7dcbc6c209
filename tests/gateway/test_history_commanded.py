"""Calls that begin or go on by command are found in the statistics and the call records."""

from typing import Any

from tests.gateway.commanding import CLAIMS, SUPPORT, Desk
from tests.gateway.history_requests import Row, everything

CUSTOMER = "608123456"


def records(desk: Desk, action: str, **parameters: Any) -> list[Row]:
    answer = desk.tell(action, **everything(desk.pbx), **parameters)
    return list(answer["data"] if isinstance(answer, dict) else answer)


def until_over(desk: Desk, call_id: str) -> None:
    desk.until(lambda: bool(desk.tell("3.0/AboutCall", id_call=call_id)), within_s=1800, step_s=10)


def test_a_call_outside_the_call_centre_is_charged_but_no_call_of_the_centre(desk: Desk) -> None:
    user = desk.user(queue_id=SUPPORT)
    call_id = desk.tell(
        "3.0/CreateCall", extension=user.extension, number=CUSTOMER, accountcode="1002", autoanswer="yes"
    )["id_call"]
    until_over(desk, call_id)
    rows = records(desk, "3.5/CDR", **{"accountcodes[]": "1002"})
    assert [(row["id_call"], row["real_exten"], row["dst"]) for row in rows] == [
        (call_id, user.extension, CUSTOMER)
    ]
    assert (rows[0]["accountcode"], rows[0]["direction"]) == ("1002", "out")
    assert records(desk, "3.5/CDR", **{"accountcodes[]": "1003"}) == []
    assert records(desk, "4.1/StatsCalls") == []
    assert records(desk, "4.1/GetAttempts") == []
    about = desk.tell("3.0/AboutCall", id_call=call_id)[0]
    assert (about["src"], about["dst"], about["id_queue"]) == (user.extension, CUSTOMER, None)
    last = desk.tell("3.9/LastCall", extension=user.extension)
    assert (last["id_call"], last["queue"], last["clid"]) == (call_id, None, CUSTOMER)


def test_a_call_between_two_lines_is_local(desk: Desk) -> None:
    first, second = desk.user(queue_id=SUPPORT), desk.user(queue_id=CLAIMS)
    call_id = desk.tell(
        "3.0/CreateCall", extension=first.extension, number=second.extension, autoanswer="yes"
    )["id_call"]
    until_over(desk, call_id)
    rows = records(desk, "3.5/CDR", direction="local", billing="yes")
    assert [(row["id_call"], row["price"]) for row in rows] == [(call_id, "0.00000000")]
    assert records(desk, "3.5/CDR", direction="out") == []


def test_a_call_created_for_an_agent_keeps_its_account_code_and_is_theirs(desk: Desk) -> None:
    user = desk.user(queue_id=5)
    for _ in range(6):
        call_id = desk.tell(
            "3.1/CreateCall", user=user.login, number=CUSTOMER, accountcode="77", autoanswer="yes"
        )["id_call"]
        until_over(desk, call_id)
        desk.pbx.skip(200)
    calls = records(desk, "4.1/StatsCalls")
    assert {(call["user"], call["direction"], call["attempts"]) for call in calls} == {
        (str(user.id), "out", "0")
    }
    assert {call["answered"] for call in calls} == {"0", "1"}
    assert [row["accountcode"] for row in records(desk, "3.5/CDR")] == ["77"] * 6
    trace = records(desk, "3.5/StatsTrace", user=user.login, trace="call")
    begun = [
        row["event_id"] for row in trace if (row["action_name"], row["action_start"]) == ("ring_out", "1")
    ]
    assert sorted(begun) == sorted(call["call"] for call in calls)
    spoken = {row["event_id"] for row in trace if row["action_name"] == "call"}
    assert spoken == {call["call"] for call in calls if call["answered"] == "1"}


def test_a_call_that_is_picked_up_has_an_attempt_by_whoever_picked_it_up(desk: Desk) -> None:
    call_id = desk.pbx.engine.call_inject(queue_id=SUPPORT, caller=CUSTOMER, kept_waiting_s=900)
    desk.pbx.skip(40)
    user = desk.user(queue_id=SUPPORT)
    desk.tell("4.0/PickupFromQueue", call_id=call_id, user=user.login)
    desk.until(lambda: desk.state(user) == "Speaking", within_s=30)
    desk.pbx.skip(15)
    desk.tell("3.0/Hangup", call=call_id)
    call = records(desk, "4.1/StatsCalls")[0]
    assert (call["name"], call["answered"], call["user"]) == (call_id, "1", str(user.id))
    assert int(call["waiting_time"]) >= 40
    attempts = records(desk, "4.1/GetAttempts")
    assert [(row["id_call"], str(row["id_agent"])) for row in attempts] == [(call_id, str(user.id))]
    assert call["attempts"] == "1"


def test_a_transferred_call_is_two_calls_in_the_statistics(desk: Desk) -> None:
    call_id = desk.pbx.engine.call_inject(queue_id=SUPPORT, caller=CUSTOMER)
    desk.until(lambda: desk.calls()[call_id]["state"] == "Speaking", within_s=120)
    desk.pbx.skip(20)
    first = desk.calls()[call_id]["agent"]
    desk.tell("3.0/Transfer", call=call_id, dst_queue=str(CLAIMS), user=_login(desk, first))
    desk.until(lambda: call_id not in desk.calls(), within_s=60)
    until_over(desk, next(iter(desk.calls())))
    later, earlier = records(desk, "4.1/StatsCalls")
    assert (earlier["name"], earlier["queue"], earlier["user"]) == (call_id, str(SUPPORT), first)
    assert (later["queue"], later["clid"]) == (str(CLAIMS), CUSTOMER)
    assert int(earlier["duration"]) >= 20


def _login(desk: Desk, user_id: str) -> str:
    return desk.pbx.engine.directory().users[int(user_id)].login
