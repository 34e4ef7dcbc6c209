"""Short messages: split, sent in their turn and time, delivered or not, stopped, counted."""

from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from dashboard.gateway.server import PbxServer, running_pbx
from dashboard.gateway.simulated.settings import SimulationSettings

Ask = Callable[..., Any]
NUMBER, BLOCKED, SWITCHED_OFF = "602123456", "602123400", "602123499"
DAY_S = 86_400


@pytest.fixture
def pbx(start_at: int) -> Iterator[PbxServer]:
    """Nobody calls here: months pass at once."""
    with running_pbx(SimulationSettings(start_at=start_at, speed=0, is_quiet=True)) as running:
        yield running


def settings_set(client: httpx.Client, **parameters: str) -> None:
    answer = client.get("/api/3.1/SetSMSSettings/json", params=parameters).json()
    assert answer == {"status": 1, "error": None}


def sent(ask: Ask, text: str = "Ahoj", **parameters: str) -> str:
    return str(ask("3.1/SendSMS", **{"number": NUMBER, "message": text, **parameters})["id"])


def message(ask: Ask, message_id: str) -> dict[str, Any]:
    [row] = ask(f"3.1/GetSMS/{message_id}")
    return dict(row)


def connected(ask: Ask, **parameters: str) -> str:
    given = {"number": "+420" + NUMBER, "message": "Ahoj", "confirmation": "yes", **parameters}
    return str(ask("4.1/SendSMSConnect", **given)["id"])


def connect_row(ask: Ask, message_id: str) -> dict[str, Any]:
    return dict(ask("4.1/GetSMSConnect", id=message_id)[message_id])


def group(ask: Ask, count: int, action: str = "SendGroupSMS", **parameters: str) -> tuple[str, Any]:
    prefix = "+420" if action.endswith("Connect") else ""
    numbers = {f"number[{index}]": f"{prefix}60211{index:04d}" for index in range(1, count + 1)}
    texts = {f"message[{index}]": f"Zpráva {index}" for index in range(1, count + 1)}
    answer = ask(f"3.1/{action}", **numbers, **texts, **parameters)
    return next(iter(answer)), answer


@pytest.mark.parametrize(
    ("text", "unicode", "parts"),
    [
        ("a" * 160, "no", 1),
        ("a" * 161, "no", 2),
        ("a" * 306, "no", 2),
        ("a" * 307, "no", 3),
        ("a" * 1377, "no", 9),
        ("ř" * 160, "no", 1),
        ("ř" * 70, "yes", 1),
        ("ř" * 71, "yes", 2),
        ("ř" * 134, "true", 2),
        ("ř" * 135, "1", 3),
        ("ř" * 603, "1", 9),
    ],
)
def test_texts_are_split_as_the_networks_do(ask: Ask, text: str, unicode: str, parts: int) -> None:
    answer = ask("3.1/SendSMS", number=NUMBER, message=text, unicode=unicode)
    assert answer["count_sms"] == str(parts)
    assert message(ask, answer["id"])["count_sms"] == str(parts)


def test_without_unicode_the_text_loses_its_diacritics(ask: Ask) -> None:
    text = "Příliš žluťoučký kůň — 🐎"
    assert message(ask, sent(ask, text))["message"] == "Prilis zlutoucky kun ? ?"
    assert message(ask, sent(ask, text, unicode="yes"))["message"] == text


def test_message_waits_leaves_and_is_confirmed(ask: Ask, pbx: PbxServer) -> None:
    message_id = sent(ask, confirmation="yes", accountcode="ID12345")
    row = message(ask, message_id)
    assert (row["result"], row["datetime_processed"], row["confirmed"]) == (None, None, "0")
    assert ask("3.1/StatusSMS")["count_waiting"] == "1"
    pbx.skip(2)
    row = message(ask, message_id)
    assert (row["result"], row["confirmed"], row["accountcode"]) == ("ok", "0", "ID12345")
    assert row["datetime"] == "2026-11-18 10:00:00"
    assert row["datetime_processed"] == "2026-11-18 09:00:02", "This one clock runs in UTC."
    status = ask("3.1/StatusSMS")
    assert status == {"count_waiting": "0", "last_datetime_processed": "2026-11-18 10:00:02"}
    pbx.skip(4)
    assert message(ask, message_id)["confirmed"] == "1"


def test_a_blocked_number_fails_with_a_hexadecimal_code(ask: Ask, pbx: PbxServer) -> None:
    message_id = sent(ask, number=BLOCKED)
    pbx.skip(3)
    assert "code_error" not in message(ask, message_id)
    pbx.skip(30)
    row = message(ask, message_id)
    assert row["result"] == "error"
    assert int(row["code_error"], 16) > 0


