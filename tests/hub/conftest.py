"""A hub on the tests' Redis, and who writes what it follows."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import redis

from dashboard.hub.hub import Hub
from tests.conftest import RedisServer
from tests.hub.following import Writer


@pytest.fixture
async def hub(redis_server: RedisServer) -> AsyncIterator[Hub]:
    hub = Hub(redis_server.url)
    yield hub
    await hub.close()


@pytest.fixture
def writer(redis_client: redis.Redis) -> Writer:
    return Writer(redis_client)
