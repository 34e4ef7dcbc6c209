"""A PBX with a past, simulated, over real HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from dashboard.gateway.server import PbxServer, running_pbx
from dashboard.gateway.simulated.settings import SimulationSettings
from dashboard.models import HistoryPolicy, Pbx
from dashboard.pbx.client import PbxClient, access_token

NOW = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)
"""Noon by the PBX's clock."""


@pytest.fixture(scope="session")
def past_pbx() -> Iterator[PbxServer]:
    """A PBX with two days of past, whose clock stands still. Tests that set faults or let time pass take one of their own."""
    settings = SimulationSettings(
        speed=0, start_at=int(NOW.timestamp() * 1000), agents=16, history_days=2, activity=0.6
    )
    with running_pbx(settings) as server:
        yield server


@pytest.fixture
def client(past_pbx: PbxServer) -> Iterator[PbxClient]:
    past_pbx.faults.clear()
    with PbxClient(
        base_url=past_pbx.url, token=access_token(past_pbx.login, past_pbx.password), deadline_s=20
    ) as client:
        yield client
    past_pbx.faults.clear()


@pytest.fixture
def pbx(db: None) -> Pbx:
    return Pbx.objects.create(slug="main", title="PBX", base_url="http://pbx.example", token="t")


@pytest.fixture
def policy(pbx: Pbx) -> HistoryPolicy:
    """The history is to be read from two days ago on."""
    return HistoryPolicy.objects.create(pbx=pbx, since=datetime(2026, 11, 22, 0, 0, tzinfo=UTC))