def test_connect_tells_what_became_of_messages_with_a_receipt(ask: Ask, pbx: PbxServer) -> None:
    good, blocked, off = (connected(ask, number="+420" + n) for n in (NUMBER, BLOCKED, SWITCHED_OFF))
    silent = connected(ask, confirmation="no")

    def results() -> list[str]:
        return [connect_row(ask, message_id)["result"] for message_id in (good, blocked, off, silent)]

    assert results() == ["NEW"] * 4
    assert ask("4.1/StatusSMSConnect") == {"count_waiting": "4"}
    pbx.skip(3)
    assert results() == ["SENT"] * 4
    assert ask("4.1/StatusSMSConnect") == {"count_waiting": "0"}
    pbx.skip(30)
    assert results() == ["DELIVERED", "NOTDELIVERED", "SENT", "SENT"]
    pbx.skip(3 * DAY_S)
    assert results() == ["DELIVERED", "NOTDELIVERED", "EXPIRED", "SENT"]
    row = connect_row(ask, good)
    assert (row["recipient"], row["direction"]) == ("00420" + NUMBER, "OUT")
    assert (row["datetime_sent"], row["datetime_delivered"]) == ("2026-11-18 10:00:02", "2026-11-18 10:00:06")
    assert connect_row(ask, blocked)["datetime_notdelivered"] == "2026-11-18 10:00:22"


def test_a_sender_that_is_not_permitted_is_forbidden(ask: Ask, pbx: PbxServer) -> None:
    forbidden, allowed = connected(ask, sender="Banka"), connected(ask, sender="Info")
    pbx.skip(60)
    assert connect_row(ask, forbidden)["result"] == "FORBIDDEN"
    assert connect_row(ask, forbidden)["datetime_sent"] is None
    assert connect_row(ask, allowed)["result"] == "DELIVERED"


@pytest.mark.parametrize("action", ["SendGroupSMS", "SendGroupSMSConnect"])
def test_a_group_has_a_head_that_is_no_message(ask: Ask, action: str) -> None:
    group_id, answer = group(ask, 3, action)
    assert answer.pop(group_id) == {"count_sms": 0, "id": int(group_id), "group_id": int(group_id)}
    assert [(row["count_sms"], row["group_id"]) for row in answer.values()] == [(1, int(group_id))] * 3
    assert all(int(key) == row["id"] for key, row in answer.items())


def test_what_waits_of_a_group_can_be_stopped_for_good(ask: Ask, pbx: PbxServer) -> None:
    group_id, _ = group(ask, 10, accountcode="1")
    pbx.skip(3.2)
    row = ask("3.1/StatusGroupSMS", waiting="true")[group_id]
    assert (row["count_total"], row["count_ok"], row["count_waiting"]) == ("10", "3", "7")
    assert (row["accountcode"], row["datetime"]) == ("1", "2026-11-18 10:00:00")
    assert row["datetime_processed"] == "2026-11-18 10:00:03"
    assert ask(f"3.1/RemoveGroupSMS/{group_id}") == {"count_removed": 7}
    assert ask("3.1/RemoveGroupSMS", id=group_id) == {"count_removed": 0}
    pbx.skip(60)
    assert ask("3.1/StatusGroupSMS", waiting="true") == []
    row = ask(f"3.1/StatusGroupSMS/{group_id}")[group_id]
    assert (row["count_total"], row["count_ok"], row["count_waiting"]) == ("3", "3", "0")


def test_all_of_a_group_is_gone_after_it_was_stopped_at_once(ask: Ask, pbx: PbxServer) -> None:
    group_id, answer = group(ask, 5, "SendGroupSMSConnect")
    assert ask("3.1/RemoveGroupSMS", id=group_id) == {"count_removed": 5}
    pbx.skip(60)
    assert not answer.keys() & ask("4.1/GetSMSConnect").keys()


def test_greater_priority_leaves_first_and_a_scheduled_message_at_its_time(ask: Ask, pbx: PbxServer) -> None:
    ids = [sent(ask, f"priorita {priority}", priority=str(priority)) for priority in (0, 10, 20)]
    later = sent(ask, datetime_scheduled="2026-11-18 12:00:00", priority="20")
    pbx.skip(60)
    processed = {row["id"]: row["datetime_processed"] for row in ask("3.1/GetSMS")}
    assert processed[ids[2]] < processed[ids[0]]
    assert [processed[message_id][-2:] for message_id in reversed(ids)] == ["02", "02", "03"]
    assert processed[later] is None
    pbx.skip(2 * 3600)
    assert message(ask, later)["datetime_processed"] == "2026-11-18 11:00:00"


