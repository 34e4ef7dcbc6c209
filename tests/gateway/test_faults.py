"""Each misbehaviour over real HTTP, and its end."""

import socket
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

import httpx
import pytest

from dashboard.gateway.faults import EVERY, Fault, FaultBoard, FaultKind, GarbageShape, fault_from_text
from dashboard.gateway.server import CannotListen, PbxServer, running_pbx
from dashboard.gateway.simulated.settings import SimulationSettings
from tests.gateway.commanding import BREAK, Desk

CALLS, QUEUES = "/api/3.5/RTStatsCalls/json", "/api/3.5/RTStatsQueues/json"
QUIET = SimulationSettings(is_quiet=True)
Ask = Callable[..., Any]


def test_delay_keeps_only_that_action_waiting(pbx: PbxServer, client: httpx.Client) -> None:
    pbx.faults.set("RTStatsCalls", Fault(kind=FaultKind.DELAY, seconds=5))
    with pytest.raises(httpx.ReadTimeout):
        client.get(CALLS, timeout=0.3)
    assert client.get(QUEUES, timeout=2).status_code == 200


@pytest.mark.parametrize(
    "kind", [FaultKind.DELAY, FaultKind.HTTP_ERROR, FaultKind.REFUSED, FaultKind.GARBAGE]
)
@pytest.mark.parametrize("has_acted", [False, True])
def test_an_action_fails_before_or_after_the_pbx_has_acted(
    desk: Desk, kind: FaultKind, *, has_acted: bool
) -> None:
    user = desk.user()
    desk.pbx.faults.set("PauseOn", Fault(kind=kind, seconds=30, has_acted=has_acted))
    parameters = {"user": user.login, "pause": BREAK}
    try:
        answer = desk.client.get("/api/3.0/PauseOn/json", params=parameters, timeout=0.5)
        assert answer.status_code == 500 or "<html>" in answer.text
    except httpx.TransportError:
        assert kind in {FaultKind.DELAY, FaultKind.REFUSED}
    assert desk.state(user) == ("Paused" if has_acted else "Idle")


def test_a_delayed_action_is_done_in_the_end_though_nobody_waits(desk: Desk) -> None:
    user = desk.user()
    desk.pbx.faults.set("PauseOn", Fault(kind=FaultKind.DELAY, seconds=0.6))
    with pytest.raises(httpx.ReadTimeout):
        desk.client.get("/api/3.0/PauseOn/json", params={"user": user.login, "pause": BREAK}, timeout=0.1)
    assert desk.state(user) == "Idle"
    ends_s = time.monotonic() + 10
    while desk.state(user) == "Idle" and time.monotonic() < ends_s:
        time.sleep(0.02)
    assert desk.state(user) == "Paused"


def test_http_error_has_the_status_asked_for(pbx: PbxServer, client: httpx.Client) -> None:
    pbx.faults.set(EVERY, Fault(kind=FaultKind.HTTP_ERROR), Fault(kind=FaultKind.DELAY, seconds=0.01))
    assert client.get(CALLS).status_code == 500
    pbx.faults.set("RTStatsQueues", Fault(kind=FaultKind.HTTP_ERROR, status=503))
    assert client.get(QUEUES).status_code == 503
    pbx.faults.clear("RTStatsQueues")
    assert client.get(QUEUES).status_code == 500
    pbx.faults.clear()
    assert client.get(QUEUES).status_code == 200


def test_refused_for_everything_closes_the_listening_socket(pbx: PbxServer, client: httpx.Client) -> None:
    client.get(CALLS)
    for _ in range(2):
        pbx.faults.set(EVERY, Fault(kind=FaultKind.REFUSED))
        with pytest.raises(httpx.ConnectError):
            client.get(CALLS)
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", pbx.port), timeout=2)
        pbx.faults.clear()
        assert client.get(CALLS).status_code == 200


def test_refusing_ends_by_itself_after_its_duration(pbx: PbxServer, client: httpx.Client) -> None:
    pbx.faults.set(EVERY, Fault(kind=FaultKind.REFUSED, duration_s=0.5))
    with pytest.raises(httpx.ConnectError):
        client.get(CALLS)
    time.sleep(0.8)
    assert client.get(CALLS).status_code == 200


