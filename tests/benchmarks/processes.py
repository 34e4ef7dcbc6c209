"""Processes that end with the benchmark, whatever happens, and their CPU time."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Final

from tests.benchmarks.report import NotMeasured
from wallboard.processes.tied import tie_to_parent

ROOT: Final = Path(__file__).resolve().parents[2]
STOP_WITHIN_S: Final = 20
_CPU_CLOCK: Final = 2
"""Linux: the kind of clock that counts the CPU time of a whole process."""


class Processes:
    """Starts programs in a folder of their own; `stop` ends all of them, the last first."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def start(
        self,
        command: Sequence[str],
        *,
        name: str,
        environment: Mapping[str, str] | None = None,
        has_pipes: bool = False,
    ) -> subprocess.Popen[bytes]:
        """Start a program that ends with us; what it says goes to a log, with pipes only its errors."""
        with (self.folder / f"{name}.log").open("ab") as output:
            process = subprocess.Popen(
                command,
                cwd=ROOT,
                env={**os.environ, **(environment or {})},
                stdin=subprocess.PIPE if has_pipes else subprocess.DEVNULL,
                stdout=subprocess.PIPE if has_pipes else output,
                stderr=output,
                preexec_fn=partial(tie_to_parent, os.getpid()),
            )
        self._running[name] = process
        return process

    def run(
        self, command: Sequence[str], *, name: str, environment: Mapping[str, str], within_s: float
    ) -> None:
        """Run a program to its end, which must be a good one."""
        process = self.start(command, name=name, environment=environment)
        if process.wait(within_s) != 0:
            raise NotMeasured(f"The process {name} failed. {self.last_words()}")
        del self._running[name]

    def stop(self) -> None:
        """End them all."""
        for process in reversed(self._running.values()):
            process.terminate()
            try:
                process.wait(STOP_WITHIN_S)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    pipe.close()
        self._running.clear()

    def check(self) -> None:
        """Raise if one of them has ended, with the last words of all."""
        ended = [name for name, process in self._running.items() if process.poll() is not None]
        if ended:
            raise NotMeasured(f"The process {ended[0]} ended by itself. {self.last_words()}")

    def last_words(self) -> str:
        logs = sorted(self.folder.glob("*.log"))
        return "\n".join(f"{log.name}: {log.read_text(errors='replace')[-1500:]}" for log in logs)


@contextmanager
def processes() -> Iterator[Processes]:
    """A set of processes and a folder, both gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="wallboard-bench-"))
    running = Processes(folder)
    try:
        yield running
    finally:
        running.stop()
        shutil.rmtree(folder, ignore_errors=True)


def cpu_s(process: subprocess.Popen[bytes]) -> float:
    """CPU seconds that all threads of the running process have used."""
    return time.clock_gettime((~process.pid << 3) | _CPU_CLOCK)


def wait_until(is_so: Callable[[], bool], *, what: str, running: Processes, within_s: float = 60) -> None:
    """Wait; raises `NotMeasured` if it takes too long or a process ends."""
    until = time.monotonic() + within_s
    while not is_so():
        running.check()
        if time.monotonic() > until:
            raise NotMeasured(f"{what}: not within {within_s:g} s. {running.last_words()}")
        time.sleep(0.1)


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])
