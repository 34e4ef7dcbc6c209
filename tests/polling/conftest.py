"""A poller over a simulated PBX on real HTTP, with time in the test's hand."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
import redis

from dashboard.domain.diff import Delta, PlainState, delta_apply
from dashboard.gateway.server import PbxServer, running_pbx
from dashboard.gateway.simulated.settings import SimulationSettings
from dashboard.hub.store import Standing, Store
from dashboard.pbx.client import PbxClient, access_token
from dashboard.polling.endpoints import intervals_of
from dashboard.polling.memory import address_mark
from dashboard.polling.poller import Poller, Settings
from dashboard.polling.providers import NO_PROVIDERS

START = int(datetime(2026, 11, 23, 9, tzinfo=UTC).timestamp() * 1000)


class Clock:
    """Our clock, in milliseconds."""

    def __init__(self) -> None:
        self.at = START

    def __call__(self) -> int:
        return self.at


PATIENT_S = 10.0
"""How long a PBX may take for its answers, on a machine that is busy with other tests too."""


class Bench:
    """PBX, poller and what a listener of the channel hears."""

    def __init__(self, pbx: PbxServer, client: redis.Redis, pool: ThreadPoolExecutor) -> None:
        self.pbx = pbx
        self.clock = Clock()
        self.store = Store(client, stream="main")
        self._pool = pool
        self._clients: list[PbxClient] = []
        self.poller = self.poller_new()
        self.providers = NO_PROVIDERS
        self._pubsub = client.pubsub()
        self._pubsub.subscribe(self.store.keys.channel)
        assert self._pubsub.get_message(timeout=2)["type"] == "subscribe"

    def poller_new(
        self,
        *,
        timezone: str = "Europe/Prague",
        every_s: dict[str, float] | None = None,
        pbx: PbxServer | None = None,
        deadline_s: float = PATIENT_S,
    ) -> Poller:
        """As another worker process would have; of another PBX than the bench's if one is given."""
        pbx = pbx or self.pbx
        settings = Settings(
            stream="main",
            timezone=timezone,
            deadline_s=deadline_s,
            intervals=intervals_of(every_s or {}),
            build="test",
            pbx=address_mark(pbx.url),
        )
        token = access_token(pbx.login, pbx.password)
        client = PbxClient(base_url=pbx.url, token=token, deadline_s=deadline_s)
        self._clients.append(client)
        return Poller(settings, client=client, store=self.store, pool=self._pool, clock=self.clock)

    def close(self) -> None:
        self._pubsub.close()
        for client in self._clients:
            client.close()

    def poll(self, seconds: float = 1.0, *, poller: Poller | None = None) -> Standing:
        """Let time pass for both sides, then poll once."""
        self.clock.at += int(seconds * 1000)
        self.pbx.skip(seconds)
        return self.poll_now(poller=poller)

    def poll_now(self, *, poller: Poller | None = None) -> Standing:
        poller = poller or self.poller
        standing = self.store.lease_acquire("test")
        assert isinstance(standing, Standing)
        try:
            after = poller.poll(standing, token="test", providers=self.providers)
        finally:
            self.store.lease_drop("test")
            self.store.client.delete(self.store.keys.lease)
        assert after is not None
        return after

    def heard(self) -> list[dict]:
        """What was published since the last call."""
        messages = []
        while (message := self._pubsub.get_message(timeout=0.05)) is not None:
            messages.append(json.loads(message["data"]))
        return messages

    def state(self) -> PlainState:
        """The stored snapshot."""
        state: PlainState = json.loads(self.store.client.get(self.store.keys.snapshot))["state"]
        return state

    def source(self) -> dict:
        """What the last tick told."""
        source: dict = json.loads(self.store.client.hget(self.store.keys.meta, "source"))
        return source


def applied(state: PlainState, messages: list[dict]) -> PlainState:
    """The state after the deltas among the messages."""
    for message in messages:
        if message["t"] == "delta":
            state = delta_apply(state, Delta(changed=message["set"], removed=message["del"]))
    return state


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(16) as pool:
        yield pool


@pytest.fixture
def settings() -> SimulationSettings:
    return SimulationSettings(speed=0, start_at=START, warm_up_s=1800, agents=20)


@pytest.fixture
def bench(
    settings: SimulationSettings, redis_client: redis.Redis, pool: ThreadPoolExecutor
) -> Iterator[Bench]:
    with running_pbx(settings) as pbx:
        bench = Bench(pbx, redis_client, pool)
        yield bench
        bench.close()
