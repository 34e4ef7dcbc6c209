"""Calls answered, taken, ended, sent on, listened to and played into by command."""

import pytest

from dashboard.gateway.engine import CallState
from dashboard.gateway.simulated.commands.playback import LENGTHS_MS
from tests.gateway.commanding import CLAIMS, LUNCH, OUTBOUND, SALES, SUPPORT, Desk

NO_CALL = "Na lince neprobíhá žádný hovor"
HINT = next(iter(LENGTHS_MS))


def test_answer_lifts_the_receiver_at_once_and_tells_the_call(desk: Desk) -> None:
    call_id = desk.call_in(SUPPORT, "602111222")
    user = desk.user_of(call_id)
    assert desk.device(user.extension) == "RINGING"
    assert desk.tell("3.7/Answer", user=user.login) == {
        "calling_number": "602111222",
        "calling_queue": "2001",
        "calling_queue_name": "Technická podpora",
        "id_call": call_id,
    }
    assert (desk.state(user), desk.calls()[call_id]["state"]) == ("Speaking", "Speaking")
    assert desk.device(user.extension) == "INUSE"
    for agent in (user, desk.user()):
        assert desk.refusal("3.7/Answer", extension=agent.extension) == "Na lince nezvoní žádný hovor"


def test_pickup_takes_the_call_from_whom_it_rings_at_and_rings_at_the_user(desk: Desk) -> None:
    call_id = desk.call_in()
    first = desk.user_of(call_id)
    taker = next(user for user in desk.users(queue_id=SALES) if user.id != first.id)
    assert desk.answer("4.0/PickupFromQueue", call_id=call_id, user=taker.login)["result"] == []
    assert desk.calls()[call_id]["users"] == [str(taker.id)]
    assert (desk.state(taker), desk.state(first)) == ("Ringing", "Idle")
    desk.tell("3.7/Answer", user=taker.login)
    assert desk.calls()[call_id]["agent"] == str(taker.id)


def test_pickup_by_an_agent_paused_by_command_returns_to_the_pause_after_the_call(desk: Desk) -> None:
    call_id = desk.call_in()
    taker = desk.user(queue_id=SALES)
    desk.tell("3.0/PauseOn", user=taker.login, pause=LUNCH)
    desk.tell("4.0/PickupFromQueue", call_id=call_id, user=taker.login)
    desk.tell("3.7/Answer", user=taker.login)
    desk.tell("3.0/Hangup", user=taker.login)
    session = desk.session(taker)
    assert session is not None
    assert (session["state"], session["pause"]) == ("Paused", LUNCH)


def test_pickup_is_refused_for_unknown_and_answered_calls_and_busy_users(desk: Desk) -> None:
    call_id, user = desk.talk()
    other = desk.call_in()
    free = desk.user(queue_id=SALES)
    assert "neexistuje" in desk.refusal("4.0/PickupFromQueue", call_id="1.2", user=free.login)
    assert "nečeká" in desk.refusal("4.0/PickupFromQueue", call_id=call_id, user=free.login)
    assert desk.refusal("4.0/PickupFromQueue", call_id=other, user=user.login) == "Agent má hovor"
    assert "call_id" in desk.refusal("4.0/PickupFromQueue", user=free.login)


@pytest.mark.parametrize("by", ["user", "extension", "call"])
def test_hangup_ends_the_call_and_after_call_work_begins(desk: Desk, by: str) -> None:
    call_id, user = desk.talk()
    named = {"user": user.login, "extension": user.extension, "call": call_id}[by]
    assert desk.answer("3.0/Hangup", **{by: named}) == {"status": 1, "error": None}
    assert call_id not in desk.calls()
    assert desk.state(user) in {"Paused", "Idle"}
    assert desk.refusal("3.0/Hangup", call=call_id) == "Hovor neexistuje nebo již skončil"
    assert desk.refusal("3.0/Hangup", user=user.login) == NO_CALL
    assert desk.refusal("3.0/Hangup", extension=user.extension) == NO_CALL


