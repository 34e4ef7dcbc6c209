"""Calls that begin by command."""

from functools import partial

from dashboard.gateway.engine import CallState, User
from tests.gateway.commanding import CAMPAIGN, CLICK, LUNCH, OUTBOUND, SALES, SUPPORT, Desk

CUSTOMER = "800123456"


def caller_of(desk: Desk, queue_id: int = OUTBOUND) -> User:
    return desk.user(queue_id=queue_id)


def is_settled(desk: Desk, call_id: str) -> bool:
    """The customer has answered, or never will."""
    return desk.state_of_call(call_id) in {None, CallState.SPEAKING}


def is_available(desk: Desk, line: str) -> bool:
    return desk.device(line) == "AVAILABLE"


def is_heard(desk: Desk, line: str, listener: str) -> bool:
    """Somebody listens to the line's call, or there is none any longer."""
    answer = desk.answer("3.0/Monitoring", exten=line, listener=listener, mode="spy")
    return answer["status"] == 1 or is_available(desk, line)


def test_create_call_rings_at_the_agent_then_at_the_customer_and_they_speak(desk: Desk) -> None:
    reached = 0
    for _ in range(8):
        user = caller_of(desk)
        call_id = desk.tell("3.1/CreateCall", user=user.login, number=CUSTOMER)["id_call"]
        assert call_id.endswith("SJ")
        call = desk.calls()[call_id]
        assert (call["direction"], call["clid"], call["queue"]) == ("out", CUSTOMER, str(OUTBOUND))
        assert (call["state"], call["users"], call["agent"]) == ("Ringing", [str(user.id)], None)
        assert (desk.state(user), desk.device(user.extension)) == ("Calling", "INUSE")
        desk.until(partial(is_settled, desk, call_id), within_s=160, step_s=2)
        if call_id in desk.calls():
            reached += 1
            assert (desk.state(user), desk.calls()[call_id]["agent"]) == ("Speaking", str(user.id))
            desk.tell("3.0/Hangup", call=call_id)
        desk.pbx.skip(120)
    assert 2 <= reached <= 7


def test_the_customers_telephone_rings_for_the_dialling_time_at_most(desk: Desk) -> None:
    lasted = []
    for _ in range(10):
        user = caller_of(desk)
        call_id = desk.tell(
            "3.1/CreateCall", user=user.login, number=CUSTOMER, autoanswer="yes", dialingtime="15"
        )["id_call"]
        seconds = desk.until(partial(is_settled, desk, call_id), within_s=16)
        if call_id in desk.calls():
            desk.tell("3.0/Hangup", call=call_id)
        else:
            lasted.append(seconds)
            assert desk.state(user) == "Idle"
        desk.pbx.skip(120)
    assert lasted
    assert set(lasted) == {15.0}


def test_a_telephone_that_nobody_lifts_rings_for_the_waiting_time(desk: Desk) -> None:
    """A second is less than anybody needs."""
    lasted = []
    for _ in range(10):
        user = caller_of(desk)
        call_id = desk.tell("3.1/CreateCall", user=user.login, number=CUSTOMER, waitingtime="1")["id_call"]
        desk.pbx.skip(1)
        lasted.append(call_id not in desk.calls())
        if not lasted[-1]:
            desk.tell("3.0/Hangup", call=call_id)
    assert lasted.count(True) >= 8


def test_a_call_may_be_booked_on_a_named_queue_by_who_is_in_none(desk: Desk) -> None:
    user = desk.user(queue_id=SUPPORT)
    number = desk.pbx.engine.directory().queues[CAMPAIGN].number
    call_id = desk.tell("3.1/CreateCall", user=user.login, number=CUSTOMER, queue=number)["id_call"]
    assert desk.calls()[call_id]["queue"] == str(CAMPAIGN)
    desk.tell("3.0/Hangup", user=user.login)
    assert desk.state(user) == "Idle"


def test_an_agent_paused_by_command_calls_and_returns_to_the_pause(desk: Desk) -> None:
    user = caller_of(desk)
    desk.tell("3.0/PauseOn", user=user.login, pause=LUNCH)
    desk.tell("3.1/CreateCall", user=user.login, number=CUSTOMER)
    assert desk.state(user) == "Calling"
    desk.tell("3.0/Hangup", user=user.login)
    session = desk.session(user)
    assert session is not None
    assert (session["state"], session["pause"]) == ("Paused", LUNCH)


def test_create_call_is_refused_with_the_documented_text_and_others(desk: Desk) -> None:
    user, inbound = caller_of(desk), desk.user(queue_id=SUPPORT)
    assert (
        desk.refusal("3.1/CreateCall", user=inbound.login, number=CUSTOMER)
        == "Agent není přihlášen do odchozí kampaně/fronty"
    )
    assert "odchozí" in desk.refusal("3.1/CreateCall", user=user.login, number=CUSTOMER, queue="2001")
    assert "telefonní číslo" in desk.refusal("3.1/CreateCall", user=user.login, number="+")
    assert "number" in desk.refusal("3.1/CreateCall", user=user.login)
    assert "waitingtime" in desk.refusal("3.1/CreateCall", user=user.login, number=CUSTOMER, waitingtime="0")
    assert "není přihlášen" in desk.refusal(
        "3.1/CreateCall", user=desk.user(is_in=False).login, number=CUSTOMER
    )
    desk.tell("3.1/CreateCall", user=user.login, number=CUSTOMER, idcall="mine-1")
    assert desk.refusal("3.1/CreateCall", user=user.login, number=CUSTOMER) == "Agent má hovor"
    desk.tell("3.0/Hangup", call="mine-1")
    assert "mine-1" in desk.refusal("3.1/CreateCall", user=user.login, number=CUSTOMER, idcall="mine-1")
    assert "idcall" in desk.refusal("3.1/CreateCall", user=user.login, number=CUSTOMER, idcall="a b")