def test_messages_wait_for_the_allowed_hours_the_last_of_which_is_included(
    ask: Ask, client: httpx.Client, pbx: PbxServer
) -> None:
    settings_set(client, allowed_hour_begin="8", allowed_hour_end="16")
    pbx.skip(6 * 3600 + 59 * 60)
    today = sent(ask)
    pbx.skip(5 * 60)
    tomorrow = sent(ask)
    pbx.skip(3600)
    assert message(ask, today)["datetime_processed"] == "2026-11-18 15:59:02"
    assert message(ask, tomorrow)["result"] is None
    pbx.skip(DAY_S)
    assert message(ask, tomorrow)["datetime_processed"] == "2026-11-19 07:00:00"


def test_lifted_limits_do_not_reach_back(ask: Ask, client: httpx.Client, pbx: PbxServer) -> None:
    settings_set(client, allowed_hour_begin="20")
    message_id = sent(ask)
    pbx.skip(3600)
    settings_set(client, allowed_hour_begin="0")
    assert message(ask, message_id)["datetime_processed"] == "2026-11-18 10:00:00"


def test_the_rate_holds_back_single_messages_and_no_groups(
    ask: Ask, client: httpx.Client, pbx: PbxServer
) -> None:
    settings_set(client, sending_rate_limit="2", sending_rate_time="600")
    singles = [sent(ask) for _ in range(5)]
    group_id, _ = group(ask, 4)
    pbx.skip(60)
    assert [message(ask, message_id)["result"] for message_id in singles] == ["ok", "ok", None, None, None]
    assert ask("3.1/StatusGroupSMS")[group_id]["count_waiting"] == "0"
    pbx.skip(600)
    assert [message(ask, message_id)["result"] for message_id in singles] == ["ok", "ok", "ok", "ok", None]
    pbx.skip(600)
    assert message(ask, singles[-1])["result"] == "ok"


def test_settings_stay_until_they_are_changed(ask: Ask, client: httpx.Client) -> None:
    callback = "http://user:word@crm.example:8080/sms?own=$number"
    settings_set(client, outgoing_callback=callback)
    settings_set(client, incoming_email="sms@firma.example", allowed_hour_end="16")
    settings = ask("3.1/GetSMSSettings")["settings"]
    assert (settings["outgoing_callback"], settings["incoming_email"]) == (callback, "sms@firma.example")
    assert (settings["allowed_hour_begin"], settings["allowed_hour_end"]) == ("0", "16")
    settings_set(client, outgoing_callback="")
    assert ask("3.1/GetSMSSettings")["settings"]["outgoing_callback"] is None


def test_messages_are_found_by_direction_words_code_card_and_time(ask: Ask, pbx: PbxServer) -> None:
    first = sent(ask, "Hledaná", accountcode="A", email="a@firma.example", gw="1", slot="1", port="2")
    pbx.skip(60)
    second = sent(ask, "hledaná znovu", accountcode="B", unicode="yes")

    def ids(**parameters: str) -> list[str]:
        return [row["id"] for row in ask("3.1/GetSMS", **parameters)]

    assert ids(keyword="HLEDAN") == [second, first], "Newest first, as in the example."
    assert ids(accountcode="A") == [first]
    assert ids(**{"accountcode[]": "A", "accountcode[1]": "B"}) == [second, first]
    assert ids(email="a@firma.example") == [first]
    assert first in ids(port="2")
    assert first not in ids(port="1")
    assert ids(datetime_from="2026-11-18 10:00:30") == [second]
    assert ids(keyword=NUMBER, datetime_to="2026-11-18 10:00:00") == [first]
    inbound, outbound = ids(direction="in"), ids(direction="out")
    assert inbound
    assert sorted(inbound + outbound) == sorted(ids())
    assert ask("3.1/GetSMS", id="999999") == []


def test_messages_are_forgotten_after_half_a_year(ask: Ask, pbx: PbxServer) -> None:
    message_id = sent(ask)
    pbx.skip(182 * DAY_S)
    assert ask("3.1/GetSMS")[0]["id"] == message_id
    pbx.skip(2 * DAY_S)
    assert ask("3.1/GetSMS") == []


def test_a_group_may_have_twenty_thousand_messages_and_no_more(client: httpx.Client, pbx: PbxServer) -> None:
    data = {f"number[{index}]": "602123456" for index in range(20_001)}
    data |= {f"message[{index}]": "Ahoj" for index in range(20_001)}
    answer = client.post("/api/3.1/SendGroupSMS/json", data=data).json()
    assert answer["status"] == 0
    assert "20000" in answer["error"]
    del data["number[20000]"], data["message[20000]"]
    answer = client.post("/api/3.1/SendGroupSMS/json", data=data).json()
    assert len(answer["result"]) == 20_001
    pbx.skip(10_000 + 2)
    assert client.get("/api/3.1/StatusSMS/json").json()["result"]["count_waiting"] == "0"
