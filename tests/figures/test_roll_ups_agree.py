"""Figures from roll-ups equal figures from rows, on random days, those on which the clocks change among them."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from dashboard.access import EVERYTHING
from dashboard.domain.kpi import figure_value, figures_added
from dashboard.domain.rows import FigureRow
from dashboard.domain.thresholds import Thresholds
from dashboard.figures.calls import calls_counted, calls_placed
from dashboard.figures.definitions import definitions_of
from dashboard.figures.selectors import (
    by_day,
    by_queue,
    intervals,
    question,
    queue_days,
    queue_intervals,
    total,
)
from dashboard.history import selectors as history
from dashboard.history.answers import Days
from dashboard.history.limits import basis_segments
from dashboard.history.ready import ready_totals_build
from dashboard.history.rebasing import roll_ups_rebase
from dashboard.history.rollups import EARLIEST_DAY, roll_ups_build
from dashboard.history.zone import quarter_of, zone_of
from dashboard.models import CallRecord, Coverage, Pbx, Queue, QueueDefinition, ReadyTime, RollUpBasis
from dashboard.reports import summed
from dashboard.reports.sums import Piece, grouped, quarters

pytestmark = pytest.mark.django_db

FIRST = date(2024, 1, 1)
DAYS = 1000
CHANGES = [date(2024, 3, 31), date(2024, 10, 27), date(2025, 3, 30), date(2025, 10, 26), date(2026, 3, 29)]
HOLE = (date(2025, 6, 2), date(2025, 6, 8))
QUEUE_IDS = ("1", "2", "3")


def chance_call(pbx: Pbx, chance: random.Random, *, number: int, day: date) -> CallRecord:
    zone = zone_of(pbx.timezone)
    begins_at, ends_at = zone.stretch(day, day)
    entered_at = begins_at + timedelta(seconds=chance.randrange(int((ends_at - begins_at).total_seconds())))
    has_number = chance.random() < 0.8
    return CallRecord(
        pbx=pbx,
        call_id=f"{number}",
        queue_id=chance.choice(QUEUE_IDS),
        direction=chance.choice(["in", "in", "in", "out", "local"]),
        outcome=chance.choice(["answered", "answered", "abandoned", "flowed_out"]),
        entered_at=entered_at,
        interval_at=quarter_of(entered_at),
        day=zone.day(entered_at),
        wait_s=chance.choice([0, 4, 5, 6, 19, 20, 21, 60, 61, chance.randrange(900)]),
        talk_s=chance.choice([None, 0, chance.randrange(900)]),
        hold_s=chance.choice([None, 0, 30]),
        acw_s=chance.choice([None, 0, 30]),
        caller_key=chance.randrange(50) if has_number else None,
        is_repeated=chance.random() < 0.1,
        is_provisional=chance.random() < 0.05,
    )


@pytest.fixture
def thousand_days(db: None) -> Pbx:
    """Six calls a day on average, and more on the days on which the clocks change, in the hour that comes twice too."""
    chance = random.Random(20261123)
    pbx = Pbx.objects.create(slug="main", title="Main", base_url="http://pbx.test")
    for id_ in QUEUE_IDS:
        Queue.objects.create(pbx=pbx, queue_id=id_, title=id_)
    days = [FIRST + timedelta(days=chance.randrange(DAYS)) for _ in range(6 * DAYS)]
    days += [day for day in CHANGES for _ in range(60)]
    rows = [chance_call(pbx, chance, number=number, day=day) for number, day in enumerate(days)]
    CallRecord.objects.bulk_create(rows)
    roll_ups_build(
        pbx,
        segments=basis_segments(pbx),
        begins_at=datetime(2023, 12, 1, tzinfo=UTC),
        ends_at=datetime(2027, 12, 1, tzinfo=UTC),
    )
    return pbx


def from_rows(pbx: Pbx, days: Days) -> dict[str, FigureRow]:
    """Counted one by one in Python, without roll-ups and without SQL's sums."""
    rows = history.calls(pbx, scope=EVERYTHING, days=days)
    return calls_counted(calls_placed(rows), definitions=definitions_of(pbx), zone=zone_of(pbx.timezone).zone)


