"""An agent's day as the PBX tells it, limited by scope, and in words where it does not tell."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User

from dashboard.gateway.faults import Fault, FaultKind
from dashboard.pbx.wire.history import TraceStep
from dashboard.supervision.details import absent_agents, agent_part
from dashboard.supervision.refusal import Refusal
from dashboard.supervision.timeline import timeline_rows
from tests.supervision.conftest import LIMIT_S, Desk


@pytest.mark.django_db
def test_the_parts_of_an_agents_day(desk: Desk) -> None:
    agent_id, _ = desk.speaking()
    row = desk.state.agents[agent_id]
    timeline = agent_part(desk.user, "main", agent_id, "timeline")
    assert timeline["error"] is None
    assert timeline["from_at"] < timeline["to_at"]
    kinds = {entry["kind"] for entry in timeline["rows"]}
    assert {"login", "queue", "call"} <= kinds
    assert any(entry["kind"] == "login" and entry["to_at"] is None for entry in timeline["rows"])
    for entry in timeline["rows"]:
        assert timeline["from_at"] <= entry["from_at"] <= timeline["to_at"]
        assert entry["to_at"] is None or entry["from_at"] <= entry["to_at"]
    (session,) = [
        r for r in agent_part(desk.user, "main", agent_id, "sessions")["rows"] if r["to_at"] is None
    ]
    assert abs(session["from_at"] - row.login_at) < 2000
    assert session["duration_s"] > 0
    for part in ("pauses", "calls"):
        assert agent_part(desk.user, "main", agent_id, part)["error"] is None


@pytest.mark.django_db
def test_last_calls_are_those_of_the_queues_in_scope(desk: Desk, user_new: Callable[..., User]) -> None:
    agent_id = desk.agent("idle", "speaking", "paused")
    for _ in range(30):
        desk.bench.poll(60)
        whole = agent_part(desk.user, "main", agent_id, "calls")["rows"]
        if len({call["queue_id"] for call in whole}) > 1 and agent_id in desk.state.agents:
            break
        desk.simulation.engine.call_inject(queue_id=4)
        agent_id = desk.agent("idle", "speaking", "paused")
    queue_id = whole[0]["queue_id"]
    assert [call["at"] for call in whole] == sorted((call["at"] for call in whole), reverse=True)
    joined = desk.state.agents[agent_id].queue_ids
    narrow = user_new("jan", "supervisor", queue_ids=sorted({queue_id, joined[0]}))
    seen = agent_part(narrow, "main", agent_id, "calls")["rows"]
    assert {call["queue_id"] for call in seen} <= {queue_id, joined[0]}
    trace = agent_part(narrow, "main", agent_id, "timeline")["rows"]
    assert {row["about"] for row in trace if row["kind"] == "queue"} <= {queue_id, joined[0]}
    assert {row["title"] for row in trace if row["kind"] in {"call", "ring"}} <= {""}


@pytest.mark.django_db
def test_a_day_with_many_pauses_is_told_to_its_end(desk: Desk) -> None:
    agent_id = desk.agent("paused", "idle")
    for _ in range(120):
        desk.simulation.engine.agent_pause_on(user_id=int(agent_id), pause_id=int(desk.pause()))
        desk.simulation.skip(2)
        desk.simulation.engine.agent_pause_off(user_id=int(agent_id))
    desk.simulation.engine.agent_pause_on(user_id=int(agent_id), pause_id=int(desk.pause()))
    desk.bench.poll()
    assert desk.state.agents[agent_id].state == "paused"
    rows = agent_part(desk.user, "main", agent_id, "pauses", limit_s=30)["rows"]
    assert len(rows) > 100
    assert [row["from_at"] for row in rows] == sorted(row["from_at"] for row in rows)
    assert rows[-1]["to_at"] is None


@pytest.mark.django_db
def test_last_calls_in_scope_are_told_though_many_others_came_after(
    desk: Desk, user_new: Callable[..., User]
) -> None:
    agent_id = desk.agent("idle")
    own, other = [
        id_
        for id_, row in sorted(desk.state.queues.items())
        if row.type == "in" and id_ in desk.state.agents[agent_id].queue_ids
    ][:2]
    call_id = _answered_and_ended(desk, agent_id, own)
    for _ in range(21):
        _answered_and_ended(desk, agent_id, other)
    narrow = user_new("jan", "supervisor", queue_ids=[own])
    rows = agent_part(narrow, "main", agent_id, "calls", limit_s=30)["rows"]
    assert {row["queue_id"] for row in rows} == {own}
    assert call_id in {row["call_id"] for row in rows}


def _answered_and_ended(desk: Desk, agent_id: str, queue_id: str) -> str:
    engine = desk.simulation.engine
    call_id = engine.call_inject(queue_id=int(queue_id), kept_waiting_s=300)
    engine.commands.telephony.pick_up(call_id=call_id, user_id=int(agent_id))
    engine.commands.telephony.answer(user_id=int(agent_id))
    desk.simulation.skip(1)
    engine.call_hang_up(call_id=call_id)
    engine.agent_pause_off(user_id=int(agent_id))
    return call_id


@pytest.mark.django_db
def test_agents_out_of_scope_are_nobodys_to_look_at(desk: Desk, user_new: Callable[..., User]) -> None:
    agent_id = desk.agent("idle")
    stranger = user_new("jan", "supervisor", queue_ids=["999"])
    with pytest.raises(Refusal, match="out_of_scope"):
        agent_part(stranger, "main", agent_id, "timeline")
    with pytest.raises(Refusal, match="login_out_of_scope"):
        absent_agents(stranger, "main")
    with pytest.raises(Refusal, match="agent_gone"):
        agent_part(desk.user, "main", "4711", "timeline")


@pytest.mark.django_db
def test_a_pbx_that_does_not_tell_is_said_in_words(desk: Desk) -> None:
    agent_id = desk.agent("idle")
    desk.simulation.faults.set("StatsTrace", Fault(kind=FaultKind.DELAY, seconds=3))
    answer = agent_part(desk.user, "main", agent_id, "timeline", limit_s=0.3)
    assert (answer["rows"], answer["error"]["code"]) == ([], "timeout")
    assert "0.3 s" in answer["error"]["text"]


@pytest.mark.django_db
def test_an_answer_is_kept_for_some_seconds(desk: Desk) -> None:
    agent_id = desk.agent("idle")
    for _ in range(3):
        agent_part(desk.user, "main", agent_id, "pauses")
    assert desk.asked("StatsUsersPauses") == 1


@pytest.mark.django_db
def test_users_who_are_not_logged_in(desk: Desk) -> None:
    rows = absent_agents(desk.user, "main", limit_s=LIMIT_S * 5)["rows"]
    assert rows
    assert not {row["agent_id"] for row in rows} & set(desk.state.agents)
    assert [row["name"].casefold() for row in rows] == sorted(row["name"].casefold() for row in rows)


def step(name: str, time_s: int, *, start: bool, id_: str = "", duration: int = 0) -> TraceStep:
    return TraceStep(
        action_name=name,
        time=f"{time_s:05d}",
        is_start=start,
        event_id=id_,
        event_title=id_,
        duration=duration,
    )


def stretches(*steps: TraceStep) -> list[tuple[str, int, int | None]]:
    rows = timeline_rows(steps, at=lambda text: int(text or 0))
    return [(row["kind"], row["from_at"], row["to_at"]) for row in rows]


def test_beginnings_and_ends_become_stretches() -> None:
    assert stretches(
        step("login", 10, start=True),
        step("pause", 20, start=True, id_="4"),
        step("pause", 50, start=False, id_="4", duration=30),
        step("call", 60, start=True, id_="718"),
    ) == [("login", 10, None), ("pause", 20, 50), ("call", 60, None)]


def test_calls_may_overlap_and_an_end_alone_tells_its_beginning() -> None:
    assert stretches(
        step("call", 10, start=True, id_="1"),
        step("call", 20, start=True, id_="2"),
        step("call", 30, start=False, id_="1", duration=20),
        step("call", 40, start=False, id_="2", duration=20),
    ) == [("call", 10, 30), ("call", 20, 40)]
    assert stretches(step("ring_in", 9000, start=False, id_="x", duration=5)) == [("ring", 4000, 9000)]


def test_a_login_whose_end_is_missing_ends_with_the_next_one() -> None:
    assert stretches(step("login", 10, start=True), step("login", 90, start=True)) == [
        ("login", 10, 90),
        ("login", 90, None),
    ]
