"""The real-time answers agree with each other and with the clock they print."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from dashboard.gateway.server import PbxServer, running_pbx
from dashboard.gateway.simulated.settings import SimulationSettings
from dashboard.gateway.surface.settings import ApiSettings, WaitingRule

BUSY = {"Calling", "Ringing", "Speaking", "On Hold"}
FORMAT = "%Y-%m-%d %H:%M:%S"
Ask = Callable[..., Any]


def waiting_calls(calls: dict[str, Any]) -> list[dict[str, Any]]:
    return [c for c in calls.values() if c["direction"] == "in" and c["state"] in {"Waiting", "Ringing"}]


def test_counts_of_queues_sessions_calls_pauses_and_summary_agree(pbx: PbxServer, ask: Ask) -> None:
    for _ in range(30):
        pbx.skip(47)
        queues, sessions, summary = (
            ask("3.5/RTStatsQueues"),
            ask("3.5/RTStatsSessions"),
            ask("3.5/RTStatsQueuesSummary"),
        )
        calls, pauses = ask("3.5/RTStatsCalls") or {}, ask("3.5/RTStatsPauses") or {}
        assert sorted(queues) == sorted(ask("3.0/GetQueues"))
        for queue_id, row in queues.items():
            states = [s["state"] for s in sessions.values() if queue_id in s["queues"]]
            mine = {call_id: call for call_id, call in calls.items() if call["queue"] == queue_id}
            waits = [int(call["enter_time_relative"]) for call in waiting_calls(mine)]
            assert row["users_total"] == len(states)
            assert row["users_ready"] == states.count("Idle")
            assert row["users_busy"] == sum(state in BUSY for state in states)
            assert row["users_pause"] == states.count("Paused")
            assert row["calls_count"] == len(mine)
            assert row["calls_wait"] == len(waits)
            assert row["calls_time"] == (max(waits) if waits else None if mine else 0)
        states = [session["state"] for session in sessions.values()]
        waits = [int(call["enter_time_relative"]) for call in waiting_calls(calls)]
        inbound = sum(call["direction"] == "in" for call in calls.values())
        assert summary == {
            "users_total": len(states),
            "users_ready": states.count("Idle"),
            "users_busy": sum(state in BUSY for state in states),
            "users_pause": states.count("Paused"),
            "calls_count": len(calls),
            "calls_in": inbound,
            "calls_out": len(calls) - inbound,
            "calls_wait": len(waits),
            "calls_time": max(waits, default=0),
        }
        paused = {
            (session["pause"], user) for user, session in sessions.items() if session["state"] == "Paused"
        }
        assert paused == {(pause_id, user) for pause_id, row in pauses.items() for user in row["users"]}
        assert all(row["count"] == str(len(row["users"])) for row in pauses.values())


def test_users_state_tells_the_same_calls_and_states_as_the_statistics(pbx: PbxServer, ask: Ask) -> None:
    for _ in range(20):
        pbx.skip(31)
        sessions, calls, users = ask("3.5/RTStatsSessions"), ask("3.5/RTStatsCalls"), ask("4.1/RTUsersState")
        assert sorted(users) == sorted(sessions)
        for user_id, row in users.items():
            session = sessions[user_id]
            assert row["agent_state"] == ("Ringing" if session["state"] == "Calling" else session["state"])
            assert row["logintime"] == session["login_time_absolute"]
            assert row["id_pause"] == session["pause"]
            joined = [queue["queue"] for queue in row["login_oqueues"] if queue["rt_logged"]]
            assert joined == session["queues"]
            assert [call["id_call"] for call in row["calls"]] == [
                call_id for call_id, call in calls.items() if user_id in call["users"]
            ]


def test_every_printed_moment_plus_its_seconds_is_the_same_now(pbx: PbxServer, ask: Ask) -> None:
    for milliseconds in (0, 1, 499, 500, 999):
        pbx.skip(milliseconds / 1000)
        rows = list(ask("3.5/RTStatsSessions").values())
        pairs = [
            (r[f"{name}_time_absolute"], r[f"{name}_time_relative"])
            for r in rows
            for name in ("state", "login")
        ]
        pairs += [
            (call[f"{name}_time_absolute"], call[f"{name}_time_relative"])
            for call in ask("3.5/RTStatsCalls").values()
            for name in ("enter", "ring", "answer", "hold")
            if call[f"{name}_time_absolute"]
        ]
        nows = {datetime.strptime(text, FORMAT) + timedelta(seconds=int(s)) for text, s in pairs}  # noqa: DTZ007
        assert len(nows) == 1
        assert all(int(seconds) >= 0 for _, seconds in pairs)


def test_wait_stands_still_once_the_call_is_answered(pbx: PbxServer, ask: Ask) -> None:
    before = {i: c for i, c in ask("3.5/RTStatsCalls").items() if c["state"] == "Speaking"}
    pbx.skip(3)
    after = ask("3.5/RTStatsCalls")
    still = [call_id for call_id in before if call_id in after and after[call_id]["state"] == "Speaking"]
    assert still
    for call_id in still:
        assert after[call_id]["wait_time_relative"] == before[call_id]["wait_time_relative"]
        assert int(after[call_id]["enter_time_relative"]) == int(before[call_id]["enter_time_relative"]) + 3


def test_summary_and_sessions_can_be_limited_to_users_and_queues(ask: Ask) -> None:
    sessions = ask("3.5/RTStatsSessions")
    in_two = {user for user, row in sessions.items() if {"2", "8"} & set(row["queues"])}
    assert set(ask("3.5/RTStatsSessions", **{"queues[]": "2", "queues[1]": "8"})) == in_two
    assert ask("3.5/RTStatsQueuesSummary", **{"queues[]": "2", "queues[1]": "8"})["users_total"] == len(
        in_two
    )
    some = sorted(sessions)[:2]
    assert sorted(ask("3.5/RTStatsSessions", **{"users[0]": some[0], "users[1]": some[1]})) == some


def test_waiting_can_be_read_as_ringing_only(start_at: int, client_for: Callable[..., Any]) -> None:
    api = ApiSettings(waiting_rule=WaitingRule.RINGING)
    quiet = SimulationSettings(start_at=start_at, speed=0, is_quiet=True)
    with running_pbx(quiet, api=api) as pbx:
        pbx.engine.call_inject(queue_id=1, kept_waiting_s=60)
        pbx.engine.call_inject(queue_id=1)
        answer = client_for(pbx).get("/api/3.5/RTStatsQueues/json").json()
        assert answer["result"]["1"]["calls_wait"] == 1
        assert answer["result"]["1"]["calls_count"] == 2


def test_an_empty_map_is_a_list_unless_the_pbx_is_told_otherwise(
    start_at: int, client_for: Callable[..., Any]
) -> None:
    quiet = SimulationSettings(start_at=start_at, speed=0, is_quiet=True)
    for is_object, empty in ((False, []), (True, {})):
        with running_pbx(quiet, api=ApiSettings(empty_map_is_object=is_object)) as pbx:
            assert client_for(pbx).get("/api/3.5/RTStatsCalls/json").json()["result"] == empty
