"""Calls, attempts, charges, traces, sessions, queues and pauses tell one story, and it is the one that was seen live."""

import random
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import httpx
import pytest

from dashboard.gateway.server import PbxServer, running_pbx
from dashboard.gateway.simulated.settings import SimulationSettings
from tests.gateway.conftest import START_AT, access_token
from tests.gateway.history_requests import Ask, Row, between, every_row, everything, seconds

DAYS = 2
WRAP = 2
HOUR_MS = 3_600_000


@pytest.fixture(scope="module")
def pbx() -> Iterator[PbxServer]:
    """Two days of history and an hour of the present."""
    with running_pbx(SimulationSettings(start_at=START_AT, speed=0, history_days=DAYS)) as running:
        running.skip(3600)
        yield running


@pytest.fixture(scope="module")
def ask(pbx: PbxServer) -> Iterator[Ask]:
    cookies = {"access_token": access_token(pbx)}
    with httpx.Client(base_url=pbx.url, cookies=cookies, timeout=10) as client:

        def asked(path: str, **parameters: str) -> object:
            answer = client.get(f"/api/{path}/json", params=parameters).json()
            assert answer["status"] == 1, answer
            return answer["result"]

        yield asked


@pytest.fixture(scope="module")
def rows_of(pbx: PbxServer, ask: Ask) -> Callable[[str], list[Row]]:
    """All rows of an action, asked for once."""
    known: dict[str, list[Row]] = {}

    def rows(action: str) -> list[Row]:
        if action not in known:
            known[action] = every_row(ask, f"4.1/{action}", **everything(pbx))
        return known[action]

    return rows


def windows(pbx: PbxServer, count: int) -> list[dict[str, Any]]:
    """Intervals of minutes to hours, anywhere in the history."""
    draws = random.Random(7)
    begins_at, now_at = pbx.engine.history().begins_at, pbx.engine.floor().at
    first = [draws.randrange(begins_at, now_at) for _ in range(count)]
    return [between(at, at + draws.choice([300_000, HOUR_MS, 5 * HOUR_MS])) for at in first]


def by_call(attempts: list[Row]) -> dict[str, list[Row]]:
    grouped: dict[str, list[Row]] = defaultdict(list)
    for attempt in attempts:
        grouped[attempt["id_call"]].append(attempt)
    return grouped


def test_each_answered_call_has_one_attempt_that_ends_with_its_answer(pbx: PbxServer, ask: Ask) -> None:
    checked = 0
    for window in windows(pbx, 12):
        attempts = by_call(every_row(ask, "4.1/GetAttempts", **window))
        for call in every_row(ask, "4.1/StatsCalls", **window, answered="true"):
            if call["direction"] == "out":
                assert attempts[call["name"]] == []
                continue
            answer_s = seconds(call["call_time"]) + int(call["waiting_time"])
            of_user = [row for row in attempts[call["name"]] if str(row["id_agent"]) == call["user"]]
            answered = [row for row in of_user if seconds(row["end_time"]) == answer_s]
            assert len(answered) == 1
            assert answered[0]["duration"] == int(call["ringing_time"])
            assert str(answered[0]["id_queue"]) == call["queue"]
            checked += 1
    assert checked > 200


def test_attempts_add_up_to_the_field_of_their_call(pbx: PbxServer, ask: Ask) -> None:
    total = 0
    for window in windows(pbx, 12):
        attempts = by_call(every_row(ask, "4.1/GetAttempts", **window))
        for call in every_row(ask, "4.1/StatsCalls", **window):
            assert int(call["attempts"]) == len(attempts.pop(call["name"], []))
            total += int(call["attempts"])
        # What is left is of calls that still run.
        assert set(attempts) <= set(pbx.engine.floor().calls)
    assert total > 200


def test_the_trace_of_an_agent_has_exactly_their_calls(
    pbx: PbxServer, ask: Ask, rows_of: Callable[[str], list[Row]]
) -> None:
    running = {call.agent_id for call in pbx.engine.floor().calls.values()}
    for user_id, user in pbx.engine.directory().users.items():
        if not user.skills:
            continue
        trace = ask("3.5/StatsTrace", user=user.login, trace="call", **everything(pbx))
        told = [(row["event_id"], row["duration"], row["event_title"]) for row in trace if _ended_call(row)]
        own = [call for call in rows_of("StatsCalls") if call["user"] == str(user_id)]
        spoken = [(c["call"], int(c["duration"]), c["clid"]) for c in own if c["answered"] == "1"]
        assert sorted(told) == sorted(spoken)
        begun = sum(row["action_name"] == "call" and row["action_start"] == "1" for row in trace)
        assert begun - len(told) == (user_id in running)


def _ended_call(row: Row) -> bool:
    return (row["action_name"], row["action_start"]) == ("call", "0")


