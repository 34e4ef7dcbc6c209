"""The documented answers of the live actions, decoded."""

import pytest

from dashboard.pbx import (
    AgentState,
    CallState,
    Device,
    DeviceStatus,
    LoginQueue,
    OldPause,
    Pause,
    PauseId,
    PauseType,
    PbxWrongToken,
    Queue,
    QueueId,
    RtCall,
    RtPause,
    RtQueue,
    RtSession,
    RtSummary,
    User,
    UserCall,
    UserId,
)


def test_queues_with_their_counts(decoded):
    assert decoded(51) == {
        "4": RtQueue(
            id=QueueId("4"), users_total=1, users_ready=0, users_busy=1, users_pause=0, calls_count=1, calls_wait=0
        ),
        "6": RtQueue(
            id=QueueId("6"), users_total=1, users_ready=0, users_busy=1, users_pause=0,
            calls_count=0, calls_wait=0, calls_time=0,
        ),
    }  # fmt: skip


def test_summary_of_the_queues(decoded):
    assert decoded(50) == RtSummary(
        users_total=1, users_ready=0, users_busy=0, users_pause=1,
        calls_count=0, calls_in=0, calls_out=0, calls_wait=0, calls_time=0,
    )  # fmt: skip


def test_sessions_of_agents(decoded):
    [(user_id, session)] = decoded(52).items()
    assert user_id == "3"
    assert session == RtSession(
        id=UserId("3"), extension="200", queues=["6"], state_raw="Paused", pause="4",
        state_time_absolute="2012-03-21 14:08:06", state_time_relative=940,
        login_time_absolute="2012-03-21 10:21:21", login_time_relative=14545,
    )  # fmt: skip
    assert session.state is AgentState.PAUSED


def test_running_calls(decoded):
    [(call_id, call)] = decoded(48).items()
    assert call_id == "1332333840.98"
    assert call == RtCall(
        id="1332333840.98", queue="6", agent="3", users=["3"], clid="100", direction="in", state_raw="Speaking",
        enter_time_absolute="2012-03-21 13:44:02", enter_time_relative=7,
        wait_time_absolute="2012-03-21 13:44:02", wait_time_relative=5,
        ring_time_absolute="2012-03-21 13:44:04", ring_time_relative=5,
        answer_time_absolute="2012-03-21 13:44:07", answer_time_relative=2,
        hold_time_absolute=None, hold_time_relative=0,
    )  # fmt: skip
    assert call.state is CallState.SPEAKING


def test_pauses_being_taken(decoded):
    assert decoded(49) == {"4": RtPause(id=PauseId("4"), count=1, users=[UserId("3")])}


def test_state_of_one_agent_with_a_call(decoded):
    state = decoded(53)
    assert (state.agent_name, state.agent_title, state.id_agent, state.exten) == (
        "demouser",
        "Demo User",
        "4",
        "6666",
    )
    assert (state.state, state.state_time, state.id_pause) == (
        AgentState.SPEAKING,
        "2013-02-01 14:20:53",
        None,
    )
    assert state.callscript_opened == "66"
    assert state.calls == [
        UserCall(
            id_call="1359724851.1068", direction="in", clid="300", id_queue="1", entered="2013-02-01 14:20:52",
            ringed="2013-02-01 14:20:53", answered="2013-02-01 14:21:02", state_raw="Speaking",
        )
    ]  # fmt: skip
    assert state.calls[0].state is CallState.SPEAKING
    assert state.login_oqueues() == []


def test_state_of_all_agents_with_the_queues_they_may_log_in_to(decoded):
    [(user_id, state)] = decoded(55).items()
    assert (user_id, state.agent_name, state.agent_title, state.exten) == (
        "1",
        "admin",
        "Administrator",
        "500",
    )
    assert (state.state, state.logintime, state.calls) == (AgentState.IDLE, "2016-09-26 14:40:28", [])
    assert state.login_oqueues() == [
        LoginQueue(queue="1", name="2000", title="test", type="in", direction="in", rt_logged=False),
        LoginQueue(queue="3", name="2001", title="PRICHOZI", type="in", direction="in", rt_logged=False),
        LoginQueue(queue="4", name="2002", title="ODCHOZI", type="out", direction="out", rt_logged=True),
    ]


def test_lines_with_their_states(decoded):
    devices = decoded(37)
    assert devices[0] == Device(exten="100", status_raw="AVAILABLE", ip_raw="172.22.254.254", port=5064)
    assert [(device.exten, device.status, device.ip) for device in devices] == [
        ("100", DeviceStatus.AVAILABLE, "172.22.254.254"),
        ("200", DeviceStatus.AVAILABLE, "212.24.153.186"),
        ("300", DeviceStatus.AVAILABLE, "212.24.153.186"),
        ("500", DeviceStatus.UNAVAILABLE, None),
    ]


def test_one_queue_takes_its_type_out_of_the_options(decoded):
    queue = decoded(2)
    assert queue == Queue(
        queue="3", name="1002", title="Outbounder", description="", direction="out", outboundcid="",
        wrapuptime=0, outbounder=True, options_type="outbounder", deleted=False,
    )  # fmt: skip
    assert queue.type == "outbounder"


def test_users_come_without_their_passwords(decoded, examples):
    users = decoded(15)
    assert users["3"] == User(
        user="3", name="hajekhu", title="Hajek Hugo", description="", email="",
        role="role_43h424k432", profile="profile_hj34242342", deleted=False,
    )  # fmt: skip
    assert users["1"].title == "Administrator"
    assert "heslo" in examples[15]["response_raw"]
    assert "heslo" not in repr(users)
    assert decoded(16) == users["3"]


def test_pauses_of_the_new_form_know_the_wrap_pause(decoded):
    pauses = decoded(41)
    assert pauses["2"] == Pause(pause="2", name="20", title="Wrap", type_raw="wrap", paid=True, deleted=False)
    assert {pause_id: pause.type for pause_id, pause in pauses.items()} == {
        "3": PauseType.LAJDAK, "2": PauseType.WRAP, "4": PauseType.NORMAL, "6": PauseType.NORMAL,
        "7": PauseType.NORMAL, "8": PauseType.NORMAL, "9": PauseType.NORMAL,
    }  # fmt: skip


def test_pauses_of_the_old_form(decoded):
    pauses = decoded(42)
    lajdak = OldPause(
        pcode_id="3", pcode="666", pcode_desc="Lajdak", is_billable=False, is_payable=False, pause_type="w"
    )
    assert pauses["3"] == lajdak
    assert [pause_id for pause_id, pause in pauses.items() if pause.is_system] == ["3", "2"]
    assert decoded(43) == lajdak


def test_token_is_accepted_and_refused(decoded):
    assert decoded(13) is None
    with pytest.raises(PbxWrongToken) as caught:
        decoded(14)
    assert caught.value.pbx_text == "Uživatel neexistuje"
    assert not caught.value.retryable
