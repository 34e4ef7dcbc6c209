"""All Python tests, side by side: python -m tests.side_by_side [PYTEST'S ARGUMENTS …]

Two tracks run at the same time. Tests of real processes wait a lot and hold to real limits of time: they come one after the other
and first at the processor. All others calculate; they get what is left. Every lane is a process of its own, with a database, a
Redis and a folder of its own, so none sees another.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Final, NamedTuple

from wallboard.processes.tied import tie_to_parent

ROOT: Final = Path(__file__).resolve().parents[1]
PATIENT: Final = ("faults", "browser", "processes")
"""Folders with tests of real processes. Playwright keeps an event loop in its process, beside which there can be no other."""

CALCULATING: Final = ("gateway", "contract", "pbx")
"""Folders that fill a lane of their own; every other folder is in the lane `others`."""

POLITE: Final = 10
LOOK_EVERY_S: Final = 0.2
SAY_EVERY_S: Final = 60.0
STOP_WITHIN_S: Final = 60.0
NOTHING_COLLECTED: Final = 5
LINES_OF_SUCCESS: Final = 3


class Lane(NamedTuple):
    """What one process runs."""

    name: str
    command: list[str]
    is_patient: bool


class Stopped(Exception):
    """SIGINT or SIGTERM came."""


def lanes(arguments: Sequence[str]) -> list[Lane]:
    """All lanes, the longest of each track first. Together they have every folder, also those made later."""
    pytest = [sys.executable, "-m", "pytest", "-q", *arguments]
    named = [f"--ignore=tests/{name}" for name in (*PATIENT, *CALCULATING)]
    return [
        *(Lane(name, [*pytest, f"tests/{name}"], is_patient=True) for name in PATIENT),
        Lane("others", [*pytest, *named, "tests"], is_patient=False),
        Lane(
            "/".join(CALCULATING),
            [*pytest, *(f"tests/{name}" for name in CALCULATING)],
            is_patient=False,
        ),
        Lane("postgres", [sys.executable, "-m", "tests.postgres", *arguments], is_patient=False),
    ]


class Running:
    """A lane under way; its output waits in a file until it is over."""

    def __init__(self, lane: Lane, folder: Path) -> None:
        self.lane = lane
        self.began_s = time.monotonic()
        self._output = folder / f"{lane.name.replace('/', '-')}.log"
        with self._output.open("wb") as output:
            self.process = subprocess.Popen(
                lane.command,
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                preexec_fn=partial(_prepared, os.getpid(), lane.is_patient),
            )

    def told(self, *, is_ok: bool) -> None:
        """Say how it went: everything of a failure, of a success the last lines."""
        lines = self._output.read_text(errors="replace").splitlines()
        word = "passed" if is_ok else "FAILED"
        print(f"── {self.lane.name}: {word} after {time.monotonic() - self.began_s:.0f} s")
        print("\n".join(lines[-LINES_OF_SUCCESS:] if is_ok else lines), flush=True)


def _prepared(parent: int, is_patient: bool) -> None:
    tie_to_parent(parent)
    if not is_patient:
        os.nice(POLITE)


def run(arguments: Sequence[str], *, folder: Path) -> list[str]:
    """Run all lanes; the names of those that failed."""
    waiting, running, failed = lanes(arguments), list[Running](), list[str]()
    slots = {True: 1, False: max(1, (os.cpu_count() or 1) - 1)}
    said_s = time.monotonic()
    try:
        while waiting or running:
            for lane in list(waiting):
                if sum(one.lane.is_patient is lane.is_patient for one in running) < slots[lane.is_patient]:
                    waiting.remove(lane)
                    running.append(Running(lane, folder))
            for one in [one for one in running if one.process.poll() is not None]:
                running.remove(one)
                # With arguments of the caller's, a lane may have nothing to do.
                allowed = {0, NOTHING_COLLECTED} if arguments else {0}
                is_ok = one.process.returncode in allowed
                one.told(is_ok=is_ok)
                if not is_ok:
                    failed.append(one.lane.name)
            if time.monotonic() - said_s > SAY_EVERY_S:
                said_s = time.monotonic()
                print("… running: " + ", ".join(one.lane.name for one in running), flush=True)
            time.sleep(LOOK_EVERY_S)
    finally:
        _stop(running)
    return failed


def _stop(running: Sequence[Running]) -> None:
    for one in running:
        one.process.send_signal(signal.SIGINT)
    for one in running:
        try:
            one.process.wait(STOP_WITHIN_S)
        except subprocess.TimeoutExpired:
            one.process.kill()
            one.process.wait()


def _on_signal(_number: int, _frame: FrameType | None) -> None:
    raise Stopped


def main(arguments: Sequence[str]) -> int:
    """The exit code."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _on_signal)
    began_s = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="wallboard-lanes-") as folder:
        try:
            failed = run(arguments, folder=Path(folder))
        except Stopped:
            return 130
    verdict = f"FAILED: {', '.join(failed)}" if failed else "all passed"
    print(f"── {verdict}, {time.monotonic() - began_s:.0f} s")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