def test_a_trace_runs_in_order_and_closes_what_it_opened(pbx: PbxServer, ask: Ask) -> None:
    kinds: Counter[str] = Counter()
    for user in pbx.engine.directory().users.values():
        open_since: dict[tuple[str, str], int] = {}
        last_s = 0
        for row in ask("3.5/StatsTrace", user=user.login, **everything(pbx)):
            now_s, key = seconds(row["time"]), (row["action_name"], row["event_id"])
            assert now_s >= last_s
            last_s = now_s
            if row["action_start"] == "1":
                assert key not in open_since
                assert row["duration"] == 0
                open_since[key] = now_s
            else:
                assert row["duration"] == now_s - open_since.pop(key)
                kinds[row["action_name"]] += 1
    assert set(kinds) == {"login", "queue", "pause", "ring_in", "ring_out", "call"}


def test_charged_seconds_are_the_talk_and_every_call_is_charged_once(
    pbx: PbxServer, ask: Ask, rows_of: Callable[[str], list[Row]]
) -> None:
    charged: dict[str, list[Row]] = defaultdict(list)
    for row in ask("3.5/CDR", **everything(pbx)):
        charged[row["id_call"]].append(row)
    calls = rows_of("StatsCalls")
    assert set(charged) == {call["name"] for call in calls}
    for call in calls:
        own = [row for row in charged[call["name"]] if row["uniqueid"] == call["name"]]
        assert len(own) == 1
        assert own[0]["billsec"] == call["duration"]
        assert own[0]["date"] == call["call_time"]
        assert bool(own[0]["real_exten"]) == (call["user"] is not None)
        assert int(own[0]["duration"]) == int(call["waiting_time"]) + int(call["duration"])
        others = [row for row in charged[call["name"]] if row is not own[0]]
        assert {(row["billsec"], row["disposition"]) for row in others} <= {("0", "NO ANSWER")}
        was_answered = call["answered"] == "1" and call["direction"] == "in"
        assert len(others) == int(call["attempts"]) - was_answered
    unique = [row["uniqueid"] for rows in charged.values() for row in rows]
    assert len(unique) == len(set(unique))


def test_about_call_agrees_with_the_statistics(ask: Ask, rows_of: Callable[[str], list[Row]]) -> None:
    for call in random.Random(3).sample(rows_of("StatsCalls"), 60):
        rows = ask("3.0/AboutCall", id_call=call["name"])
        own = next(row for row in rows if row["uniqueid"] == call["name"])
        assert own["billsec"] == call["duration"]
        assert own["disposition"] == ("ANSWERED" if call["answered"] == "1" else "NO ANSWER")
        assert bool(own["recording_hash"]) == (call["answered"] == "1")
        same = ("waiting_time", "ringing_time", "hold_time", "orig_pos", "position", "disposition_cause")
        assert [own[name] for name in same] == [call[name] for name in same]
        assert (own["id_queue"], own["id_agent"]) == (call["queue"], call["user"])


def test_repeated_calls_are_the_calls_grouped_by_number(pbx: PbxServer, ask: Ask) -> None:
    for window in windows(pbx, 6):
        groups: dict[str, list[Row]] = defaultdict(list)
        for call in every_row(ask, "4.1/StatsCalls", **window):
            groups[call["clid"]].append(call)
        expected = {
            clid: {
                "clid": clid,
                "call_total": len(calls),
                "call_answered": sum(call["answered"] == "1" for call in calls),
                "call_unanswered": sum(call["answered"] == "0" for call in calls),
                "waiting_avg": int(sum(int(c["waiting_time"]) for c in calls) / len(calls) + 0.5),
                "duration_avg": int(sum(int(c["duration"]) for c in calls) / len(calls) + 0.5),
            }
            for clid, calls in groups.items()
        }
        assert {row["clid"]: row for row in ask("3.9/StatsCallsRepeated", **window)} == expected
        more = ask("3.9/StatsCallsRepeated", **window, count="1")
        assert {row["clid"] for row in more} == {clid for clid, calls in groups.items() if len(calls) > 1}


def intervals(rows: list[Row]) -> dict[str, list[tuple[int, int]]]:
    """Start and end by user; what lasts ends at the end of time."""
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for row in rows:
        end_s = seconds(row["end_time"]) if row["end_time"] else 2**40
        found[row["user"]].append((seconds(row["start_time"]), end_s))
    return found


def within(inner: tuple[int, int], outer: list[tuple[int, int]]) -> bool:
    place = bisect_right(outer, (inner[0], 2**41)) - 1
    return place >= 0 and outer[place][0] <= inner[0] and inner[1] <= outer[place][1]


