"""What a row of the history says, and when it is there: ends, clocks, restarts, charges, traces."""

from collections.abc import Callable
from typing import Any

import pytest

from dashboard.gateway.faults import EVERY, Fault, FaultKind
from dashboard.gateway.server import PbxServer, running_pbx
from dashboard.gateway.simulated.settings import SimulationSettings
from dashboard.gateway.surface.settings import ApiSettings, OpenInterval
from tests.gateway.conftest import START_AT
from tests.gateway.history_requests import Ask, Row, every_row, everything, local
from tests.gateway.test_days import moment

QUIET = SimulationSettings(start_at=START_AT, speed=0, is_quiet=True)
TALK_S = 600


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        (OpenInterval.NULL, {(None, None)}),
        (OpenInterval.EMPTY, {("", 0)}),
        (OpenInterval.ZERO, {("0000-00-00 00:00:00", 0)}),
        (OpenInterval.HIDDEN, set()),
    ],
)
def test_what_lasts_has_an_end_of_the_chosen_form(
    ask_of: Callable[[PbxServer], Ask], form: OpenInterval, expected: set[tuple[Any, Any]]
) -> None:
    with running_pbx(QUIET, api=ApiSettings(open_interval=form)) as pbx:
        ask = ask_of(pbx)
        for action in ("StatsUsersSessions", "StatsUsersQueues", "StatsUsersPauses"):
            answer = ask(f"4.1/{action}", **everything(pbx))
            assert {(row["end_time"], row["duration"]) for row in answer["data"]} == expected
            assert (int(answer["total"]) > 0) == bool(expected)


def test_a_call_is_listed_only_after_its_end(ask_of: Callable[[PbxServer], Ask]) -> None:
    with running_pbx(QUIET) as pbx:
        ask = ask_of(pbx)
        call_id = pbx.engine.call_inject(queue_id=1, caller="777123456", kept_waiting_s=30)
        for _ in range(2):
            pbx.skip(25)
            assert ask("4.1/StatsCalls", **everything(pbx))["total"] == "0"
            assert ask("3.0/AboutCall", id_call=call_id) == []
        agent = next(a for a in pbx.engine.floor().agents.values() if a.call_id == call_id)
        last = ask("3.9/LastCall", extension=agent.extension)
        assert (last["id_call"], last["_is_realtime"], last["clid"]) == (call_id, True, "777123456")
        pbx.engine.call_hang_up(call_id=call_id)
        rows = ask("4.1/StatsCalls", **everything(pbx))["data"]
        assert [(row["name"], row["answered"], row["disposition_cause"]) for row in rows] == [
            (call_id, "1", "agent")
        ]
        last = ask("3.9/LastCall", extension=agent.extension)
        assert (last["id_call"], last["_is_realtime"]) == (call_id, False)


def test_a_lost_call_has_no_user_and_no_talk(ask_of: Callable[[PbxServer], Ask]) -> None:
    with running_pbx(QUIET) as pbx:
        ask = ask_of(pbx)
        call_id = pbx.engine.call_inject(queue_id=1, kept_waiting_s=500)
        second = pbx.engine.call_inject(queue_id=1, kept_waiting_s=500)
        pbx.skip(12)
        pbx.engine.call_hang_up(call_id=second)
        pbx.engine.call_hang_up(call_id=call_id)
        lost = {row["name"]: row for row in ask("4.1/StatsCalls", **everything(pbx))["data"]}
        fields = ("answered", "user", "waiting_time", "ringing_time", "duration", "attempts", "orig_pos")
        assert [lost[call_id][name] for name in fields] == ["0", None, "12", "0", "0", "0", "1"]
        assert (lost[second]["orig_pos"], lost[second]["position"]) == ("2", "2")
        assert ask("3.9/LastCallNumber", phonenumber=lost[call_id]["clid"])["user_login"] is None


