"""A PBX with two queues, whose calls are entered by hand; a manager who sees one of them."""

from __future__ import annotations

import time
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
import redis
from django.contrib.auth.models import Permission, User
from django.core.cache import cache

from dashboard.domain.diff import state_diff
from dashboard.domain.rows import LiveState, empty_state
from dashboard.domain.source import EndpointSource, Source
from dashboard.hub.publish import Commit, Publisher
from dashboard.hub.store import Standing, Store
from dashboard.models import Pbx, Queue, Team
from tests.conftest import RedisServer
from tests.figures.conftest import Calls, call, local, pbx
from tests.outgoing.program import program, token

__all__ = ["call", "pbx", "program", "token"]


@pytest.fixture(autouse=True)
def _static_files(settings, tmp_path: Path) -> None:
    """Pages are rendered without the manifest that `prepare` makes."""
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATIC_ROOT.mkdir()
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}


@pytest.fixture(autouse=True)
def _nobody_counted(redis_server: RedisServer) -> None:
    """Requests are counted in Redis."""
    cache.clear()


@pytest.fixture
def queues(pbx: Pbx) -> list[Queue]:
    rows = (("4", "Sales"), ("5", "Support"))
    return [Queue.objects.create(pbx=pbx, queue_id=id_, title=title, direction="in") for id_, title in rows]


@pytest.fixture
def manager(queues: list[Queue]) -> User:
    """Sees Sales, not Support."""
    user = User.objects.create_user("mona", "mona@example.com", "mona's password", first_name="Mona")
    user.user_permissions.add(Permission.objects.get(codename="view_reports"))
    team = Team.objects.create(name="Sales team")
    team.members.add(user)
    team.queues.add(queues[0])
    return user


@pytest.fixture
def monday(call: Calls) -> None:
    """Sales: 7 of 10 answered in time, 1 short abandon, 1 late one: no_short is 7 / 11. Support: one call."""
    for minute in range(7):
        call(local(9, minute), wait_s=10, talk_s=100)
    for minute in range(3):
        call(local(10, minute), wait_s=30, talk_s=100)
    call(local(10, 30), outcome="abandoned", wait_s=3)
    call(local(10, 31), outcome="abandoned", wait_s=45)
    call(local(9) + timedelta(days=1), queue_id="4")
    call(local(9), queue_id="5", wait_s=99)


def source_at(heard_at: int, *, still_since_at: int | None = None) -> Source:
    """All endpoints that the present rests on answered at this moment, in ms."""
    names = ("RTStatsCalls", "RTStatsQueues", "RTStatsSessions")
    endpoints = {name: EndpointSource(ok_at=heard_at, every_ms=1000) for name in names}
    return Source(endpoints=endpoints, skew_ms=0, still_since_at=still_since_at)


def state_publish(
    client: redis.Redis, state: LiveState, *, heard_at: int | None = None, still_since_at: int | None = None
) -> None:
    """The live state of the PBX, as its poller would have left it. `heard_at`, in ms of our clock: now unless another is given."""
    heard_at = int(time.time() * 1000) if heard_at is None else heard_at
    store = Store(client, stream="main")
    standing = store.lease_acquire("test")
    assert isinstance(standing, Standing)
    commit = Commit(
        base=standing,
        epoch="e1",
        state=state,
        delta=state_diff(empty_state(), state),
        at=1,
        source=msgspec.json.encode(source_at(heard_at, still_since_at=still_since_at)),
        memory=b"{}",
        directory=b"{}",
        build="test",
    )
    Publisher(store).commit(commit, token="test")