def test_after_call_work_follows_a_hangup_and_ends_by_itself(desk: Desk) -> None:
    paused = 0
    for _ in range(6):
        _, user = desk.talk()
        desk.tell("3.0/Hangup", user=user.login)
        session = desk.session(user)
        assert session is not None
        paused += session["pause"] == "2"
    assert paused >= 4
    desk.pbx.skip(120)
    assert all(row["pause"] != "2" for row in desk.tell("3.5/RTStatsSessions").values())


def test_hangup_needs_something_to_hang_up_that_goes_together(desk: Desk) -> None:
    call_id, _ = desk.talk()
    other = desk.user()
    assert "odporuje" in desk.refusal("3.0/Hangup", call=call_id, user=other.login)
    assert "user, extension, call" in desk.refusal("3.0/Hangup")
    assert desk.refusal("3.0/Hangup", user="nobody") == "Tento uživatel nebyl nalezen"
    assert desk.refusal("3.0/Hangup", extension="77") == "Linka 77 neexistuje"
    assert call_id in desk.calls()


def test_a_blind_transfer_to_a_queue_shows_as_transferred_and_enters_there(desk: Desk) -> None:
    call_id, user = desk.talk(caller="602000001")
    answer = desk.answer("3.0/Transfer", user=user.login, dst_queue=str(CLAIMS), type="blind")
    assert answer == {"error": None, "status": 1}
    assert desk.calls()[call_id]["state"] == "Transfered"
    assert "přepojuje" in desk.refusal("3.0/Transfer", user=user.login, dst_queue=str(CLAIMS))
    desk.pbx.skip(5)
    (call,) = desk.calls().values()
    assert (call["queue"], call["clid"], call["state"]) == (str(CLAIMS), "602000001", "Ringing")


@pytest.mark.parametrize("kind", ["blind", "attended", None])
def test_a_transfer_to_a_user_rings_at_that_user(desk: Desk, kind: str | None) -> None:
    call_id, user = desk.talk(caller="602000001")
    target = next(known for known in desk.users(queue_id=SALES) if known.id != user.id)
    more = {"type": kind} if kind else {}
    desk.tell("3.0/Transfer", user=user.login, dst_user=str(target.id), **more)
    if kind != "blind":
        assert desk.calls()[call_id]["state"] == "On Hold"
        assert (desk.state(user), desk.device(target.extension)) == ("On Hold", "INUSE")
        assert "přepojuje" in desk.refusal("3.0/Transfer", user=user.login, dst_queue=str(CLAIMS))
    desk.until(lambda: call_id not in desk.calls(), within_s=25)
    (call,) = desk.calls().values()
    assert (call["clid"], call["users"]) == ("602000001", [str(target.id)])
    desk.tell("3.7/Answer", user=target.login)
    assert desk.state(target) == "Speaking"


def test_a_transfer_to_the_number_of_a_line_rings_at_who_sits_there(desk: Desk) -> None:
    call_id, user = desk.talk()
    target = desk.user(queue_id=SALES)
    desk.tell("3.0/Transfer", extension=user.extension, number=target.extension, type="blind")
    desk.until(lambda: call_id not in desk.calls(), within_s=5)
    assert [call["users"] for call in desk.calls().values()] == [[str(target.id)]]


def test_a_transfer_to_an_outside_number_leaves_the_call_centre_and_frees_the_agent(desk: Desk) -> None:
    call_id, user = desk.talk()
    desk.tell("3.0/Transfer", user=user.login, number="+420800123456", type="attended")
    desk.until(lambda: call_id not in desk.calls(), within_s=25)
    assert desk.calls() == {}
    assert desk.state(user) in {"Paused", "Idle"}


def test_the_caller_who_hangs_up_during_the_consultation_frees_everybody(desk: Desk) -> None:
    call_id, user = desk.talk()
    target = next(known for known in desk.users(queue_id=SALES) if known.id != user.id)
    desk.tell("3.0/Transfer", user=user.login, dst_user=str(target.id))
    desk.tell("3.0/Hangup", call=call_id)
    assert desk.device(target.extension) == "AVAILABLE"
    assert desk.calls() == {}