def test_the_last_call_with_a_number_is_sought_within_the_interval_and_the_filters(
    ask_of: Callable[[PbxServer], Ask],
) -> None:
    with running_pbx(QUIET) as pbx:
        ask = ask_of(pbx)
        for queue_id in (1, 2):
            call_id = pbx.engine.call_inject(queue_id=queue_id, caller="777000111", kept_waiting_s=900)
            pbx.skip(10)
            pbx.engine.call_hang_up(call_id=call_id)
            pbx.skip(3600)
        number = {"phonenumber": "777000111"}
        assert ask("3.9/LastCallNumber", **number)["queue"] == "2"
        assert ask("3.9/LastCallNumber", **number, **{"queues[]": "1"})["queue_number"] == "2001"
        assert ask("3.9/LastCallNumber", **number, **{"queues_number[]": ["2001", "77"]})["queue"] == "1"
        assert ask("3.9/LastCallNumber", **number, answered="yes") == []
        assert ask("3.9/LastCallNumber", **number, interval="3600") == []
        assert ask("3.9/LastCallNumber", **number, interval="3700")["queue"] == "2"
        pbx.skip(86_400)
        assert ask("3.9/LastCallNumber", **number) == []


@pytest.mark.parametrize(
    ("night", "probe", "expected"),
    [
        # 02:30 comes twice: both calls of that minute are found, an hour apart.
        ("2026-10-25T01:30:00", ("02:30:00", "02:30:59"), 2),
        ("2026-10-25T01:30:00", ("02:00:00", "02:59:59"), 4),
        ("2026-10-25T01:30:00", ("01:30:00", "03:29:59"), 6),
        # 02:00 to 03:00 does not come at all.
        ("2027-03-28T01:30:00", ("02:00:00", "02:59:59"), 0),
        ("2027-03-28T01:30:00", ("01:30:00", "03:29:59"), 2),
    ],
)
def test_rows_are_found_by_the_time_they_show_when_the_clocks_change(
    ask_of: Callable[[PbxServer], Ask], night: str, probe: tuple[str, str], expected: int
) -> None:
    start_at = moment(night)
    settings = SimulationSettings(start_at=start_at, speed=0, is_quiet=True)
    with running_pbx(settings) as pbx:
        for _ in range(6):
            call_id = pbx.engine.call_inject(queue_id=1, kept_waiting_s=900)
            pbx.skip(5)
            pbx.engine.call_hang_up(call_id=call_id)
            pbx.skip(1795)
        day = night[:10]
        answer = ask_of(pbx)(
            "4.1/StatsCalls", datetime_from=f"{day} {probe[0]}", datetime_to=f"{day} {probe[1]}"
        )
        assert answer["total"] == str(expected)
        for row in answer["data"]:
            assert probe[0] <= row["call_time"][11:] <= probe[1]
            assert row["waiting_time"] == "5"


@pytest.mark.parametrize("kind", [FaultKind.CLOCK, FaultKind.UTC_OFFSET])
def test_rows_are_found_by_the_time_they_show_when_the_clock_is_wrong(
    ask_of: Callable[[PbxServer], Ask], kind: FaultKind
) -> None:
    with running_pbx(QUIET) as pbx:
        ask = ask_of(pbx)

        def call() -> None:
            call_id = pbx.engine.call_inject(queue_id=1, kept_waiting_s=900)
            pbx.skip(5)
            pbx.engine.call_hang_up(call_id=call_id)
            pbx.skip(60)

        call()
        pbx.faults.set(EVERY, Fault(kind=kind, seconds=-7200))
        call()
        rows = every_row(ask, "4.1/StatsCalls", **everything(pbx))
        assert len(rows) == 2
        for row in rows:
            shown = {"datetime_from": row["call_time"], "datetime_to": row["call_time"]}
            assert ask("4.1/StatsCalls", **shown)["data"] == [row]
            assert row["waiting_time"] == "5"


def test_a_frozen_action_shows_what_had_been_when_it_froze(pbx: PbxServer, ask: Ask) -> None:
    actions = ("StatsCalls", "GetAttempts", "StatsUsersSessions", "StatsUsersQueues", "StatsUsersPauses")
    window = everything(pbx)
    before = {action: every_row(ask, f"4.1/{action}", **window) for action in actions}
    for action in actions:
        pbx.faults.set(action, Fault(kind=FaultKind.FROZEN))
    pbx.skip(1800)
    assert {action: every_row(ask, f"4.1/{action}", **window) for action in actions} == before
    pbx.faults.clear()
    assert len(every_row(ask, "4.1/StatsCalls", **window)) > len(before["StatsCalls"])


