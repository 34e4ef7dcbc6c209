"""From the simulated PBX over HTTP to what is stored and published."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec
import pytest

from dashboard.domain.figures import Figures
from dashboard.domain.kpi import Rules, figures_empty
from dashboard.gateway.faults import Fault, FaultKind
from dashboard.gateway.simulated.settings import SimulationSettings
from dashboard.hub.store import Standing
from dashboard.polling.endpoints import ENDPOINTS, intervals_of
from dashboard.polling.providers import Providers
from tests.benchmarks.answers import DIRECTORY, LIVE
from tests.polling.conftest import START, Bench, applied

AGENT_WORDS = {"logged", "idle", "paused", "acw", "calling", "ringing", "speaking", "on_hold"}


def test_first_poll_fills_the_state(bench: Bench) -> None:
    bench.poll()
    state = bench.state()
    assert len(state["queues"]) == 8
    assert {agent["state"] for agent in state["agents"].values()} <= AGENT_WORDS
    assert all(
        agent["name"] and agent["login"] and agent["state_since_at"] for agent in state["agents"].values()
    )
    assert all(
        START - 3 * 3_600_000 < agent["state_since_at"] <= START + 1000 for agent in state["agents"].values()
    )
    assert {"wrap", "normal"} <= {pause["type"] for pause in state["pauses"].values()}
    assert all(queue["title"] and queue["number"] and queue["type"] for queue in state["queues"].values())


def test_counts_of_queues_agree_with_agents_and_calls(bench: Bench) -> None:
    for _ in range(20):
        bench.poll(5)
        state = bench.state()
        for id_, queue in state["queues"].items():
            agents = [agent for agent in state["agents"].values() if id_ in agent["queue_ids"]]
            waiting = [
                call
                for call in state["calls"].values()
                if call["queue_id"] == id_
                and call["direction"] == "in"
                and call["state"] in {"waiting", "ringing"}
            ]
            assert queue["agents_total"] == len(agents)
            assert queue["agents_ready"] == sum(agent["state"] == "idle" for agent in agents)
            assert queue["calls_waiting"] == len(waiting)
            assert queue["oldest_waiting_at"] == min((call["entered_at"] for call in waiting), default=None)


def test_calls_and_agents_name_each_other(bench: Bench) -> None:
    seen = 0
    for _ in range(20):
        bench.poll(3)
        state = bench.state()
        for id_, call in state["calls"].items():
            for agent_id in {call["agent_id"], *call["ringing_agent_ids"]} - {None}:
                assert id_ in state["agents"][agent_id]["call_ids"]
                seen += 1
    assert seen > 0


def test_deltas_lead_from_snapshot_to_snapshot(bench: Bench) -> None:
    bench.poll()
    bench.heard()
    before = bench.state()
    for _ in range(15):
        standing = bench.poll(2)
        messages = bench.heard()
        before = applied(before, messages)
        assert before == bench.state()
        assert messages[-1]["t"] == "tick"
        assert messages[-1]["seq"] == standing.seq


@pytest.mark.parametrize("settings", [SimulationSettings(speed=0, start_at=START, is_quiet=True, agents=20)])
def test_no_delta_comes_from_a_pbx_where_nothing_happens(bench: Bench) -> None:
    bench.poll()
    bench.poll()
    bench.heard()
    for _ in range(70):
        bench.poll(1)
    assert {message["t"] for message in bench.heard()} == {"tick"}


def beginning(*moment: int) -> SimulationSettings:
    at = int(datetime(*moment, tzinfo=UTC).timestamp() * 1000)
    return SimulationSettings(speed=0, start_at=at, warm_up_s=1800, agents=20)


@pytest.mark.parametrize(
    "settings",
    [beginning(2026, 10, 25, 0, 30), beginning(2026, 3, 29, 0, 30)],
    ids=["clocks go back", "clocks go forward"],
)
def test_nothing_jumps_when_the_clocks_change(bench: Bench, settings: SimulationSettings) -> None:
    """From half an hour before the change until half an hour after it."""
    assert settings.start_at is not None
    bench.clock.at = settings.start_at
    for _ in range(40):
        bench.poll(90)
        state, now = bench.state(), bench.clock.at
        moments = [agent["state_since_at"] for agent in state["agents"].values()]
        moments += [call["entered_at"] for call in state["calls"].values()]
        assert all(now - 5 * 3_600_000 < moment <= now for moment in moments)
        assert bench.source()["skew_ms"] == 0
        for call in state["calls"].values():
            assert call["answered_at"] is None or call["entered_at"] <= call["answered_at"] <= now


def test_frozen_pbx_yields_no_delta_and_is_told_to_stand_still(bench: Bench) -> None:
    bench.poll()
    bench.pbx.faults.set("*", Fault(kind=FaultKind.FROZEN))
    bench.poll()
    bench.heard()
    frozen_since = None
    for _ in range(12):
        bench.poll(1)
        frozen_since = bench.source()["still_since_at"]
    messages = bench.heard()
    assert {message["t"] for message in messages} == {"tick"}
    assert frozen_since is not None
    assert START <= frozen_since <= START + 3000
    bench.pbx.faults.clear()
    bench.poll(1)
    assert bench.source()["still_since_at"] is None


def test_clock_of_the_pbx_that_differs_is_told_and_moments_stay_its_own(bench: Bench) -> None:
    bench.poll()
    before = {id_: row["login_at"] for id_, row in bench.state()["agents"].items()}
    bench.clock.at += 90_000  # our clock is set forward; the PBX now lags behind
    bench.poll(1)
    assert bench.source()["skew_ms"] == pytest.approx(-90_000, abs=1500)
    after = {id_: row["login_at"] for id_, row in bench.state()["agents"].items()}
    assert {id_: after[id_] for id_ in before.keys() & after.keys()} == {
        id_: before[id_] for id_ in before.keys() & after.keys()
    }


def test_another_worker_goes_on_with_what_the_first_wrote(bench: Bench) -> None:
    first = bench.poll()
    other = bench.poller_new()
    second = bench.poll(poller=other)
    third = bench.poll()
    assert first.epoch == second.epoch == third.epoch
    assert second.turn == first.turn + 1
    assert third.turn == second.turn + 1
    assert all(row["ok_at"] for row in bench.source()["endpoints"].values()), (
        "what the first one read was forgotten"
    )


def test_emptied_store_begins_a_new_epoch_and_keeps_names(bench: Bench) -> None:
    first = bench.poll()
    names = {row["title"] for row in bench.state()["queues"].values()}
    bench.store.client.flushall()
    second = bench.poll()
    assert second.epoch > first.epoch
    assert second.seq == 1
    assert {row["title"] for row in bench.state()["queues"].values()} == names


def test_store_restored_from_an_old_dump_begins_a_new_epoch(
    bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    bench.poll()
    keys = bench.store.keys
    dump = {
        key: bench.store.client.dump(key) for key in (keys.meta, keys.snapshot, keys.memory, keys.directory)
    }
    for _ in range(5):
        latest = bench.poll(10)
    for key, value in dump.items():
        bench.store.client.restore(key, 0, value, replace=True)
    restored = bench.poll()
    assert restored.epoch > latest.epoch
    assert "stands behind" in caplog.text


def test_snapshot_of_another_schema_begins_a_new_epoch(bench: Bench) -> None:
    first = bench.poll()
    bench.store.client.set(bench.store.keys.snapshot, b'{"epoch":"x","seq":1,"at":1,"state":{"queues":[]}}')
    second = bench.poll(poller=bench.poller_new())
    assert second.epoch != first.epoch


def test_lost_lease_writes_nothing(bench: Bench) -> None:
    bench.poll()
    standing = bench.store.lease_acquire("test")
    assert isinstance(standing, Standing)
    bench.store.client.set(bench.store.keys.lease, "somebody else")
    assert bench.poller.poll(standing, token="test") is None


@pytest.mark.parametrize(
    ("every_s", "said"),
    [
        ({"RTStatsWhat": 1}, "RTStatsWhat is not polled"),
        ({"RTUsersState": 0.2}, "from 1 to 3600 seconds"),
        ({"RTUsersState": "5"}, "from 1 to 3600 seconds"),
        ({"RTUsersState": True}, "from 1 to 3600 seconds"),
    ],
)
def test_wrong_interval_is_refused_in_words(every_s: dict, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        intervals_of(every_s)


FIGURES = Figures(
    rows={
        "1:today": msgspec.structs.replace(figures_empty(), answered_in=3),
        "999:today": figures_empty(),
    },
    agents={},
)


def test_figures_and_rules_join_the_state_and_are_sent_when_they_change(bench: Bench) -> None:
    rules = Rules(threshold_s=45, short_s=3, goal=0.9, variant="offered")
    told = [FIGURES]
    bench.providers = Providers(rules_of=lambda _queue_id: rules, figures_at=lambda _now_at: told[-1])
    bench.poll()
    state = bench.state()
    assert state["figures"]["1:today"]["answered_in"] == 3
    assert "999:today" not in state["figures"], "figures of a queue that is not there"
    assert {queue["threshold_s"] for queue in state["queues"].values()} == {45}
    assert {agent["answered_today"] for agent in state["agents"].values()} == {0}
    bench.heard()
    bench.poll_now()
    assert not [message for message in bench.heard() if "figures" in message.get("set", {})]
    told.append(Figures(rows={"1:today": figures_empty()}, agents={}))
    bench.poll_now()
    sets = [message["set"] for message in bench.heard() if message["t"] == "delta"]
    assert sets[0]["figures"] == {"1:today": {"answered_in": 0}}


def test_calls_that_came_outside_business_hours_say_so(bench: Bench) -> None:
    bench.providers = Providers(is_open=lambda queue_id, _at: queue_id != "1")
    for _ in range(20):
        bench.poll()
        calls = [call for call in bench.state()["calls"].values() if call["queue_id"] and call["entered_at"]]
        assert all(call["outside_hours"] is (call["queue_id"] == "1") for call in calls)
        if {call["outside_hours"] for call in calls} == {False, True}:
            return
    pytest.fail("There was no call of queue 1 beside one of another queue.")


def test_figures_that_are_not_known_now_stay_as_they_were(bench: Bench) -> None:
    told: list[Figures | None] = [FIGURES]
    bench.providers = Providers(figures_at=lambda _now_at: told[-1])
    bench.poll()
    told.append(None)
    bench.poll()
    assert bench.state()["figures"]["1:today"]["answered_in"] == 3


def test_figures_are_asked_for_by_the_clock_of_the_pbx(bench: Bench) -> None:
    asked: list[int] = []
    bench.providers = Providers(figures_at=lambda now_at: asked.append(now_at))
    bench.clock.at -= 3_600_000
    bench.poll()
    bench.poll()
    assert abs(asked[-1] - (bench.clock.at + 3_600_000)) < 5_000


def test_the_benchmark_of_a_tick_knows_every_endpoint() -> None:
    assert {*LIVE, *DIRECTORY} == set(ENDPOINTS)
