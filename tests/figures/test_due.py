"""Ready time that is still to be worked out: nobody knows an occupancy of which there is nothing else."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard.access import EVERYTHING
from dashboard.figures import selectors
from dashboard.figures.parts import parts_by_queue
from dashboard.history.answers import Days
from dashboard.history.coverage import READY
from dashboard.history.ready import ready_totals_build
from dashboard.models import Coverage, Pbx, Queue, QueueDefinition, ReadyTime
from dashboard.reports.summed import queue_days, shared_quarters
from dashboard.reports.sums import grouped, quarters
from tests.figures.conftest import Calls, local

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)
DAYS = Days(MONDAY, TUESDAY)


@pytest.fixture
def night(pbx: Pbx, call: Calls) -> Pbx:
    """Ready time is worked out until a quarter to midnight; queue 1 had calls before and after it, queue 2 only after."""
    for queue_id in ("1", "2"):
        Queue.objects.create(pbx=pbx, queue_id=queue_id, title=queue_id, direction="in")
    call(local(15), queue_id="1", talk_s=100)
    for queue_id in ("1", "2"):
        call(local(0, 3, day=24), queue_id=queue_id, talk_s=100)
    ReadyTime.objects.create(pbx=pbx, queue_id="1", begins_at=local(15), ready_s=300)
    ready_totals_build(pbx, stretch=(local(0), local(0, day=25)))
    Coverage.objects.create(pbx=pbx, action=READY, begins_at=local(0), ends_at=local(23, 40))
    return pbx


def test_what_is_due_over_midnight_is_known_by_nobody(night: Pbx) -> None:
    asked = selectors.question(night, scope=EVERYTHING, days=DAYS)
    assert {key: row.ready_s for key, row in selectors.by_day(asked).items()} == {MONDAY: 300, TUESDAY: None}
    assert {key: row.ready_s for key, row in selectors.by_queue(asked).items()} == {"1": 300, "2": None}
    by_queue = selectors.queue_days(asked, added_by="queue_id")
    assert {key[:2]: row.ready_s for key, row in by_queue.items()} == {
        ("1", MONDAY): 300,
        ("1", TUESDAY): 0,
        ("2", TUESDAY): None,
    }
    by_day = selectors.queue_days(asked, added_by="day")
    assert {key[:2]: row.ready_s for key, row in by_day.items()} == {
        ("1", MONDAY): 300,
        ("1", TUESDAY): None,
        ("2", TUESDAY): None,
    }


def test_a_queue_whose_rules_change_on_the_way_stays_known(night: Pbx) -> None:
    queue = Queue.objects.get(queue_id="1")
    for variant, since in (("offered", None), ("answered", TUESDAY)):
        QueueDefinition.objects.create(pbx=night, queue=queue, variant=variant, applies_from=since)
    parts = parts_by_queue(selectors.question(night, scope=EVERYTHING, days=DAYS))
    assert [part.figures.ready_s for part in parts["1"]] == [300, 0]
    assert [part.figures.ready_s for part in parts["2"]] == [None]


def test_reports_of_long_periods_say_the_same_as_its_quarters(night: Pbx) -> None:
    queues = list(Queue.objects.select_related("pbx"))
    span = {"first": MONDAY, "last": TUESDAY}
    rows, by_day = quarters(queues, **span), queue_days(queues, **span)
    for by in (
        lambda row: row.day,
        lambda row: row.queue.queue_id,
        lambda row: (row.queue.queue_id, row.day),
    ):
        assert grouped(by_day, by) == grouped(rows, by)
    assert grouped(rows, lambda row: row.day)[TUESDAY][0].figures.ready_s is None
    shared = shared_quarters(queues, **span)
    known = [part.figures.ready_s for part in grouped(shared, lambda row: row.day)[TUESDAY]]
    assert known == [None]


def test_what_was_ready_before_the_hours_settles_nothing(night: Pbx, call: Calls) -> None:
    """Queue 2 opens at midnight: the call a minute after it is all it has within its hours."""
    call(local(23, 20), queue_id="2")
    ReadyTime.objects.create(pbx=night, queue_id="2", begins_at=local(23, 15), ready_s=60)
    weekdays = {str(number): [["00:00", "12:00"]] for number in range(7)}
    QueueDefinition.objects.create(pbx=night, queue=Queue.objects.get(queue_id="2"), hours=weekdays)
    asked = selectors.question(night, scope=EVERYTHING, days=DAYS)
    assert {key: row.ready_s for key, row in selectors.by_queue(asked).items()} == {"1": 300, "2": None}
    assert {key: row.ready_s for key, row in selectors.by_day(asked).items()} == {MONDAY: 300, TUESDAY: None}


def test_a_business_day_that_goes_on_past_midnight_stays_known(night: Pbx) -> None:
    """The calls after midnight are Monday's, and of Monday much is known."""
    queue = Queue.objects.get(queue_id="1")
    QueueDefinition.objects.create(pbx=night, queue=queue, day_start="06:00")
    Queue.objects.filter(queue_id="2").delete()
    asked = selectors.question(night, scope=EVERYTHING, days=Days(MONDAY, MONDAY), queue_ids=["1"])
    assert {key: row.ready_s for key, row in selectors.by_day(asked).items()} == {MONDAY: 300}
    by_day = selectors.queue_days(asked, added_by="day")
    assert sum(row.ready_s or 0 for row in by_day.values()) == 300
    assert None not in {row.ready_s for row in by_day.values()}
