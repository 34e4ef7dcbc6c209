"""The days before a simulation begins: their shape, and how they join the present."""

from collections import Counter
from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from dashboard.gateway.engine import Direction
from dashboard.gateway.history import CallRecord, Remembered
from dashboard.gateway.simulated.engine import SimulatedEngine
from dashboard.gateway.simulated.settings import SimulationSettings
from dashboard.gateway.simulated.timeline import Timeline
from tests.gateway.history_requests import PRAGUE
from tests.gateway.test_days import moment

EVER = [(0, 2**50)]
MINUTE_MS, HOUR_MS, DAY_MS = 60_000, 3_600_000, 86_400_000
WEDNESDAY = moment("2026-11-18T11:00:00")


def engine_with_past(start_at: int, *, days: int, **chosen: bool | int) -> SimulatedEngine:
    return SimulatedEngine(
        SimulationSettings(**{"speed": 0, "start_at": start_at, "history_days": days, **chosen})  # type: ignore[arg-type]
    )


def by_day(calls: list[CallRecord]) -> Counter[str]:
    return Counter(f"{datetime.fromtimestamp(call.entered_at / 1000, PRAGUE):%a}" for call in calls)


@pytest.fixture(scope="module")
def week() -> SimulatedEngine:
    return engine_with_past(WEDNESDAY, days=7)


def test_a_week_has_working_days_weekends_and_nights(week: SimulatedEngine) -> None:
    calls = week.history().calls(EVER)
    days = by_day(calls)
    assert len(calls) > 15_000
    for day in ("Mon", "Tue", "Thu", "Fri"):
        assert 2500 < days[day] < 6000
    assert 0 < days["Sat"] < days["Fri"] / 2
    hours = Counter(datetime.fromtimestamp(call.entered_at / 1000, PRAGUE).hour for call in calls)
    assert sum(hours[hour] for hour in (22, 23, 0, 1, 2, 3, 4, 5)) == 0
    assert hours[7] < hours[9] < 1.5 * hours[10]
    assert hours[18] < hours[16] < hours[13]


def test_history_goes_back_as_many_days_as_were_asked_for(week: SimulatedEngine) -> None:
    begins_at = week.history().begins_at
    assert WEDNESDAY - 8 * DAY_MS < begins_at <= WEDNESDAY - 7 * DAY_MS
    assert f"{datetime.fromtimestamp(begins_at / 1000, PRAGUE):%H:%M:%S}" == "00:00:00"


