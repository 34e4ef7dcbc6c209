"""`make demo` as its user sees it: it starts, mends itself, and leaves nothing behind, however it ends."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from tests.processes.launching import PROGRAMS, Launched, launched
from tests.stack import wait_until

pytestmark = pytest.mark.faults

SUPERVISOR = "supervisor.supervisord"
LAUNCHER = "wallboard.processes"
LISTENING = "0A"
LOOPBACK = "0100007F"


@pytest.fixture(scope="module")
def demo() -> Iterator[Launched]:
    with launched("demo", by_make=True) as process:
        process.wait_ready()
        yield process


def test_demo_says_where_it_is_and_who_may_log_in(demo: Launched) -> None:
    text = demo.text()
    assert f"http://localhost:{demo.port}/boards/overview/" in text
    assert all(name in text for name in ("admin", "supervisor", "manager", "viewer"))
    assert "Traceback" not in text
    assert "Installing" not in text
    assert "outage" not in text, "the PBX was asked before it listened"


@pytest.mark.parametrize("name", ["admin", "supervisor", "manager", "viewer"])
def test_demo_has_the_login(demo: Launched, name: str) -> None:
    with httpx.Client(base_url=demo.url, follow_redirects=True, timeout=20, trust_env=False) as client:
        client.get("/accounts/login/").raise_for_status()
        form = {"username": name, "password": name, "csrfmiddlewaretoken": client.cookies["csrftoken"]}
        client.post("/accounts/login/", data=form).raise_for_status()
        assert client.get("/boards/overview/").status_code == 200


def test_demo_listens_on_the_loopback_only(demo: Launched) -> None:
    table = Path(f"/proc/{demo.pid_of(PROGRAMS['web'])}/net/tcp").read_text().splitlines()[1:]
    local = [line.split()[1] for line in table if line.split()[3] == LISTENING]
    addresses = {
        place.partition(":")[0] for place in local if int(place.partition(":")[2], 16) == int(demo.port)
    }
    assert addresses == {LOOPBACK}


@pytest.mark.parametrize("program", PROGRAMS)
def test_program_that_is_killed_is_started_again(demo: Launched, program: str) -> None:
    word = PROGRAMS[program]
    killed = demo.pid_of(word)
    os.kill(killed, signal.SIGKILL)
    wait_until(lambda: demo.find(word) not in {None, killed}, within_s=30, what=f"Another {program}")
    wait_until(lambda: is_ticking(demo), within_s=40, what="A healthy demo")


def is_ticking(demo: Launched) -> bool:
    health = demo.health()
    if health is None or health["status"] != "ok":
        return False
    ages = health["streams"]
    assert isinstance(ages, dict)
    return all(age is not None and age < 3 for age in ages.values())


def by_ctrl_c(demo: Launched) -> None:
    """As a terminal does: to the whole foreground group, which is make and the launcher."""
    os.killpg(demo.process.pid, signal.SIGINT)


def by_terminating_the_launcher(demo: Launched) -> None:
    os.kill(demo.pid_of(LAUNCHER), signal.SIGTERM)


def by_killing_make(demo: Launched) -> None:
    demo.process.kill()


def by_killing_the_launcher(demo: Launched) -> None:
    os.kill(demo.pid_of(LAUNCHER), signal.SIGKILL)


def by_killing_the_supervisor(demo: Launched) -> None:
    os.kill(demo.pid_of(SUPERVISOR), signal.SIGKILL)


def by_closing_the_terminal(demo: Launched) -> None:
    os.killpg(demo.process.pid, signal.SIGHUP)


def test_demo_that_runs_ends_within_seconds_when_it_is_told_to(demo: Launched) -> None:
    by_ctrl_c(demo)
    demo.process.wait(30)
    demo.wait_gone()
    assert "Traceback" not in demo.text()


@pytest.mark.parametrize(
    "end",
    [
        by_ctrl_c,
        by_terminating_the_launcher,
        by_killing_make,
        by_killing_the_launcher,
        by_killing_the_supervisor,
        by_closing_the_terminal,
    ],
)
def test_nothing_is_left_behind(demo: Launched, end: Callable[[Launched], None]) -> None:
    """Each start finds the data as the one before was cut off."""
    with launched("demo", {"WALLBOARD_DATA": str(demo.folder / "data")}, by_make=True) as process:
        process.wait_programs()
        end(process)
        process.wait_gone()
        assert "Traceback" not in process.text()
