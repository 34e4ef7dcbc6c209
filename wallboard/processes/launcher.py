"""`make demo` and `make run`: checks, prepares, starts everything, says where it is, and stops everything again."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Final, NoReturn
from urllib.parse import urlsplit

import redis

from dashboard.hub.store import connect
from wallboard.processes.kind import kind_conflict
from wallboard.processes.programs import (
    Place,
    Program,
    redis_program,
    simulated_pbx_program,
    site_programs,
    supervisor_configuration,
)
from wallboard.processes.tied import tie_to_parent

ROOT: Final = Path(__file__).resolve().parents[2]
READY_WITHIN_S: Final = 180
STOP_WITHIN_S: Final = 30
LOOPBACK: Final = ("127.0.0.1", "localhost", "::1")
EVERYWHERE: Final = ("0.0.0.0", "::")  # noqa: S104  (these are only compared with)
SIGNALS: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
SECRETS: Final = ("PBX_PASSWORD", "DJANGO_SUPERUSER_PASSWORD")
MAKE_ARGUMENTS: Final = ("MAKEFLAGS", "MFLAGS", "MAKEOVERRIDES")
"""In these, make passes on its own arguments, so the passwords once more."""
SITE_ONLY: Final = (
    "PUBLIC_URL",
    "REDIS_URL",
    "DATABASE_URL",
    "ALLOWED_HOSTS",
    "DEBUG",
    "SECRET_KEY",
    "PBX_CA_FILE",
)
"""Settings of a real site, which the demo goes without."""
DEMO_LOGINS: Final = ("admin", "supervisor", "manager", "viewer")


class CannotStart(Exception):
    """A reason in words."""


class NotPrepared(Exception):
    """The preparation failed and has said why."""


class Stopped(Exception):
    """SIGINT, SIGTERM or SIGHUP came."""


def start(kind: str, *, private: Path | None) -> int:
    """Run `demo` or `run` until it is stopped; the exit code. With a private folder everything is prepared already."""
    place = Place(
        root=ROOT,
        data=Path(os.environ.get("WALLBOARD_DATA") or _own_data(kind)).absolute(),
        private=private or Path(tempfile.mkdtemp(prefix="wallboard-")),
    )
    _on_signals()
    try:
        bind, port = os.environ.get("BIND") or "127.0.0.1", _port()
        if private is None:
            _check(kind, bind, port)
            _configure(kind, place, bind, port)
            _start_anew(kind, place)
        _run(kind, place, bind, port)
    except CannotStart as exc:
        print(f"wallboard: {exc}", file=sys.stderr)  # noqa: T201
        return 1
    except NotPrepared:
        return 1
    except Stopped:
        return 0
    finally:
        shutil.rmtree(place.private, ignore_errors=True)


def _own_data(kind: str) -> Path:
    """Where the data is if no other folder is named."""
    return ROOT / ".wallboard" / ("demo" if kind == "demo" else "data")


def _check(kind: str, bind: str, port: int) -> None:
    if kind == "demo" and bind not in LOOPBACK:
        raise CannotStart(
            f"BIND is {bind}, but the demo has well-known passwords and listens on 127.0.0.1 only."
        )
    _port_check(bind, port)


def _configure(kind: str, place: Place, bind: str, port: int) -> None:
    """Prepare database and files, and write down which programs to run."""
    try:
        place.data.mkdir(parents=True, exist_ok=True)
        conflict = kind_conflict(kind, place.data, is_demos_own=place.data == _own_data("demo"))
    except OSError as exc:
        raise CannotStart(f"WALLBOARD_DATA: {place.data} cannot be used ({exc.strerror}).") from exc
    if conflict:
        raise CannotStart(conflict)
    programs = _environment(kind, place)
    _prepare()
    if not any(program.name == "redis" for program in programs):
        _redis_check(os.environ["REDIS_URL"])
    pbx_port = urlsplit(os.environ["PBX_URL"]).port if kind == "demo" else None
    programs += site_programs(place, bind=bind, port=port, pbx_port=pbx_port)
    place.supervisor_configuration.write_text(supervisor_configuration(programs, place))


def _start_anew(kind: str, place: Place) -> NoReturn:
    """Become a process in whose environment no password ever was: the one a process began with can be read until it ends."""
    environment = {
        name: value for name, value in os.environ.items() if name not in (*SECRETS, *MAKE_ARGUMENTS)
    }
    command = [sys.executable, "-m", "wallboard.processes", kind, "--prepared", str(place.private)]
    # Until the new program can handle them, signals wait.
    signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
    os.chdir(ROOT)
    os.execve(sys.executable, command, environment)  # noqa: S606


def _run(kind: str, place: Place, bind: str, port: int) -> NoReturn:
    with _supervisor(place.supervisor_configuration) as supervisor:
        _wait_ready(supervisor, bind, port, is_demo=kind == "demo")
        print(_welcome(kind, bind, port), flush=True)  # noqa: T201
        supervisor.wait()
        raise CannotStart(f"the supervisor of the processes ended by itself; see {place.data}/processes.log.")


def _environment(kind: str, place: Place) -> list[Program]:
    """Put into the environment what the processes are to find there; the programs that this takes."""
    programs = []
    os.environ["WALLBOARD_DATA"] = str(place.data)
    if kind == "demo":
        for name in SITE_ONLY:
            os.environ.pop(name, None)
        port, password = _free_port(), secrets.token_hex(12)
        os.environ |= {
            "WALLBOARD_DEMO": "1",
            "PBX_URL": f"http://127.0.0.1:{port}",
            "PBX_LOGIN": "api",
            "PBX_PASSWORD": password,
            "PBX_TIMEZONE": "Europe/Prague",
            "PBX_TOKEN_IN": "cookie",
        }
        programs.append(simulated_pbx_program(place, port=port, login="api", password=password))
    else:
        os.environ.pop("WALLBOARD_DEMO", None)
    if not os.environ.get("REDIS_URL"):
        os.environ["REDIS_URL"] = f"unix://{place.redis_socket}"
        programs.append(redis_program(place))
    return programs


def _prepare() -> None:
    """Database, static files, first logins, PBX and board; says itself what is wrong."""
    done = subprocess.run([sys.executable, str(ROOT / "manage.py"), "prepare"], cwd=ROOT, check=False)  # noqa: S603
    if done.returncode:
        raise NotPrepared


def _redis_check(url: str) -> None:
    client = connect(url)
    try:
        client.ping()
    except redis.RedisError as exc:
        raise CannotStart(f"REDIS_URL: the server does not answer ({exc}).") from exc
    finally:
        client.close()


def _port() -> int:
    value = os.environ.get("PORT") or "8000"
    if not value.isdecimal() or not 0 < int(value) < 65536:
        raise CannotStart(f"PORT must be a whole number from 1 to 65535, not {value!r}.")
    return int(value)


def _port_check(bind: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in bind else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((bind, port))
        except OSError as exc:
            hint = "Stop what uses it, or choose another port, such as PORT=8001."
            raise CannotStart(f"port {port} on {bind} cannot be used ({exc.strerror}). {hint}") from exc


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def _supervisor(configuration: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The running supervisor; at the end it has stopped all its programs."""
    process = subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "supervisor.supervisord", "-n", "-c", str(configuration)],
        cwd=ROOT,
        start_new_session=True,
        preexec_fn=partial(tie_to_parent, os.getpid()),
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(STOP_WITHIN_S)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)  # its programs follow: they are tied to it
                process.wait()