def test_a_call_of_a_line_is_no_call_of_the_call_centre(desk: Desk) -> None:
    line = desk.spare()
    answer = desk.tell("3.0/CreateCall", extension=line, number=CUSTOMER)
    assert desk.device(line) == "RINGING"
    assert desk.calls() == {}
    desk.until(lambda: desk.device(line) == "INUSE", within_s=30)
    assert "obsazená" in desk.refusal("3.0/CreateCall", extension=line, number=CUSTOMER)
    desk.tell("3.0/Hangup", call=answer["id_call"])
    assert desk.device(line) == "AVAILABLE"
    assert desk.refusal("3.0/CreateCall", extension="77", number=CUSTOMER) == "Linka 77 neexistuje"


def test_calls_of_lines_end_by_themselves_and_can_be_heard_and_sent_on(desk: Desk) -> None:
    spoken = 0
    for _ in range(8):
        line = desk.spare()
        call_id = desk.tell("3.0/CreateCall", extension=line, number=CUSTOMER, autoanswer="yes")["id_call"]
        listener = desk.spare()
        desk.until(partial(is_heard, desk, line, listener), within_s=125, step_s=3)
        if desk.device(line) == "AVAILABLE":
            continue
        spoken += 1
        assert desk.device(listener) == "INUSE"
        if spoken % 2:
            desk.tell("3.0/Transfer", extension=line, dst_queue=str(SALES))
            (call,) = desk.calls().values()
            assert (call["clid"], call["queue"]) == (CUSTOMER, str(SALES))
            desk.tell("3.0/Hangup", call=call["id"])
        else:
            desk.until(partial(is_available, desk, line), within_s=3600, step_s=20)
        assert (desk.device(line), desk.device(listener)) == ("AVAILABLE", "AVAILABLE")
        assert "již skončil" in desk.refusal("3.0/Hangup", call=call_id)
    assert spoken >= 2


def test_a_click_waits_in_its_queue_rings_at_an_agent_and_calls_the_customer(desk: Desk) -> None:
    users = desk.users(queue_id=CLICK)
    for user in users:
        desk.tell("3.0/PauseOn", user=user.login, pause=LUNCH)
    number = desk.pbx.engine.directory().queues[CLICK].number
    call_id = desk.tell("3.9/ClickToCall", queue=number, number=CUSTOMER, agenttext="Pepa")["id_call"]
    assert call_id.endswith("WS")
    call = desk.calls()[call_id]
    assert (call["state"], call["direction"], call["queue"]) == ("Waiting", "out", str(CLICK))
    desk.pbx.skip(3600)
    desk.tell("3.0/PauseOff", user=users[0].login)
    assert (desk.state(users[0]), desk.calls()[call_id]["state"]) == ("Ringing", "Ringing")
    assert desk.tell("3.7/Answer", user=users[0].login)["id_call"] == call_id
    assert (desk.state(users[0]), desk.calls()[call_id]["agent"]) == ("Calling", None)
    desk.until(partial(is_settled, desk, call_id), within_s=125)
    assert desk.state(users[0]) in {"Speaking", "Idle"}


def test_a_click_is_given_up_after_the_waiting_time(desk: Desk) -> None:
    for user in desk.users(queue_id=CLICK):
        desk.tell("3.0/PauseOn", user=user.login, pause=LUNCH)
    number = desk.pbx.engine.directory().queues[CLICK].number
    call_id = desk.tell("3.9/ClickToCall", queue=number, number=CUSTOMER, waitingtime="90")["id_call"]
    desk.pbx.skip(89)
    assert call_id in desk.calls()
    desk.pbx.skip(1)
    assert desk.calls() == {}
    assert "Click to Call" in desk.refusal("3.9/ClickToCall", queue="2001", number=CUSTOMER)
    assert "Fronta neexistuje" in desk.refusal("3.9/ClickToCall", queue="9", number=CUSTOMER)


def test_a_remote_call_may_be_routed_to_a_queue_as_one_from_outside(desk: Desk) -> None:
    arrived = 0
    for index in range(20):
        answer = desk.tell(
            "3.8/CreateRemoteCall",
            primarynumber=f"6020000{index:02d}",
            secondarynumber="2003",
            directdid="true",
            **{"variables[myid]": "1"},
        )
        assert answer["id_call"].endswith("WS")
        assert desk.calls() == {}
        for _ in range(24):
            desk.pbx.skip(5)
            if desk.calls():
                break
        arrived += any(call["clid"] == f"6020000{index:02d}" for call in desk.calls().values())
        for call_id in desk.calls():
            desk.tell("3.0/Hangup", call=call_id)
    assert arrived >= 5


def test_a_remote_call_between_two_numbers_can_be_ended_and_ends_by_itself(desk: Desk) -> None:
    one = desk.tell("3.8/CreateRemoteCall", primarynumber="226211245", secondarynumber="468008585")["id_call"]
    desk.tell("3.0/Hangup", call=one)
    assert "již skončil" in desk.refusal("3.0/Hangup", call=one)
    two = desk.tell("3.8/CreateRemoteCall", primarynumber="226211245", secondarynumber="468008585")["id_call"]
    desk.pbx.skip(7200)
    assert "již skončil" in desk.refusal("3.0/Hangup", call=two)
    assert "secondarynumber" in desk.refusal("3.8/CreateRemoteCall", primarynumber="226211245")
