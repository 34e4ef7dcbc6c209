"""Whatever the PBX does: no call is lost, none is counted twice, and a gap shows until it is filled."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from dashboard.access import EVERYTHING
from dashboard.gateway.server import PbxServer, running_pbx
from dashboard.gateway.simulated.settings import SimulationSettings
from dashboard.gateway.surface.settings import ApiSettings
from dashboard.history import selectors, services
from dashboard.history.answers import Days
from dashboard.history.nightly import days_reconcile
from dashboard.models import (
    AgentStay,
    CallRecord,
    Coverage,
    HistoryPolicy,
    Pbx,
    ReadingFailure,
    Reconciliation,
    RejectedRow,
    RollUp,
)
from dashboard.pbx.client import PbxClient, access_token
from tests.history.conftest import NOW
from tests.history.scripted import ScriptedPbx, row

pytestmark = pytest.mark.django_db

TODAY = Days(NOW.date(), NOW.date())


@contextmanager
def client_of(scripted: ScriptedPbx) -> Iterator[PbxClient]:
    with PbxClient(base_url="http://pbx.example", token="0" * 40, transport=scripted) as client:
        yield client


def latest(pbx: Pbx, scripted: ScriptedPbx, *, now_at: datetime = NOW) -> None:
    with client_of(scripted) as client:
        services.latest_read(pbx, client=client, now_at=now_at)


def fill(pbx: Pbx, scripted: ScriptedPbx, *, now_at: datetime = NOW) -> bool:
    with client_of(scripted) as client:
        return services.gaps_fill(pbx, client=client, now_at=now_at, for_s=600)


def call_ids() -> list[str]:
    return sorted(CallRecord.objects.values_list("call_id", flat=True))


def offered() -> int:
    return sum(RollUp.objects.values_list("answered_in", flat=True))


def test_pages_that_overlap_since_calls_come_in_while_reading_give_each_call_once(
    pbx: Pbx, policy: HistoryPolicy
) -> None:
    rows = [row(number, f"2026-11-24 11:{number // 60:02d}:{number % 60:02d}") for number in range(2400)]
    scripted = ScriptedPbx(StatsCalls=rows)
    coming = iter(range(2400, 2500))

    def call_comes_in(action: str) -> None:
        if action == "StatsCalls":
            number = next(coming)
            rows.append(row(number, f"2026-11-24 11:58:{number - 2400:02d}"))

    scripted.after_page = call_comes_in
    latest(pbx, scripted)
    scripted.after_page = lambda _action: None
    latest(pbx, scripted)
    assert len(rows) > 2400
    assert call_ids() == sorted(entry["name"] for entry in rows)
    assert offered() == len(rows)


def test_a_row_that_changes_between_two_readings_is_put_right(pbx: Pbx, policy: HistoryPolicy) -> None:
    rows = [row(1, "2026-11-24 11:55:00", answered="0", disposition_cause="caller", duration="0")]
    latest(pbx, ScriptedPbx(StatsCalls=rows))
    assert selectors.total(pbx, scope=EVERYTHING, days=TODAY).abandoned_in == 1
    rows[0] |= {"answered": "1", "queue": "3", "call_time": "2026-11-24 11:46:00"}
    latest(pbx, ScriptedPbx(StatsCalls=rows))
    assert selectors.by_queue(pbx, scope=EVERYTHING, days=TODAY).keys() == {"3"}
    assert selectors.total(pbx, scope=EVERYTHING, days=TODAY).answered_in == 1
    assert RollUp.objects.count() == 1


def test_queues_and_agents_that_nobody_knows_are_kept_by_their_ids(pbx: Pbx, policy: HistoryPolicy) -> None:
    latest(pbx, ScriptedPbx(StatsCalls=[row(1, "2026-11-24 11:50:00", queue="999", user="888")]))
    assert selectors.by_queue(pbx, scope=EVERYTHING, days=TODAY)["999"].answered_in == 1
    [figures] = selectors.agents(pbx, scope=EVERYTHING, days=TODAY)
    assert (figures.agent_id, figures.name, figures.answered) == ("888", "888", 1)


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"call_time": None}, "no time"),
        ({"call_time": "0000-00-00 00:00:00"}, "no time"),
        ({"call_time": "2026-02-31 25:61:00"}, "call_time"),
        ({"call_time": "1999-01-01 00:00:00"}, "2000"),
        ({"waiting_time": "-5"}, "waiting_time"),
        ({"duration": "99999999"}, "duration"),
        ({"duration": "10", "hold_time": "500"}, "hold_time"),
        ({"duration": "soon"}, "duration"),
        ({"call_time": "0001-01-01 00:00:00"}, "0001-01-01"),
        ({"queue": "4" * 21}, "queue_id has 21 characters"),
        ({"user": "7" * 21}, "agent_id has 21 characters"),
        ({"direction": "in" * 11}, "direction"),
        ({"attempts": "99999999999"}, "attempts is 99999999999"),
        ({"note": "all \x00 is well"}, "extras has a character"),
    ],
)
def test_an_impossible_call_is_set_aside_with_the_reason_and_counted_once_it_is_right(
    pbx: Pbx, policy: HistoryPolicy, values: dict[str, Any], reason: str
) -> None:
    good, bad = row(1, "2026-11-24 11:50:00"), row(2, "2026-11-24 11:51:00")
    past = (datetime(1998, 12, 31, 22, tzinfo=UTC), datetime(1999, 1, 1, 2, tzinfo=UTC))
    with client_of(ScriptedPbx(StatsCalls=[good, bad | values])) as client:
        services.latest_read(pbx, client=client, now_at=NOW)
        services.span_read(pbx, client=client, now_at=NOW, span=past, advance=lambda _written: None)
    assert call_ids() == ["1.1"]
    [aside] = RejectedRow.objects.all()
    assert aside.row_key == "2.1"
    assert reason in aside.reason
    assert aside.raw["clid"] == bad["clid"]
    latest(pbx, ScriptedPbx(StatsCalls=[good, bad]))
    assert call_ids() == ["1.1", "2.1"]
    assert offered() == 2
    assert not RejectedRow.objects.exists()


def test_an_answer_in_which_no_row_is_one_leaves_a_gap_with_the_reason(
    pbx: Pbx, policy: HistoryPolicy
) -> None:
    latest(pbx, ScriptedPbx(StatsCalls=[{"call_time": "2026-11-24 11:50:00", "waiting_time": "x"}]))
    assert not Coverage.objects.filter(action="StatsCalls").exists()
    [gap] = [gap for gap in selectors.gaps(pbx, now_at=NOW) if gap.action == "StatsCalls"]
    assert "shape" in (gap.reason or "")


def test_a_pbx_that_is_down_for_a_day_leaves_a_gap_which_fills_by_itself(
    pbx: Pbx, policy: HistoryPolicy, caplog: pytest.LogCaptureFixture
) -> None:
    start = NOW - timedelta(days=1)
    rows = [
        row(number, f"{start.astimezone(UTC) + timedelta(hours=1, minutes=5 * number):%Y-%m-%d %H:%M:%S}")
        for number in range(280)
    ]
    scripted = ScriptedPbx(StatsCalls=rows)
    latest(pbx, scripted, now_at=start)
    fill(pbx, scripted, now_at=start)
    scripted.is_down = True
    for hours in range(1, 24):
        latest(pbx, scripted, now_at=start + timedelta(hours=hours))
        assert not fill(pbx, scripted, now_at=start + timedelta(hours=hours))
    began = [record for record in caplog.records if "StatsCalls cannot be read" in record.getMessage()]
    assert len(began) == 1
    assert ReadingFailure.objects.get(action="StatsCalls").text
    [gap] = [g for g in selectors.gaps(pbx, now_at=NOW) if g.action == "StatsCalls"]
    assert gap.begins_at == start
    scripted.is_down = False
    latest(pbx, scripted)
    [gap] = [g for g in selectors.gaps(pbx, now_at=NOW) if g.action == "StatsCalls"]
    assert (gap.begins_at, gap.ends_at, gap.reason) == (start, NOW - timedelta(hours=1), None)
    progress = selectors.progress(pbx, now_at=NOW)
    assert not progress.is_complete
    assert fill(pbx, scripted)
    assert selectors.gaps(pbx, now_at=NOW) == []
    assert selectors.progress(pbx, now_at=NOW).share == 1.0
    assert call_ids() == sorted(entry["name"] for entry in rows)
    assert offered() == len(rows)


@pytest.mark.parametrize("ahead", [timedelta(minutes=7), timedelta(minutes=-7)])
def test_a_pbx_whose_clock_is_wrong_by_minutes_loses_no_call(
    pbx: Pbx, policy: HistoryPolicy, ahead: timedelta
) -> None:
    """We read every minute by our clock, as if nobody knew of the skew; calls are listed as they happen, by the PBX's."""
    scripted, rows = ScriptedPbx(StatsCalls=[]), []
    for minute in range(40):
        now_at = NOW + timedelta(minutes=minute)
        rows.append(row(minute, f"{now_at + ahead + timedelta(hours=1):%Y-%m-%d %H:%M:%S}"))
        scripted.rows["StatsCalls"] = list(rows)
        latest(pbx, scripted, now_at=now_at)
    latest(pbx, scripted, now_at=NOW + timedelta(minutes=50))
    assert call_ids() == sorted(entry["name"] for entry in rows)