@pytest.mark.parametrize(
    "start", ["2026-11-18T11:00:00", "2026-11-18T03:00:00", "2026-11-18T20:30:00", "2026-11-22T17:00:00"]
)
def test_the_past_joins_the_present_without_a_gap_or_a_jump(start: str) -> None:
    start_at = moment(start)
    engine = engine_with_past(start_at, days=1)
    present = len(engine.floor().agents)
    assert present >= 25
    assert len(engine.floor().calls) >= 5
    engine.advance_to(start_at + HOUR_MS)
    calls = engine.history().calls(EVER)
    counts = Counter((call.entered_at - start_at) // (20 * MINUTE_MS) for call in calls)
    around = [counts[index] for index in range(-3, 3)]
    assert min(around) > 60
    assert max(around) < 2 * min(around)
    entered = [call.entered_at for call in calls if abs(call.entered_at - start_at) < HOUR_MS]
    assert max(second - first for first, second in pairwise(entered)) < 3 * MINUTE_MS
    assert len({call.id for call in calls}) == len(calls)
    for ahead in range(1, 20):
        engine.advance_to(start_at + ahead * HOUR_MS // 2)
        assert len(engine.floor().agents) >= 18


def test_the_day_of_the_start_has_begun_like_any_other() -> None:
    """At three in the night the day has come to half past ten, so its calls began four hours ago, not seven."""
    start_at = moment("2026-11-18T03:00:00")
    engine = engine_with_past(start_at, days=1)
    entered = sorted(call.entered_at for call in engine.history().calls(EVER))
    today = [at for at in entered if at > start_at - 10 * HOUR_MS]
    assert 3 * HOUR_MS < start_at - today[0] < 5 * HOUR_MS
    sessions = engine.history().sessions([(today[0] - HOUR_MS, start_at)])
    assert len(sessions) > 25
    assert all(session.start_at > start_at - 5 * HOUR_MS for session in sessions)


def test_real_hours_have_a_past_of_real_hours() -> None:
    start_at = moment("2026-11-18T03:00:00")
    engine = engine_with_past(start_at, days=2, is_always_mid_shift=False)
    assert engine.floor().agents == {}
    calls = engine.history().calls(EVER)
    assert set(by_day(calls)) == {"Mon", "Tue"}
    assert min(datetime.fromtimestamp(call.entered_at / 1000, PRAGUE).hour for call in calls) >= 6


def test_days_before_a_change_of_the_clocks_keep_their_local_hours() -> None:
    start_at = moment("2026-10-26T11:00:00")
    calls = engine_with_past(start_at, days=4).history().calls(EVER)
    summer = [call for call in calls if call.entered_at < moment("2026-10-25T03:00:00")]
    for part in (summer, calls[len(summer) :]):
        first = datetime.fromtimestamp(part[0].entered_at / 1000, PRAGUE)
        assert timedelta(hours=6, minutes=20) < first - first.replace(hour=0, minute=0) < timedelta(hours=9)


def test_the_same_settings_give_the_same_past() -> None:
    one, other = (engine_with_past(WEDNESDAY, days=1) for _ in range(2))
    assert one.history().calls(EVER) == other.history().calls(EVER)
    assert one.floor() == other.floor()


def test_where_nothing_happens_nothing_has_happened() -> None:
    engine = engine_with_past(WEDNESDAY, days=7, is_quiet=True)
    assert engine.history().calls(EVER) == []
    assert engine.history().begins_at == WEDNESDAY


def test_a_history_of_less_than_no_days_is_refused() -> None:
    with pytest.raises(ValueError, match="history"):
        SimulationSettings(history_days=-1)


def test_calls_that_go_out_and_come_in_are_remembered_alike(week: SimulatedEngine) -> None:
    calls = week.history().calls(EVER)
    outgoing = [call for call in calls if call.direction is Direction.OUTBOUND]
    assert 0.2 < len(outgoing) / len(calls) < 0.6
    assert all(call.attempts == 0 and call.customer == call.called for call in outgoing)
    assert all(call.ended_at <= WEDNESDAY for call in calls)


def test_a_timeline_keeps_order_and_forgets_from_the_oldest_end() -> None:
    timeline: Timeline[Remembered] = Timeline(kept=100)
    forgotten: list[int] = []
    for number in range(500):
        # Moments come a little out of order, as calls end in another order than they began.
        moment_at = number + (3 if number % 5 == 0 else 0)
        forgotten += [record.number for record in timeline.add(moment_at, Remembered(number))]
        assert len(timeline) <= 100
    kept = [record.number for record in timeline.all()]
    assert sorted(forgotten + kept) == list(range(500))
    moments = [number + (3 if number % 5 == 0 else 0) for number in kept]
    assert moments == sorted(moments)
    assert max(number + (3 if number % 5 == 0 else 0) for number in forgotten) <= moments[0]


def test_a_timeline_finds_both_ends_of_every_span_and_orders_a_moment_by_number() -> None:
    timeline: Timeline[Remembered] = Timeline(kept=100)
    for number in (2, 1, 3):
        timeline.add(10, Remembered(number))
    timeline.add(20, Remembered(4))
    timeline.add(30, Remembered(5))
    found = timeline.within([(10, 20), (30, 99)])
    assert [record.number for record in found] == [1, 2, 3, 4, 5]
    assert timeline.within([(11, 19), (31, 40)]) == []
