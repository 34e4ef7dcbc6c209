"""JSON that decodes well and yet nobody can use."""

from __future__ import annotations

import json

import pytest

from dashboard.domain.outside_json import DEEPEST, holds_nul, is_too_deep


@pytest.mark.parametrize("text", ["\0", "a\0b", "\\\0", "x\\\\\0"])
def test_the_character_that_no_database_stores_is_found(text: str) -> None:
    assert holds_nul(json.dumps({"reason": text}).encode())
    assert holds_nul(json.dumps({text: 1}).encode())


@pytest.mark.parametrize("text", ["", "u0000", "\\u0000", "\\\\u0000", "\u0001", "\\"])
def test_what_only_looks_like_it_is_left_alone(text: str) -> None:
    assert not holds_nul(json.dumps({"reason": text, "more": text}).encode())


@pytest.mark.parametrize("pair", ["[]", "{}"])
def test_depth_is_counted_outside_of_texts(pair: str) -> None:
    opening, closing = ("[", "]") if pair == "[]" else ('{"a":', "}")
    fine = opening * DEEPEST + "1" + closing * DEEPEST
    assert not is_too_deep(fine.encode())
    assert is_too_deep(f"[{fine}]".encode())
    assert not is_too_deep(json.dumps(["[{" * 50, '"[' * 50, "\\\\" * 50 + "["] + [[1], [2]] * 50).encode())
    assert is_too_deep(b"[" * 2000)
