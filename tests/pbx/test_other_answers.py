"""The documented answers of all other actions, decoded, and the documented refusals by their class."""

from decimal import Decimal

import pytest

from dashboard.pbx import (
    Attempt,
    CallAnswered,
    CallMonitored,
    CallStarted,
    CdrRow,
    LastCall,
    Page,
    PbxBadAnswer,
    PbxCallInProgress,
    PbxNotAnEmailQueue,
    PbxNotInOutboundQueue,
    PbxUnknownPause,
    PbxUnknownStatus,
    PbxWrongToken,
    QueuePresence,
    RepeatedCalls,
    TraceStep,
    User,
    UserPause,
    UserQueue,
    UserSession,
)

SUCCESS_WITHOUT_DATA = [1, 3, 4, 7, 8, 12, 17, 18, 19, 20, 22, 23, 25, 26, 36, 39, 40, 68, 69, 70, 82, 83, 85]
SUCCESS_WITHOUT_DATA += [91, 92, 96, 98]
REFUSED = {
    5: (PbxCallInProgress, "Nelze se odhlasit z fronty/kampaně, ve které probíhá hovor s číslem 468008585"),
    10: (PbxNotInOutboundQueue, "Agent není přihlášen do odchozí kampaně/fronty"),
    14: (PbxWrongToken, "Uživatel neexistuje"),
    24: (PbxUnknownPause, "Tato pauza nebyla nalezena"),
    97: (PbxUnknownStatus, "Stav neexistuje"),
    102: (PbxNotAnEmailQueue, "Zadana fronta neni typu email"),
}
NOT_PRINTED = {54}


@pytest.mark.parametrize("number", SUCCESS_WITHOUT_DATA)
def test_success_without_data_comes_in_many_forms(number, decoded):
    assert decoded(number) is None


@pytest.mark.parametrize("number", REFUSED)
def test_documented_refusals_have_their_own_class_and_keep_the_text(number, decoded):
    kind, text = REFUSED[number]
    with pytest.raises(kind) as caught:
        decoded(number)
    assert type(caught.value) is kind
    assert (caught.value.pbx_text, caught.value.retryable) == (text, False)


@pytest.mark.parametrize("number", range(1, 103))
def test_every_printed_answer_is_decoded(number, decoded):
    if number in NOT_PRINTED:
        with pytest.raises(PbxBadAnswer):
            decoded(number)
    elif number in REFUSED:
        with pytest.raises(REFUSED[number][0]):
            decoded(number)
    else:
        decoded(number)


@pytest.mark.parametrize("number", [9, 101])
def test_json_that_is_broken_in_print_is_refused_as_it_stands(number, examples, documented_requests):
    request = documented_requests[number]
    with pytest.raises(PbxBadAnswer, match="not JSON"):
        request.shape.decode(
            examples[number]["response_raw"].encode(), action=request.action, secret="0" * 40
        )


@pytest.mark.parametrize("number", [11, 27])
def test_a_changed_user_comes_without_the_password(number, decoded, examples):
    assert decoded(number) == User(
        user="4",
        role="role_52f22ad1ba23e",
        profile="profile_530ca64179669",
        name="operator2",
        title="Pepa Novák",
    )
    assert examples[number]["response_json"]["result"]["password"] not in repr(decoded(number))


def test_users_of_a_line(decoded):
    klatil = User(
        user="1", role="1", profile="1", name="klatil", title="Zvonimír Klátil", description="", email="",
        deleted=False,
    )  # fmt: skip
    assert decoded(38) == Page([klatil], None)


def test_calls_that_were_answered_started_and_listened_to(decoded):
    assert decoded(6) == CallAnswered(
        calling_number="226211245",
        calling_queue="2000",
        calling_queue_name="Support",
        id_call="14555781215.224",
    )
    for number, call in {
        9: "123456789.1234SJ",
        29: "1358860092.8131WS",
        30: "123456789.1234SJ",
        32: "1346154802.5542WS",
    }.items():
        assert decoded(number) == CallStarted(id_call=call)
    assert decoded(21) == CallMonitored(
        calling_direction="out", calling_number="468008585", calling_queue="1006",
        calling_queue_name="ObycOdchozi", ringing=2, billsec=177,
    )  # fmt: skip


