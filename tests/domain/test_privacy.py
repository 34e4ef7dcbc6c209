"""Nothing leaves that its owner may not see."""

import json

import pytest
from hypothesis import given

from dashboard.domain.privacy import EVERYTHING, Names, Numbers, View, name_shown, number_masked
from dashboard.domain.projection import state_filtered
from tests.domain.strategies import QUEUE_IDS, states, views


@given(state=states, view=views)
def test_no_queue_outside_the_scope_is_named_anywhere(state: dict, view: View) -> None:
    shown = state_filtered(state, view=view)
    allowed = set(QUEUE_IDS) if view.queue_ids is None else set(view.queue_ids)
    assert set(shown["queues"]) <= allowed
    for agent in shown["agents"].values():
        assert set(agent["queue_ids"]) <= set(shown["queues"])
        assert set(agent["call_ids"]) <= set(shown["calls"])
    for call in shown["calls"].values():
        assert call["queue_id"] is None or call["queue_id"] in shown["queues"]
        assert {call["agent_id"], *call["ringing_agent_ids"]} - {None} <= set(shown["agents"])
    assert {key.partition(":")[0] for key in shown["figures"]} <= allowed


@given(state=states, view=views)
def test_hidden_numbers_and_names_are_nowhere_in_the_text(state: dict, view: View) -> None:
    text = json.dumps(state_filtered(state, view=view), ensure_ascii=False)
    if view.numbers is not Numbers.FULL:
        assert "777123456" not in text
        assert "602111222" not in text
    if not view.caller_names:
        assert "Karel" not in text
    if view.names in {Names.NONE, Names.INITIALS}:
        assert not any(word in text for word in ("Jana", "Nováková", "Petr", "Horák", "novakova", "horak"))
    if view.names is Names.NONE:
        assert '"201"' not in text
    if not view.pause_titles:
        assert "Oběd" not in text


def test_agents_in_no_queue_are_seen_only_without_a_scope() -> None:
    row = {"queue_ids": [], "call_ids": [], "name": "Jana Nováková"}
    state = {"agents": {"10": row}}
    assert state_filtered(state, view=View(queue_ids=("1",)))["agents"] == {}
    assert set(state_filtered(state, view=View())["agents"]) == {"10"}


def test_unknown_kinds_and_fields_do_not_leave() -> None:
    state = {"queues": {"1": {"title": "Prodej", "secret": "x"}}, "secrets": {"1": {"a": 1}}}
    shown = state_filtered(state, view=EVERYTHING)
    assert "secrets" not in shown
    assert "secret" not in shown["queues"]["1"]


@pytest.mark.parametrize(
    ("number", "masked"),
    [("777123456", "•••456"), ("+420777123456", "•••456"), ("2001", "•••"), ("", ""), (None, None)],
)
def test_number_is_masked_but_for_its_last_three_digits(number: str | None, masked: str | None) -> None:
    assert number_masked(number) == masked


def caller_shown(name: str | None, *, caller: str | None = "+420777123456", numbers: Numbers) -> str | None:
    state = {"calls": {"1": {"caller": caller, "caller_name": name}}}
    shown: str | None = state_filtered(state, view=View(numbers=numbers, caller_names=True))["calls"]["1"][
        "caller_name"
    ]
    return shown


@pytest.mark.parametrize("numbers", [Numbers.MASKED, Numbers.HIDDEN])
@pytest.mark.parametrize(
    "name",
    [
        "777123456",
        "+420 777 123 456",
        "(777) 123-456",
        "777/12.34.56",
        "777–123–456",
        "777\u00a0123\u00a0456",
        "777,123,456",
        "Novák 777123456",
        "Novák (602 111 222) ml.",
        "tel1234567",
        "٧٧٧١٢٣٤٥٦",
    ],
)
def test_a_name_that_holds_a_number_is_none_where_numbers_are_not_shown(name: str, numbers: Numbers) -> None:
    assert caller_shown(name, numbers=numbers) is None
    assert caller_shown(name, numbers=Numbers.FULL) == name


@pytest.mark.parametrize("numbers", [Numbers.MASKED, Numbers.HIDDEN])
def test_a_name_that_is_the_number_is_none_however_short_it_is(numbers: Numbers) -> None:
    assert caller_shown("2 001", caller="2001", numbers=numbers) is None
    assert caller_shown("2001", caller="2001", numbers=Numbers.FULL) == "2001"


@pytest.mark.parametrize(
    "name", ["Karel Veselý", "Pobočka 123456", "Firma 24/7, Praha 10", "1234 a 5678", "", None]
)
def test_a_name_without_a_number_stays(name: str | None) -> None:
    assert caller_shown(name, numbers=Numbers.HIDDEN) == name
    assert caller_shown(name, caller=None, numbers=Numbers.MASKED) == name
    assert caller_shown(name, caller="", numbers=Numbers.MASKED) == name


@pytest.mark.parametrize(
    ("names", "surname_first", "shown"),
    [
        (Names.FULL, False, "Jana Nováková"),
        (Names.FIRST, False, "Jana"),
        (Names.FIRST, True, "Nováková"),
        (Names.INITIALS, False, "J. N."),
        (Names.NONE, False, None),
    ],
)
def test_name_is_shown_as_the_policy_says(names: Names, surname_first: bool, shown: str | None) -> None:
    assert name_shown("Jana Nováková", names=names, surname_first=surname_first) == shown


def test_fingerprint_tells_views_apart_but_not_the_order_of_queues() -> None:
    assert View(queue_ids=("1", "2")).fingerprint == View(queue_ids=("2", "1")).fingerprint
    prints = {View().fingerprint, View(queue_ids=()).fingerprint, View(names=Names.NONE).fingerprint}
    assert len(prints) == 3
