"""Webhooks while something else is down or slow."""

from __future__ import annotations

import logging
import socket
import time
from collections.abc import Iterator

import pytest

from dashboard.contacts.process import process_close, the_process
from dashboard.models import Contact
from tests.conftest import RedisServer
from tests.hooks.conftest import CALLER, Door

pytestmark = pytest.mark.django_db

KNOWN = {"NAME": "Daktela s.r.o.", "ADDRESS": "Pod Krejcarkem 975"}


def lines_of(caplog: pytest.LogCaptureFixture) -> list[str]:
    names = ("dashboard.contacts", "dashboard.polling")
    return [record.getMessage() for record in caplog.records if record.name.startswith(names)]


@pytest.fixture
def mute_server() -> Iterator[str]:
    """Takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"redis://127.0.0.1:{server.getsockname()[1]}"


def test_hooks_are_answered_while_redis_is_away_and_it_is_logged_once(
    door: Door, contact: Contact, redis_server: RedisServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger="dashboard")
    redis_server.kill()
    try:
        for _ in range(10):
            assert door(f"callid={CALLER}") == KNOWN
    finally:
        redis_server.start()
    time.sleep(1.1)  # so long it is left alone
    door(f"callid={CALLER}")
    until = time.monotonic() + 5
    while len(lines_of(caplog)) < 4 and time.monotonic() < until:
        time.sleep(0.02)
        door(f"callid={CALLER}")
    lines = lines_of(caplog)
    assert len(lines) == 4, lines
    assert sum("again" in line for line in lines) == 2


def test_hooks_are_answered_while_redis_is_mute(
    door: Door, contact: Contact, mute_server: str, settings
) -> None:
    """Only once in a while is Redis waited for, and never long."""
    settings.REDIS_URL = mute_server
    process_close()
    for _ in range(20):
        assert door(f"callid={CALLER}") == KNOWN
    assert the_process().recall.client.connection_pool.connection_kwargs["socket_timeout"] < 1
    process_close()


def test_wrong_secrets_are_not_found_while_redis_is_away(redis_server: RedisServer, door: Door) -> None:
    redis_server.kill()
    try:
        assert door._client.get("/hooks/x/").status_code == 404
    finally:
        redis_server.start()
