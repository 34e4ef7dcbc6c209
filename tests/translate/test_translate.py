"""From answers to rows: words of the vocabulary, references, and what is kept when something does not answer."""

from __future__ import annotations

from typing import Any

import pytest

from dashboard.domain.moments import Clock, LocalTimes
from dashboard.domain.rows import LiveState, empty_state
from dashboard.pbx.ids import CallId, Extension, PauseId, QueueId, UserId
from dashboard.pbx.wire.directory import Device, Pause, Queue, User
from dashboard.pbx.wire.live import RtCall, RtPause, RtQueue, RtSession, UserCall, UserState
from dashboard.translate import Answers, Directory, Received, directory_updated, has_unknowns, live_state

TIMES = LocalTimes("Europe/Prague")
NOW = "2026-11-23 10:00:00"
NOW_AT = 1_795_424_400_000
CLOCK = Clock(NOW_AT)

DIRECTORY = directory_updated(
    Directory(),
    queues={
        QueueId("4"): Queue(queue=QueueId("4"), name="2000", title="Podpora", direction="in", type_raw="in"),
        QueueId("6"): Queue(queue=QueueId("6"), name="2001", title="Prodej", direction="in", type_raw="in"),
        QueueId("9"): Queue(queue=QueueId("9"), name="2009", title="Stará", direction="in", deleted=True),
    },
    users={UserId("3"): User(user=UserId("3"), name="novakova", title="Jana Nováková")},
    pauses={
        PauseId("2"): Pause(pause=PauseId("2"), title="Wrap", type_raw="wrap", paid=True),
        PauseId("7"): Pause(pause=PauseId("7"), title="Oběd", type_raw="", paid=False),
    },
)


def session(state: str = "Idle", **fields: Any) -> RtSession:
    values = {
        "id": "3",
        "extension": "200",
        "queues": ["6", "4"],
        "state_time_absolute": NOW,
        "state_time_relative": 0,
    }
    return RtSession(**{**values, "state_raw": state, **fields})


def call(state: str = "Waiting", **fields: Any) -> RtCall:
    values = {"id": "1.10", "queue": "4", "clid": "777123456", "direction": "in"}
    return RtCall(
        **{**values, "state_raw": state, "enter_time_absolute": NOW, "enter_time_relative": 0, **fields}
    )


def state_after(
    before: LiveState | None = None,
    *,
    sessions: list[RtSession] | None = None,
    calls: list[RtCall] | None = None,
    directory: Directory = DIRECTORY,
    **others: Any,
) -> LiveState:
    answers = Answers(
        sessions=None if sessions is None else Received({UserId(row.id): row for row in sessions}, CLOCK),
        calls=None if calls is None else Received({CallId(row.id): row for row in calls}, CLOCK),
        **{name: Received(value) for name, value in others.items()},
    )
    return live_state(before or empty_state(), answers, directory=directory, times=TIMES)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Logged", "logged"),
        ("Idle", "idle"),
        ("Calling", "calling"),
        ("Ringing", "ringing"),
        ("Speaking", "speaking"),
        ("On Hold", "on_hold"),
        ("Meditating", "unknown"),
        ("", "unknown"),
    ],
)
def test_state_of_an_agent_is_a_word_and_its_text_is_kept(text: str, word: str) -> None:
    row = state_after(sessions=[session(text)]).agents["3"]
    assert (row.state, row.state_raw) == (word, text)


@pytest.mark.parametrize(
    ("text", "word"), [("Transfered", "transferred"), ("Transferred", "transferred"), ("?", "unknown")]
)
def test_state_of_a_call_is_a_word_and_its_text_is_kept(text: str, word: str) -> None:
    row = state_after(calls=[call(text)]).calls["1.10"]
    assert (row.state, row.state_raw) == (word, text)


def test_pause_of_type_wrap_is_after_call_work_and_others_are_pauses() -> None:
    assert state_after(sessions=[session("Paused", pause="2")]).agents["3"].state == "acw"
    row = state_after(sessions=[session("Paused", pause="7")]).agents["3"]
    assert (row.state, row.pause_id, row.pause_since_at) == ("paused", "7", NOW_AT)


def test_agent_who_is_not_paused_has_no_pause_even_if_the_pbx_still_names_one() -> None:
    row = state_after(sessions=[session("Idle", pause="7")]).agents["3"]
    assert (row.pause_id, row.pause_since_at) == (None, None)


def test_missing_pause_is_taken_from_the_overview_of_pauses() -> None:
    pauses = {PauseId("7"): RtPause(id=PauseId("7"), count=1, users=[UserId("3")])}
    assert state_after(sessions=[session("Paused")], pauses=pauses).agents["3"].pause_id == "7"


def test_agent_has_name_and_login_of_the_directory_and_sorted_queues() -> None:
    row = state_after(sessions=[session()]).agents["3"]
    assert (row.login, row.name, row.extension, row.queue_ids) == (
        "novakova",
        "Jana Nováková",
        "200",
        ("4", "6"),
    )


