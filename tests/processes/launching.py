"""Starts the launcher as a user does, and finds every process that it brought into the world."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.stack import SITE_ROOT, wait_until
from tests.stack.surroundings import clean_environment, free_port

READY_WITHIN_S = 90.0
GONE_WITHIN_S = 40.0
MARK = "WALLBOARD_TEST_MARK"
PROGRAMS = {
    "redis": "redis.sock",
    "simulated-pbx": "simulate_pbx",
    "worker-live": "worker-live@",
    "worker-live-2": "worker-live-2@",
    "worker-slow": "worker-slow@",
    "beat": "beat",
    "web": "daphne",
}
"""Programs of the demo, and a word of the command line that tells each."""


class Launched:
    """One start of the launcher. Its processes inherit a mark in their environment, and their folder."""

    def __init__(
        self, command: list[str], *, folder: Path, environment: Mapping[str, str], cwd: Path
    ) -> None:
        self.folder = folder
        self.port = environment["PORT"]
        self.url = f"http://127.0.0.1:{self.port}"
        self._output = folder / "output.log"
        self._mark = f"{MARK}={folder}".encode()
        with self._output.open("wb") as output:
            self.process = subprocess.Popen(
                command,
                env=dict(environment) | {MARK: str(folder), "TMPDIR": str(folder)},
                cwd=cwd,
                stdout=output,
                stderr=output,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )

    def text(self) -> str:
        """What the user has seen so far."""
        return self._output.read_text(errors="replace")

    def family(self) -> dict[int, str]:
        """Every process of this start that still runs: pid to command line."""
        found = {}
        for entry in Path("/proc").iterdir():
            if not entry.name.isdecimal():
                continue
            with contextlib.suppress(OSError):
                is_zombie = (entry / "stat").read_text().rpartition(")")[2].split()[0] == "Z"
                is_marked = self._mark in (entry / "environ").read_bytes().split(b"\0")
                # A Redis server writes its title over its environment, but it stays in its folder.
                if not is_zombie and (is_marked or (entry / "cwd").readlink().is_relative_to(self.folder)):
                    words = (entry / "cmdline").read_bytes().split(b"\0")
                    found[int(entry.name)] = b" ".join(words).decode(errors="replace")
        return found

    def find(self, word: str) -> int | None:
        """The process with this word in its command line, if there is one."""
        return next((pid for pid, line in self.family().items() if word in line), None)

    def pid_of(self, word: str) -> int:
        """The process with this word in its command line."""
        found = self.find(word)
        assert found is not None, f"{word} is not among {self.family()}"
        return found

    def wait_ready(self) -> None:
        wait_until(self._is_ready_or_over, within_s=READY_WITHIN_S, what="Readiness")
        assert self.process.poll() is None, self.text()

    def _is_ready_or_over(self) -> bool:
        return "Wallboard is running." in self.text() or self.process.poll() is not None

    def wait_programs(self) -> None:
        """Until every program has a process."""
        wait_until(
            lambda: all(self.find(word) for word in PROGRAMS.values()),
            within_s=READY_WITHIN_S,
            what="Programs",
        )

    def wait_gone(self) -> None:
        wait_until(lambda: not self.family(), within_s=GONE_WITHIN_S, what=f"The end of {self.family()}")

    def health(self) -> dict[str, object] | None:
        """What /healthz says; None while nobody answers."""
        try:
            return dict(httpx.get(f"{self.url}/healthz", timeout=10, trust_env=False).json())
        except httpx.TransportError:
            return None

    def end(self) -> None:
        """Make sure that nothing of it is left, whatever the test did."""
        if self.process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                self.process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(GONE_WITHIN_S)
        for pid in self.family():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait()


@contextmanager
def launched(
    kind: str, settings: Mapping[str, str] | None = None, *, by_make: bool = False
) -> Iterator[Launched]:
    """The launcher of `demo` or `run` in a folder and on a port of its own, unless the settings name others.

    With make, the settings of the PBX are its arguments, as the README has them.
    """
    settings = settings or {}
    folder = Path(tempfile.mkdtemp(prefix="wallboard-launch-"))
    environment = clean_environment(WALLBOARD_DATA=str(folder / "data"), PORT=str(free_port())) | dict(
        settings
    )
    command = [sys.executable, "-m", "wallboard.processes", kind]
    cwd = SITE_ROOT
    if by_make:
        cwd = checkout(folder / "checkout", python=sys.executable)
        given = [f"{name}={value}" for name, value in settings.items() if name.startswith("PBX_")]
        command = ["make", "--no-print-directory", kind, *given]
        environment = {name: value for name, value in environment.items() if not name.startswith("PBX_")}
        environment |= {"PYTHONPATH": str(SITE_ROOT)}
    process = Launched(command, folder=folder, environment=environment, cwd=cwd)
    try:
        yield process
    finally:
        process.end()
        shutil.rmtree(folder, ignore_errors=True)


def checkout(folder: Path, *, python: str | None) -> Path:
    """A folder with our Makefile in which, with a Python, everything is installed already."""
    (folder / ".ci").mkdir(parents=True)
    for name in ("Makefile", "pyproject.toml", ".ci/constraints.txt"):
        shutil.copy(SITE_ROOT / name, folder / name)
    if python:
        (folder / ".venv" / "bin").mkdir(parents=True)
        script(folder / ".venv" / "bin" / "python", f'exec "{python}" "$@"')
        for stamp in (".run", ".dev"):
            (folder / ".venv" / stamp).touch()
    return folder


def script(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
