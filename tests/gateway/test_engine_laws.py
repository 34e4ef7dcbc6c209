"""Whatever happens, the floor makes sense; and the same settings give the same call centre."""

import hashlib
import os
import subprocess
import sys
from collections import Counter
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.gateway.engine import (
    BUSY_STATES,
    AgentState,
    CallState,
    Direction,
    EngineError,
    Floor,
    LiveAgent,
    LiveCall,
)
from dashboard.gateway.simulated.engine import SimulatedEngine
from dashboard.gateway.simulated.settings import SimulationSettings

START_AT = 1_794_992_400_000
TALKING = {CallState.SPEAKING, CallState.ON_HOLD}
REPEATABLE = """
from dashboard.gateway.simulated.engine import SimulatedEngine
from dashboard.gateway.simulated.settings import SimulationSettings
import hashlib
engine = SimulatedEngine(SimulationSettings(agents=25, queues=12, seed=7, speed=0, start_at=1_794_992_400_000))
engine.advance_to(1_794_992_400_000 + 1_800_000)
print(hashlib.sha256(repr((engine.directory(), engine.floor().agents, engine.floor().calls)).encode()).hexdigest())
"""


def engine_of(**chosen: int | bool | float) -> SimulatedEngine:
    return SimulatedEngine(SimulationSettings(**{"speed": 0, "start_at": START_AT, **chosen}))  # type: ignore[arg-type]


def check(floor: Floor) -> None:
    """Every law of a floor."""
    per_agent = Counter(user_id for call in floor.calls.values() for user_id in call.user_ids)
    assert all(count == 1 for count in per_agent.values()), "an agent is in more than one live call"
    for agent in floor.agents.values():
        check_agent(agent, floor)
        assert per_agent[agent.user_id] == (agent.call_id is not None)
    for call in floor.calls.values():
        check_call(call, floor)


def check_agent(agent: LiveAgent, floor: Floor) -> None:
    assert agent.login_at <= agent.state_since_at <= floor.at
    assert (agent.pause_id is not None) == (agent.state is AgentState.PAUSED)
    assert (agent.call_id is not None) == (agent.state in BUSY_STATES)
    assert (not agent.queue_ids) == (agent.state is AgentState.LOGGED)
    if agent.call_id is not None:
        call = floor.calls[agent.call_id]
        assert agent.user_id in call.user_ids
        expected = {
            AgentState.CALLING: {CallState.RINGING},
            AgentState.RINGING: {CallState.RINGING},
            AgentState.SPEAKING: {CallState.SPEAKING, CallState.TRANSFERRED},
            AgentState.ON_HOLD: {CallState.ON_HOLD},
        }
        assert call.state in expected[agent.state]
        assert (agent.state is AgentState.CALLING) == (
            call.direction is Direction.OUTBOUND and call.state is CallState.RINGING
        )


def check_call(call: LiveCall, floor: Floor) -> None:
    moments = [call.entered_at, call.ringing_at, call.answered_at, call.held_at, floor.at]
    known = [moment for moment in moments if moment is not None]
    assert known == sorted(known)
    assert int(call.id.split(".")[0]) == call.entered_at // 1000
    assert (call.held_at is not None) == (call.state is CallState.ON_HOLD)
    assert (call.agent_id is not None) == (call.answered_at is not None)
    if call.state in TALKING:
        assert call.user_ids == (call.agent_id,)
    if call.state is CallState.WAITING:
        assert call.user_ids == ()
        assert call.ringing_at is None
    if call.state is CallState.RINGING:
        assert call.user_ids
        assert call.agent_id is None
    for user_id in call.user_ids:
        assert call.queue_id in floor.agents[user_id].queue_ids


OPERATIONS = st.one_of(
    st.tuples(st.just("advance"), st.integers(1, 400_000), st.just(0)),
    st.tuples(st.just("call"), st.integers(1, 8), st.integers(0, 40)),
    st.tuples(st.just("pause"), st.integers(3, 12), st.sampled_from([2, 3, 4, 7])),
    st.tuples(st.sampled_from(["resume", "in", "out"]), st.integers(3, 12), st.just(0)),
    st.tuples(st.just("hang up"), st.integers(0, 9), st.just(0)),
    st.tuples(st.just("restart"), st.just(0), st.just(0)),
)


