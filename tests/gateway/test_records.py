"""Records of campaigns: made, changed, copied, moved, found, exported and called."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from dashboard.gateway.server import PbxServer
from tests.gateway.office_requests import CAMPAIGN, CAMPAIGN_ID, refusal

Ask = Callable[..., Any]
NUMBER = "226211245"


def made(ask: Ask, **parameters: str) -> str:
    answer = ask("4.1/CreateRecord", **{"queue": CAMPAIGN, "phonenumber": NUMBER, **parameters})
    assert answer["count"] == 1
    return str(answer["record"]["record"])


def record(ask: Ask, record_id: str) -> dict[str, Any]:
    rows = ask("4.1/GetRecords", take="1000")["data"]
    return next(row for row in rows if row["record"] == record_id)


def exported(ask: Ask, **parameters: str) -> list[dict[str, Any]]:
    rows = ask("3.8/ExportData", **{"queue": CAMPAIGN, **parameters})
    return [{key: cell["value"] for key, cell in row.items()} for row in rows]


def test_created_record_is_free_and_found_by_its_text(ask: Ask) -> None:
    record_id = made(ask, **{"fields[3]": "Přes rozhraní", "nextcall": "2026-12-24 18:00:00"})
    found = ask("4.1/GetRecords", q="přes ROZHRANÍ")
    assert found["total"] == "1"
    assert found["data"][0]["record"] == record_id
    assert found["data"][0] == {
        **found["data"][0],
        "queue": str(CAMPAIGN_ID),
        "number": NUMBER,
        "title": NUMBER,
        "nextcall": "2026-12-24 18:00:00",
        "action": "0",
        "status": None,
        "user": None,
        "created": "2026-11-18 10:00:00",
        "edited": None,
        "fields": {"1": [], "2": [], "3": ["Přes rozhraní"], "4": [], "5": [], "6": [], "7": []},
    }


@pytest.mark.parametrize("queue", [CAMPAIGN, str(CAMPAIGN_ID)])
def test_queue_of_a_new_record_may_be_an_id_or_a_number(ask: Ask, queue: str) -> None:
    assert record(ask, made(ask, queue=queue))["queue"] == str(CAMPAIGN_ID)


def test_update_changes_what_is_sent_and_empties_the_rest_of_the_form(ask: Ask, pbx: PbxServer) -> None:
    record_id = made(ask, **{"fields[1]": "Jana", "fields[3]": "Zavolat", "user": "34"})
    pbx.skip(60)
    answer = ask(
        "4.1/UpdateRecord",
        record=record_id,
        phonenumber="602000111",
        status="9",
        action="6",
        nextcall="2026-11-20 08:30:00",
        **{"fields[3]": "Nevolat"},
    )
    assert answer["record"]["action"] == "UpdateRecord"
    row = record(ask, record_id)
    assert (row["number"], row["title"]) == ("602000111", NUMBER)
    assert (row["status"], row["action"], row["user"]) == ("9", "6", "34")
    assert (row["nextcall"], row["edited"]) == ("2026-11-20 08:30:00", "2026-11-18 10:01:00")
    assert (row["fields"]["1"], row["fields"]["3"]) == ([], ["Nevolat"])


def test_empty_parameters_release_and_absent_ones_leave_alone(ask: Ask) -> None:
    record_id = made(ask, user="34", **{"fields[1]": "Jana"})
    ask("4.1/UpdateRecord", record=record_id, status="9", nextcall="2026-11-20 08:30:00")
    ask("4.1/UpdateRecord", record=record_id, user="", status="", nextcall="")
    row = record(ask, record_id)
    assert (row["user"], row["status"], row["nextcall"]) == (None, None, None)
    assert row["fields"]["1"] == ["Jana"]


def test_each_change_leaves_a_snapshot(ask: Ask, pbx: PbxServer) -> None:
    record_id = made(ask)
    pbx.skip(60)
    ask("4.1/UpdateRecord", record=record_id, phonenumber="602000111")
    answer = ask("4.1/GetRecordSnapshots", record=record_id)
    assert answer["total"] == 2
    assert [(row["number"], row["created"], row["created_by"]) for row in answer["data"]] == [
        (NUMBER, "2026-11-18 10:00:00", None),
        ("602000111", "2026-11-18 10:01:00", None),
    ]


def test_deleted_record_is_gone(ask: Ask, client: httpx.Client) -> None:
    record_id = made(ask)
    assert ask("4.1/DeleteRecord", record=record_id) == 1
    assert refusal(client, "4.1/DeleteRecord", record=record_id) == "Záznam neexistuje"
    assert refusal(client, "4.1/GetRecordSnapshots", record=record_id) == "Záznam neexistuje"


def test_rows_are_paged_and_counted(ask: Ask) -> None:
    everything = ask("4.1/GetRecords", take="1000")
    assert everything["total"] == str(len(everything["data"]))
    page = ask("4.1/GetRecords", skip="5", take="3")
    assert page["total"] == everything["total"]
    assert page["data"] == everything["data"][5:8]


def test_records_move_to_another_campaign_and_are_no_longer_in_the_first(ask: Ask) -> None:
    record_id = made(ask, user="34")
    before = len(exported(ask))
    assert ask("3.3/MoveRecords", id=record_id, dst_queue="3005", update_agent="", update_action="6") is None
    assert len(exported(ask)) == before - 1
    row = record(ask, record_id)
    assert (row["queue"], row["user"], row["action"]) == ("5", None, "6")


def test_an_id_may_stand_in_the_path_as_well(ask: Ask) -> None:
    record_id = made(ask)
    ask(f"3.3/MoveRecords/{record_id}", dst_queue="3005")
    assert record(ask, record_id)["queue"] == "5"


def test_records_are_copied_by_the_time_of_their_last_change(ask: Ask, pbx: PbxServer) -> None:
    pbx.skip(60)
    made(ask, phonenumber="602000111")
    ask("4.1/UpdateRecord", record=made(ask), status="9", action="5")
    pbx.skip(60)
    made(ask, phonenumber="602000222")
    ask(
        "3.3/CopyRecords",
        src_queue=CAMPAIGN,
        dst_queue="3005",
        search_datetime_modify_from="2026-11-18 10:01:00",
        search_datetime_modify_to="2026-11-18 10:01:30",
        update_callstatus="",
        update_datetime_modify="no",
    )
    copies = [row for row in exported(ask, queue="3005") if row["sysdata_number"] in {NUMBER, "602000111"}]
    assert {row["sysdata_number"] for row in copies} == {NUMBER, "602000111"}
    assert {row["sysdata_date"] for row in copies} == {"18.11.2026 10:01:00"}
    assert {row["sysdata_date_create"] for row in copies} == {"18.11.2026 10:02:00"}
    assert {row["sysdata_callstatus"] for row in copies} == {None}
    assert "602000222" not in {row["sysdata_number"] for row in exported(ask, queue="3005")}


def test_export_is_narrowed_by_action_status_agent_and_number(ask: Ask) -> None:
    rows = exported(ask)
    done = exported(ask, **{"actions[]": "5"})
    assert 0 < len(done) < len(rows)
    assert {row["sysdata_action_number"] for row in done} == {"5"}
    one = done[0]
    agent = {"agents[]": one["sysdata_agent_id"], "phonenumber": one["sysdata_number"]}
    assert one in exported(ask, **agent)
    statuses = ask("3.8/GetStatuses")
    orders = exported(ask, **{"callstatuses[]": "9"})
    assert {row["sysdata_callstatus"] for row in orders} == {statuses["9"]["description"]}


def test_contacts_are_found_by_number_in_the_campaigns_that_are_given(ask: Ask) -> None:
    record_id = made(ask, **{"fields[1]": "Michal", "fields[7]": "ANO"})
    assert ask("3.2/SimpleSearchContact", phonenumber=NUMBER, **{"queues[]": "3005"}) == []
    [contact] = ask("3.2/SimpleSearchContact", phonenumber=NUMBER, **{"queues[]": CAMPAIGN})
    form = contact["array_struct"]
    assert contact["id_list"] == record_id
    assert dict(zip(form["label_field"], form["value_data"], strict=True))["Jméno"] == "Michal"
    assert form["default_value_field"][-1] == '["ANO","NE"]'
    assert len({len(column) for column in form.values()}) == 1


def test_statuses_are_a_map_at_3_8_and_those_of_number_cleaning_a_list_at_4_0(ask: Ask) -> None:
    statuses = ask("3.8/GetStatuses")
    assert ask("3.9/GetStatuses", queue=CAMPAIGN) == statuses
    assert ask("3.8/GetStatuses", queue="2001") == []
    assert ask("3.8/GetStatuses/9") == {"9": statuses["9"]} == ask("3.8/GetStatuses", id="9")
    assert [row["status"] for row in ask("4.0/GetStatuses")] == ["1", "2", "3", "4", "5"]


def test_records_of_a_campaign_are_called_and_their_calls_counted(ask: Ask, pbx: PbxServer) -> None:
    later = made(ask, nextcall="2026-11-30 08:00:00")
    free = [row["record"] for row in ask("4.1/GetRecords", take="1000")["data"] if row["action"] == "0"]
    pbx.skip(2 * 3600)
    counted = {record_id: ask("4.1/GetRecordAttempts", record=record_id) for record_id in free}
    called = {record_id: row for record_id, row in counted.items() if row["last_datetime"]}
    assert 50 < len(called) < len(free)
    for record_id, row in called.items():
        assert row["last_datetime"] > "2026-11-18 10:00:00"
        assert int(row["count_answered"]) + int(row["count_unanswered"]) > 0
        assert record_id != later, "It was not yet its time."
    rows = {row["record"]: row for row in ask("4.1/GetRecords", take="1000")["data"]}
    assert {rows[i]["action"] for i in free if i not in called} <= {"0", "1", "4"}
    unreached = [i for i, row in called.items() if row["count_answered"] == "0"]
    assert all(rows[i]["action"] in {"1", "5", "6"} for i in unreached)
    assert all(rows[i]["call_id"] for i in called)


def test_a_record_of_one_agent_is_called_by_nobody_else(ask: Ask, pbx: PbxServer) -> None:
    ids = [made(ask, user="34", phonenumber=f"60200{number:04d}") for number in range(5)]
    pbx.skip(3 * 3600)
    for record_id in ids:
        rows = ask("4.1/GetRecordSnapshots", record=record_id)["data"]
        assert {row["created_by"] for row in rows} <= {None, "34"}


@pytest.mark.parametrize(
    ("path", "parameters", "part"),
    [
        ("4.1/CreateRecord", {"queue": "9999", "phonenumber": NUMBER}, "Fronta neexistuje"),
        ("4.1/CreateRecord", {"queue": CAMPAIGN, "phonenumber": "není"}, "phonenumber"),
        ("4.1/CreateRecord", {"queue": CAMPAIGN}, "phonenumber"),
        ("4.1/CreateRecord", {"queue": CAMPAIGN, "phonenumber": NUMBER, "fields[99]": "x"}, "99"),
        ("4.1/CreateRecord", {"queue": CAMPAIGN, "phonenumber": NUMBER, "fields[7]": "MOŽNÁ"}, "ANO, NE"),
        ("4.1/CreateRecord", {"queue": CAMPAIGN, "phonenumber": NUMBER, "fields": "x"}, "fields"),
        (
            "4.1/CreateRecord",
            {"queue": CAMPAIGN, "phonenumber": NUMBER, "user": "none"},
            "Tento uživatel nebyl nalezen",
        ),
        ("4.1/CreateRecord", {"queue": CAMPAIGN, "phonenumber": NUMBER, "nextcall": "zítra"}, "nextcall"),
        ("4.1/UpdateRecord", {"record": "99999"}, "Záznam neexistuje"),
        ("4.1/UpdateRecord", {"record": "4", "action": "1"}, "0, 5, 6"),
        ("4.1/UpdateRecord", {"record": "4", "status": "77"}, "Stav neexistuje"),
        ("4.1/GetRecords", {"take": "1001"}, "1000"),
        ("4.1/GetRecords", {"skip": "-1"}, "skip"),
        ("4.1/GetRecords", {"filter": "number"}, "filter není podporován"),
        ("4.1/GetRecords", {"filter[0][field]": "number"}, "filter není podporován"),
        ("4.1/GetRecords", {"sort": "-created"}, "sort není podporován"),
        ("3.3/CopyRecords", {"dst_queue": CAMPAIGN}, "src_queue"),
        ("3.3/CopyRecords", {"id": "4", "dst_queue": "9999"}, "Fronta neexistuje"),
        ("3.3/CopyRecords", {"id": "4", "src_queue": "3005", "dst_queue": CAMPAIGN}, "src_queue"),
        (
            "3.3/MoveRecords",
            {
                "src_queue": CAMPAIGN,
                "dst_queue": "3005",
                "search_datetime_created_from": "2026-02-02 00:00:00",
                "search_datetime_created_to": "2026-02-01 00:00:00",
            },
            "search_datetime_created_from",
        ),
        ("3.8/ExportData", {"queue": "9999"}, "Fronta neexistuje"),
        ("3.8/ExportData", {"queue": CAMPAIGN, "agents[]": "admin"}, "agents"),
        ("3.8/GetStatuses", {"id": "6"}, "Stav neexistuje"),
        ("3.2/SimpleSearchContact", {"phonenumber": NUMBER, "queues[]": "1"}, "Fronta neexistuje"),
    ],
)
def test_what_cannot_be_done_with_records_is_refused(
    client: httpx.Client, path: str, parameters: dict[str, str], part: str
) -> None:
    assert part in refusal(client, path, **parameters)