def test_refused_for_one_action_drops_its_connections_without_an_answer(
    pbx: PbxServer, client: httpx.Client
) -> None:
    pbx.faults.set("RTStatsCalls", Fault(kind=FaultKind.REFUSED))
    with pytest.raises((httpx.RemoteProtocolError, httpx.ReadError)):
        client.get(CALLS)
    assert client.get(QUEUES).status_code == 200


def test_half_an_answer_is_announced_whole_and_cut(pbx: PbxServer, client: httpx.Client) -> None:
    whole = len(client.get(QUEUES).content)
    pbx.faults.set("RTStatsQueues", Fault(kind=FaultKind.HALF, requests=1))
    with client.stream("GET", QUEUES) as response:
        assert int(response.headers["content-length"]) == whole
        with pytest.raises(httpx.RemoteProtocolError):
            response.read()
    assert len(client.get(QUEUES).content) == whole


@pytest.mark.parametrize("shape", list(GarbageShape))
def test_garbage_is_no_json_or_json_of_no_known_shape(
    pbx: PbxServer, client: httpx.Client, shape: GarbageShape
) -> None:
    pbx.faults.set("RTStatsQueues", Fault(kind=FaultKind.GARBAGE, shape=shape))
    response = client.get(QUEUES)
    assert response.status_code == 200
    if shape is GarbageShape.TEXT:
        with pytest.raises(ValueError, match="Expecting"):
            response.json()
    elif shape is GarbageShape.LIST:
        assert isinstance(response.json(), list)
    else:
        assert "users_ready" not in str(response.json()["result"])


def test_wrong_token_can_be_pretended(pbx: PbxServer, client: httpx.Client) -> None:
    pbx.faults.set(EVERY, Fault(kind=FaultKind.WRONG_TOKEN))
    assert client.get(CALLS).json() == {"error": "Uživatel neexistuje", "status": 0}


def test_maps_can_be_empty(pbx: PbxServer, client: httpx.Client) -> None:
    pbx.faults.set("RTStatsQueues", Fault(kind=FaultKind.EMPTY))
    assert client.get(QUEUES).json() == {"status": 1, "error": None, "result": []}


def test_frozen_data_stands_still_with_its_relative_times_and_then_goes_on(
    pbx: PbxServer, client: httpx.Client
) -> None:
    pbx.faults.set("RTStatsCalls", Fault(kind=FaultKind.FROZEN))
    pbx.skip(30)
    frozen = client.get(CALLS).content
    pbx.skip(60)
    assert client.get(CALLS).content == frozen
    pbx.faults.clear()
    assert client.get(CALLS).content != frozen


def test_all_frozen_answers_are_of_the_moment_the_data_froze(pbx: PbxServer, ask: Ask) -> None:
    before = {path: ask(path) for path in ("3.5/RTStatsCalls", "3.5/RTStatsSessions", "3.5/RTStatsQueues")}
    pbx.faults.set(EVERY, Fault(kind=FaultKind.FROZEN))
    pbx.skip(300)
    assert {path: ask(path) for path in before} == before


def test_a_clock_that_jumps_keeps_what_was_recorded_before(pbx: PbxServer, ask: Ask) -> None:
    def row() -> dict[str, str]:
        return dict(next(iter(ask("3.5/RTStatsSessions").values())))

    before = row()
    pbx.faults.set(EVERY, Fault(kind=FaultKind.CLOCK, seconds=3600))
    after = row()
    assert after["login_time_absolute"] == before["login_time_absolute"]
    assert int(after["login_time_relative"]) == int(before["login_time_relative"]) + 3600
    call_id = pbx.engine.call_inject(queue_id=8, kept_waiting_s=60)
    assert ask("3.5/RTStatsCalls")[call_id]["enter_time_relative"] == "0"
    pbx.faults.clear()
    assert row()["login_time_relative"] == before["login_time_relative"]


def test_another_offset_from_utc_changes_every_moment_and_no_duration(pbx: PbxServer, ask: Ask) -> None:
    before = ask("3.5/RTStatsSessions")
    pbx.faults.set(EVERY, Fault(kind=FaultKind.UTC_OFFSET, seconds=-3600))
    for user, row in ask("3.5/RTStatsSessions").items():
        moved = datetime.fromisoformat(before[user]["login_time_absolute"]) - datetime.fromisoformat(
            row["login_time_absolute"]
        )
        assert moved.total_seconds() == 3600
        assert row["login_time_relative"] == before[user]["login_time_relative"]


