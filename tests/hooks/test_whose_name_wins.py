"""The PBX's own name for a caller, and the one that a webhook brought."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.domain.moments import LocalTimes
from dashboard.domain.rows import LiveState, empty_state
from dashboard.pbx.ids import CallId, UserId
from dashboard.pbx.wire.live import RtCall, UserCall, UserState
from dashboard.translate import Answers, Directory, Received, live_state, nameless_calls

CALL = CallId("1.10")


def answers(*, pbx_name: str | None = None) -> Answers:
    state = UserState(id_agent=UserId("3"), raw_calls=[UserCall(id_call=CALL, clid_name=pbx_name)])
    call = RtCall(id=CALL, queue=None, clid="777123456", state_raw="Waiting")
    return Answers(calls=Received({CALL: call}), users_state=Received({UserId("3"): state}))


def after(
    received: Answers, *, before: LiveState | None = None, names: Mapping[str, str] | None = None
) -> LiveState:
    return live_state(
        before or empty_state(),
        received,
        directory=Directory(),
        times=LocalTimes("Europe/Prague"),
        caller_names=names,
    )


def test_name_of_the_pbx_wins_over_one_that_a_webhook_brought() -> None:
    state = after(answers(pbx_name="Eva Malá"), names={CALL: "Daktela s.r.o."})
    assert state.calls[CALL].caller_name == "Eva Malá"


def test_name_of_the_pbx_replaces_one_that_came_before() -> None:
    before = after(answers(), names={CALL: "Daktela s.r.o."})
    assert before.calls[CALL].caller_name == "Daktela s.r.o."
    assert after(answers(pbx_name="Eva Malá"), before=before).calls[CALL].caller_name == "Eva Malá"


def test_only_calls_without_any_name_are_asked_for() -> None:
    named = after(answers(), names={CALL: "Daktela s.r.o."})
    assert nameless_calls(empty_state(), answers()) == {CALL: "777123456"}
    assert nameless_calls(empty_state(), answers(pbx_name="Eva Malá")) == {}
    assert nameless_calls(named, answers()) == {}
    assert nameless_calls(empty_state(), Answers()) == {}


def test_number_in_place_of_a_name_is_none() -> None:
    state = after(answers(pbx_name="+420 777 123 456"), names={CALL: "Daktela s.r.o."})
    assert state.calls[CALL].caller_name == "Daktela s.r.o."
    assert nameless_calls(empty_state(), answers(pbx_name="777123456")) == {CALL: "777123456"}
