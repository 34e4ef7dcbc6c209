"""Whole days: what occurs in them, what a manager would call plausible, and the days the clocks change."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from dashboard.gateway.engine import AgentState, CallState, DeviceStatus, Direction, EndCause, Floor
from dashboard.gateway.simulated.engine import SimulatedEngine
from dashboard.gateway.simulated.settings import SimulationSettings
from dashboard.gateway.surface.times import PbxTime

PRAGUE = ZoneInfo("Europe/Prague")
HOUR_MS = 3_600_000
VOICE = {1, 2, 3, 4}


def moment(text: str, *, fold: int = 0) -> int:
    return round(datetime.fromisoformat(text).replace(tzinfo=PRAGUE, fold=fold).timestamp() * 1000)


def floors(engine: SimulatedEngine, *, hours: int, every_ms: int) -> Iterator[Floor]:
    start_at = engine.floor().at
    for at in range(start_at, start_at + hours * HOUR_MS, every_ms):
        engine.advance_to(at)
        yield engine.floor()


def real_hours(day: str) -> SimulatedEngine:
    return SimulatedEngine(
        SimulationSettings(speed=0, start_at=moment(day), warm_up_s=0, is_always_mid_shift=False)
    )


@pytest.fixture(scope="module")
def working_day() -> tuple[SimulatedEngine, list[Floor]]:
    """Wednesday from midnight to midnight, looked at every two seconds."""
    engine = real_hours("2026-11-18")
    return engine, list(floors(engine, hours=24, every_ms=2000))


def test_every_state_occurs_in_a_day(working_day: tuple[SimulatedEngine, list[Floor]]) -> None:
    engine, seen = working_day
    assert {agent.state for floor in seen for agent in floor.agents.values()} == set(AgentState)
    assert {call.state for floor in seen for call in floor.calls.values()} == set(CallState)
    assert {device.status for floor in seen for device in floor.devices} == set(DeviceStatus)
    causes = {ended.cause for ended in engine.ended_calls()}
    assert causes >= {EndCause.AGENT, EndCause.CALLER}


def test_a_day_has_a_night_a_morning_and_an_evening(working_day: tuple[SimulatedEngine, list[Floor]]) -> None:
    _, seen = working_day
    present = {hour: len(seen[hour * 1800].agents) for hour in range(24)}
    assert present[3] == 0
    assert 8 <= present[8] < present[11]
    assert present[11] >= 30
    assert present[23] == 0
    assert not seen[4 * 1800].calls


def test_service_and_abandonment_of_a_day_are_plausible(
    working_day: tuple[SimulatedEngine, list[Floor]],
) -> None:
    engine, _ = working_day
    offered = [
        e for e in engine.ended_calls() if e.call.direction is Direction.INBOUND and e.call.queue_id in VOICE
    ]
    waits = [
        (e.call.answered_at - e.call.entered_at) / 1000 for e in offered if e.call.answered_at is not None
    ]
    abandoned = sum(e.cause is EndCause.CALLER and e.call.answered_at is None for e in offered)
    assert 900 < len(offered) < 4000
    assert 0.02 < abandoned / len(offered) < 0.2
    assert 0.6 < sum(wait <= 20 for wait in waits) / len(offered) < 0.95
    talks = sorted(e.ended_at - e.call.answered_at for e in offered if e.call.answered_at is not None)
    assert 60_000 < talks[len(talks) // 2] < 240_000
    assert 0.05 < 1 - len({e.call.caller for e in offered}) / len(offered) < 0.4


def test_dialling_reaches_some_customers_and_not_others(
    working_day: tuple[SimulatedEngine, list[Floor]],
) -> None:
    engine, _ = working_day
    dialled = [e for e in engine.ended_calls() if e.call.direction is Direction.OUTBOUND]
    reached = sum(e.call.answered_at is not None for e in dialled)
    assert len(dialled) > 500
    assert 0.45 < reached / len(dialled) < 0.7


def test_few_work_at_weekends() -> None:
    engine = real_hours("2026-11-21")
    most = max(len(floor.agents) for floor in floors(engine, hours=24, every_ms=600_000))
    assert 4 <= most <= 10


def test_the_demo_is_mid_shift_at_any_hour_of_any_day() -> None:
    for text in ("2026-11-18T10:00", "2026-11-22T03:30", "2026-12-24T23:50"):
        engine = SimulatedEngine(SimulationSettings(speed=0, start_at=moment(text)))
        busy, present, waits = [], [], []
        for floor in floors(engine, hours=16, every_ms=120_000):
            states = Counter(agent.state for agent in floor.agents.values())
            busy.append(states[AgentState.SPEAKING] + states[AgentState.ON_HOLD])
            present.append(len(floor.agents))
            waits.append(
                sum(
                    call.direction is Direction.INBOUND and call.answered_at is None
                    for call in floor.calls.values()
                )
            )
        assert min(present) >= 22
        assert 8 <= sum(busy) / len(busy) <= 17
        assert min(busy) >= 1
        assert waits.count(0) > len(waits) / 4
        assert sum(wait >= 3 for wait in waits) > len(waits) / 50


@pytest.mark.parametrize("day", ["2026-10-25", "2027-03-28"])
def test_printed_times_and_seconds_agree_on_days_the_clocks_change(day: str) -> None:
    time = PbxTime("Europe/Prague")
    start_at = moment(day)
    for since_at in range(start_at, start_at + 26 * HOUR_MS, 997_001):
        for now_at in (since_at, since_at + 999, since_at + 3 * HOUR_MS):
            elapsed_s = time.elapsed_s(since_at=since_at, now_at=now_at)
            assert elapsed_s == now_at // 1000 - since_at // 1000
            shown = datetime.fromtimestamp(since_at // 1000 + elapsed_s, PRAGUE)
            assert time.text(now_at) == f"{shown:%Y-%m-%d %H:%M:%S}"


def test_the_hour_that_comes_twice_is_printed_twice_and_the_missing_one_never() -> None:
    time = PbxTime("Europe/Prague")
    first, second = moment("2026-10-25T02:30:00"), moment("2026-10-25T02:30:00", fold=1)
    assert second - first == HOUR_MS
    assert time.text(first) == time.text(second) == "2026-10-25 02:30:00"
    before = moment("2027-03-28T01:59:59")
    assert [time.text(before + ms) for ms in (0, 999, 1000)] == [
        "2027-03-28 01:59:59",
        "2027-03-28 01:59:59",
        "2027-03-28 03:00:00",
    ]


@pytest.mark.parametrize(("day", "hours"), [("2026-10-25", 25), ("2027-03-28", 23)])
def test_shifts_and_arrivals_keep_local_time_when_the_clocks_change(day: str, hours: int) -> None:
    engine = real_hours(day)
    seen = list(floors(engine, hours=48, every_ms=300_000))
    next_day = datetime.fromisoformat(day).replace(tzinfo=PRAGUE) + timedelta(days=1)
    assert round(next_day.timestamp() * 1000) - seen[0].at == hours * HOUR_MS
    at_six = [f for f in seen if datetime.fromtimestamp(f.at / 1000, PRAGUE).strftime("%H:%M") == "06:30"]
    at_eleven = [f for f in seen if datetime.fromtimestamp(f.at / 1000, PRAGUE).strftime("%H:%M") == "11:00"]
    assert [len(floor.agents) for floor in at_six] == [0, 0]
    assert 4 <= len(at_eleven[0].agents) <= 10
    assert len(at_eleven[1].agents) >= 30