def test_who_consults_is_offered_no_call_and_takes_what_waits_afterwards(desk: Desk) -> None:
    call_id, user = desk.talk()
    target = next(known for known in desk.users(queue_id=SALES) if known.id != user.id)
    desk.tell("3.0/Transfer", user=user.login, dst_user=str(target.id))
    for agent in desk.users(queue_id=SALES):
        if agent.id != target.id:
            desk.tell("3.0/PauseOn", user=agent.login, pause=LUNCH)
    waiting = desk.call_in(SALES)
    assert desk.state_of_call(waiting) is CallState.WAITING
    desk.tell("3.0/Hangup", call=call_id)
    assert desk.user_of(waiting) == target


def test_transfers_that_make_no_sense_are_refused(desk: Desk) -> None:
    idle = desk.user(queue_id=SALES)
    assert desk.refusal("3.0/Transfer", user=idle.login, number="800123456") == NO_CALL
    ringing = desk.user_of(desk.call_in())
    assert desk.refusal("3.0/Transfer", user=ringing.login, number="800123456") == NO_CALL
    _, user = desk.talk()
    away = desk.user(is_in=False)
    for parameters, part in (
        ({}, "number, dst_queue, dst_user"),
        ({"number": "800123456", "dst_queue": "2"}, "vylučují"),
        ({"number": "Novák"}, "telefonní číslo"),
        ({"dst_queue": "99"}, "Fronta neexistuje"),
        ({"dst_queue": str(OUTBOUND)}, "nelze přepojit"),
        ({"dst_queue": "two"}, "dst_queue"),
        ({"dst_user": "999"}, "Tento uživatel nebyl nalezen"),
        ({"dst_user": str(away.id)}, "není přihlášen"),
        ({"dst_user": str(ringing.id)}, "není volný"),
        ({"dst_user": str(user.id)}, "samu se sebou"),
        ({"dst_queue": "2", "type": "warm"}, "type"),
    ):
        assert part in desk.refusal("3.0/Transfer", user=user.login, **parameters), parameters
    assert desk.state(user) == "Speaking"


@pytest.mark.parametrize("mode", ["spy", "whisper", "whisperprivate", "barge", "interactive"])
def test_the_listeners_telephone_is_in_use_until_the_call_ends(desk: Desk, mode: str) -> None:
    call_id, user = desk.talk(caller="468008585")
    desk.pbx.skip(3)
    line = desk.spare()
    heard = desk.tell("3.1/Monitoring", user=user.login, listener=line, mode=mode)
    assert heard == {
        "calling_direction": "in",
        "calling_number": "468008585",
        "calling_queue": "2001",
        "calling_queue_name": "Technická podpora",
        "ringing": "0",
        "billsec": "3",
    }
    assert desk.device(line) == "INUSE"
    desk.tell("3.0/Hangup", call=call_id)
    assert desk.device(line) == "AVAILABLE"


def test_the_listener_may_hang_up_change_the_mode_and_change_the_call(desk: Desk) -> None:
    _, user = desk.talk()
    other_id, other = desk.talk(CLAIMS)
    line = desk.spare()
    answer = desk.answer("3.0/Monitoring", exten=user.extension, listener=line, mode="spy")
    assert answer == {"error": None, "status": 1}
    desk.tell("3.0/Monitoring", exten=user.extension, listener=line, mode="barge")
    desk.tell("3.1/Monitoring", user=other.login, listener=line, mode="whisper")
    desk.tell("3.0/Hangup", user=user.login)
    assert desk.device(line) == "INUSE"
    desk.tell("3.0/Hangup", extension=line)
    assert desk.device(line) == "AVAILABLE"
    assert other_id in desk.calls()


