"""Outages of the PBX: told with their reason, endpoint by endpoint, and what remains afterwards."""

from __future__ import annotations

import logging

import pytest

from dashboard.gateway.faults import Fault, FaultKind
from dashboard.gateway.server import running_pbx
from dashboard.gateway.simulated.settings import SimulationSettings
from dashboard.polling.endpoints import ENDPOINTS
from tests.polling.conftest import START, Bench, applied


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (Fault(kind=FaultKind.REFUSED), "unreachable"),
        (Fault(kind=FaultKind.HTTP_ERROR), "http"),
        (Fault(kind=FaultKind.GARBAGE), "garbage"),
        (Fault(kind=FaultKind.HALF), "garbage"),
        (Fault(kind=FaultKind.WRONG_TOKEN), "token"),
        (Fault(kind=FaultKind.DELAY, seconds=5), "timeout"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_outage_is_told_with_its_reason_and_logged_once(
    bench: Bench, caplog: pytest.LogCaptureFixture, fault: Fault, code: str
) -> None:
    caplog.set_level(logging.INFO, logger="dashboard.polling")
    poller = bench.poller_new(deadline_s=1.0) if code == "timeout" else bench.poller
    bench.poll(poller=poller)
    ok_at = bench.source()["endpoints"]["RTStatsCalls"]["ok_at"]
    state = bench.state()
    bench.pbx.faults.set("*", fault)
    for _ in range(4):
        bench.poll(4, poller=poller)
    endpoint = bench.source()["endpoints"]["RTStatsCalls"]
    assert endpoint["error"]["code"] == code
    assert len(endpoint["error"]["text"].split()) > 3, "not a sentence"
    assert endpoint["ok_at"] == ok_at
    assert bench.state() == state, "rows were lost in an outage"
    bench.pbx.faults.clear()
    bench.poll(5, poller=poller)
    assert bench.source()["endpoints"]["RTStatsCalls"]["error"] is None
    lines = [record.getMessage() for record in caplog.records if record.name.startswith("dashboard.polling")]
    assert len(lines) == 2, lines
    assert endpoint["error"]["text"] in lines[0]
    assert lines[1].endswith("the PBX answers again")


def test_one_failing_endpoint_leaves_the_others_fresh(bench: Bench) -> None:
    bench.poll()
    bench.pbx.faults.set("RTStatsCalls", Fault(kind=FaultKind.HTTP_ERROR))
    for _ in range(3):
        bench.poll(2)
    endpoints = bench.source()["endpoints"]
    assert endpoints["RTStatsCalls"]["error"]["code"] == "http"
    assert endpoints["RTStatsSessions"]["error"] is None
    assert endpoints["RTStatsSessions"]["ok_at"] == bench.clock.at


def test_failing_endpoint_is_asked_less_and_less_often_but_at_least_every_five_seconds(bench: Bench) -> None:
    bench.poll()
    bench.pbx.faults.set("RTStatsCalls", Fault(kind=FaultKind.HTTP_ERROR))
    before = bench.pbx.requests["RTStatsCalls"]
    for _ in range(60):
        bench.poll(1)
    asked = bench.pbx.requests["RTStatsCalls"] - before
    assert 60 / 5 <= asked <= 30


def test_slow_endpoints_are_asked_at_their_own_pace(bench: Bench) -> None:
    bench.poll()
    before = dict(bench.pbx.requests)
    for _ in range(30):
        bench.poll(1)
    asked = {name: bench.pbx.requests[name] - before[name] for name in ENDPOINTS}
    assert asked["RTStatsCalls"] == asked["RTStatsSessions"] == asked["RTStatsQueues"] == 30
    assert 6 <= asked["RTUsersState"] <= 10
    assert asked["RTStatsPauses"] == 6
    assert asked["DeviceStates"] == 3
    assert asked["GetQueues"] == asked["GetUsers"] == asked["GetPauses"] == 0


def test_pbx_restarted_with_counters_at_zero_leaves_no_call_behind(bench: Bench) -> None:
    bench.poll(60)
    assert bench.state()["calls"]
    bench.pbx.faults.set("*", Fault(kind=FaultKind.RESTART))
    bench.poll(1)
    calls = bench.state()["calls"]
    assert all(call["entered_at"] >= bench.clock.at - 2000 for call in calls.values())


def test_nothing_of_the_pbx_before_remains_when_the_address_changes(
    bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    bench.poll()
    before = bench.state()
    caplog.set_level(logging.INFO, logger="dashboard.polling")
    other_settings = SimulationSettings(speed=0, start_at=START, agents=5, queues=3, seed=9)
    with running_pbx(other_settings) as other:
        poller = bench.poller_new(pbx=other)
        bench.heard()
        bench.poll(poller=poller)
        titles = {str(queue.id): queue.title for queue in other.engine.directory().queues.values()}
        names = {str(user.id): user.title for user in other.engine.directory().users.values()}
        after = bench.state()
        assert {id_: row["title"] for id_, row in after["queues"].items()} == titles
        assert all(row["name"] == names[id_] for id_, row in after["agents"].items())
        assert applied(before, bench.heard()) == after
        bench.poll(poller=bench.poller_new(pbx=other))
    assert len([record for record in caplog.records if "another address" in record.getMessage()]) == 1


def test_the_pbx_before_is_not_shown_while_the_new_one_does_not_answer(bench: Bench) -> None:
    bench.poll()
    with running_pbx(faults=[("*", Fault(kind=FaultKind.HTTP_ERROR))]) as other:
        bench.poll(poller=bench.poller_new(pbx=other))
    assert bench.state()["agents"] == bench.state()["queues"] == {}
    assert {row["ok_at"] for row in bench.source()["endpoints"].values()} == {None}