def test_rows_of_a_call(decoded):
    [leg] = decoded(28)
    assert (leg.id_call, leg.uniqueid, leg.calldate) == (
        "1319030658.204",
        "1319030686.213",
        "2011-10-19 15:24:46",
    )
    assert (leg.duration, leg.billsec, leg.waiting_time, leg.id_queue, leg.id_agent) == (32, 29, 3, "2", "4")
    assert leg.recording_hash.endswith("1319030658.204")
    assert leg.from_did is None


def test_a_recording_is_the_bytes_as_they_are(decoded):
    assert decoded(35) == "Binární výstup s nahrávkou".encode()


def test_charged_calls_have_prices_without_noise(decoded):
    row = decoded(44)[0]
    assert row == CdrRow(
        date="2012-03-05 13:05:20", real_exten="500", dst="468008585", billsec=321, duration=328,
        disposition="ANSWERED", accountcode="", uniqueid="1330949120.242", id_call="1330949120.242",
        direction="out", price=Decimal("4.95"), destination_type="Pevna_Linka",
        destination_type_description="Pevna_Linka", destination="Ceska republika",
        destination_price=Decimal("0.9000"),
    )  # fmt: skip


def test_last_calls(decoded):
    last = decoded(45)
    assert (last.call_id, last.queue, last.queue_number, last.user, last.user_login) == (
        "1354715424.94", "2", "99990", "4", "hajek",
    )  # fmt: skip
    assert (last.answered, last.duration, last.orig_position) == (True, 6, 1)
    assert decoded(46) == LastCall(
        exten="500", id_call="1352986386.46", direction="out", clid="468008585", time="2012-11-15 14:33:06",
        is_running=False,
    )  # fmt: skip


def test_presence_of_a_queue(decoded):
    assert decoded(47) == QueuePresence(count_users=1, online_presence=True)


def test_repeated_calls(decoded):
    assert decoded(56) == [
        RepeatedCalls(
            clid="226211245",
            call_total=45,
            call_answered=9,
            call_unanswered=36,
            waiting_avg=39,
            duration_avg=45,
        )
    ]


def test_calls_of_the_past(decoded):
    page = decoded(57)
    call = page.rows[0]
    assert page.total == len(page.rows)
    assert (call.call_id, call.call, call.call_time) == ("1408101684.96894WS", "3718", "2014-08-15 13:21:27")
    assert (call.answered, call.queue, call.user, call.clid, call.did) == (True, "2", "4", "468008585", None)
    assert (call.waiting_time, call.ringing_time, call.hold_time, call.duration) == (4, 4, 0, 12)


def test_trace_of_an_agent(decoded):
    steps = decoded(58)
    assert steps[3] == TraceStep(
        time="2012-05-18 12:34:09", duration=6, action_name="ring_out", is_start=False,
        action_title="Konec vyzvánění - Odchod", event_id="718", event_title="468008585",
    )  # fmt: skip


def test_pauses_queues_and_sessions_of_the_past_are_pages_of_a_larger_total(decoded):
    pauses, queues, sessions = decoded(59), decoded(60), decoded(61)
    assert (len(pauses.rows), pauses.total, queues.total, sessions.total) == (3, 135, 10, 7)
    assert pauses.rows[0] == UserPause(
        id="1052",
        user="1",
        start_time="2014-08-05 13:21:33",
        end_time="2014-08-05 13:21:43",
        duration=10,
        pause="2",
    )
    assert queues.rows[0] == UserQueue(
        user="1",
        start_time="2014-08-14 13:35:07",
        end_time="2014-09-09 14:55:20",
        duration=2251213,
        queue="5",
    )
    assert sessions.rows[0] == UserSession(
        id="1", user="3", start_time="2013-01-08 10:51:04", end_time="2013-01-08 10:51:42", duration=38
    )


def test_attempts(decoded):
    page = decoded(34)
    assert page.total == 2
    assert page.rows[1] == Attempt(
        id="110", id_call="1443007798.918", name="ATTEMPT", start_time="2015-09-23 13:29:59",
        end_time="2015-09-23 13:30:19", duration=20, id_agent="4", id_queue="1",
    )  # fmt: skip
