"""Figures from roll-ups equal figures from the calls, on any day and under any definition."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.access import EVERYTHING, NOTHING, Scope
from dashboard.domain.thresholds import DEFAULT_THRESHOLDS, Thresholds
from dashboard.history import selectors
from dashboard.history.answers import Days
from dashboard.history.rebasing import roll_ups_rebase, roll_ups_rebuild
from dashboard.history.rollups import TERMS
from dashboard.history.writing import calls_write, turn_take
from dashboard.models import CallRecord, HistoryPolicy, Pbx, Queue, RollUp, RollUpBasis, RollUpTotal
from tests.history.making import PRAGUE, call_made, counted, repeats_counted

pytestmark = pytest.mark.django_db

CHANGES = [date(2024, 3, 31), date(2024, 10, 27), date(2025, 3, 30), date(2025, 10, 26), date(2026, 3, 29)]
COLUMNS = ("begins_at", "queue_id", "day", *TERMS)
QUEUES = ("1", "2", "3", "")
OUTCOMES = ("answered", "answered", "answered", "abandoned", "abandoned", "flowed_out")


def written(pbx: Pbx, calls: list[CallRecord]) -> None:
    with transaction.atomic():
        turn_take(pbx)
        calls_write(pbx, calls)


def some_day(chance: random.Random, first: date) -> date:
    return chance.choice(CHANGES) if chance.random() < 0.2 else first + timedelta(days=chance.randrange(30))


def calls_of_days(pbx: Pbx, chance: random.Random, days: list[date]) -> list[CallRecord]:
    made = []
    for number, day in enumerate(days):
        begins_at, ends_at = PRAGUE.stretch(day, day)
        length_s = int((ends_at - begins_at).total_seconds())
        made += [
            call_made(
                pbx,
                f"{number}.{index}",
                begins_at + timedelta(seconds=chance.randrange(length_s)),
                queue_id=chance.choice(QUEUES),
                outcome=chance.choice(OUTCOMES),
                direction=chance.choice(("in", "in", "in", "out", "")),
                wait_s=chance.choice((0, 4, 5, 6, 19, 20, 21, 60, chance.randrange(600))),
                talk_s=chance.randrange(300),
                hold_s=chance.randrange(20),
                caller_key=chance.choice((None, *range(6))),
                is_provisional=chance.random() < 0.1,
            )
            for index in range(chance.randrange(8))
        ]
    return made


def limits(chance: random.Random) -> Thresholds:
    return Thresholds(threshold_s=chance.choice((5, 20, 60)), short_s=chance.choice((0, 5, 10)))


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(seed=st.integers(min_value=0, max_value=2**32))
def test_roll_ups_equal_the_calls_on_random_days_and_on_those_when_the_clocks_change(
    policy: HistoryPolicy, seed: int
) -> None:
    """40 examples of 25 days each: a thousand days."""
    pbx, chance = policy.pbx, random.Random(seed)
    CallRecord.objects.all().delete()
    RollUp.objects.all().delete()
    RollUpTotal.objects.all().delete()
    RollUpBasis.objects.all().delete()
    for queue_id in QUEUES[:3]:
        Queue.objects.get_or_create(pbx=pbx, queue_id=queue_id, title=queue_id)
    first = date(2024, 1, 1) + timedelta(days=chance.randrange(900))
    days = [some_day(chance, first) for _ in range(25)]
    calls = calls_of_days(pbx, chance, days)
    chance.shuffle(calls)
    for start in range(0, len(calls), 30):
        written(pbx, calls[start : start + 30])
    repeats_counted(calls)
    before, after = ({queue: limits(chance) for queue in QUEUES if queue} for _ in range(2))
    middle = sorted(days)[len(days) // 2]

    def thresholds(queue_id: str, day: date) -> Thresholds:
        return (after if day >= middle else before).get(queue_id, DEFAULT_THRESHOLDS)

    span = Days(min(days), max(days))

    def asked() -> dict:
        return selectors.queue_intervals(pbx, scope=EVERYTHING, days=span, thresholds=thresholds)

    expected = counted(calls, lambda call: (call.queue_id, call.interval_at), thresholds=thresholds)
    assert asked() == expected  # from the calls: the roll-ups are still sorted otherwise
    roll_ups_rebase(pbx, thresholds=thresholds)
    assert asked() == expected  # from the roll-ups
    by_quarter = selectors.intervals(pbx, scope=EVERYTHING, days=span)
    assert by_quarter == counted(calls, lambda call: call.interval_at, thresholds=thresholds)
    some = selectors.intervals(pbx, scope=EVERYTHING, days=span, queue_ids=["1", "2"])
    two = [call for call in calls if call.queue_id in ("1", "2")]
    assert some == counted(two, lambda call: call.interval_at, thresholds=thresholds)
    by_day = selectors.by_day(pbx, scope=EVERYTHING, days=span)
    assert by_day == counted(calls, lambda call: call.day, thresholds=thresholds)
    before_rebuild = set(RollUp.objects.values_list(*COLUMNS))
    roll_ups_rebuild(pbx, first=span.first, last=span.last)
    assert set(RollUp.objects.values_list(*COLUMNS)) == before_rebuild


def test_calls_of_several_queues_are_added_and_what_is_out_of_scope_is_not_there(
    policy: HistoryPolicy,
) -> None:
    pbx, noon = policy.pbx, datetime(2026, 11, 23, 11, tzinfo=UTC)
    written(
        pbx,
        [
            call_made(pbx, "a", noon, queue_id="1", wait_s=10),
            call_made(pbx, "b", noon + timedelta(minutes=20), queue_id="1", outcome="abandoned", wait_s=30),
            call_made(pbx, "c", noon + timedelta(minutes=50), queue_id="2", wait_s=25),
            call_made(pbx, "d", noon, queue_id="", wait_s=3),
        ],
    )
    days = Days(date(2026, 11, 23), date(2026, 11, 23))
    both, one = Scope(all_queues=True), Scope(queues={"main": ("1",)})
    whole = selectors.total(pbx, scope=both, days=days)
    assert (whole.answered_in, whole.answered_late, whole.abandoned_late, whole.wait_all_s) == (1, 1, 1, 65)
    assert selectors.total(pbx, scope=EVERYTHING, days=days).answered_in == 2
    assert selectors.by_queue(pbx, scope=one, days=days).keys() == {"1"}
    assert selectors.by_queue(pbx, scope=one, days=days, queue_ids=["2"]) == {}
    assert selectors.total(pbx, scope=NOTHING, days=days).wait_all_s == 0
    assert selectors.intervals(pbx, scope=both, days=days, minutes=60).keys() == {noon}
    assert len(selectors.intervals(pbx, scope=both, days=days, minutes=30)) == 2
    assert [call.call_id for call in selectors.calls(pbx, scope=one, days=days)] == ["b", "a"]
    assert selectors.call(pbx, "c", scope=one) is None
    assert selectors.call(pbx, "d", scope=both) is None
    window = selectors.window(pbx, scope=both, begins_at=noon, ends_at=noon + timedelta(minutes=20))
    assert {queue: row.answered_in for queue, row in window.items()} == {"1": 1}


def test_a_changed_threshold_counts_at_once_and_after_rebasing(policy: HistoryPolicy) -> None:
    """Waits 10 and 25: with T 20 one is in time, with T 30 both."""
    pbx, noon = policy.pbx, datetime(2026, 11, 23, 11, tzinfo=UTC)
    Queue.objects.create(pbx=pbx, queue_id="1", title="One")
    written(pbx, [call_made(pbx, "a", noon, wait_s=10), call_made(pbx, "b", noon, wait_s=25)])
    days = Days(date(2026, 11, 23), date(2026, 11, 23))

    def patient(_queue_id: str, _day: date) -> Thresholds:
        return Thresholds(threshold_s=30, short_s=5)

    assert selectors.total(pbx, scope=EVERYTHING, days=days).answered_in == 1
    assert selectors.total(pbx, scope=EVERYTHING, days=days, thresholds=patient).answered_in == 2
    assert roll_ups_rebase(pbx, thresholds=patient) == ["1"]
    assert selectors.total(pbx, scope=EVERYTHING, days=days).answered_in == 2
    assert roll_ups_rebase(pbx, thresholds=patient) == []


@pytest.mark.parametrize("from_day", [date(2026, 11, 24), date(2026, 12, 1)])
def test_days_before_a_change_are_not_sorted_again(policy: HistoryPolicy, from_day: date) -> None:
    """What was sorted before the change stays as it is, here wrong on purpose."""
    pbx, noon = policy.pbx, datetime(2026, 11, 23, 11, tzinfo=UTC)
    Queue.objects.create(pbx=pbx, queue_id="1", title="One")
    days = [noon + timedelta(days=number) for number in range(3)]
    written(pbx, [call_made(pbx, str(day.day), day, wait_s=25) for day in days])
    RollUp.objects.update(answered_in=7)

    def patient_later(_queue_id: str, day: date) -> Thresholds:
        return Thresholds(threshold_s=30 if day >= from_day else 20, short_s=5)

    assert roll_ups_rebase(pbx, thresholds=patient_later) == ["1"]
    found = dict(RollUp.objects.values_list("day", "answered_in"))
    assert found == {day.date(): 7 if day.date() < from_day else 1 for day in days}
    assert roll_ups_rebase(pbx, thresholds=patient_later) == []


def test_a_day_has_46_or_50_half_hours_when_the_clocks_change(policy: HistoryPolicy) -> None:
    pbx = policy.pbx
    for day, count in ((date(2026, 3, 29), 46), (date(2026, 10, 25), 50)):
        begins_at, ends_at = PRAGUE.stretch(day, day)
        halves = int((ends_at - begins_at).total_seconds() // 1800)
        moments = [begins_at + timedelta(minutes=30 * number) for number in range(halves)]
        written(pbx, [call_made(pbx, f"{day}.{moment}", moment) for moment in moments])
        rows = selectors.intervals(pbx, scope=EVERYTHING, days=Days(day, day), minutes=30)
        assert len(rows) == count
        assert selectors.by_day(pbx, scope=EVERYTHING, days=Days(day, day))[day].answered_in == count
