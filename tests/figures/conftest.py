"""Calls of a Monday, entered by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

import pytest

from dashboard.history.limits import basis_segments
from dashboard.history.rollups import roll_ups_touch
from dashboard.models import CallRecord, Pbx

PRAGUE = ZoneInfo("Europe/Prague")
Calls = Callable[..., CallRecord]


@pytest.fixture
def pbx(db: None) -> Pbx:
    return Pbx.objects.create(slug="main", title="Main", base_url="http://pbx.test")


def local(hour: int, minute: int = 0, second: int = 0, *, day: int = 23, month: int = 11) -> datetime:
    """A moment by the clock on the wall in Prague; the 23rd of November 2026 is a Monday."""
    return datetime(2026, month, day, hour, minute, second, tzinfo=PRAGUE).astimezone(UTC)


@pytest.fixture
def call(pbx: Pbx) -> Calls:
    """Enters a call: answered after 10 s unless told otherwise; and sums up its quarter anew."""
    numbers = count(1)

    def make(
        entered_at: datetime, *, outcome: str = "answered", wait_s: int = 10, **fields: object
    ) -> CallRecord:
        interval_at = entered_at.replace(minute=entered_at.minute // 15 * 15, second=0, microsecond=0)
        row = CallRecord.objects.create(
            pbx=pbx,
            call_id=f"{int(entered_at.timestamp())}.{next(numbers)}",
            queue_id=fields.pop("queue_id", "4"),
            direction=fields.pop("direction", "in"),
            outcome=outcome,
            wait_s=wait_s,
            entered_at=entered_at,
            interval_at=interval_at,
            day=entered_at.astimezone(PRAGUE).date(),
            ended_at=entered_at + timedelta(seconds=wait_s),
            **{"talk_s": 0, "hold_s": 0, "acw_s": 0, **fields},
        )
        roll_ups_touch(pbx, [(interval_at, row.queue_id)], segments=basis_segments(pbx))
        return row

    return make
