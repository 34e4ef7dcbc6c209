"""The door for tests and benchmarks."""

import time
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from dashboard.gateway.connections import Connections
from dashboard.gateway.control import Control
from dashboard.gateway.faults import FaultBoard
from dashboard.gateway.server import PbxServer, running_pbx
from dashboard.gateway.simulated.engine import SimulatedEngine
from dashboard.gateway.simulated.settings import SimulationSettings
from dashboard.gateway.surface.app import create_app
from dashboard.gateway.surface.exchange import Exchange
from dashboard.gateway.surface.settings import ApiSettings

SECRET = {"X-Control-Secret": "tell me"}
QUIET = SimulationSettings(is_quiet=True)
Ask = Callable[..., Any]


@pytest.fixture
def control(pbx: PbxServer) -> Any:
    with httpx.Client(base_url=pbx.url, headers=SECRET) as client:
        yield client


def test_injected_call_waits_as_long_as_asked_and_is_then_answered(
    control: httpx.Client, pbx: PbxServer, ask: Ask
) -> None:
    before_ms = time.time_ns() // 1_000_000
    answer = control.post(
        "/control/call", json={"queue": 8, "caller": "777123456", "kept_waiting_s": 30}
    ).json()
    assert before_ms <= answer["at"] <= time.time_ns() // 1_000_000
    call = ask("3.5/RTStatsCalls")[answer["call"]]
    assert (call["state"], call["clid"], call["queue"], call["agent"]) == ("Waiting", "777123456", "8", None)
    pbx.skip(29)
    assert ask("3.5/RTStatsCalls")[answer["call"]]["state"] == "Waiting"
    control.post("/control/call", json={"end": answer["call"]})
    assert answer["call"] not in ask("3.5/RTStatsCalls")


def test_injected_call_rings_at_once_where_somebody_is_free(client_for: Callable[..., Any]) -> None:
    quiet = SimulationSettings(is_quiet=True, speed=0)
    with running_pbx(quiet, control_secret="") as pbx:
        client = client_for(pbx)
        call_id = client.post("/control/call", json={"queue": 1}).json()["call"]
        rows = client.get("/api/3.5/RTStatsCalls/json").json()["result"]
        assert rows[call_id]["state"] == "Ringing"
        assert len(rows[call_id]["users"]) == 1


def test_agent_can_be_paused_resumed_and_logged_out(control: httpx.Client, pbx: PbxServer, ask: Ask) -> None:
    user_id, agent = next(
        (i, a) for i, a in pbx.engine.floor().agents.items() if a.state == "idle" and 5 not in a.queue_ids
    )
    login = pbx.engine.directory().users[user_id].login
    answer = control.post("/control/agent", json={"agent": login, "state": "paused", "pause": 7}).json()
    assert (answer["agent"], answer["state"]) == (user_id, "paused")
    session = ask("3.5/RTStatsSessions")[str(user_id)]
    assert (session["state"], session["pause"], session["state_time_relative"]) == ("Paused", "7", "0")
    assert (
        control.post("/control/agent", json={"agent": user_id, "state": "idle"}).json()["state"] != "paused"
    )
    control.post("/control/agent", json={"agent": user_id, "state": "paused"})
    control.post("/control/agent", json={"agent": user_id, "state": "logged_out"})
    assert ask("3.5/RTStatsSessions")[str(user_id)]["state"] == "Logged"
    pbx.skip(16)
    assert str(user_id) not in ask("3.5/RTStatsSessions")
    control.post("/control/agent", json={"agent": user_id, "state": "logged_in"})
    assert ask("3.5/RTStatsSessions")[str(user_id)]["state"] == "Logged"
    assert agent.login_at < pbx.engine.floor().agents[user_id].login_at


