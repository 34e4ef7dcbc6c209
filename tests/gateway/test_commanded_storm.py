"""Whatever is commanded, in whatever order: the floor makes sense, and the same commands give the same day."""

import random
from collections import Counter
from contextlib import suppress
from typing import TypeVar

from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.gateway.commands import (
    CommandRefused,
)
from dashboard.gateway.engine import (
    BUSY_STATES,
    AgentState,
    CallState,
    DeviceStatus,
    EngineError,
    Floor,
)
from dashboard.gateway.simulated.engine import SimulatedEngine
from dashboard.gateway.simulated.log import (
    CallAnswered,
    CallEnded,
    CallEntered,
    CallOffered,
    Event,
    OfferEnded,
    PauseBegan,
    PauseEnded,
    QueueJoined,
    QueueLeft,
    SessionBegan,
    SessionEnded,
)
from dashboard.gateway.simulated.settings import SimulationSettings
from tests.gateway.commanding import START_AT
from tests.gateway.storming import ACTIONS, AGENTS, Dice

QUEUES = 9
T = TypeVar("T")


def engine_of(*, seed: int, is_quiet: bool) -> SimulatedEngine:
    chosen = SimulationSettings(
        agents=AGENTS,
        queues=QUEUES,
        seed=seed,
        speed=0,
        start_at=START_AT,
        is_quiet=is_quiet,
        activity=2,
        warm_up_s=900,
    )
    return SimulatedEngine(chosen)


def check(engine: SimulatedEngine) -> None:
    """The laws of a floor on which calls may be sent to anybody."""
    floor = engine.floor()
    in_calls = Counter(user_id for call in floor.calls.values() for user_id in call.user_ids)
    assert all(count == 1 for count in in_calls.values()), "an agent is in two calls"
    lines = Counter(agent.extension for agent in floor.agents.values())
    assert all(count == 1 for count in lines.values()), "two agents sit at one line"
    devices = {device.extension: device.status for device in floor.devices}
    for agent in floor.agents.values():
        assert agent.login_at <= agent.state_since_at <= floor.at
        assert (agent.pause_id is not None) == (agent.state is AgentState.PAUSED)
        assert (agent.call_id is not None) == (agent.state in BUSY_STATES) == bool(in_calls[agent.user_id])
        if agent.state in {AgentState.IDLE, AgentState.PAUSED}:
            assert agent.queue_ids
        if agent.call_id is not None:
            assert agent.user_id in floor.calls[agent.call_id].user_ids
            assert devices[agent.extension] is not DeviceStatus.AVAILABLE
    check_calls(floor)
    check_log(engine)


def check_calls(floor: Floor) -> None:
    for call in floor.calls.values():
        moments = [call.entered_at, call.ringing_at, call.answered_at, call.held_at, floor.at]
        known = [moment for moment in moments if moment is not None]
        assert known == sorted(known)
        assert (call.held_at is not None) == (call.state is CallState.ON_HOLD)
        assert (call.agent_id is not None) == (call.answered_at is not None)
        assert (call.state is CallState.WAITING) <= (call.user_ids == () and call.ringing_at is None)
        if call.state is CallState.RINGING:
            assert call.user_ids


