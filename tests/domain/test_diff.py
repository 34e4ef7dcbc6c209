"""The law: `apply(old, diff(old, new)) == new`."""

import itertools
import json
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.domain.diff import Delta, delta_apply, deltas_merged, plain_diff, state_diff, state_plain
from dashboard.domain.rows import LiveState
from tests.domain.strategies import states

CASES = json.loads((Path(__file__).parents[1] / "cases" / "diff.json").read_text())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_shared_case_holds(case: dict) -> None:
    delta = msgspec.convert(case["delta"], Delta)
    assert delta_apply(case["old"], delta) == case["new"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_own_diff_of_shared_case_leads_there_too(case: dict) -> None:
    assert delta_apply(case["old"], plain_diff(case["old"], case["new"])) == case["new"]


@given(old=states, new=states)
def test_law_holds_for_random_states(old: dict, new: dict) -> None:
    before = json.dumps(old)
    assert delta_apply(old, plain_diff(old, new)) == new
    assert json.dumps(old) == before, "the old state was changed in place"


@given(old=states, new=states)
def test_typed_diff_equals_the_plain_one(old: dict, new: dict) -> None:
    typed_old, typed_new = msgspec.convert(old, LiveState), msgspec.convert(new, LiveState)
    assert state_plain(typed_new) == new
    assert state_diff(typed_old, typed_new) == plain_diff(old, new)


@given(state=states)
def test_nothing_changed_is_an_empty_delta(state: dict) -> None:
    assert not plain_diff(state, json.loads(json.dumps(state)))


@given(chain=st.lists(states, min_size=2, max_size=6))
def test_merged_deltas_do_what_they_do_one_by_one(chain: list[dict]) -> None:
    deltas = [plain_diff(old, new) for old, new in itertools.pairwise(chain)]
    assert delta_apply(chain[0], deltas_merged(deltas)) == chain[-1]


@given(old=states, new=states)
def test_delta_survives_the_wire(old: dict, new: dict) -> None:
    delta = plain_diff(old, new)
    assert msgspec.json.decode(msgspec.json.encode(delta), type=Delta) == delta