def test_a_short_message_comes_in(control: httpx.Client, ask: Ask) -> None:
    sent = control.post("/control/sms", json={"number": "602111222", "text": "STOP"}).json()
    (row,) = ask("3.1/GetSMS", id=str(sent["id"]))
    assert (row["direction"], row["number"], row["message"]) == ("in", "602111222", "STOP")


def test_state_counts_requests_and_names_faults(control: httpx.Client, ask: Ask) -> None:
    ask("3.5/RTStatsCalls")
    ask("3.5/RTStatsCalls")
    control.post("/control/faults", json={"action": "GetUser", "kind": "delay", "seconds": 3, "requests": 5})
    state = control.get("/control/state").json()
    assert state["requests"] == {"RTStatsCalls": 2}
    assert [(fault["action"], fault["kind"], fault["requests"]) for fault in state["faults"]] == [
        ("GetUser", "delay", 5)
    ]
    late = {"action": "GetUser", "kind": "delay", "seconds": 3, "acted": True}
    control.post("/control/faults", json=late)
    assert control.get("/control/state").json()["faults"][0]["has_acted"] is True
    control.post("/control/faults", json={"clear": "all"})
    assert control.get("/control/state").json()["faults"] == []


def test_refusing_everything_over_http_is_answered_before_it_begins(control: httpx.Client) -> None:
    assert control.post("/control/faults", json={"kind": "refused", "duration_s": 0.6}).status_code == 200
    time.sleep(0.3)
    with pytest.raises(httpx.ConnectError):
        control.get("/control/state")
    time.sleep(0.7)
    assert control.get("/control/state").json()["faults"] == []


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("faults", {"kind": "sabotage"}, 400),
        ("faults", {"kind": "refused"}, 400),
        ("faults", {"action": "GetUser", "kind": "clock", "seconds": 1}, 400),
        ("faults", {"kind": "drip", "acted": True}, 400),
        ("faults", {}, 400),
        ("sms", {"number": "nobody", "text": "STOP"}, 400),
        ("sms", {"number": "602111222", "text": ""}, 400),
        ("call", {"queue": 77}, 404),
        ("call", {"queue": 5}, 400),
        ("call", {"end": "1.1"}, 404),
        ("call", {}, 400),
        ("agent", {"agent": "nobody", "state": "idle"}, 404),
        ("agent", {"agent": 3, "state": "asleep"}, 400),
        ("agent", {"agent": 1, "state": "idle"}, 404),
    ],
)
def test_senseless_control_requests_are_refused_in_words(
    control: httpx.Client, path: str, body: dict[str, Any], status: int
) -> None:
    response = control.post(f"/control/{path}", json=body)
    assert response.status_code == status
    assert len(response.json()["error"]) > 10


def test_control_needs_its_secret_and_no_web_page_may_use_it(pbx: PbxServer) -> None:
    url = f"{pbx.url}/control/state"
    assert httpx.get(url).status_code == 403
    assert httpx.get(url, headers={b"X-Control-Secret": "ř".encode()}).status_code == 403
    assert httpx.get(url, headers={**SECRET, "Origin": "http://127.0.0.1"}).status_code == 403
    assert httpx.get(url, headers=SECRET).status_code == 200


def test_control_does_not_exist_unless_it_is_asked_for() -> None:
    with running_pbx(QUIET) as pbx:
        assert httpx.get(f"{pbx.url}/control/state").status_code == 404


async def test_control_is_for_programs_on_this_machine_only() -> None:
    engine = SimulatedEngine(QUIET)
    exchange = Exchange(engine=engine, settings=ApiSettings(), faults=FaultBoard())
    routes = Control(exchange=exchange, engine=engine).routes()
    app = create_app(exchange, connections=Connections(), more_routes=routes)
    for host, status in (("192.0.2.7", 403), ("127.0.0.1", 200), ("::1", 200)):
        transport = httpx.ASGITransport(app, client=(host, 4711))
        async with httpx.AsyncClient(transport=transport, base_url="http://pbx") as client:
            assert (await client.get("/control/state")).status_code == status
