"""The first lines that anybody sees: make without Python, without venv, without a network."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.processes.launching import checkout, script
from tests.stack.surroundings import clean_environment

ANSWERS = 'echo "asked: $*"'


def make(folder: Path, *words: str, path: str | None = None) -> subprocess.CompletedProcess[str]:
    program = shutil.which("make")
    assert program is not None
    environment = clean_environment()
    for name in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS"):
        environment.pop(name, None)
    if path is not None:
        environment["PATH"] = path
    return subprocess.run(
        [program, "--no-print-directory", *words],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def a_path(folder: Path, *names: str) -> str:
    """A PATH with nothing in it but these of the system's programs."""
    place = folder / "path"
    place.mkdir(exist_ok=True)
    for name in names:
        found = shutil.which(name)
        assert found is not None
        (place / name).symlink_to(found)
    return str(place)


def test_missing_python_is_said_with_what_to_install(tmp_path: Path) -> None:
    folder = checkout(tmp_path / "checkout", python=None)
    done = make(folder, "demo", path=a_path(tmp_path, "touch", "rm"))
    assert done.returncode != 0
    assert "Python 3.11 or newer is needed" in done.stderr
    assert "apt-get install python3" in done.stderr


def test_too_old_python_is_said_with_what_to_install(tmp_path: Path) -> None:
    path = a_path(tmp_path)
    script(Path(path) / "python3", "exit 1")
    done = make(checkout(tmp_path / "checkout", python=None), "demo", path=path)
    assert "Python 3.11 or newer is needed" in done.stderr


def test_missing_venv_module_is_said_with_what_to_install(tmp_path: Path) -> None:
    path = a_path(tmp_path)
    script(Path(path) / "python3", 'case "$2" in *ensurepip*) exit 1;; esac; exit 0')
    done = make(checkout(tmp_path / "checkout", python=None), "demo", path=path)
    assert done.returncode != 0
    assert "no venv module" in done.stderr
    assert "python3-venv" in done.stderr


@pytest.mark.parametrize("kind", ["demo", "run"])
def test_what_is_installed_is_not_installed_again_so_no_network_is_needed(tmp_path: Path, kind: str) -> None:
    folder = checkout(tmp_path / "checkout", python="/bin/echo")
    done = make(folder, kind)
    assert done.returncode == 0
    assert done.stdout.split() == ["-m", "wallboard.processes", kind, "--tied"]


def test_first_start_without_a_network_says_that_it_needs_one(tmp_path: Path) -> None:
    folder = checkout(tmp_path / "checkout", python="/bin/false")
    (folder / ".venv" / ".run").unlink()
    done = make(folder, "demo")
    assert done.returncode != 0
    assert "the first start needs the network" in done.stderr
    assert not (folder / ".venv" / ".run").exists()


def test_changed_dependencies_are_installed(tmp_path: Path) -> None:
    folder = checkout(tmp_path / "checkout", python="/bin/echo")
    stamp = folder / ".venv" / ".run"
    os.utime(stamp, (1, 1))
    done = make(folder, "demo")
    assert "Installing the dependencies" in done.stdout
    assert stamp.stat().st_mtime > 1


def test_make_alone_lists_the_targets(tmp_path: Path) -> None:
    done = make(checkout(tmp_path / "checkout", python=None))
    assert done.returncode == 0
    assert all(word in done.stdout for word in ("make demo", "make run", "make test", "make bench"))
