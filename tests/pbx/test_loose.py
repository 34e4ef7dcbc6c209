"""The API is loose in known places: each form of the same thing gives the same value, and anything else is refused."""

import json
import string
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.pbx import (
    AgentState,
    CallState,
    DeviceStatus,
    Lines,
    Login,
    Operators,
    PauseId,
    Pauses,
    PbxBadAnswer,
    QueueId,
    Queues,
    Request,
    Statistics,
    UserId,
)

NUMBERS = st.integers(min_value=0, max_value=10**12)
EMPTY = st.sampled_from(["[]", "{}", "null", '""'])
BY_ID: list[Request[Any]] = [
    Statistics.rt_queues(),
    Statistics.rt_sessions(),
    Statistics.rt_calls(),
    Statistics.rt_pauses(),
    Statistics.users_state(),
    Queues.all(),
    Operators.all(),
    Pauses.all(),
    Pauses.all_old(),
]
ONE: list[Request[Any]] = [
    Statistics.user_state(user=Login("a")),
    Queues.one(QueueId("1")),
    Operators.one(UserId("1")),
    Operators.me(),
    Pauses.one_old(PauseId("1")),
]


def decode(request: Request[Any], text: str) -> Any:
    return request.shape.decode(text.encode(), action=request.action, secret="0" * 40)


def result(request: Request[Any], value: Any) -> Any:
    return decode(request, json.dumps({"status": 1, "error": None, "result": value}))


@pytest.mark.parametrize("request_", BY_ID, ids=lambda request: request.action)
@pytest.mark.parametrize("empty", ["[]", "{}", "null", '""'])
def test_an_empty_map_comes_in_many_forms(request_, empty):
    assert decode(request_, f'{{"status":1,"result":{empty}}}') == {}


@pytest.mark.parametrize("request_", BY_ID, ids=lambda request: request.action)
def test_an_absent_result_is_an_empty_map(request_):
    assert decode(request_, '{"status":1,"error":null}') == {}


@pytest.mark.parametrize("request_", ONE, ids=lambda request: request.action)
@pytest.mark.parametrize(
    "empty", [', "result": []', ', "result": {}', ', "result": null', ', "result": ""', ""]
)
def test_a_record_that_is_not_there_is_none(request_, empty):
    assert decode(request_, f'{{"status": 1{empty}}}') is None


@given(st.lists(st.integers(min_value=0, max_value=50), max_size=8))
def test_a_map_with_the_keys_0_to_n_may_come_as_a_list(counts):
    as_map = {str(key): {"id": str(key), "calls_wait": count} for key, count in enumerate(counts)}
    request = Statistics.rt_queues()
    assert result(request, list(as_map.values())) == result(request, as_map)


@pytest.mark.parametrize("request_", [Queues.one(QueueId("3")), Queues.all()], ids=["one", "all"])
def test_one_queue_may_be_an_object_or_a_map(request_):
    row = {"queue": "3", "name": "1002"}
    as_map = result(request_, {"3": row})
    assert result(request_, [row]) == as_map
    if request_ == Queues.one(QueueId("3")):
        assert result(request_, row) == as_map


@given(NUMBERS)
def test_numbers_come_as_numbers_or_texts(number):
    request = Statistics.rt_queues()
    rows = [
        result(request, [{"id": "1", "calls_wait": form}]) for form in (number, str(number), float(number))
    ]
    assert [row["1"].calls_wait for row in rows] == [number] * 3


@pytest.mark.parametrize("nothing", [None, "", "  "])
def test_a_number_that_is_not_there_is_none_and_never_0(nothing):
    assert result(Statistics.rt_queues(), [{"id": "1", "calls_time": nothing}])["1"].calls_time is None


@given(st.integers(min_value=1, max_value=10**9))
def test_ids_come_as_numbers_or_texts(number):
    request = Statistics.rt_sessions()
    for form in (number, str(number)):
        session = result(request, {str(number): {"id": form, "pause": form, "queues": [form]}})[str(number)]
        assert (session.id, session.pause, session.queues) == (str(number), str(number), [str(number)])


@pytest.mark.parametrize("nothing", [None, "", "0", 0, False])
def test_an_id_that_is_not_there_is_none(nothing):
    call = result(Statistics.rt_calls(), {"1.2": {"id": "1.2", "agent": nothing, "users": [nothing]}})["1.2"]
    assert (call.agent, call.users) == (None, [])


@pytest.mark.parametrize(
    ("form", "ids"),
    [([], []), ({}, []), (None, []), ("", []), (["6", 7], ["6", "7"]), ({"0": "6", "2": "7"}, ["6", "7"])],
)
def test_a_list_of_ids_may_come_as_a_map_with_gaps(form, ids):
    assert result(Statistics.rt_sessions(), [{"id": "1", "queues": form}])["1"].queues == ids


@pytest.mark.parametrize("form", ["1", 1, True, "true", "yes"])
def test_yes_comes_in_many_forms(form):
    assert result(Pauses.all(), [{"pause": "1", "paid": form}])["1"].paid is True


@pytest.mark.parametrize("form", ["0", 0, False, "false", "no"])
def test_no_comes_in_many_forms(form):
    assert result(Pauses.all(), [{"pause": "1", "paid": form}])["1"].paid is False


@pytest.mark.parametrize("form", [None, ""])
def test_neither_yes_nor_no_is_none(form):
    assert result(Pauses.all(), [{"pause": "1", "paid": form}])["1"].paid is None


@pytest.mark.parametrize("form", [None, "", "0000-00-00 00:00:00"])
def test_a_moment_that_is_not_there_is_none(form):
    assert (
        result(Statistics.rt_sessions(), [{"id": "1", "state_time_absolute": form}])["1"].state_time_absolute
        is None
    )


