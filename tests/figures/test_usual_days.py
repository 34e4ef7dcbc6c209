"""What a day is compared with: the same weekday of weeks that were ordinary and have been read completely."""

from __future__ import annotations

from datetime import time, timedelta

import pytest

from dashboard.figures.expected import days_usual
from dashboard.models import Coverage, Holiday, Pbx, Queue, QueueDefinition
from dashboard.views.reports.picture import _usual, day_charts
from tests.figures.conftest import Calls, local

pytestmark = pytest.mark.django_db

WEEK = timedelta(days=7)


@pytest.fixture
def queue(pbx: Pbx) -> Queue:
    """Read from the noon of three Mondays ago on; two Mondays ago was a holiday."""
    begins_at = local(12) - 3 * WEEK
    Coverage.objects.create(pbx=pbx, action="StatsCalls", begins_at=begins_at, ends_at=local(0))
    Holiday.objects.create(day=local(12).date() - 2 * WEEK)
    return Queue.objects.create(pbx=pbx, queue_id="4", title="Sales", direction="in")


def test_holidays_and_days_that_were_read_half_are_not_usual(queue: Queue) -> None:
    mondays = [local(12).date() - weeks * WEEK for weeks in range(1, 5)]
    assert days_usual([queue], mondays) == mondays[:1]


def test_a_business_day_is_complete_when_it_has_been_read_to_its_end(queue: Queue) -> None:
    yesterday = local(12, day=22).date()
    assert days_usual([queue], [yesterday]) == [yesterday]
    QueueDefinition.objects.create(pbx=queue.pbx, queue=queue, day_start=time(6))
    assert days_usual([queue], [yesterday]) == [], "what came in until six in the morning has not been read"


def test_the_grey_line_is_the_median_of_usual_days(queue: Queue, call: Calls) -> None:
    for weeks, count in ((1, 2), (2, 20), (3, 30)):
        for minute in range(count):
            call(local(10) - weeks * WEEK + timedelta(seconds=minute))
    _usual.cache_clear()
    charts = day_charts([queue], [], day=local(12).date(), minutes=60, asks={})
    offered = next(chart for chart in charts if chart["id"] == "chart-offered")
    assert offered["usual"] == [2]
    assert offered["note"] == "grey: the same weekday of the week before"
