"""Facts are believed only from answers that came after the PBX was asked."""

from __future__ import annotations

import msgspec
import pytest

from dashboard.domain.rows import AgentRow, CallRow, LiveState, empty_state
from dashboard.domain.source import EndpointSource, Source
from dashboard.supervision import facts
from dashboard.supervision.facts import AnyFact, Evidence, is_shown

ASKED_AT = 1_000


def agent(**fields: object) -> AgentRow:
    values = dict.fromkeys(AgentRow.__struct_fields__) | {
        "state": "idle",
        "state_raw": "",
        "queue_ids": ("4",),
    }
    return AgentRow(**values | {"call_ids": ()} | fields)


def call(**fields: object) -> CallRow:
    values = dict.fromkeys(CallRow.__struct_fields__) | {"state": "speaking", "state_raw": ""}
    return CallRow(**values | {"ringing_agent_ids": ()} | fields)


def evidence(state: LiveState, *, sessions_at: int | None = 2_000, calls_at: int | None = 2_000) -> Evidence:
    endpoints = {
        "RTStatsSessions": EndpointSource(ok_at=sessions_at, every_ms=1_000),
        "RTStatsCalls": EndpointSource(ok_at=calls_at, every_ms=1_000),
    }
    return Evidence(state=state, source=Source(endpoints=endpoints, skew_ms=0, still_since_at=None))


def state(**maps: object) -> LiveState:
    return msgspec.structs.replace(empty_state(), **maps)


GONE_TO_QUEUE = facts.CallLeft(agent_id="1", call_id="c", caller="777", to_queue_id="5")
GONE_TO_AGENT = facts.CallLeft(agent_id="1", call_id="c", caller="777", to_agent_id="2")
LONG_AGO = ASKED_AT - 60_000

SHOWN: list[tuple[AnyFact, LiveState]] = [
    (facts.OnPause(agent_id="1", pause_id="7"), state(agents={"1": agent(state="paused", pause_id="7")})),
    (facts.NotPaused(agent_id="1"), state(agents={"1": agent()})),
    (facts.CallGone(call_id="c"), state()),
    (facts.CallLeft(agent_id="1", call_id="c"), state(calls={"c": call(agent_id="2")})),
    (facts.CallLeft(agent_id="1", call_id="c"), state(calls={"c": call(agent_id="1", state="transferred")})),
    (facts.SpeaksIn(agent_id="1", call_id="c"), state(calls={"c": call(agent_id="1")})),
    (
        facts.CallAt(agent_id="1", call_id="c"),
        state(calls={"c": call(state="ringing", ringing_agent_ids=("1",))}),
    ),
    (facts.InQueue(agent_id="1", queue_id="4", is_in=True), state(agents={"1": agent()})),
    (facts.InQueue(agent_id="1", queue_id="5", is_in=False), state(agents={"1": agent()})),
    (facts.InQueue(agent_id="1", queue_id="5", is_in=False), state()),
    (facts.Present(agent_id="1", is_present=True), state(agents={"1": agent()})),
    (facts.Present(agent_id="1", is_present=False), state()),
    (GONE_TO_QUEUE, state(calls={"d": call(caller="777", queue_id="5", state="waiting")})),
    (GONE_TO_AGENT, state(calls={"d": call(caller="777", state="ringing", ringing_agent_ids=("2",))})),
    (GONE_TO_AGENT, state(calls={"d": call(caller="777", agent_id="2")})),
    (facts.Calling(agent_id="1", call_id="c"), state(calls={"c": call(state="ringing")})),
    (
        facts.Calling(agent_id="1"),
        state(calls={"c": call(direction="out", agent_id="1", entered_at=ASKED_AT)}),
    ),
    (
        facts.Calling(agent_id="1"),
        state(calls={"c": call(direction="out", ringing_agent_ids=("1",), entered_at=ASKED_AT)}),
    ),
]

NOT_SHOWN: list[tuple[AnyFact, LiveState]] = [
    (facts.OnPause(agent_id="1", pause_id="7"), state(agents={"1": agent(state="paused", pause_id="8")})),
    (facts.OnPause(agent_id="1", pause_id="7"), state()),
    (facts.NotPaused(agent_id="1"), state(agents={"1": agent(state="acw", pause_id="1")})),
    (facts.CallGone(call_id="c"), state(calls={"c": call()})),
    (facts.CallLeft(agent_id="1", call_id="c"), state(calls={"c": call(agent_id="1")})),
    (facts.SpeaksIn(agent_id="1", call_id="c"), state(calls={"c": call(agent_id="2")})),
    (facts.SpeaksIn(agent_id="1", call_id="c"), state()),
    (facts.CallAt(agent_id="1", call_id="c"), state(calls={"c": call(state="waiting")})),
    (facts.InQueue(agent_id="1", queue_id="5", is_in=True), state(agents={"1": agent()})),
    (facts.CallLeft(agent_id="1", call_id="c"), state()),
    (GONE_TO_QUEUE, state(calls={"d": call(caller="777", queue_id="6"), "e": call(queue_id="5")})),
    (GONE_TO_AGENT, state(calls={"d": call(caller="777", agent_id="3")})),
    (facts.CallLeft(agent_id="1", call_id="c", to_queue_id="5"), state(calls={"d": call(queue_id="5")})),
    (
        facts.Calling(agent_id="1", call_id="c"),
        state(
            agents={"1": agent(state="speaking", call_ids=("d",))},
            calls={"d": call(direction="out", agent_id="1", entered_at=ASKED_AT)},
        ),
    ),
    (
        facts.Calling(agent_id="1"),
        state(calls={"c": call(direction="in", agent_id="1", entered_at=ASKED_AT)}),
    ),
    (
        facts.Calling(agent_id="1"),
        state(calls={"c": call(direction="out", agent_id="2", entered_at=ASKED_AT)}),
    ),
    (
        facts.Calling(agent_id="1"),
        state(calls={"c": call(direction="out", agent_id="1", entered_at=LONG_AGO)}),
    ),
    (facts.Calling(agent_id="1"), state(calls={"c": call(direction="out", agent_id="1")})),
    (facts.Unseen(), state()),
    (facts.Listening(extension="312", call_id="c"), state()),
]


@pytest.mark.parametrize(("fact", "seen"), SHOWN)
def test_a_fact_that_shows(fact: AnyFact, seen: LiveState) -> None:
    assert is_shown(fact, evidence(seen), asked_at=ASKED_AT)


@pytest.mark.parametrize(("fact", "seen"), NOT_SHOWN)
def test_a_fact_that_does_not_show(fact: AnyFact, seen: LiveState) -> None:
    assert not is_shown(fact, evidence(seen), asked_at=ASKED_AT)


@pytest.mark.parametrize(("fact", "seen"), SHOWN)
@pytest.mark.parametrize("at", [None, ASKED_AT - 1, ASKED_AT])
def test_what_was_known_before_proves_nothing(fact: AnyFact, seen: LiveState, at: int | None) -> None:
    assert not is_shown(fact, evidence(seen, sessions_at=at, calls_at=at), asked_at=ASKED_AT)