def test_slow_drip_sends_the_whole_answer_in_its_time(pbx: PbxServer, client: httpx.Client) -> None:
    whole = client.get(QUEUES).content
    pbx.faults.set("RTStatsQueues", Fault(kind=FaultKind.DRIP, seconds=0.6))
    before = time.monotonic()
    with client.stream("GET", QUEUES) as response:
        parts = list(response.iter_raw())
    assert b"".join(parts) == whole
    assert len(parts) > 5
    assert time.monotonic() - before >= 0.5


def test_restart_forgets_calls_and_sessions_and_numbers_anew(pbx: PbxServer, ask: Ask) -> None:
    present = set(ask("3.5/RTStatsSessions"))
    pbx.faults.set(EVERY, Fault(kind=FaultKind.RESTART))
    assert ask("3.5/RTStatsCalls") == ask("3.5/RTStatsSessions") == []
    assert ask("3.5/RTStatsQueuesSummary")["users_total"] == 0
    call_id = pbx.engine.call_inject(queue_id=1, kept_waiting_s=500)
    assert call_id.endswith(".1")
    pbx.skip(62)
    assert present <= set(ask("3.5/RTStatsSessions"))
    pbx.skip(60)
    assert any(row["state"] in {"Idle", "Speaking"} for row in ask("3.5/RTStatsSessions").values())


def test_restart_that_takes_a_while_refuses_meanwhile(pbx: PbxServer, client: httpx.Client) -> None:
    pbx.faults.set(EVERY, Fault(kind=FaultKind.RESTART, seconds=0.5))
    with pytest.raises(httpx.ConnectError):
        client.get(CALLS)
    time.sleep(0.8)
    assert client.get(CALLS).json()["status"] == 1


def test_fault_of_some_requests_or_of_some_time_ends_by_itself(pbx: PbxServer, client: httpx.Client) -> None:
    pbx.faults.set("RTStatsCalls", Fault(kind=FaultKind.HTTP_ERROR, requests=2))
    assert [client.get(CALLS).status_code for _ in range(3)] == [500, 500, 200]
    pbx.faults.set(EVERY, Fault(kind=FaultKind.HTTP_ERROR, duration_s=0.2))
    assert client.get(CALLS).status_code == 500
    time.sleep(0.25)
    assert client.get(CALLS).status_code == 200
    assert pbx.faults.active() == []


def test_what_concerns_the_whole_pbx_cannot_be_set_for_one_action() -> None:
    with pytest.raises(ValueError, match="whole PBX"):
        FaultBoard().set("RTStatsCalls", Fault(kind=FaultKind.CLOCK, seconds=5))


@pytest.mark.parametrize("kind", [FaultKind.EMPTY, FaultKind.DRIP, FaultKind.FROZEN, FaultKind.REFUSED])
def test_what_cannot_come_after_acting_is_refused(kind: FaultKind) -> None:
    with pytest.raises(ValueError, match="acted"):
        FaultBoard().set(EVERY, Fault(kind=kind, has_acted=True))


def test_faults_are_written_as_text() -> None:
    action, fault = fault_from_text("RTStatsCalls=delay:seconds=2.5,requests=3")
    assert (action, fault) == ("RTStatsCalls", Fault(kind=FaultKind.DELAY, seconds=2.5, requests=3))
    assert fault_from_text("Hangup=http_error:status=503,acted=yes")[1].has_acted
    assert fault_from_text("*=garbage:shape=list,duration_s=9")[1].shape is GarbageShape.LIST
    for wrong in (
        "delay",
        "=delay",
        "*=sabotage",
        "*=delay:secs=2",
        "*=delay:seconds",
        "*=delay:seconds=x",
        "*=delay:acted=1",
    ):
        with pytest.raises(ValueError, match=r"\w"):
            fault_from_text(wrong)


def test_a_pbx_may_start_with_a_fault() -> None:
    with running_pbx(QUIET, faults=[("RTStatsCalls", Fault(kind=FaultKind.HTTP_ERROR))]) as pbx:
        assert httpx.get(pbx.url + CALLS).status_code == 500


def test_a_port_in_use_is_said_in_words(pbx: PbxServer) -> None:
    with pytest.raises(CannotListen, match=f"Port {pbx.port} .* in use"), running_pbx(QUIET, port=pbx.port):
        pass
