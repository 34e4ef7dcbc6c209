"""What a webhook says, however badly it is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.contacts.hook import Event, HookCall, hook_read

CALLER = "+420777123456"
ID_CALL = "1346154802.5542"


def read(*texts: str) -> HookCall:
    return hook_read(*texts, country="CZ")


@pytest.mark.parametrize(
    ("query", "event", "call_id"),
    [
        ("callid=777123456&dnd=226211245", Event.ARRIVAL, ""),
        *(
            (
                f"callerId=777123456&calleeId=226211245&line=200&idcall={ID_CALL}&action={word}",
                Event(word),
                ID_CALL,
            )
            for word in ("ringing", "answer", "hangup")
        ),
    ],
    ids=["arrival", "ringing", "answer", "hangup"],
)
def test_documented_lines_are_read(query: str, event: Event, call_id: str) -> None:
    assert read(query) == HookCall(event=event, caller=CALLER, call_id=call_id)


@pytest.mark.parametrize(
    "query",
    [
        "callid=+420777123456",
        "callid=%2B420777123456",
        "callid=%2b420%20777%20123%20456",
        "callid=+420+777+123+456",
        "callid=00420777123456",
        "callid=420777123456",
        "callerId=777123456",
        "CALLERID=777123456",
        "callid=777123456&action=arrival",
        "callid=777123456&action=",
        "callid=&callid=777123456",
        "callid=777123456&callid=601111111",
        "callid=&callerId=777123456",
        "&&=&callid=777123456&new=1&new=2&",
        "other=%ZZ%&callid=777123456",
        "dnd=%C5%99%C3%BF%FF&callid=777123456",
        "callid=777123456=",
    ],
)
def test_arrival_is_read_however_it_is_written(query: str) -> None:
    assert read(query) == HookCall(event=Event.ARRIVAL, caller=CALLER, call_id="")


@pytest.mark.parametrize(
    "value", ["", "anonymous", "unknown", "%00", "%", "%F", "${CALLERID(num)}", "+", "()", "%E2%82%AC"]
)
def test_what_is_no_number_is_none(value: str) -> None:
    assert read(f"callid={value}").caller == ""


@pytest.mark.parametrize("value", ["", "${ID_CALL}", "a b", "x" * 65, "%00", "1:2", "ž"])
def test_what_is_no_call_id_is_none(value: str) -> None:
    assert read(f"callerId=777123456&idcall={value}&action=ringing").call_id == ""


def test_action_that_is_not_documented_is_told_apart_from_an_arrival() -> None:
    assert read("callerId=777123456&action=transfer").event is Event.OTHER


def test_form_completes_the_query() -> None:
    assert read("action=RINGING", "callerId=777123456&action=hangup") == HookCall(
        event=Event.RINGING, caller=CALLER, call_id=""
    )


@given(st.text(), st.text())
def test_nothing_that_is_sent_breaks_the_reading(query: str, form: str) -> None:
    call = read(query, form)
    assert call.event in Event
    assert len(call.caller) <= 64