@given(st.datetimes())
def test_a_moment_stays_the_local_text_of_the_pbx(moment):
    text = moment.isoformat(sep=" ", timespec="seconds")
    row = result(Statistics.rt_sessions(), [{"id": "1", "login_time_absolute": text}])["1"]
    assert row.login_time_absolute == text


@pytest.mark.parametrize(
    "text", ["2023-02-30 10:00:00", "10.02.2023 10:00:00", "2023-02-10T10:00:00", 1675000000]
)
def test_what_is_no_moment_is_refused(text):
    with pytest.raises(PbxBadAnswer, match="YYYY-MM-DD"):
        result(Statistics.rt_sessions(), [{"id": "1", "login_time_absolute": text}])


@pytest.mark.parametrize(
    ("raw", "state"),
    [
        ("Logged", AgentState.LOGGED),
        ("Idle", AgentState.IDLE),
        ("Paused", AgentState.PAUSED),
        ("Calling", AgentState.CALLING),
        ("Ringing", AgentState.RINGING),
        ("Speaking", AgentState.SPEAKING),
        ("On Hold", AgentState.ON_HOLD),
        ("Dreaming", AgentState.UNKNOWN),
        (None, AgentState.UNKNOWN),
    ],
)
def test_agent_states_are_known_words_and_keep_their_text(raw, state):
    session = result(Statistics.rt_sessions(), [{"id": "1", "state": raw}])["1"]
    agent = result(Statistics.users_state(), [{"id_agent": "1", "agent_state": raw}])["1"]
    assert (session.state, session.state_raw) == (agent.state, agent.state_raw) == (state, raw)


@pytest.mark.parametrize(
    ("raw", "state"),
    [
        ("Waiting", CallState.WAITING),
        ("Ringing", CallState.RINGING),
        ("Speaking", CallState.SPEAKING),
        ("On Hold", CallState.ON_HOLD),
        ("Transfered", CallState.TRANSFERRED),
        ("Transferred", CallState.TRANSFERRED),
        ("Parked", CallState.UNKNOWN),
    ],
)
def test_call_states_are_known_words_and_keep_their_text(raw, state):
    call = result(Statistics.rt_calls(), [{"id": "1.2", "state": raw}])["1.2"]
    assert (call.state, call.state_raw) == (state, raw)


def test_line_states_are_known_words():
    words = ["AVAILABLE", "UNAVAILABLE", "ONHOLD", "INUSE", "RINGING", "ON FIRE"]
    devices = result(Lines.device_states(), [{"exten": "1", "status": word} for word in words])
    assert [device.status for device in devices] == [
        DeviceStatus.AVAILABLE,
        DeviceStatus.UNAVAILABLE,
        DeviceStatus.ON_HOLD,
        DeviceStatus.IN_USE,
        DeviceStatus.RINGING,
        DeviceStatus.UNKNOWN,
    ]


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        ({"type": "chat", "options": '{"type":"in"}', "outbounder": "1", "direction": "out"}, "chat"),
        ({"options": '{"type":"dialer"}', "outbounder": "1", "direction": "out"}, "dialer"),
        ({"options": {"type": "ctc"}, "outbounder": "0", "direction": "out"}, "ctc"),
        ({"options": '{"type":""}', "outbounder": "1", "direction": "out"}, "outbounder"),
        ({"options": "{broken", "outbounder": "0", "direction": "IN"}, "in"),
        ({"options": [], "direction": "out"}, "out"),
        ({}, None),
    ],
)
def test_the_type_of_a_queue_is_found_where_the_pbx_says_it(row, kind):
    assert result(Queues.all(), [{"queue": "1", **row}])["1"].type == kind


@pytest.mark.parametrize("request_", [*BY_ID, *ONE], ids=lambda request: request.action)
@pytest.mark.parametrize("wrong", ["5", '"text"', '{"1": "text"}', '{"1": 7}', "[null]", "true"])
def test_a_result_of_another_shape_is_a_bad_answer(request_, wrong):
    with pytest.raises(PbxBadAnswer, match=f"^{request_.action}: The answer has another shape"):
        decode(request_, f'{{"status": 1, "result": {wrong}}}')


@given(st.text(alphabet=string.printable, max_size=40))
def test_any_text_is_an_answer_or_a_bad_answer(text):
    with pytest.raises(PbxBadAnswer):
        decode(Statistics.rt_queues(), text)


@given(st.integers(min_value=0, max_value=80))
def test_half_an_answer_is_a_bad_answer_that_may_be_asked_for_again(length):
    whole = json.dumps(
        {"status": 1, "error": None, "result": {"4": {"id": "4", "users_total": 1, "calls_time": 0}}}
    )
    with pytest.raises(PbxBadAnswer, match="cut off") as caught:
        decode(Statistics.rt_queues(), whole[:length])
    assert caught.value.retryable


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda v: st.lists(v) | st.dictionaries(st.text(), v),
    )
)
def test_whatever_stands_in_a_result_only_our_own_errors_come_out(value):
    for request in (Statistics.rt_calls(), Queues.one(QueueId("1"))):
        with suppress(PbxBadAnswer):
            decode(request, json.dumps({"status": 1, "result": value}))


def test_queues_of_an_agent_in_another_shape_are_a_bad_answer_when_asked_for():
    agent = result(Statistics.users_state(), [{"id_agent": "1", "login_oqueues": ["2000"]}])["1"]
    with pytest.raises(PbxBadAnswer, match="login_oqueues"):
        agent.login_oqueues()
