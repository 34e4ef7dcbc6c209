"""Who is offered which call: on a quiet floor, where only the calls of the test exist."""

from collections.abc import Iterable

from dashboard.gateway.engine import AgentState, CallState, EndCause, LiveCall
from dashboard.gateway.simulated.engine import SimulatedEngine
from dashboard.gateway.simulated.settings import SimulationSettings

START_AT = 1_794_992_400_000
SUPPORT, SALES, VIP, OUTBOUND = 1, 3, 4, 5
BACK_OFFICE = 4


def quiet_engine(**chosen: int) -> SimulatedEngine:
    return SimulatedEngine(SimulationSettings(speed=0, start_at=START_AT, is_quiet=True, **chosen))  # type: ignore[arg-type]


def penalty(engine: SimulatedEngine, user_id: int, queue_id: int) -> int:
    skills = engine.directory().users[user_id].skills
    return next(skill.penalty for skill in skills if skill.queue_id == queue_id)


def idle(engine: SimulatedEngine, queue_id: int) -> list[int]:
    agents = engine.floor().agents.values()
    return [a.user_id for a in agents if a.state is AgentState.IDLE and queue_id in a.queue_ids]


def pause(engine: SimulatedEngine, user_ids: Iterable[int]) -> None:
    for user_id in list(user_ids):
        engine.agent_pause_on(user_id=user_id, pause_id=BACK_OFFICE)


def call_of(engine: SimulatedEngine, call_id: str) -> LiveCall:
    return engine.floor().calls[call_id]


def ring(engine: SimulatedEngine, queue_id: int) -> tuple[int, ...]:
    return call_of(engine, engine.call_inject(queue_id=queue_id)).user_ids


def test_agents_without_a_penalty_are_asked_before_those_with_one() -> None:
    engine = quiet_engine()
    free = idle(engine, SUPPORT)
    own = {user_id for user_id in free if penalty(engine, user_id, SUPPORT) == 0}
    helping = set(free) - own
    assert helping
    asked = [ring(engine, SUPPORT) for _ in free]
    assert {user_id for (user_id,) in asked[: len(own)]} == own
    assert {user_id for (user_id,) in asked[len(own) :]} == helping
    assert ring(engine, SUPPORT) == ()


def test_the_agent_whose_last_call_is_longest_ago_is_asked() -> None:
    engine = quiet_engine()
    free = idle(engine, SALES)
    pause(engine, [user_id for user_id in free if penalty(engine, user_id, SALES) > 0])
    own = idle(engine, SALES)
    asked = []
    now_at = START_AT
    for _ in range(2 * len(own)):
        call_id = engine.call_inject(queue_id=SALES)
        while call_of(engine, call_id).answered_at is None:
            now_at += 500
            engine.advance_to(now_at)
        asked.append(call_of(engine, call_id).agent_id)
        engine.call_hang_up(call_id=call_id)
        now_at += 120_000
        engine.advance_to(now_at)
    assert sorted(asked[: len(own)]) == sorted(own)  # type: ignore[type-var]
    assert asked[len(own) :] == asked[: len(own)]


def test_ringall_rings_at_everybody_and_frees_those_who_were_slower() -> None:
    engine = quiet_engine()
    free = {user_id for user_id in idle(engine, VIP) if penalty(engine, user_id, VIP) == 0}
    call_id = engine.call_inject(queue_id=VIP)
    assert set(call_of(engine, call_id).user_ids) == free
    assert len(free) > 1
    now_at = START_AT
    while call_of(engine, call_id).state is CallState.RINGING:
        now_at += 100
        engine.advance_to(now_at)
    call = call_of(engine, call_id)
    assert call.agent_id in free
    assert set(idle(engine, VIP)) >= free - {call.agent_id}


def test_an_important_queue_is_served_first_and_then_the_longest_wait() -> None:
    engine = quiet_engine()
    both = next(user_id for user_id in idle(engine, VIP) if user_id in idle(engine, SALES))
    agents = engine.floor().agents.values()
    pause(engine, [a.user_id for a in agents if {VIP, SALES} & set(a.queue_ids)])
    older = engine.call_inject(queue_id=SALES)
    engine.advance_to(START_AT + 500)
    later = engine.call_inject(queue_id=SALES)
    important = engine.call_inject(queue_id=VIP)
    for expected in (important, older, later):
        engine.agent_pause_off(user_id=both)
        assert call_of(engine, expected).user_ids == (both,)
        engine.agent_pause_on(user_id=both, pause_id=BACK_OFFICE)
        engine.call_hang_up(call_id=expected)
        assert engine.floor().agents[both].state is AgentState.PAUSED


def test_an_agent_who_is_kept_free_is_offered_no_call_until_then() -> None:
    engine = quiet_engine()
    kept, *others = idle(engine, SUPPORT)
    engine.agent_keep_free(user_id=kept, for_s=5)
    pause(engine, others)
    call_id = engine.call_inject(queue_id=SUPPORT, kept_waiting_s=1)
    assert call_of(engine, call_id).state is CallState.WAITING
    engine.agent_pause_on(user_id=kept, pause_id=BACK_OFFICE)
    engine.agent_pause_off(user_id=kept)
    assert call_of(engine, call_id).state is CallState.WAITING
    engine.advance_to(START_AT + 4_999)
    assert call_of(engine, call_id).state is CallState.WAITING
    engine.advance_to(START_AT + 5_000)
    assert call_of(engine, call_id).user_ids == (kept,)