def test_a_reading_broken_off_between_two_pages_is_taken_up_again(pbx: Pbx, policy: HistoryPolicy) -> None:
    rows = [row(number, f"2026-11-24 11:{number // 60:02d}:{number % 60:02d}") for number in range(2500)]
    scripted = ScriptedPbx(StatsCalls=rows)

    def goes_down(_action: str) -> None:
        scripted.is_down = len(scripted.asked) >= 2

    scripted.after_page = goes_down
    latest(pbx, scripted)
    assert 0 < len(call_ids()) < 2500
    assert not Coverage.objects.filter(action="StatsCalls").exists()
    scripted.after_page, scripted.is_down = lambda _action: None, False
    latest(pbx, scripted)
    assert len(call_ids()) == offered() == 2500


def test_a_long_call_that_is_listed_late_is_caught_by_reading_the_last_hours_again(
    pbx: Pbx, policy: HistoryPolicy
) -> None:
    scripted = ScriptedPbx(StatsCalls=[])
    latest(pbx, scripted)
    scripted.rows["StatsCalls"] = [row(1, "2026-11-24 09:00:00", duration="10000")]
    latest(pbx, scripted)
    assert call_ids() == []
    with client_of(scripted) as client:
        services.trail_read(pbx, client=client, now_at=NOW)
    assert call_ids() == ["1.1"]