def test_a_restart_loses_no_record_and_ends_what_was_open(pbx: PbxServer, ask: Ask) -> None:
    window, running = everything(pbx), set(pbx.engine.floor().calls)
    before = every_row(ask, "4.1/StatsCalls", **window)
    pbx.engine.restart()
    calls = every_row(ask, "4.1/StatsCalls", **window)
    assert {row["name"] for row in calls} == {row["name"] for row in before} | running
    cut = [row for row in calls if row["name"] in running]
    assert {row["disposition_cause"] for row in cut} == {"system"}
    sessions = every_row(ask, "4.1/StatsUsersSessions", **window)
    assert all(row["end_time"] for row in sessions)
    pbx.skip(120)
    numbers = [int(row["call"]) for row in every_row(ask, "4.1/StatsCalls", **window)]
    assert len(set(numbers)) == len(numbers)


def test_charges_are_billed_by_half_minutes_and_shown_when_asked_for(pbx: PbxServer, ask: Ask) -> None:
    window = everything(pbx)
    plain = ask("3.5/CDR", **window)
    assert all("price" not in row for row in plain)
    billed = ask("3.5/CDR", **window, billing="true")
    assert [row["uniqueid"] for row in billed] == [row["uniqueid"] for row in plain]
    for row in billed:
        if row["direction"] == "in" or row["disposition"] != "ANSWERED":
            assert row["price"] == "0.00000000"
            continue
        is_mobile = row["dst"][0] in "67"
        tariff, per_half = (4.5, 2.25) if is_mobile else (0.9, 0.44999998807907104)
        assert row["destination_price"] == f"{tariff:.4f}"
        assert row["destination_type"] == ("Mobilni_Hovory" if is_mobile else "Pevna_Linka")
        assert row["price"] == f"{-(-int(row['billsec']) // 30) * per_half:.8f}"
    dear = ask("3.5/CDR", **window, min_price_call="4.50")
    assert dear == [row for row in billed if float(row["price"]) > 4.5]
    assert 0 < len(dear) < len(billed)


def test_charges_are_filtered_by_lines_channels_and_destinations(pbx: PbxServer, ask: Ask) -> None:
    window = everything(pbx)
    billed = ask("3.5/CDR", **window, billing="1")
    extension = next(row["real_exten"] for row in billed if row["direction"] == "out")
    kept: list[tuple[dict[str, str], Callable[[Row], bool]]] = [
        ({"direction": "out"}, lambda row: row["direction"] == "out"),
        ({"disposition": "ANSWERED"}, lambda row: row["disposition"] == "ANSWERED"),
        ({"real_extens[]": extension}, lambda row: row["real_exten"] == extension),
        ({"destinations[]": "Ceska republika"}, lambda row: row["destination"] == "Ceska republika"),
        ({"src_channels[]": "SIP/proxy"}, lambda row: row["direction"] == "in"),
        ({"dst_channels[]": "SIP/gsm"}, lambda row: row["destination_type"] == "Mobilni_Hovory"),
    ]
    for filters, keeps in kept:
        found = ask("3.5/CDR", **window, billing="1", **filters)
        assert found == [row for row in billed if keeps(row)], filters
        assert 0 < len(found) < len(billed)
    assert ask("3.5/CDR", **window, **{"accountcodes[]": "1002"}) == []


def test_a_trace_may_be_limited_to_one_kind_of_action(pbx: PbxServer, ask: Ask) -> None:
    window = everything(pbx)
    login = next(user.login for user in pbx.engine.directory().users.values() if user.skills)
    whole = ask("3.5/StatsTrace", **window, user=login)
    kinds = {
        "call": {"call", "ring_in", "ring_out"},
        "pause": {"pause"},
        "queue": {"queue"},
        "login": {"login"},
    }
    for trace, names in kinds.items():
        rows = ask("3.5/StatsTrace", **window, user=login, trace=trace)
        assert rows == [row for row in whole if row["action_name"] in names]
        assert rows
    assert ask("3.5/StatsTrace", **window, user=login, trace="all") == whole
    assert whole[0]["action_title"] == "Přihlášení na ústřednu"
    assert local(START_AT) >= whole[-1]["time"]
