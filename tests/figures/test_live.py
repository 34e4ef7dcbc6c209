"""The figures that join the live state."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from dashboard.domain.figures import AgentToday, Figures
from dashboard.domain.kpi import aht_s
from dashboard.domain.rows import FigureRow
from dashboard.figures.live import LiveFigures
from dashboard.models import Coverage, Holiday, Pbx, Queue, QueueDefinition, ReadyTime
from tests.figures.conftest import Calls, local

pytestmark = pytest.mark.django_db


def at(figures: LiveFigures, moment: datetime) -> Figures:
    found = figures.at(int(moment.timestamp() * 1000))
    assert found is not None
    return found


def row(pbx: Pbx, moment: datetime, key: str = "4:today") -> FigureRow | None:
    return at(LiveFigures(pbx), moment).rows.get(key)


def test_today_counts_what_entered_since_midnight(pbx: Pbx, call: Calls) -> None:
    call(local(23, 59, day=22))
    call(local(0, 0))
    call(local(9, 1), wait_s=25, talk_s=120, hold_s=10, acw_s=30)
    call(local(9, 2), outcome="abandoned", wait_s=3)
    call(local(9, 3), outcome="abandoned", wait_s=12)
    call(local(9, 4), outcome="flowed_out", wait_s=40)
    call(local(9, 5), direction="out")
    found = row(pbx, local(9, 10))
    assert found is not None
    assert (found.answered_in, found.answered_late) == (1, 1)
    assert (found.abandoned_short, found.abandoned_in, found.abandoned_late, found.flowed_out) == (1, 1, 0, 1)
    assert (found.wait_answered_s, found.wait_all_s, found.longest_wait_s) == (
        10 + 25,
        10 + 25 + 3 + 12 + 40,
        40,
    )
    assert (found.talk_s, found.hold_s, found.acw_s, found.outbound) == (120, 10, 30, 1)


def test_each_queue_has_a_row_of_today_though_nobody_has_called(pbx: Pbx) -> None:
    Queue.objects.create(pbx=pbx, queue_id="4", title="Sales")
    ReadyTime.objects.create(pbx=pbx, queue_id="5", begins_at=local(8), ready_s=300)
    Coverage.objects.create(pbx=pbx, action="ready", begins_at=local(0), ends_at=local(9))
    rows = at(LiveFigures(pbx), local(9)).rows
    assert {key: row.answered_in for key, row in rows.items()} == {"4:today": 0, "5:today": 0}
    assert rows["5:today"].ready_s == 300


def test_a_call_leaves_each_window_after_its_length(pbx: Pbx, call: Calls) -> None:
    call(local(9, 0))
    figures = LiveFigures(pbx)
    windows = [
        sorted(key for key in at(figures, local(9, 0) + timedelta(minutes=minutes, seconds=-1)).rows)
        for minutes in (15, 16, 31, 61)
    ]
    assert windows == [
        ["4:15m", "4:30m", "4:60m", "4:today"],
        ["4:30m", "4:60m", "4:today"],
        ["4:60m", "4:today"],
        ["4:today"],
    ]


def test_while_nothing_happens_the_figures_are_the_same_and_cost_one_query(
    pbx: Pbx, call: Calls, django_assert_num_queries: object
) -> None:
    call(local(9, 0))
    figures = LiveFigures(pbx)
    first = at(figures, local(9, 1))
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert at(figures, local(9, 2)) is first
    call(local(9, 2))
    assert at(figures, local(9, 3)).rows["4:today"].answered_in == 2


def test_a_call_that_is_written_late_counts_where_it_entered(pbx: Pbx, call: Calls) -> None:
    figures = LiveFigures(pbx)
    assert at(figures, local(9, 30)).rows == {}
    call(local(9, 0))
    rows = at(figures, local(9, 30)).rows
    assert sorted(rows) == ["4:60m", "4:today"]


def test_another_threshold_counts_the_same_calls_otherwise_at_once(pbx: Pbx, call: Calls) -> None:
    queue = Queue.objects.create(pbx=pbx, queue_id="4", title="Sales")
    for wait_s in (10, 25, 45):
        call(local(9), wait_s=wait_s)
    QueueDefinition.objects.create(pbx=pbx, queue=queue, threshold_s=30)
    rows = at(LiveFigures(pbx), local(9, 5)).rows
    assert [
        (rows[f"4:{window}"].answered_in, rows[f"4:{window}"].answered_late) for window in ("today", "15m")
    ] == [
        (2, 1),
        (2, 1),
    ]


def test_calls_outside_business_hours_do_not_count(pbx: Pbx, call: Calls) -> None:
    QueueDefinition.objects.create(
        pbx=pbx, hours={"0": [["09:00", "12:00"]], "holiday": [["10:00", "11:00"]]}
    )
    for hour in (8, 9, 11, 12):
        call(local(hour))
    found = row(pbx, local(12, 5))
    assert found is not None
    assert found.answered_in == 2
    assert row(pbx, local(12, 5), "4:15m") is None
    Holiday.objects.create(day=date(2026, 11, 23))
    assert row(pbx, local(12, 5)) is None


def test_who_enters_outside_business_hours_is_told_apart_while_waiting(pbx: Pbx) -> None:
    QueueDefinition.objects.create(
        pbx=pbx, hours={"0": [["09:00", "12:00"]], "holiday": [["10:00", "11:00"]]}
    )

    def is_open(*hours: int) -> list[bool]:
        figures = LiveFigures(pbx)
        return [figures.is_open_at("4", int(local(hour).timestamp() * 1000)) for hour in hours]

    assert is_open(8, 9, 11, 12) == [False, True, True, False]
    Holiday.objects.create(day=date(2026, 11, 23))
    assert is_open(9, 10) == [False, True]


def test_a_day_that_begins_at_six_holds_the_night_before(pbx: Pbx, call: Calls) -> None:
    QueueDefinition.objects.create(day_start=time(6))
    for moment in (local(5, 59, day=22), local(6, day=22), local(23, day=22), local(5, 59)):
        call(moment)
    night = row(pbx, local(5, 59, 59))
    assert night is not None
    assert night.answered_in == 3
    assert row(pbx, local(6)) is None


def test_expected_are_as_many_as_on_the_median_of_the_same_weekdays(pbx: Pbx, call: Calls) -> None:
    for days_ago, later in ((7, 2), (14, 5), (21, 3), (28, 90)):
        day = local(9) - timedelta(days=days_ago)
        call(day)
        for minute in range(later):
            call(day + timedelta(hours=2, seconds=minute))
    Holiday.objects.create(day=date(2026, 10, 26))
    call(local(9))
    read(pbx, local(0) - timedelta(days=28))
    found = row(pbx, local(10))
    assert found is not None
    assert found.expected_more == 3, "the median of 2, 5 and 3; the Monday of 90 was a holiday"


def read(pbx: Pbx, begins_at: datetime, ends_at: datetime | None = None) -> None:
    """The calls of this time have been read."""
    Coverage.objects.create(
        pbx=pbx, action="StatsCalls", begins_at=begins_at, ends_at=ends_at or begins_at + timedelta(days=60)
    )


def test_a_day_that_was_read_half_tells_nothing_of_what_is_expected(pbx: Pbx, call: Calls) -> None:
    call(local(9))
    week = timedelta(days=7)
    for minute in range(9):
        call(local(11, minute) - week)
    read(pbx, local(0) - week, local(12) - week)
    found = row(pbx, local(10))
    assert found is not None
    assert found.expected_more is None
    read(pbx, local(12) - week, local(0, day=24) - week)
    whole = row(pbx, local(10))
    assert whole is not None
    assert whole.expected_more == 9


def test_what_is_expected_is_known_as_soon_as_the_weeks_before_have_been_read(
    pbx: Pbx, call: Calls, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboard.figures.live.REFRESHED_S", 0.0)
    call(local(9))
    call(local(11) - timedelta(days=7))
    figures = LiveFigures(pbx)
    assert at(figures, local(10)).rows["4:today"].expected_more is None
    read(pbx, local(0) - timedelta(days=7))
    assert at(figures, local(10, 1)).rows["4:today"].expected_more == 1


def test_expected_calls_count_as_the_definition_says(pbx: Pbx, call: Calls) -> None:
    """Open from nine to twelve; the day ends at six in the morning; short abandons are in no variant but some."""
    queue = Queue.objects.create(pbx=pbx, queue_id="4", title="Sales")
    week = timedelta(days=7)
    call(local(9))
    call(local(11) - week)
    call(local(11, 1) - week, outcome="abandoned", wait_s=3)
    call(local(13) - week)
    call(local(5) - week + timedelta(days=1))
    call(local(7) - week + timedelta(days=1))
    read(pbx, local(0) - week, local(0))

    def expected() -> int | None:
        found = row(pbx, local(10))
        assert found is not None
        return found.expected_more

    assert expected() == 2, "11:00 and 13:00; until midnight, and the short abandon does not count"
    QueueDefinition.objects.create(pbx=pbx, queue=queue, variant="offered")
    assert expected() == 3
    QueueDefinition.objects.create(pbx=pbx, queue=queue, day_start=time(6))
    assert expected() == 3, "11:00, 13:00, and 5:00 of the next morning"
    QueueDefinition.objects.create(pbx=pbx, queue=queue, hours={"0": [["09:00", "12:00"]]})
    assert expected() == 1, "11:00"


def test_without_such_a_day_nobody_knows_what_is_expected(pbx: Pbx, call: Calls) -> None:
    call(local(9))
    found = row(pbx, local(10))
    assert found is not None
    assert found.expected_more is None


def test_ready_time_is_that_of_today(pbx: Pbx, call: Calls) -> None:
    call(local(9))
    for moment, ready_s in ((local(23, 45, day=22), 500), (local(8), 300), (local(8, 15), 400)):
        ReadyTime.objects.create(pbx=pbx, queue_id="4", begins_at=moment, ready_s=ready_s)
    Coverage.objects.create(pbx=pbx, action="ready", begins_at=local(0), ends_at=local(10))
    found = row(pbx, local(10))
    assert found is not None
    assert found.ready_s == 700, "nobody was ready at nine"
    Coverage.objects.update(ends_at=local(8))
    unknown = row(pbx, local(10))
    assert unknown is not None
    assert unknown.ready_s is None, "the quarter from nine was not worked out"


def test_a_call_that_goes_on_is_answered_and_in_no_handle_time(pbx: Pbx, call: Calls) -> None:
    call(local(9), talk_s=100)
    call(local(9, 1), talk_s=None, hold_s=None, acw_s=None, is_provisional=True)
    for key in ("4:today", "4:15m"):
        found = row(pbx, local(9, 5), key)
        assert found is not None
        assert (found.answered_in, found.running) == (2, 1)
        assert aht_s(found) == 100


def test_agents_have_their_answered_calls_of_today(pbx: Pbx, call: Calls) -> None:
    call(local(15, day=22), agent_id="7", talk_s=999)
    call(local(9), agent_id="7", talk_s=60)
    call(local(9, 1), agent_id="7", talk_s=None, is_provisional=True)
    call(local(9, 2), agent_id="8", outcome="abandoned")
    assert at(LiveFigures(pbx), local(10)).agents == {"7": AgentToday(answered=2, talk_s=60)}


@pytest.mark.parametrize(
    ("day", "month", "hours"), [(29, 3, 23), (25, 10, 25)], ids=["clocks go forward", "clocks go back"]
)
def test_a_day_on_which_the_clocks_change_has_all_its_hours(
    pbx: Pbx, call: Calls, day: int, month: int, hours: int
) -> None:
    midnight = local(0, day=day, month=month)
    for hour in range(-1, hours + 1):
        call(midnight + timedelta(hours=hour))
    found = row(pbx, midnight + timedelta(hours=hours, seconds=-1))
    assert found is not None
    assert found.answered_in == hours + 1, (
        "every hour of the day, and the call of the next one that is written ahead"
    )


def test_rules_are_those_of_today(pbx: Pbx) -> None:
    queue = Queue.objects.create(pbx=pbx, queue_id="4", title="Sales")
    QueueDefinition.objects.create(pbx=pbx, queue=queue, threshold_s=45, goal=0.9, variant="offered")
    QueueDefinition.objects.create(pbx=pbx, queue=queue, threshold_s=99, applies_from=date(2999, 1, 1))
    rules = LiveFigures(pbx).rules_now("4")
    assert (rules.threshold_s, rules.goal, rules.variant) == (45, 0.9, "offered")