def test_an_open_stay_is_closed_when_the_pbx_tells_its_end(pbx: Pbx, policy: HistoryPolicy) -> None:
    stay = {"id": "5", "user": "4", "start_time": "2026-11-24 05:00:00", "end_time": None, "duration": None}
    scripted = ScriptedPbx(StatsUsersSessions=[stay])
    fill(pbx, scripted)
    assert AgentStay.objects.get().end_at is None
    stay |= {"end_time": "2026-11-24 11:30:00", "duration": 23400}
    with client_of(scripted) as client:
        services.trail_read(pbx, client=client, now_at=NOW)
    assert AgentStay.objects.get().end_at == datetime(2026, 11, 24, 10, 30, tzinfo=UTC)


def test_both_hours_of_the_same_name_are_read_and_told_apart_by_the_calls_ids(
    pbx: Pbx, policy: HistoryPolicy
) -> None:
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    second = first + timedelta(hours=1)
    rows = [
        row(number, "2026-10-25 02:30:00", name=f"{int(moment.timestamp())}.{number}")
        for number, moment in enumerate((first, second))
    ]
    now_at = datetime(2026, 10, 25, 1, 40, tzinfo=UTC)
    policy.since = first - timedelta(hours=6)
    policy.save()
    latest(pbx, ScriptedPbx(StatsCalls=rows), now_at=now_at)
    assert list(CallRecord.objects.order_by("entered_at").values_list("entered_at", flat=True)) == [
        first,
        second,
    ]
    assert max(Coverage.objects.values_list("ends_at", flat=True)) == now_at


def test_a_night_finds_what_was_missing_changed_and_not_listed(pbx: Pbx, policy: HistoryPolicy) -> None:
    yesterday = NOW - timedelta(days=1)
    rows = [row(number, f"2026-11-23 10:00:{number:02d}") for number in range(5)]
    fill(pbx, ScriptedPbx(StatsCalls=list(rows)), now_at=NOW)
    rows[0] |= {"waiting_time": "33"}
    later = [*rows[:4], row(7, "2026-11-23 11:00:00")]
    with client_of(ScriptedPbx(StatsCalls=later)) as client:
        found = days_reconcile(pbx, client=client, now_at=NOW)
        assert days_reconcile(pbx, client=client, now_at=NOW) == []
    [told] = [one for one in found if one.day == yesterday.date()]
    assert (told.listed, told.missing, told.changed, told.unlisted) == (5, 1, 1, 1)
    assert {"call_id": "4.1", "difference": "unlisted"} in told.examples
    assert call_ids() == ["0.1", "1.1", "2.1", "3.1", "4.1", "7.1"]
    assert Reconciliation.objects.count() == len(found)


@pytest.fixture
def strict_pbx() -> Iterator[PbxServer]:
    settings = SimulationSettings(
        speed=0, start_at=int(NOW.timestamp() * 1000), agents=60, history_days=1, warm_up_s=3600
    )
    api = ApiSettings(timezone="Europe/Prague", row_limit_strict=True)
    with running_pbx(settings, api=api) as server:
        yield server


def test_a_pbx_that_refuses_when_more_than_a_thousand_rows_match_is_read_completely(
    pbx: Pbx, policy: HistoryPolicy, strict_pbx: PbxServer
) -> None:
    policy.since = NOW - timedelta(hours=9)
    policy.save()
    token = access_token(strict_pbx.login, strict_pbx.password)
    with PbxClient(base_url=strict_pbx.url, token=token, deadline_s=20) as client:
        services.latest_read(pbx, client=client, now_at=NOW)
        assert services.gaps_fill(pbx, client=client, now_at=NOW, for_s=600)
    assert CallRecord.objects.count() > 1000
    assert strict_pbx.requests["StatsCalls"] > 4
