"""Every documented variant, asked of both PBXs: answered in the documented shape, or refused in words."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from dashboard.pbx import PbxClient, PbxRefused, PbxWrongToken, Request
from tests.pbx.full_requests import FULL

CASES = {
    f"{variant} {number}": request
    for variant, requests in FULL.items()
    for number, request in enumerate(requests, 1)
    if request.action != "GetRecording"  # sound; has tests of its own
}
UNDOCUMENTED = {"GetQueues@3.0 2"}
"""The document shows no answer to such a request: only the simulated PBX can be asked."""
ECHOED = {"CreateEvent@3.8 1"}
"""The answer is what was sent."""


def shape(value: Any) -> Any:
    """What kind of thing it is: rows by their type, containers by what is in them; nothing where nothing is in them."""
    if isinstance(value, msgspec.Struct):
        return type(value).__name__
    if isinstance(value, dict):
        return "map", frozenset(shape(inner) for inner in value.values())
    if isinstance(value, list | tuple):
        return "list", frozenset(shape(inner) for inner in value)
    return type(value).__name__


def is_alike(one: Any, other: Any) -> bool:
    """Whether two shapes can be of one contract: an empty container or None says nothing about the other."""
    if "NoneType" in (one, other):
        return True
    if isinstance(one, tuple) and isinstance(other, tuple):
        same_rows = one[1] <= other[1] or other[1] <= one[1]
        return one[0] == other[0] and same_rows
    return bool(one == other)


def answer(client: PbxClient, request: Request[Any]) -> tuple[str, Any]:
    """The decoded value, or the PBX's words of refusal; a refused token and anything unreadable are raised."""
    try:
        return "answered", client.send(request)
    except PbxWrongToken:
        raise
    except PbxRefused as exc:
        return "refused", exc.pbx_text


@pytest.mark.parametrize("case", sorted(CASES))
def test_simulated_pbx_answers_every_variant_in_its_shape_or_refuses_in_words(
    simulated_pbx: PbxClient, case: str
) -> None:
    kind, value = answer(simulated_pbx, CASES[case])
    if kind == "refused":
        assert len(value.split()) >= 2, value


@pytest.mark.parametrize("case", sorted(CASES.keys() - UNDOCUMENTED))
def test_documented_answer_has_its_shape(recorded_pbx: PbxClient, case: str) -> None:
    answer(recorded_pbx, CASES[case])


@pytest.mark.parametrize("case", sorted(CASES.keys() - UNDOCUMENTED - ECHOED))
def test_both_answer_with_the_same_kind_of_rows(
    recorded_pbx: PbxClient, simulated_pbx: PbxClient, case: str
) -> None:
    documented_kind, documented = answer(recorded_pbx, CASES[case])
    simulated_kind, simulated = answer(simulated_pbx, CASES[case])
    if documented_kind == simulated_kind == "answered":
        assert is_alike(shape(documented), shape(simulated)), (shape(documented), shape(simulated))


def test_every_documented_variant_is_asked() -> None:
    assert len(FULL) == 81