def carry_out(engine: SimulatedEngine, operation: str, subject: int, detail: int) -> None:
    if operation == "call":
        engine.call_inject(queue_id=subject, kept_waiting_s=detail)
    elif operation == "pause":
        engine.agent_pause_on(user_id=subject, pause_id=detail)
    elif operation == "resume":
        engine.agent_pause_off(user_id=subject)
    elif operation == "in":
        engine.agent_log_in(user_id=subject)
    elif operation == "out":
        engine.agent_log_out(user_id=subject)
    elif operation == "hang up":
        running = sorted(engine.floor().calls)
        engine.call_hang_up(call_id=running[subject] if subject < len(running) else "0.0")
    elif operation == "restart":
        engine.restart()


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10**6), is_quiet=st.booleans(), operations=st.lists(OPERATIONS, max_size=40))
def test_the_floor_makes_sense_whatever_is_done_to_it(
    seed: int, is_quiet: bool, operations: list[tuple[str, int, int]]
) -> None:
    engine = engine_of(agents=10, queues=8, seed=seed, is_quiet=is_quiet, activity=2, warm_up_s=1200)
    now_at = START_AT
    check(engine.floor())
    for operation, subject, detail in operations:
        if operation == "advance":
            now_at += subject
            engine.advance_to(now_at)
        else:
            # What the engine refuses must leave a sound floor behind, too.
            with suppress(EngineError):
                carry_out(engine, operation, subject, detail)
        check(engine.floor())


@pytest.mark.parametrize(("agents", "queues"), [(1, 1), (1, 8), (3, 2), (40, 8), (60, 30)])
def test_the_floor_makes_sense_at_every_size_for_two_hours(agents: int, queues: int) -> None:
    engine = engine_of(agents=agents, queues=queues, seed=5)
    for step in range(720):
        engine.advance_to(START_AT + step * 10_007)
        check(engine.floor())


def test_every_event_leaves_a_floor_that_makes_sense() -> None:
    engine = engine_of(seed=11)
    seen = set()
    for step in range(6000):
        engine.advance_to(START_AT + step * 100)
        if engine.revision() not in seen:
            seen.add(engine.revision())
            check(engine.floor())
    assert len(seen) > 200


def test_the_same_settings_give_the_same_call_centre_however_its_time_is_cut() -> None:
    one, other = engine_of(seed=3), engine_of(seed=3)
    one.advance_to(START_AT + 3_600_000)
    for step in range(1, 3601):
        other.advance_to(START_AT + step * 1000)
        if step % 100 == 0:
            other.floor()
    assert one.floor() == other.floor()
    assert one.ended_calls() == other.ended_calls()
    assert engine_of(seed=4).floor().calls != engine_of(seed=3).floor().calls


def test_the_same_settings_give_the_same_call_centre_in_another_process() -> None:
    printed = {
        subprocess.run(
            [sys.executable, "-c", REPEATABLE],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(printed) == 1
    assert len(printed.pop().strip()) == hashlib.sha256().digest_size * 2


def test_nothing_happens_on_a_quiet_floor() -> None:
    engine = engine_of(is_quiet=True)
    before = engine.floor()
    states = Counter(agent.state for agent in before.agents.values())
    engine.advance_to(START_AT + 7 * 24 * 3_600_000)
    after = engine.floor()
    assert (after.agents, after.calls, after.revision) == (before.agents, {}, before.revision)
    assert after.at == before.at + 7 * 24 * 3_600_000
    assert set(states) == {AgentState.IDLE, AgentState.PAUSED}


def test_activity_multiplies_the_calls() -> None:
    counts = []
    for activity in (0, 0.5, 1):
        engine = engine_of(activity=activity)
        counts.append(sum(ended.call.direction is Direction.INBOUND for ended in engine.ended_calls()))
    assert counts[0] == 0
    assert 1.5 < counts[2] / counts[1] < 2.6


def test_an_agent_who_lets_two_calls_ring_is_sent_on_the_idler_pause() -> None:
    engine = engine_of(seed=2)
    seen = set()
    for step in range(1440):
        engine.advance_to(START_AT + step * 20_000)
        seen |= {agent.pause_id for agent in engine.floor().agents.values()}
    assert {2, 3, 4, 6, 7} <= seen


def test_settings_that_make_no_call_centre_are_refused() -> None:
    for wrong in ({"agents": 0}, {"queues": 0}, {"speed": -1.0}, {"activity": -1.0}):
        with pytest.raises(ValueError, match=r"PBX|negative"):
            SimulationSettings(**wrong)