def test_each_of_a_thousand_days_and_their_sum_agree(thousand_days: Pbx) -> None:
    whole = Days(FIRST, FIRST + timedelta(days=DAYS - 1))
    asked = question(thousand_days, scope=EVERYTHING, days=whole)
    assert by_queue(asked) == from_rows(thousand_days, whole)
    by_place = queue_days(asked, added_by="queue_id")
    days_seen = {day for _queue_id, day, _calendar_day in by_place}
    assert len(days_seen) > 0.99 * DAYS
    assert set(CHANGES) <= days_seen
    for day in sorted(days_seen):
        expected = from_rows(thousand_days, Days(day, day))
        found: dict[str, list[FigureRow]] = defaultdict(list)
        for (queue_id, own, _calendar_day), row in by_place.items():
            if own == day:
                found[queue_id].append(row)
        assert {queue_id: figures_added(rows) for queue_id, rows in found.items()} == expected, day
    assert figures_added(list(by_day(asked).values())) == total(asked)
    for day in CHANGES:
        of_day = question(thousand_days, scope=EVERYTHING, days=Days(day, day))
        expected_sum = figures_added(list(from_rows(thousand_days, Days(day, day)).values()))
        for minutes in (15, 30, 60):
            assert figures_added(list(intervals(of_day, minutes=minutes).values())) == expected_sum


def test_other_limits_hours_and_days_agree_too(thousand_days: Pbx) -> None:
    """Whatever the roll-ups are sorted by: retroactive limits, and business hours of one queue."""
    queue = Queue.objects.get(queue_id="2")
    QueueDefinition.objects.create(threshold_s=60, short_s=0)
    weekdays = {str(number): [["08:00", "17:30"]] for number in range(7)}
    QueueDefinition.objects.create(pbx=thousand_days, queue=queue, threshold_s=4, short_s=4, hours=weekdays)
    chance = random.Random(7)
    for first in [*CHANGES, *(FIRST + timedelta(days=chance.randrange(DAYS - 30)) for _ in range(15))]:
        days = Days(first, first + timedelta(days=chance.choice([0, 6, 29])))
        asked = question(thousand_days, scope=EVERYTHING, days=days)
        assert by_queue(asked) == from_rows(thousand_days, days), days
        assert figures_added(list(by_day(asked).values())) == total(asked)
    assert definitions_of(thousand_days).thresholds("2", FIRST) == Thresholds(threshold_s=4, short_s=4)


@pytest.fixture
def ready(thousand_days: Pbx) -> Pbx:
    """Somebody was ready in some quarters of an hour, seldom those with calls; of one week in the middle nobody knows."""
    chance = random.Random(11)
    zone = zone_of(thousand_days.timezone)
    begins_at, ends_at = zone.stretch(FIRST, FIRST + timedelta(days=DAYS))
    count = int((ends_at - begins_at) / timedelta(minutes=15))
    places = {(chance.choice(QUEUE_IDS), chance.randrange(count)) for _ in range(4000)}
    ReadyTime.objects.bulk_create(
        ReadyTime(
            pbx=thousand_days,
            queue_id=queue_id,
            begins_at=begins_at + number * timedelta(minutes=15),
            ready_s=chance.randrange(1, 3000),
        )
        for queue_id, number in places
    )
    ready_totals_build(thousand_days, stretch=(begins_at, ends_at))
    for queue_id in QUEUE_IDS:
        RollUpBasis.objects.create(
            pbx=thousand_days, queue_id=queue_id, day_from=EARLIEST_DAY, threshold_s=20, short_s=5
        )
    hole = zone.stretch(*HOLE)
    for begin, end in ((begins_at, hole[0]), (hole[1], ends_at)):
        Coverage.objects.create(pbx=thousand_days, action="ready", begins_at=begin, ends_at=end)
    queue = Queue.objects.get(queue_id="2")
    weekdays = {str(number): [["08:00", "17:30"]] for number in range(7)}
    QueueDefinition.objects.create(pbx=thousand_days, queue=queue, hours=weekdays)
    return thousand_days