def _on_signals() -> None:
    def stop(_number: int, _frame: FrameType | None) -> None:
        for number in SIGNALS:
            signal.signal(number, signal.SIG_IGN)
        raise Stopped

    for number in SIGNALS:
        signal.signal(number, stop)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)


def _wait_ready(supervisor: subprocess.Popen[bytes], bind: str, port: int, *, is_demo: bool) -> None:
    """Wait until the web server answers and, in the demo, the first figures are there."""
    until = time.monotonic() + READY_WITHIN_S
    while time.monotonic() < until:
        if _is_ready(bind, port, is_demo=is_demo):
            return
        if supervisor.poll() is not None:
            raise CannotStart("the supervisor of the processes could not be started.")
        time.sleep(0.2)
    raise CannotStart(
        f"not everything was ready within {READY_WITHIN_S} s; what the processes said stands above."
    )


def _is_ready(bind: str, port: int, *, is_demo: bool) -> bool:
    host = "127.0.0.1" if bind in EVERYWHERE else f"[{bind}]" if ":" in bind else bind
    try:
        with urllib.request.urlopen(f"http://{host}:{port}/healthz", timeout=5) as answer:
            health = json.load(answer)
    except (urllib.error.URLError, OSError, ValueError):
        return False
    return health["status"] == "ok" and not (is_demo and None in health["streams"].values())


def _welcome(kind: str, bind: str, port: int) -> str:
    host = "localhost" if bind in (*LOOPBACK, *EVERYWHERE) else bind
    base = os.environ.get("PUBLIC_URL") or f"http://{host}:{port}"
    logins = (
        f"  Logins           {', '.join(DEMO_LOGINS)} (the password is the name)\n" if kind == "demo" else ""
    )
    screen = f"{base}/tv/demo/" if kind == "demo" else f"{base}/tv/"
    return f"""
Wallboard is running.

  Overview board   {base}/boards/overview/
  Supervision      {base}/admin/supervision/
  Manager pages    {base}/reports/
  A TV             {screen}
  Administration   {base}/admin/
{logins}
Ctrl-C stops everything.
"""