def test_sessions_do_not_overlap_and_hold_the_queues_pauses_and_calls(
    rows_of: Callable[[str], list[Row]],
) -> None:
    sessions = intervals(rows_of("StatsUsersSessions"))
    for own in sessions.values():
        assert all(first[1] <= second[0] for first, second in pairwise(own))
    for action in ("StatsUsersQueues", "StatsUsersPauses"):
        for user, stays in intervals(rows_of(action)).items():
            assert all(within(stay, sessions[user]) for stay in stays)
    for call in rows_of("StatsCalls"):
        if call["answered"] == "1":
            answer_s = seconds(call["call_time"]) + int(call["waiting_time"])
            assert within((answer_s, answer_s + int(call["duration"])), sessions[call["user"]])


def test_an_agent_is_on_one_pause_at_a_time_and_never_in_a_call(rows_of: Callable[[str], list[Row]]) -> None:
    busy = intervals(rows_of("StatsUsersPauses"))
    for call in rows_of("StatsCalls"):
        if call["answered"] == "1":
            answer_s = seconds(call["call_time"]) + int(call["waiting_time"])
            busy[call["user"]].append((answer_s, answer_s + int(call["duration"])))
    for own in busy.values():
        ordered = sorted(own)
        assert all(first[1] <= second[0] for first, second in pairwise(ordered))


def test_after_call_work_follows_a_call_at_once(rows_of: Callable[[str], list[Row]]) -> None:
    ends: dict[str, list[int]] = defaultdict(list)
    for call in rows_of("StatsCalls"):
        if call["answered"] == "1":
            answer_s = seconds(call["call_time"]) + int(call["waiting_time"])
            ends[call["user"]].append(answer_s + int(call["duration"]))
    for moments in ends.values():
        moments.sort()
    wraps = [row for row in rows_of("StatsUsersPauses") if row["pause"] == WRAP]
    assert len(wraps) > 1000
    for row in wraps:
        start_s = seconds(row["start_time"])
        place = bisect_right(ends[row["user"]], start_s) - 1
        assert place >= 0
        assert start_s - ends[row["user"]][place] <= 5


def test_what_was_seen_live_is_found_again_in_the_calls(pbx: PbxServer, ask: Ask) -> None:
    seen: dict[str, Row] = {}
    for _ in range(400):
        pbx.skip(3)
        for call_id, row in (ask("3.5/RTStatsCalls") or {}).items():
            answered = seen.get(call_id) if row["state"] == "Transfered" else None
            seen[call_id] = answered or row
    running = set(ask("3.5/RTStatsCalls") or {})
    recorded = every_row(ask, "4.1/StatsCalls", **everything(pbx))
    counts = Counter(call["name"] for call in recorded)
    calls = {call["name"]: call for call in recorded}
    assert set(counts.values()) == {1}
    assert not running & set(calls)
    ended = set(seen) - running
    assert len(ended) > 60
    for call_id in ended:
        live, call = seen[call_id], calls[call_id]
        assert (call["call_time"], call["direction"]) == (live["enter_time_absolute"], live["direction"])
        assert (call["queue"], call["clid"]) == (live["queue"], live["clid"])
        if live["answer_time_absolute"]:
            assert (call["answered"], call["user"]) == ("1", live["agent"])
            assert call["waiting_time"] == live["wait_time_relative"]
            lasted = seconds(live["answer_time_absolute"]) - seconds(live["ring_time_absolute"])
            assert int(call["ringing_time"]) == lasted
            assert int(call["duration"]) >= int(live["answer_time_relative"])
        else:
            assert int(call["waiting_time"]) >= int(live["wait_time_relative"])


def test_live_sessions_and_pauses_are_the_rows_without_an_end(pbx: PbxServer, ask: Ask) -> None:
    live = ask("3.5/RTStatsSessions")
    window = everything(pbx)
    sessions = {row["user"]: row for row in every_row(ask, "4.1/StatsUsersSessions", **window)}
    lasting = {user: row["start_time"] for user, row in sessions.items() if row["end_time"] is None}
    assert lasting == {user: row["login_time_absolute"] for user, row in live.items()}
    pauses = [row for row in every_row(ask, "4.1/StatsUsersPauses", **window) if row["end_time"] is None]
    paused = {user: row for user, row in live.items() if row["state"] == "Paused"}
    assert {(row["user"], str(row["pause"]), row["start_time"]) for row in pauses} == {
        (user, row["pause"], row["state_time_absolute"]) for user, row in paused.items()
    }
    assert {row["duration"] for row in pauses} == {None}
    queues = every_row(ask, "4.1/StatsUsersQueues", **window)
    joined = Counter(row["user"] for row in queues if row["end_time"] is None)
    assert joined == Counter({user: len(row["queues"]) for user, row in live.items() if row["queues"]})
