"""Starts and stops a wallboard of real processes in a temporary folder."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import xmlrpc.client
from collections.abc import Iterator, Mapping
from configparser import RawConfigParser
from contextlib import contextmanager
from functools import partial
from io import StringIO
from pathlib import Path
from typing import Any, cast

import httpx
from asgiref.sync import async_to_sync
from channels_redis.pubsub import RedisPubSubChannelLayer
from supervisor.xmlrpc import SupervisorTransport

from dashboard.gateway.server import PbxServer, running_pbx
from dashboard.gateway.simulated.settings import SimulationSettings
from tests.stack.board import BoardClient
from tests.stack.surroundings import clean_environment, free_port
from tests.stack.waiting import wait_until
from wallboard.processes.programs import Place, redis_program, site_programs, supervisor_configuration
from wallboard.processes.tied import tie_to_parent

SITE_ROOT = Path(__file__).resolve().parents[2]
READY_WITHIN_S = 60.0
CONTROL_GROUP = "sockets"


class Stack:
    """Made by `running_stack`. Programs are named as in `programs.py`: worker-live, web and so on."""

    def __init__(self, *, folder: Path, port: int, pbx: PbxServer, environment: Mapping[str, str]) -> None:
        self.folder = folder
        self.port = port
        self.pbx = pbx
        self.place = Place(root=SITE_ROOT, data=folder / "data", private=folder)
        self.url = f"http://127.0.0.1:{port}"
        self.redis_url = f"unix://{self.place.redis_socket}"
        self.output = folder / "output.log"
        self.environment = clean_environment(
            WALLBOARD_DATA=str(self.place.data),
            WALLBOARD_DEMO="1",
            REDIS_URL=self.redis_url,
            PBX_URL=pbx.url,
            PBX_LOGIN=pbx.login,
            PBX_PASSWORD=pbx.password,
            PORT=str(port),
            PYTHONUNBUFFERED="1",
            **environment,
        )
        self._cookies: dict[str, dict[str, str]] = {}

    # Programs

    def pid(self, name: str) -> int:
        """The program's process; 0 while it does not run."""
        with self._supervisor() as supervisor:
            info = supervisor.getProcessInfo(_in_its_group(name))
        return int(info["pid"]) if info["statename"] in {"STARTING", "RUNNING"} else 0

    def kill(self, name: str, number: int = signal.SIGKILL) -> int:
        """Send the signal; the pid that got it. The supervisor starts the program again."""
        pid = self.pid(name)
        os.kill(pid, number)
        return pid

    def stop_program(self, name: str) -> None:
        """Stop it until `start_program`. Redis is killed outright, the others get SIGTERM."""
        with self._supervisor() as supervisor:
            supervisor.stopProcess(_in_its_group(name))

    def start_program(self, name: str) -> None:
        with self._supervisor() as supervisor:
            supervisor.startProcess(_in_its_group(name), False)

    def log_text(self) -> str:
        """Everything that the processes have written so far."""
        return self.output.read_text(errors="replace")

    def log_lines(self, containing: str, *, since: int = 0) -> list[str]:
        """Lines of the processes' output from this offset on (see `log_mark`)."""
        return [line for line in self.log_text()[since:].splitlines() if containing in line]

    def log_mark(self) -> int:
        return len(self.log_text())

    @contextmanager
    def _supervisor(self) -> Iterator[Any]:
        transport = SupervisorTransport(None, None, f"unix://{self.folder}/supervisor.sock")
        with xmlrpc.client.ServerProxy("http://127.0.0.1", transport=transport) as proxy:
            yield proxy.supervisor

    @contextmanager
    def web(self, *, command: list[str] | None = None, redis_url: str | None = None) -> Iterator[str]:
        """One more web server beside the stack's own, as long as the block runs; its address.

        `command` may hold {port}; without it, it is the daphne of `programs.py`.
        """
        port = free_port()
        program = site_programs(self.place, bind="127.0.0.1", port=port)[-1]
        words = [word.format(port=port) for word in command] if command else program.command
        environment = self.environment | {"PORT": str(port)} | ({"REDIS_URL": redis_url} if redis_url else {})
        with self.output.open("ab") as output:
            process = subprocess.Popen(
                words, cwd=SITE_ROOT, env=environment, stdout=output, stderr=output, preexec_fn=tie_to_parent
            )
        try:
            wait_until(lambda: self._is_up(port), within_s=READY_WITHIN_S, what="Another web server")
            yield f"http://127.0.0.1:{port}"
        finally:
            _stop(process)

    # People and sockets

    @contextmanager
    def client(self, user: str, *, url: str | None = None) -> Iterator[httpx.Client]:
        """A logged-in HTTP client, as long as the block runs."""
        base = url or self.url
        with httpx.Client(base_url=base, follow_redirects=True, timeout=20, trust_env=False) as client:
            client.get("/accounts/login/").raise_for_status()
            form = {"username": user, "password": user, "csrfmiddlewaretoken": client.cookies["csrftoken"]}
            client.post("/accounts/login/", data=form).raise_for_status()
            if "sessionid" not in client.cookies:
                raise AssertionError(f"{user} could not log in")
            yield client

    def cookies(self, user: str, *, is_new: bool = False) -> dict[str, str]:
        """The cookies of a login; the same ones at each call unless a new login is asked for."""
        if is_new or user not in self._cookies:
            with self.client(user) as client:
                cookies = dict(client.cookies)
            if is_new:
                return cookies
            self._cookies[user] = cookies
        return self._cookies[user]

    def board(
        self,
        *,
        user: str | None = "viewer",
        slug: str = "overview",
        hello: Mapping[str, Any] | None = None,
        says_hello: bool = True,
        acks: bool = True,
        url: str | None = None,
        origin: str | None = None,
        cookies: Mapping[str, str] | None = None,
    ) -> BoardClient:
        """A board that is open. `hello` is another board's place; `url` another web server's; no `user`: not logged in."""
        base = url or self.url
        if cookies is None:
            cookies = self.cookies(user) if user else {}
        return BoardClient(
            f"{base.replace('http', 'ws', 1)}/ws/boards/{slug}/",
            cookies=cookies,
            origin=origin or base,
            hello=(hello or {}) if says_hello else None,
            acks=acks,
        )

    def control(self, **message: object) -> None:
        """A control message to all sockets through the channel layer, such as do="recheck"."""

        async def send() -> None:
            layer = RedisPubSubChannelLayer(hosts=[self.redis_url], prefix="wallboard-control")
            await layer.group_send(CONTROL_GROUP, {"type": "control", **message})
            await layer.flush()

        async_to_sync(send)()

    # Database

    def sql(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """Read or change the stack's database, as another process would; the rows, if any."""
        with (
            contextlib.closing(
                sqlite3.connect(self.place.data / "wallboard.sqlite3", timeout=10)
            ) as database,
            database,
        ):
            return database.execute(statement, cast("Any", values)).fetchall()

    def manage(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a management command; raises if it fails."""
        return subprocess.run(
            [sys.executable, str(SITE_ROOT / "manage.py"), *words],
            cwd=SITE_ROOT,
            env=self.environment,
            check=True,
            capture_output=True,
            text=True,
        )

    # Start and end

    def start(self) -> None:
        """Return when the web server answers and the first poll is in."""
        self.place.data.mkdir(parents=True)
        self.manage("prepare")
        # Boards that come by themselves some seconds later would change what tests find.
        self.sql("UPDATE dashboard_pbx SET has_starter_boards = 1")
        programs = [
            redis_program(self.place),
            *site_programs(self.place, bind="127.0.0.1", port=self.port),
        ]
        configuration = self.folder / "supervisord.conf"
        configuration.write_text(_redis_stops_at_once(supervisor_configuration(programs, self.place)))
        with self.output.open("ab") as output:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "supervisor.supervisord", "-n", "-c", str(configuration)],
                cwd=SITE_ROOT,
                env=self.environment,
                stdout=output,
                stderr=output,
                start_new_session=True,
                preexec_fn=partial(tie_to_parent, os.getpid()),
            )
        self.wait_up()
        wait_until(self._has_polled, within_s=READY_WITHIN_S, what="The first poll")

    def stop(self) -> None:
        if process := getattr(self, "_process", None):
            _stop(process)

    def health(self, url: str | None = None) -> dict[str, Any]:
        """What /healthz says."""
        return dict(httpx.get(f"{url or self.url}/healthz", timeout=10, trust_env=False).json())

    def wait_up(self) -> None:
        """Until the web server answers: a test before may have ended it, and the supervisor is bringing it back."""
        wait_until(lambda: self._is_up(self.port), within_s=READY_WITHIN_S, what="The web server")

    def _is_up(self, port: int) -> bool:
        try:
            return bool(self.health(f"http://127.0.0.1:{port}")["redis"])
        except httpx.TransportError:
            return False

    def _has_polled(self) -> bool:
        return None not in self.health()["streams"].values()


def _in_its_group(name: str) -> str:
    """How the supervisor calls a program: all but Redis are in the group `site`."""
    return name if name == "redis" else f"site:{name}"


def _redis_stops_at_once(configuration: str) -> str:
    """The supervisor's configuration, with Redis killed rather than asked when it is to stop."""
    parser = RawConfigParser()
    parser.read_string(configuration)
    parser["program:redis"]["stopsignal"] = "KILL"
    text = StringIO()
    parser.write(text)
    return text.getvalue()


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(30)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextmanager
def running_stack(
    *,
    simulation: SimulationSettings | None = None,
    environment: Mapping[str, str] | None = None,
    port: int | None = None,
) -> Iterator[Stack]:
    """A wallboard as long as the block runs. `environment` adds settings; where something fails, the output is shown."""
    folder = Path(tempfile.mkdtemp(prefix="wallboard-stack-"))
    try:
        with running_pbx(simulation or SimulationSettings(timezone="Europe/Prague")) as pbx:
            stack = Stack(folder=folder, port=port or free_port(), pbx=pbx, environment=environment or {})
            try:
                stack.start()
                yield stack
            finally:
                stack.stop()
                if stack.output.exists():
                    sys.stderr.write(stack.log_text())
    finally:
        shutil.rmtree(folder, ignore_errors=True)