def test_an_agent_who_listens_is_offered_no_call(desk: Desk) -> None:
    call_id, user = desk.talk()
    listener = desk.user(queue_id=SALES)
    desk.tell("3.1/Monitoring", user=user.login, listener=listener.extension, mode="spy")
    assert (desk.state(listener), desk.device(listener.extension)) == ("Idle", "INUSE")
    rung = {desk.user_of(desk.call_in(SALES)).id for _ in desk.users(queue_id=SALES)[1:]}
    assert listener.id not in rung
    waiting = desk.call_in(SALES)
    assert desk.state_of_call(waiting) is CallState.WAITING
    desk.tell("3.0/Hangup", call=call_id)
    assert desk.user_of(waiting) == listener


def test_listening_that_makes_no_sense_is_refused(desk: Desk) -> None:
    _, user = desk.talk()
    _, busy = desk.talk()
    idle, line = desk.user(queue_id=SALES), desk.spare()
    for parameters, part in (
        ({"user": idle.login, "listener": line, "mode": "spy"}, NO_CALL),
        ({"user": user.login, "listener": "77", "mode": "spy"}, "Linka 77 neexistuje"),
        ({"user": user.login, "listener": busy.extension, "mode": "spy"}, "obsazená"),
        ({"user": user.login, "listener": user.extension, "mode": "spy"}, "samu se sebou"),
        ({"user": user.login, "listener": line, "mode": "shout"}, "mode"),
        ({"user": user.login, "listener": line}, "mode"),
        ({"user": user.login, "mode": "spy"}, "listener"),
        ({"exten": user.extension, "listener": line, "mode": "spy"}, "user"),
    ):
        assert part in desk.refusal("3.1/Monitoring", **parameters), parameters
    assert NO_CALL in desk.refusal("3.0/Monitoring", exten=idle.extension, listener=line, mode="spy")
    assert "exten" in desk.refusal("3.0/Monitoring", user=user.login, listener=line, mode="spy")
    assert desk.device(line) == "AVAILABLE"


def test_an_announcement_plays_pauses_winds_and_ends(desk: Desk) -> None:
    _, user = desk.talk()

    def control(command: str, **more: str) -> object:
        return desk.tell("3.6/ControlPlayback", user=user.login, command=command, **more)

    length_s = LENGTHS_MS[HINT] / 1000
    assert control("status") == {"playing": False}
    assert control("play", recording=HINT, begintime="1000", skiptime="2000") is None
    desk.pbx.skip(length_s - 2)
    assert control("rewind") is None
    desk.pbx.skip(2.5)
    assert control("status") == {"playing": True}
    assert control("pause") is None
    desk.pbx.skip(8)
    assert control("status") == {"playing": True}
    assert control("pause") is None
    assert control("forward") is None
    assert control("status") == {"playing": False}
    assert control("play", recording=HINT) is None
    assert control("stop") is None
    assert control("status") == {"playing": False}


def test_playing_that_makes_no_sense_is_refused(desk: Desk) -> None:
    call_id, user = desk.talk()
    idle = desk.user(queue_id=SALES)
    for parameters, part in (
        ({"user": user.login, "command": "pause"}, "nepřehrává"),
        ({"user": user.login, "command": "play"}, "recording"),
        ({"user": user.login, "command": "play", "recording": "neni.wav"}, "neni.wav"),
        ({"user": user.login, "command": "sing"}, "command"),
        ({"user": user.login}, "command"),
        ({"command": "status"}, "user"),
        ({"extension": idle.extension, "command": "status"}, NO_CALL),
        ({"user": user.login, "command": "play", "recording": HINT, "begintime": "soon"}, "begintime"),
    ):
        assert part in desk.refusal("3.6/ControlPlayback", **parameters), parameters
    desk.tell("3.6/ControlPlayback", user=user.login, command="play", recording=HINT)
    desk.tell("3.0/Hangup", call=call_id)
    assert desk.refusal("3.6/ControlPlayback", user=user.login, command="status") == NO_CALL