def ready_from_rows(pbx: Pbx, days: Days) -> dict[str, int | None]:
    """Each quarter of an hour by itself: its row, 0 without one, unknown in the hole if somebody called."""
    definitions, zone = definitions_of(pbx), zone_of(pbx.timezone)
    begins_at, ends_at = zone.stretch(days.first, days.last)
    hole = zone.stretch(*HOLE)
    found: dict[str, int | None] = {}
    within = {"begins_at__gte": begins_at, "begins_at__lt": ends_at}
    for row in ReadyTime.objects.filter(**within):
        if definitions.is_open(row.queue_id, row.begins_at, zone=zone.zone):
            found[row.queue_id] = (found.get(row.queue_id) or 0) + row.ready_s
    for call in history.calls(pbx, scope=EVERYTHING, days=days):
        if definitions.is_open(call.queue_id, call.interval_at, zone=zone.zone):
            found.setdefault(call.queue_id, 0)
            if hole[0] <= call.interval_at < hole[1]:
                found[call.queue_id] = None
    return found


def test_ready_time_agrees_whoever_asks(ready: Pbx) -> None:
    chance = random.Random(3)
    firsts = [*CHANGES, *(FIRST + timedelta(days=chance.randrange(DAYS - 30)) for _ in range(15))]
    for first in [*firsts, HOLE[0] - timedelta(days=3), HOLE[0], HOLE[1]]:
        days = Days(first, first + timedelta(days=chance.choice([0, 6, 29])))
        expected = ready_from_rows(ready, days)
        asked = question(ready, scope=EVERYTHING, days=days)
        assert {key: row.ready_s for key, row in by_queue(asked).items()} == expected, days
        whole = total(asked)
        for one in (
            by_day(asked),
            queue_days(asked, added_by="queue_id"),
            intervals(asked),
            queue_intervals(asked, minutes=60),
        ):
            assert figures_added(list(one.values())) == whole, days
        rows = quarters(Queue.objects.select_related("pbx"), first=days.first, last=days.last)
        parts = grouped(rows, lambda row: row.queue.queue_id)
        assert {key: own[0].figures.ready_s for key, own in parts.items()} == expected, days


def added(rows: Iterable[Piece], by: Callable[[Piece], Any]) -> dict[Any, tuple[Any, ...]]:
    """By group: all terms, and what is no sum of them: the service level and the goal, which need the rules."""
    return {
        key: (
            figures_added([part.figures for part in parts]),
            figure_value("service_level", parts),
            figure_value("goal", parts),
        )
        for key, parts in grouped(rows, by).items()
    }


def test_what_the_database_adds_up_for_long_periods_are_the_quarters(ready: Pbx) -> None:
    """Also where a definition changes on the way and where one queue has hours of its own."""
    plain = Queue.objects.get(queue_id="1")
    for variant, since in (("offered", FIRST + timedelta(days=400)), ("answered", HOLE[0])):
        QueueDefinition.objects.create(pbx=ready, queue=plain, variant=variant, applies_from=since)
    roll_ups_rebase(ready, thresholds=definitions_of(ready).thresholds)
    queues = list(Queue.objects.select_related("pbx"))
    chance = random.Random(9)
    firsts = [*CHANGES, *(FIRST + timedelta(days=chance.randrange(DAYS - 30)) for _ in range(10))]
    for first in [*firsts, HOLE[0] - timedelta(days=3), FIRST + timedelta(days=395)]:
        span = {"first": first, "last": first + timedelta(days=chance.choice([1, 6, 29]))}
        rows = quarters(queues, **span)
        by_day = summed.queue_days(queues, **span)
        for by in (lambda row: row.queue.pk, lambda row: row.day, lambda row: (row.queue.pk, row.day)):
            assert added(by_day, by) == added(rows, by), span
        shared = summed.shared_quarters(queues, **span)
        for by in (lambda row: row.minute, lambda row: (row.day, row.minute // 60), lambda _row: None):
            assert added(shared, by) == added(rows, by), span
        assert len(by_day) < len(rows)
        assert len(shared) <= len(rows)
