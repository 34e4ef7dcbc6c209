"""A demo never touches a real site's data, and no real site starts with a demo's logins."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.processes.launching import launched
from tests.processes.test_refusals import PBX, refused
from wallboard.processes.kind import kind_conflict


@pytest.mark.parametrize(("kind", "other"), [("demo", "run"), ("run", "demo")])
def test_a_folder_is_used_again_only_by_its_own_kind(tmp_path: Path, kind: str, other: str) -> None:
    assert kind_conflict(kind, tmp_path, is_demos_own=False) is None
    assert kind_conflict(kind, tmp_path, is_demos_own=False) is None
    conflict = kind_conflict(other, tmp_path, is_demos_own=False)
    assert conflict is not None
    assert "well-known" in conflict
    assert kind_conflict(kind, tmp_path, is_demos_own=False) is None


def test_a_database_from_before_the_marks_is_a_real_sites_except_in_the_demos_own_folder(
    tmp_path: Path,
) -> None:
    (tmp_path / "wallboard.sqlite3").touch()
    assert kind_conflict("demo", tmp_path, is_demos_own=False) is not None
    assert kind_conflict("demo", tmp_path, is_demos_own=True) is None
    assert kind_conflict("run", tmp_path, is_demos_own=True) is not None


@pytest.mark.parametrize(("kind", "mark"), [("demo", "run"), ("run", "demo")])
def test_the_start_is_refused_in_one_sentence_and_nothing_is_made(
    tmp_path: Path, kind: str, mark: str
) -> None:
    (tmp_path / "kind").write_text(mark)
    with launched(kind, PBX | {"WALLBOARD_DATA": str(tmp_path)}) as process:
        text = refused(process)
    assert "WALLBOARD_DATA" in text
    assert str(tmp_path) in text
    assert [path.name for path in tmp_path.iterdir()] == ["kind"]
