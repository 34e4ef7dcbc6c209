"""Whatever is done to the call centre, its books agree with its floor."""

from contextlib import suppress

import pytest
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from dashboard.gateway.engine import AgentState, EngineError
from dashboard.gateway.history import Stay
from dashboard.gateway.simulated.engine import SimulatedEngine
from dashboard.gateway.simulated.settings import SimulationSettings
from tests.gateway.test_engine_laws import OPERATIONS, START_AT, carry_out, engine_of

EVER = [(0, 2**50)]


def lasting(stays: list[Stay]) -> set[tuple[int, int, int]]:
    return {(stay.user_id, stay.subject_id, stay.start_at) for stay in stays if stay.end_at is None}


def check(engine: SimulatedEngine, seen: set[str]) -> None:
    """Every law of the books."""
    floor, history = engine.floor(), engine.history()
    agents = floor.agents.values()
    assert lasting(history.sessions(EVER)) == {(agent.user_id, 0, agent.login_at) for agent in agents}
    assert lasting(history.pauses(EVER)) == {
        (agent.user_id, agent.pause_id, agent.state_since_at)
        for agent in agents
        if agent.state is AgentState.PAUSED
    }
    joined = {(user_id, queue_id) for user_id, queue_id, _ in lasting(history.queue_stays(EVER))}
    assert joined == {(agent.user_id, queue_id) for agent in agents for queue_id in agent.queue_ids}
    seen |= set(floor.calls)
    over = [call.id for call in history.calls(EVER) if call.queue_id is not None]
    assert len(over) == len(set(over))
    assert not set(over) & set(floor.calls)
    assert seen <= set(over) | set(floor.calls)


@settings(max_examples=40, deadline=None, phases=(Phase.explicit, Phase.generate))
@example(seed=0, is_quiet=True, operations=[("call", 1, 0), ("restart", 0, 0), ("call", 1, 0)])
@given(seed=st.integers(0, 10**6), is_quiet=st.booleans(), operations=st.lists(OPERATIONS, max_size=40))
def test_the_books_agree_with_the_floor_whatever_is_done_to_it(
    seed: int, is_quiet: bool, operations: list[tuple[str, int, int]]
) -> None:
    engine = engine_of(agents=10, queues=8, seed=seed, is_quiet=is_quiet, activity=2, warm_up_s=1200)
    seen: set[str] = set()
    now_at = START_AT
    check(engine, seen)
    for operation, subject, detail in operations:
        if operation == "advance":
            now_at += subject
            engine.advance_to(now_at)
        else:
            with suppress(EngineError):
                carry_out(engine, operation, subject, detail)
        check(engine, seen)


def test_a_pause_that_is_set_anew_is_a_new_pause() -> None:
    engine = engine_of(is_quiet=True)
    user_id = next(a.user_id for a in engine.floor().agents.values() if a.state is AgentState.IDLE)
    for minute in range(3):
        engine.advance_to(START_AT + minute * 60_000)
        engine.agent_pause_on(user_id=user_id, pause_id=7)
    own = [stay for stay in engine.history().pauses(EVER) if stay.user_id == user_id]
    assert [stay.start_at - START_AT for stay in own] == [0, 60_000, 120_000]
    assert [stay.end_at and stay.end_at - START_AT for stay in own] == [60_000, 120_000, None]


@pytest.mark.parametrize("kept", [50, 400])
def test_what_is_forgotten_is_the_oldest_and_nothing_is_left_of_it(
    kept: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboard.gateway.simulated.ledger.CALLS_KEPT", kept)
    engine = SimulatedEngine(SimulationSettings(speed=0, start_at=START_AT))
    history, ended = engine.history(), engine.ended_calls()
    calls = history.calls(EVER)
    assert 0.85 * kept <= len(calls) <= kept < len(ended)
    remembered = {call.id for call in calls}
    for old in ended:
        record = history.call(old.call.id)
        assert (record is not None) == (old.call.id in remembered)
        by_number = {call.id for call in history.calls_of_number(old.call.caller)}
        assert (old.call.id in by_number) == (old.call.id in remembered)
    entered = [old.call.entered_at for old in ended if old.call.id not in remembered]
    assert min(call.entered_at for call in calls) > sorted(entered)[-20]