def test_an_agent_is_kept_free_no_longer_once_told_so() -> None:
    engine = quiet_engine()
    kept, *others = idle(engine, SUPPORT)
    engine.agent_keep_free(user_id=kept, for_s=60)
    pause(engine, others)
    call_id = engine.call_inject(queue_id=SUPPORT)
    engine.agent_keep_free(user_id=kept, for_s=0)
    engine.advance_to(START_AT + 1)
    assert call_of(engine, call_id).user_ids == (kept,)


def test_nobody_who_is_kept_free_takes_calls_or_dials_or_goes_on_a_pause_on_a_busy_floor() -> None:
    chosen = SimulationSettings(speed=0, start_at=START_AT, agents=40, queues=8, activity=2, warm_up_s=3600)
    engine = SimulatedEngine(chosen)
    now_at = START_AT
    while not idle(engine, OUTBOUND) or not idle(engine, SUPPORT):
        now_at += 1000
        engine.advance_to(now_at)
    ready = {*idle(engine, OUTBOUND), *idle(engine, SUPPORT)}
    for user_id in ready:
        engine.agent_keep_free(user_id=user_id, for_s=600)
    engine.advance_to(now_at + 599_999)
    agents = engine.floor().agents
    states = {user_id: agents[user_id].state for user_id in ready if user_id in agents}
    assert set(states.values()) == {AgentState.IDLE}
    engine.advance_to(now_at + 700_000)
    agents = engine.floor().agents
    assert any(agents[user_id].state is not AgentState.IDLE for user_id in states)


def test_a_call_nobody_answers_waits_the_retry_time_and_rings_again() -> None:
    engine = quiet_engine(seed=1)
    states = []
    now_at = START_AT
    for _ in range(200):
        call_id = engine.call_inject(queue_id=SUPPORT)
        track = []
        while call_id in engine.floor().calls and call_of(engine, call_id).answered_at is None:
            track.append((call_of(engine, call_id).state, now_at))
            now_at += 250
            engine.advance_to(now_at)
        if call_id in engine.floor().calls:
            engine.call_hang_up(call_id=call_id)
        states.append(track)
    missed = next(track for track in states if any(state is CallState.WAITING for state, _ in track))
    waiting = [at for state, at in missed if state is CallState.WAITING]
    rung_before = [at for state, at in missed if state is CallState.RINGING and at < waiting[0]]
    assert 19_500 <= waiting[0] - rung_before[0] <= 20_500
    later = [at for state, at in missed if state is CallState.RINGING and at > waiting[0]]
    assert 4_500 <= later[0] - waiting[0] <= 5_500


def test_a_call_that_waits_too_long_flows_over_into_another_queue() -> None:
    engine = quiet_engine()
    agents = engine.floor().agents.values()
    pause(engine, [a.user_id for a in agents])
    for _ in range(30):
        engine.call_inject(queue_id=VIP, caller="602000001")
    engine.advance_to(START_AT + 121_000)
    shown = [call for call in engine.floor().calls.values() if call.state is CallState.TRANSFERRED]
    assert shown
    assert all(call.answered_at is None and call.user_ids == () for call in shown)
    engine.advance_to(START_AT + 126_000)
    now_in = [call.queue_id for call in engine.floor().calls.values()]
    assert now_in == [SUPPORT] * len(shown)
    flowed = [ended for ended in engine.ended_calls() if ended.cause is EndCause.OVERFLOW]
    assert len(flowed) == len(shown)


def test_a_transferred_call_enters_the_other_queue_as_a_new_call_of_the_same_caller() -> None:
    engine = SimulatedEngine(SimulationSettings(speed=0, start_at=START_AT))
    followed = 0
    for step in range(36_000):
        engine.advance_to(START_AT + step * 1000)
        calls = engine.floor().calls
        for call in calls.values():
            if call.state is CallState.TRANSFERRED and call.agent_id is not None:
                assert engine.floor().agents[call.agent_id].call_id == call.id
                engine.advance_to(START_AT + step * 1000 + 4_500)
                ended = next(e for e in engine.ended_calls() if e.call.id == call.id)
                begun = [
                    c for c in engine.floor().calls.values() if c.caller == call.caller and c.id != call.id
                ]
                assert ended.cause is EndCause.AGENT
                followed += any(c.entered_at == ended.ended_at and c.queue_id != call.queue_id for c in begun)
        if followed > 3:
            return
    raise AssertionError("too few transfers in ten hours")


def test_an_agent_logged_in_by_hand_stays_whatever_an_earlier_shift_had_planned() -> None:
    engine = SimulatedEngine(SimulationSettings(speed=0, start_at=START_AT, activity=0))
    user_id = next(a.user_id for a in engine.floor().agents.values() if a.state is AgentState.IDLE)
    engine.agent_log_out(user_id=user_id)
    engine.advance_to(START_AT + 16_000)
    assert user_id not in engine.floor().agents
    engine.agent_log_in(user_id=user_id)
    login_at = engine.floor().at
    for step in range(1, 200):
        engine.advance_to(login_at + 60_000 + step * 180_000)
        agent = engine.floor().agents[user_id]
        assert (agent.login_at, agent.state) == (login_at, AgentState.IDLE)


def test_restarts_do_not_multiply_the_callers() -> None:
    def callers(restarts: int) -> int:
        engine = SimulatedEngine(SimulationSettings(speed=0, start_at=START_AT))
        for _ in range(restarts):
            engine.restart()
        engine.advance_to(START_AT + 3 * 3_600_000)
        return sum(e.call.entered_at > START_AT for e in engine.ended_calls())

    assert 0.75 < callers(5) / callers(0) < 1.25
