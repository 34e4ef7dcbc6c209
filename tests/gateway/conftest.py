"""A simulated PBX on real HTTP whose time moves only when a test says so."""

import hashlib
import ssl
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from dashboard.gateway.server import PbxServer, running_pbx
from dashboard.gateway.simulated.settings import SimulationSettings
from tests.gateway.commanding import QUIET, Desk

# Wednesday 18 November 2026, 10:00 in Prague.
START_AT = 1_794_992_400_000
# Reading certificates for a client that needs none takes longer than most tests.
NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def access_token(pbx: PbxServer) -> str:
    return hashlib.sha1((pbx.login + pbx.password).encode(), usedforsecurity=False).hexdigest()


@pytest.fixture
def start_at() -> int:
    return START_AT


@pytest.fixture
def pbx() -> Iterator[PbxServer]:
    with running_pbx(SimulationSettings(start_at=START_AT, speed=0), control_secret="tell me") as running:
        yield running


@pytest.fixture
def client_for() -> Iterator[Callable[[PbxServer], httpx.Client]]:
    clients = []

    def client(running: PbxServer) -> httpx.Client:
        token = access_token(running)
        cookies = {"access_token": token}
        clients.append(httpx.Client(base_url=running.url, cookies=cookies, timeout=30, verify=NO_TLS))
        return clients[-1]

    yield client
    for opened in clients:
        opened.close()


@pytest.fixture
def client(pbx: PbxServer, client_for: Callable[[PbxServer], httpx.Client]) -> httpx.Client:
    return client_for(pbx)


@pytest.fixture
def ask(client: httpx.Client) -> Callable[..., Any]:
    """Ask for an action, e.g. `ask("3.5/RTStatsCalls")`, and get its result."""

    def asked(path: str, **parameters: str) -> Any:
        answer = client.get(f"/api/{path}/json", params=parameters).json()
        assert answer["status"] == 1, answer
        return answer["result"]

    return asked


@pytest.fixture
def ask_of(client_for: Callable[[PbxServer], httpx.Client]) -> Callable[[PbxServer], Callable[..., Any]]:
    """Such a question to any PBX; what it refuses is answered with its text."""

    def of(running: PbxServer) -> Callable[..., Any]:
        client = client_for(running)

        def asked(path: str, **parameters: Any) -> Any:
            answer = client.get(f"/api/{path}/json", params=parameters).json()
            return answer["result"] if answer["status"] == 1 else str(answer["error"])

        return asked

    return of


@pytest.fixture
def desk(client_for: Callable[[PbxServer], httpx.Client]) -> Iterator[Desk]:
    """A quiet PBX, and somebody who commands it with all rights."""
    with running_pbx(QUIET) as running:
        yield Desk(running, client_for(running))
