"""Lost calls of two queues, and a manager of one of them."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from dashboard.access import EVERYTHING
from dashboard.models import CallRecord, Pbx, Queue
from dashboard.reports.worklist import worklist
from tests.web.reports_making import manager_of

NOVAK, KOSOVA = 11, -22
"""Digests of two numbers; real ones are as often negative."""


@pytest.fixture
def queues(pbx: Pbx) -> dict[str, Queue]:
    titles = {"4": "Podpora", "6": "Prodej"}
    return {id_: Queue.objects.create(pbx=pbx, queue_id=id_, title=title) for id_, title in titles.items()}


@pytest.fixture
def call(pbx: Pbx):
    """Makes calls, so many minutes ago."""
    made = iter(range(1000))

    def make(
        *,
        minutes_ago: int,
        key: int | None = NOVAK,
        queue: str = "4",
        outcome: str = "abandoned",
        direction: str = "in",
        wait_s: int = 30,
    ) -> CallRecord:
        at = timezone.now() - timedelta(minutes=minutes_ago)
        return CallRecord.objects.create(
            pbx=pbx,
            call_id=f"17644{next(made)}.1",
            queue_id=queue,
            direction=direction,
            outcome=outcome,
            entered_at=at,
            interval_at=_quarter(at),
            day=timezone.localdate(at),
            wait_s=wait_s,
            number="" if key is None else f"60200{abs(key)}",
            caller_key=key,
        )

    return make


def _quarter(at: datetime) -> datetime:
    return at.replace(minute=at.minute // 15 * 15, second=0, microsecond=0)


@pytest.fixture
def jana(queues: dict[str, Queue]) -> Client:
    return manager_of("jana", queues["4"])


def lines_found(days: int = 7):
    return worklist(scope=EVERYTHING, since_at=timezone.now() - timedelta(days=days)).numbers
