"""`manage.py simulate_pbx` as somebody at a terminal meets it."""

import hashlib
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "manage.py", "simulate_pbx"]


@contextmanager
def started(*options: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    process = subprocess.Popen(
        [*COMMAND, *options], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        found = re.search(r"http://\S+", line)
        assert found, line
        yield process, found[0]
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate(timeout=10)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_prints_its_address_serves_and_stops_cleanly(number: signal.Signals) -> None:
    options = (
        "--agents",
        "5",
        "--queues",
        "3",
        "--quiet",
        "--control",
        "--fault",
        "GetUser=http_error:status=502",
    )
    with started(*options) as (process, url):
        assert len(httpx.get(f"{url}/control/state").json()["faults"]) == 1
        assert httpx.get(f"{url}/api/4.0/GetUser/json").status_code == 502
        process.send_signal(number)
        output, errors = process.communicate(timeout=10)
        assert (process.returncode, output, errors) == (0, "", "")


def test_it_serves_the_days_before_the_start_if_told_to() -> None:
    day = {"datetime_from": "2000-01-01 00:00:00", "datetime_to": "2099-12-31 23:59:59", "take": "1"}
    token = hashlib.sha1(b"apidemo", usedforsecurity=False).hexdigest()
    with started("--agents", "10", "--queues", "4", "--history-days", "2") as (_, url):
        answer = httpx.get(f"{url}/api/4.1/StatsCalls/json", params={**day, "access_token": token}).json()
        assert int(answer["result"]["total"]) > 500


def test_a_port_in_use_is_one_clear_sentence_and_no_stack_trace() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = subprocess.run(
            [*COMMAND, "--port", port], cwd=ROOT, capture_output=True, text=True, check=False
        )
    assert done.returncode == 2
    assert f"Port {port} on 127.0.0.1 is in use by another program" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "options", [("--agents", "0"), ("--fault", "*=sabotage"), ("--host", "no.such.host.invalid")]
)
def test_senseless_options_are_refused_in_words(options: tuple[str, str]) -> None:
    done = subprocess.run([*COMMAND, *options], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
