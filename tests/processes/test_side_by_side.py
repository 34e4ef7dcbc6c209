"""The lanes of the tests leave nothing out and run nothing twice."""

from __future__ import annotations

from pathlib import Path

from tests.side_by_side import lanes

TESTS = Path(__file__).resolve().parents[1]


def test_every_folder_of_tests_is_in_exactly_one_lane() -> None:
    folders = {f"tests/{path.relative_to(TESTS).parts[0]}" for path in TESTS.rglob("test_*.py")}
    ran: dict[str, list[str]] = {folder: [] for folder in folders}
    for lane in lanes([]):
        left_out = {word.removeprefix("--ignore=") for word in lane.command if word.startswith("--ignore=")}
        for folder in folders:
            if folder in lane.command or ("tests" in lane.command and folder not in left_out):
                ran[folder].append(lane.name)
    assert {folder: names for folder, names in ran.items() if len(names) != 1} == {}


def test_lanes_of_real_processes_come_before_the_others() -> None:
    is_patient = [lane.is_patient for lane in lanes([])]
    assert is_patient == sorted(is_patient, reverse=True)


def test_arguments_reach_every_lane() -> None:
    assert all("--maxfail=1" in lane.command for lane in lanes(["--maxfail=1"]))
