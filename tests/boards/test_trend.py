"""The trend of a figure over today."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from dashboard.boards.trend import trend_today
from dashboard.domain.privacy import View
from dashboard.history.rollups import EARLIEST_DAY, _totals_build, moment_value
from dashboard.models import Pbx, Queue, RollUp, RollUpBasis

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 24, 11, 20, tzinfo=UTC)


@pytest.fixture
def pbx() -> Pbx:
    pbx = Pbx.objects.create(slug="main", title="PBX", base_url="http://127.0.0.1:1", token="f" * 40)
    for queue_id in ("1", "2"):
        Queue.objects.create(pbx=pbx, queue_id=queue_id, title=queue_id, direction="in")
        RollUpBasis.objects.create(
            pbx=pbx, queue_id=queue_id, day_from=EARLIEST_DAY, threshold_s=20, short_s=5
        )
    return pbx


def quarter(pbx: Pbx, queue_id: str, hour: int, minute: int, *, day: int = 24, **terms: int) -> None:
    counts = dict.fromkeys(
        (
            *(
                "answered_in",
                "answered_late",
                "abandoned_short",
                "abandoned_in",
                "abandoned_late",
                "flowed_out",
            ),
            *("wait_answered_s", "wait_all_s", "talk_s", "hold_s", "acw_s", "numbered", "repeats"),
            *("outbound", "outbound_answered", "provisional"),
        ),
        0,
    )
    begins_at = datetime(2026, 11, day, hour, minute, tzinfo=UTC)
    RollUp.objects.create(
        pbx=pbx, queue_id=queue_id, begins_at=begins_at, day=begins_at.date(), **(counts | terms)
    )
    _totals_build(pbx, "begins_at = %s", [moment_value(begins_at)])


def trend(view: View, **more: Any) -> Any:
    options: dict[str, Any] = {"queues": [], "figure": "answered", "interval_min": 30, "now": NOW}
    return trend_today({"main": view}, **(options | more))


def test_quarters_are_added_up_to_intervals_and_gaps_are_unknown(pbx: Pbx) -> None:
    quarter(pbx, "1", 8, 0, answered_in=2)
    quarter(pbx, "1", 8, 15, answered_in=3)
    quarter(pbx, "2", 8, 15, answered_in=1)
    quarter(pbx, "1", 9, 0, answered_in=4)
    found = trend(View())
    assert found.values == [6, None, 4]
    assert [at % 3_600_000 for at in found.at] == [0, 1_800_000, 0]


def test_service_level_is_hits_over_counted_with_its_goal(pbx: Pbx) -> None:
    quarter(pbx, "1", 8, 0, answered_in=7, abandoned_late=1)
    quarter(pbx, "2", 8, 0, answered_in=1, answered_late=1)
    found = trend(View(), figure="service_level")
    assert found.values == [8 / 10]
    assert found.goal == 0.8


def test_queues_out_of_the_view_are_not_counted(pbx: Pbx) -> None:
    quarter(pbx, "1", 8, 0, answered_in=2)
    quarter(pbx, "2", 8, 0, answered_in=5)
    assert trend(View(queue_ids=("1",))).values == [2]
    assert trend(View(queue_ids=("1",)), queues=["main/2"]).values == []
    assert trend(View(), queues=["main/2"]).values == [5]
    assert trend(View(), queues=["other/2"]).values == []


def test_yesterday_is_not_today(pbx: Pbx) -> None:
    quarter(pbx, "1", 8, 0, day=23, answered_in=2)
    assert trend(View()).at == []


def test_interval_that_still_runs_is_no_fall_of_a_count_but_tells_a_share(pbx: Pbx) -> None:
    quarter(pbx, "1", 10, 30, answered_in=5)
    quarter(pbx, "1", 11, 0, answered_in=1)
    assert trend(View()).values == [5]
    assert trend(View(), figure="service_level").values == [1.0, 1.0]