class Replay:
    """What the log says is there, when it is read from the beginning."""

    def __init__(self) -> None:
        self.sessions: Counter[int] = Counter()
        self.stays: Counter[tuple[int, int]] = Counter()
        self.pauses: Counter[tuple[int, int]] = Counter()
        self.calls: Counter[str] = Counter()
        self.offers: Counter[tuple[str, str]] = Counter()

    def note(self, event: Event) -> None:
        if isinstance(event, SessionBegan | SessionEnded):
            self._step(self.sessions, event.user_id, event, begins=SessionBegan)
        elif isinstance(event, QueueJoined | QueueLeft):
            self._step(self.stays, (event.user_id, event.queue_id), event, begins=QueueJoined)
        elif isinstance(event, PauseBegan | PauseEnded):
            self._step(self.pauses, (event.user_id, event.pause_id), event, begins=PauseBegan)
        elif isinstance(event, CallEntered | CallEnded):
            self._step(self.calls, event.call_id, event, begins=CallEntered)
        elif isinstance(event, CallOffered | OfferEnded):
            assert self.calls[event.call_id] == 1
            self._step(self.offers, (event.call_id, event.extension), event, begins=CallOffered)
        elif isinstance(event, CallAnswered):
            assert self.calls[event.call_id] == 1

    def _step(self, counted: Counter[T], key: T, event: Event, *, begins: type[Event]) -> None:
        """What begins is not there yet, and what ends is."""
        counted[key] += 1 if isinstance(event, begins) else -1
        assert counted[key] in {0, 1}, event
        if not counted[key]:
            del counted[key]


def check_log(engine: SimulatedEngine) -> None:
    """What has begun and not ended is what is there."""
    floor, replay = engine.floor(), Replay()
    with engine.acting() as world:
        events = list(world.log.events)
    for event in events:
        replay.note(event)
    assert set(replay.sessions) == set(floor.agents)
    assert set(replay.stays) == {
        (agent.user_id, queue_id) for agent in floor.agents.values() for queue_id in agent.queue_ids
    }
    assert set(replay.pauses) == {
        (agent.user_id, agent.pause_id) for agent in floor.agents.values() if agent.pause_id is not None
    }
    assert set(floor.calls) <= set(replay.calls)
    assert {call_id for call_id, _ in replay.offers} <= set(replay.calls)


BETWEEN_RESTARTS = [action for action in ACTIONS if action != "restart"]
STEPS = st.lists(
    st.tuples(st.sampled_from(list(ACTIONS)), st.integers(0, 10**6), st.integers(0, 90_000)), max_size=40
)


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10**6), is_quiet=st.booleans(), steps=STEPS)
def test_the_floor_makes_sense_after_any_commands(
    seed: int, is_quiet: bool, steps: list[tuple[str, int, int]]
) -> None:
    engine = engine_of(seed=seed, is_quiet=is_quiet)
    now_at = START_AT
    for action, throw, passes_ms in steps:
        # A refusal, too, must leave a floor behind that makes sense.
        with suppress(EngineError):
            ACTIONS[action](Dice(engine, random.Random(throw)))
        check(engine)
        now_at += passes_ms
        engine.advance_to(now_at)
        check(engine)


def storm(seed: int, *, commands: int) -> tuple[SimulatedEngine, Counter[str]]:
    """A busy floor and commands a few seconds apart, restarts seldom; how often each was obeyed."""
    engine, dice, obeyed = engine_of(seed=seed, is_quiet=False), random.Random(seed), Counter[str]()
    now_at = START_AT
    for step in range(commands):
        action = dice.choice(BETWEEN_RESTARTS) if step % 150 else "restart"
        try:
            ACTIONS[action](Dice(engine, dice))
            obeyed[action] += 1
        except CommandRefused:
            obeyed["refused"] += 1
        now_at += dice.randrange(9000)
        engine.advance_to(now_at)
        if step % 20 == 0:
            check(engine)
    return engine, obeyed


def test_in_a_storm_of_commands_each_is_obeyed_now_and_then() -> None:
    obeyed = Counter[str]()
    for seed in range(4):
        engine, in_this_one = storm(seed, commands=1000)
        check(engine)
        obeyed += in_this_one
    assert set(obeyed) == {*ACTIONS, "refused"}


def test_the_same_commands_at_the_same_moments_give_the_same_call_centre() -> None:
    (one, obeyed), (other, obeyed_again) = storm(7, commands=300), storm(7, commands=300)
    assert obeyed == obeyed_again
    assert one.floor() == other.floor()
    assert one.directory() == other.directory()
    with one.acting() as world, other.acting() as world_again:
        assert list(world.log.events) == list(world_again.log.events)
