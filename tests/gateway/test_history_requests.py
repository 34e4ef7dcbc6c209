"""Intervals, filters, pages and the readings of what is not documented, for everything that has been."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from dashboard.gateway.server import PbxServer, running_pbx
from dashboard.gateway.simulated.settings import SimulationSettings
from dashboard.gateway.surface.settings import ApiSettings
from tests.gateway.conftest import START_AT
from tests.gateway.history_requests import Ask, Row, between, every_row, everything

QUIET = SimulationSettings(start_at=START_AT, speed=0, is_quiet=True)
TALK_S = 600


def test_an_interval_includes_both_of_its_ends(pbx: PbxServer, ask: Ask) -> None:
    calls = every_row(ask, "4.1/StatsCalls", **everything(pbx))
    call = calls[len(calls) // 2]
    exact = {"datetime_from": call["call_time"], "datetime_to": call["call_time"]}
    same = [other["name"] for other in calls if other["call_time"] == call["call_time"]]
    assert [row["name"] for row in ask("4.1/StatsCalls", **exact)["data"]] == same
    for action in ("StatsUsersSessions", "StatsUsersQueues", "StatsUsersPauses"):
        row = ask(f"4.1/{action}", **everything(pbx))["data"][3]
        exact = {"datetime_from": row["start_time"], "datetime_to": row["start_time"]}
        assert row in ask(f"4.1/{action}", **exact)["data"]


def test_neighbouring_intervals_split_the_calls_between_them(pbx: PbxServer, ask: Ask) -> None:
    begins_at = pbx.engine.history().begins_at // 1000 * 1000
    whole = every_row(ask, "4.1/StatsCalls", **everything(pbx))
    parts: list[Row] = []
    for at in range(begins_at, pbx.engine.floor().at, 900_000):
        parts = every_row(ask, "4.1/StatsCalls", **between(at, at + 899_000)) + parts
    assert parts == whole


def test_calls_and_attempts_come_newest_first_and_the_rest_oldest_first(pbx: PbxServer, ask: Ask) -> None:
    window = everything(pbx)
    calls = every_row(ask, "4.1/StatsCalls", **window)
    assert [int(row["call"]) for row in calls] == sorted((int(row["call"]) for row in calls), reverse=True)
    assert [row["call_time"] for row in calls] == sorted((row["call_time"] for row in calls), reverse=True)
    position = {row["name"]: place for place, row in enumerate(calls)}
    attempts = [row for row in every_row(ask, "4.1/GetAttempts", **window) if row["id_call"] in position]
    places = [(position[row["id_call"]], -row["id"]) for row in attempts]
    assert places == sorted(places)
    for action in ("StatsUsersSessions", "StatsUsersQueues", "StatsUsersPauses"):
        starts = [row["start_time"] for row in every_row(ask, f"4.1/{action}", **window)]
        assert starts == sorted(starts)
    dates = [row["date"] for row in ask("3.5/CDR", **window)]
    assert dates == sorted(dates)


def test_pages_of_any_size_join_to_the_same_rows(pbx: PbxServer, ask: Ask) -> None:
    window = everything(pbx)
    for action in ("StatsCalls", "GetAttempts", "StatsUsersPauses", "StatsUsersQueues"):
        whole = every_row(ask, f"4.1/{action}", **window)
        assert len(whole) > 60
        assert every_row(ask, f"4.1/{action}", take=37, **window) == whole
        assert ask(f"4.1/{action}", **window)["data"] == whole[:100]
        assert ask(f"4.1/{action}", **window, skip="99999")["data"] == []
        assert ask(f"4.1/{action}", **window, take="0")["data"] == []


@pytest.mark.parametrize(
    ("filters", "keeps"),
    [
        ({"queues[]": ["1", "4"]}, lambda row: row["queue"] in {"1", "4"}),
        ({"users[]": "5"}, lambda row: row["user"] == "5"),
        ({"answered": "true"}, lambda row: row["answered"] == "1"),
        ({"answered": "no"}, lambda row: row["answered"] == "0"),
        ({"did": "226212001"}, lambda row: row["queue"] == "1"),
        ({"queues[]": "6", "answered": "false"}, lambda row: (row["queue"], row["answered"]) == ("6", "0")),
    ],
)
def test_filters_keep_exactly_the_calls_they_name(
    pbx: PbxServer, ask: Ask, filters: dict[str, Any], keeps: Callable[[Row], bool]
) -> None:
    whole = every_row(ask, "4.1/StatsCalls", **everything(pbx))
    kept = every_row(ask, "4.1/StatsCalls", **everything(pbx), **filters)
    assert kept == [row for row in whole if keeps(row)]
    assert 0 < len(kept) < len(whole)


def test_calls_are_found_by_their_id_and_by_their_number(pbx: PbxServer, ask: Ask) -> None:
    window = everything(pbx)
    call = ask("4.1/StatsCalls", **window)["data"][7]
    assert ask("4.1/StatsCalls", **window, id_call=call["name"]) == {"data": [call], "total": "1"}
    by_number = ask("4.1/StatsCalls", **window, phonenumber=call["clid"])["data"]
    assert call in by_number
    assert {row["clid"] for row in by_number} == {call["clid"]}
    repeated = ask("3.9/StatsCallsRepeated", **window, phonenumber=call["clid"])
    assert [(row["clid"], row["call_total"]) for row in repeated] == [(call["clid"], len(by_number))]


def test_a_status_finds_the_calls_whose_record_it_was_given(pbx: PbxServer, ask: Ask) -> None:
    window = everything(pbx)
    found: list[Row] = []
    for status in ask("3.8/GetStatuses"):
        found += every_row(ask, "4.1/StatsCalls", **window, callstatus=status)
    reached: dict[str, Any] = {"queues[]": "6", "answered": "true"}
    campaign = every_row(ask, "4.1/StatsCalls", **window, **reached)
    assert {row["queue"] for row in found} == {"6"}
    assert len({row["name"] for row in found}) == len(found)
    named = {row["name"] for row in campaign}
    assert sum(row["name"] in named for row in found) > 0.9 * len(campaign) > 50


@pytest.mark.parametrize(
    "filters", [{"queues[]": "77"}, {"users[]": "9999"}, {"id_call": "1.1"}, {"phonenumber": "000"}]
)
def test_what_is_not_there_is_an_empty_list_and_a_total_of_none(
    pbx: PbxServer, ask: Ask, filters: dict[str, str]
) -> None:
    window = everything(pbx)
    assert ask("4.1/StatsCalls", **window, **filters) == {"data": [], "total": "0"}
    if "phonenumber" not in filters:
        assert ask("4.1/GetAttempts", **window, **filters) == {"data": [], "total": "0"}
    if "users[]" in filters:
        assert ask("4.1/StatsUsersSessions", **window, **filters) == {"data": [], "total": "0"}
        assert ask("4.1/StatsUsersQueues", **window, **filters) == {"data": [], "total": 0}
        assert ask("4.1/StatsUsersPauses", **window, **filters) == {"data": [], "total": "0"}


def test_questions_about_nobody_and_nothing_are_answered_with_nothing(pbx: PbxServer, ask: Ask) -> None:
    window = everything(pbx)
    assert ask("3.5/StatsTrace", **window, user="nobody") == []
    assert ask("3.5/StatsTrace", **window, user="admin") == []
    assert ask("3.5/CDR", **window, **{"real_extens[]": "999"}) == []
    assert ask("3.0/AboutCall", id_call="1.1") == []
    assert ask("3.9/LastCall", extension="999") == []
    assert ask("3.9/LastCallNumber", phonenumber="000") == []
    later = between(pbx.engine.floor().at + 60_000, pbx.engine.floor().at + 120_000)
    assert ask("4.1/StatsCalls", **later) == {"data": [], "total": "0"}
    backwards = between(pbx.engine.floor().at, pbx.engine.floor().at - 60_000)
    assert ask("4.1/StatsCalls", **backwards) == {"data": [], "total": "0"}


@pytest.mark.parametrize(
    ("path", "part"),
    [
        ("4.1/StatsCalls/json?datetime_from=2026-11-18 00:00:00", "datetime_to"),
        ("4.1/StatsCalls/json?datetime_from=yesterday&datetime_to=2026-11-18 00:00:00", "datetime_from"),
        ("4.1/GetAttempts/json?datetime_from=2026-11-18&datetime_to=2026-11-18 00:00:00", "datetime_from"),
        ("3.5/CDR/json?datetime_from=2026-11-18 00:00:00&datetime_to=2026-13-18 00:00:00", "datetime_to"),
        ("4.1/StatsCalls/json?{}&take=1001", "1000"),
        ("4.1/GetAttempts/json?{}&take=5000", "1000"),
        ("4.1/StatsCalls/json?{}&take=all", "take"),
        ("4.1/StatsCalls/json?{}&skip=-1", "skip"),
        ("4.1/StatsCalls/json?{}&queues[]=two", "queues"),
        ("4.1/StatsCalls/json?{}&answered=maybe", "answered"),
        ("3.5/StatsTrace/json?{}", "user"),
        ("3.5/StatsTrace/json?{}&user=novak&trace=everything", "trace"),
        ("3.5/CDR/json?{}&min_price_call=much", "min_price_call"),
        ("3.5/CDR/json?{}&min_price_call=nan", "min_price_call"),
        ("3.5/CDR/json?{}&direction=up", "direction"),
        ("3.0/AboutCall/json", "id_call"),
        ("3.9/LastCall/json", "extension"),
        ("3.9/LastCall/json?user=nobody", "nalezen"),
        ("3.9/LastCallNumber/json", "phonenumber"),
        ("3.0/GetRecording/json?recording_hash=abc", "Nahrávka"),
    ],
)
def test_what_makes_no_sense_is_an_error_in_words(client: httpx.Client, path: str, part: str) -> None:
    window = "datetime_from=2026-11-18 00:00:00&datetime_to=2026-11-18 23:59:59"
    answer = client.get(f"/api/{path.format(window)}").json()
    assert set(answer) == {"error", "status"}
    assert answer["status"] == 0
    assert part in answer["error"]


def test_a_pbx_may_refuse_whatever_matches_too_many_rows(ask_of: Callable[[PbxServer], Ask]) -> None:
    settings = SimulationSettings(start_at=START_AT, speed=0, warm_up_s=5 * 3600)
    with running_pbx(settings, api=ApiSettings(row_limit_strict=True)) as pbx:
        ask = ask_of(pbx)
        for action in ("StatsCalls", "GetAttempts"):
            assert "1000" in ask(f"4.1/{action}", **everything(pbx))
            few = ask(f"4.1/{action}", **between(START_AT - 600_000, START_AT))
            assert 0 < int(few["total"]) <= 1000
        assert int(ask("4.1/StatsUsersPauses", **everything(pbx))["total"]) > 1000