def test_agent_who_is_in_no_list_of_users_is_named_by_the_state_of_users() -> None:
    users = {UserId("8"): UserState(id_agent=UserId("8"), agent_name="horak", agent_title="Petr Horák")}
    row = state_after(sessions=[session(id="8")], users_state=users).agents["8"]
    assert (row.login, row.name) == ("horak", "Petr Horák")


def test_ringing_call_names_all_agents_it_rings_at_and_nobody_who_has_it() -> None:
    state = state_after(sessions=[session("Ringing")], calls=[call("Ringing", users=["8", "3"], agent="3")])
    assert state.calls["1.10"].ringing_agent_ids == ("3", "8")
    assert state.calls["1.10"].agent_id is None
    assert state.agents["3"].call_ids == ("1.10",)


def test_answered_call_names_its_agent() -> None:
    state = state_after(sessions=[session("Speaking")], calls=[call("Speaking", users=["3"], agent="3")])
    assert (state.calls["1.10"].agent_id, state.calls["1.10"].ringing_agent_ids) == ("3", ())


def test_queue_counts_waiting_and_ringing_inbound_calls_and_knows_the_oldest() -> None:
    calls = [
        call("Waiting", id="1", enter_time_absolute="2026-11-23 09:59:00", enter_time_relative=60),
        call("Ringing", id="2", enter_time_absolute="2026-11-23 09:59:30", enter_time_relative=30),
        call("Speaking", id="3", enter_time_absolute="2026-11-23 09:50:00", enter_time_relative=600),
        call("Waiting", id="4", direction="out"),
        call("Waiting", id="5", queue="6"),
    ]
    queues = state_after(calls=calls).queues
    assert (queues["4"].calls_waiting, queues["4"].oldest_waiting_at) == (2, NOW_AT - 60_000)
    assert (queues["6"].calls_waiting, queues["6"].oldest_waiting_at) == (1, NOW_AT)


def test_what_was_never_answered_is_unknown_and_not_zero() -> None:
    queue = state_after().queues["4"]
    assert (queue.agents_total, queue.calls_waiting, queue.calls_active) == (None, None, None)


def test_empty_call_centre_counts_zero() -> None:
    queue = state_after(sessions=[], calls=[]).queues["4"]
    assert (queue.agents_total, queue.calls_waiting, queue.oldest_waiting_at) == (0, 0, None)


def test_what_does_not_answer_keeps_its_rows() -> None:
    before = state_after(sessions=[session("Speaking")], calls=[call("Speaking", agent="3")])
    after = state_after(before, calls=[])
    assert after.agents["3"].state == "speaking"
    assert after.agents["3"].call_ids == ()
    assert after.queues["4"].agents_total == 1
    assert state_after(before).calls == before.calls


def test_deleted_queue_is_not_shown_unless_it_is_counted() -> None:
    assert set(state_after().queues) == {"4", "6"}
    counted = {
        QueueId("9"): RtQueue(id=QueueId("9"), calls_count=2),
        QueueId("4"): RtQueue(id=QueueId("4"), calls_count=0),
    }
    queues = state_after(queues=counted).queues
    assert set(queues) == {"4", "6", "9"}
    assert queues["9"].calls_active == 2
    assert queues["9"].title == "9"


def test_device_status_follows_the_extension() -> None:
    devices = [
        Device(exten=Extension("200"), status_raw="INUSE"),
        Device(exten=Extension("201"), status_raw="AVAILABLE"),
    ]
    before = state_after(sessions=[session()], devices=devices)
    assert before.agents["3"].device_status == "in_use"
    assert state_after(before, sessions=[session()]).agents["3"].device_status == "in_use"
    assert state_after(before, sessions=[session(extension="201")]).agents["3"].device_status is None


def test_name_of_the_caller_comes_from_the_state_of_users_and_stays() -> None:
    known = UserCall(id_call=CallId("1.10"), clid_name="Karel Veselý")
    users = {UserId("3"): UserState(id_agent=UserId("3"), raw_calls=[known])}
    before = state_after(calls=[call()], users_state=users)
    assert before.calls["1.10"].caller_name == "Karel Veselý"
    assert state_after(before, calls=[call()]).calls["1.10"].caller_name == "Karel Veselý"


def test_unknown_agent_or_call_is_noticed() -> None:
    before = state_after(sessions=[session()], calls=[call()])

    def unknown(**answers: Any) -> bool:
        received = {name: Received(value) for name, value in answers.items()}
        return has_unknowns(Answers(**received), before=before, directory=DIRECTORY)

    assert not unknown(sessions={"3": session()}, calls={"1.10": call()})
    assert unknown(sessions={"77": session(id="77")})
    assert unknown(calls={"2.1": call(id="2.1")})
    assert not unknown(calls={})
