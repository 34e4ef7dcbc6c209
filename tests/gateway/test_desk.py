"""E-mails, activities, events and the autodialer's numbers."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from dashboard.gateway.server import PbxServer
from tests.gateway.office_requests import EMAILS, refusal

Ask = Callable[..., Any]
EMAIL = {"queue": EMAILS, "subject": "Dotaz", "from": "osoba@email.example", "body": "<p>Dobrý den</p>"}


def test_an_email_gets_an_activity_and_a_ticket_and_waits_in_its_queue(ask: Ask, pbx: PbxServer) -> None:
    pbx.skip(60)
    before = pbx.engine.floor().calls.keys()
    answer = ask("4.1/EmailCreate", **EMAIL, user="admin", name="zprava_1")
    email, activity = answer["email"], answer["activity"]
    assert (email["queue"], email["user"], email["name"]) == ("8", "1", "zprava_1")
    assert (email["address"], email["text"]) == (EMAIL["from"], EMAIL["body"])
    assert (activity["item"], activity["type"], activity["title"]) == (email["email"], "EMAIL", "Dotaz")
    assert activity["name"].startswith("ticket_")
    added = [call for call_id, call in pbx.engine.floor().calls.items() if call_id not in before]
    assert [call.queue_id for call in added] == [8]


def test_each_email_has_a_name_of_its_own(ask: Ask, client: httpx.Client) -> None:
    first, second = (ask("4.1/EmailCreate", **EMAIL) for _ in range(2))
    assert first["email"]["name"] != second["email"]["name"]
    assert first["activity"]["ticket"] != second["activity"]["ticket"]
    again = refusal(client, "4.1/EmailCreate", **EMAIL, name=first["email"]["name"])
    assert "již existuje" in again


@pytest.mark.parametrize("queue", ["2001", "6666"])
def test_emails_come_to_queues_for_emails_only(client: httpx.Client, queue: str) -> None:
    assert refusal(client, "4.1/EmailCreate", **{**EMAIL, "queue": queue}) == "Zadana fronta neni typu email"


@pytest.mark.parametrize(
    ("changed", "part"),
    [
        ({"from": "nikdo"}, "from"),
        ({"user": "nobody"}, "Tento uživatel nebyl nalezen"),
        ({"body": ""}, "body"),
    ],
)
def test_emails_that_cannot_be_are_refused(client: httpx.Client, changed: dict[str, str], part: str) -> None:
    assert part in refusal(client, "4.1/EmailCreate", **{**EMAIL, **changed})


def test_an_activity_is_updated_until_it_is_closed(ask: Ask, client: httpx.Client) -> None:
    name = ask("4.1/EmailCreate", **EMAIL)["activity"]["name"]
    assert ask("4.0/ActivityUpdate", **{"activities[]": name}, status="prevolavka") == ""
    assert ask("4.0/ActivityUpdate", activities=name, status="nezajem") == ""
    assert refusal(client, "4.0/ActivityClose", activity=name, status="nevolat_vubec") == "Stav neexistuje"
    assert ask("4.0/ActivityClose", activity=name, status="objednavka") == ""
    assert "uzavřena" in refusal(client, "4.0/ActivityClose", activity=name, status="objednavka")
    assert "uzavřena" in refusal(client, "4.0/ActivityUpdate", activities=name, status="objednavka")


def test_one_unknown_activity_leaves_the_others_as_they_are(
    ask: Ask, client: httpx.Client, pbx: PbxServer
) -> None:
    name = ask("4.1/EmailCreate", **EMAIL)["activity"]["name"]
    both = {"activities[0]": name, "activities[1]": "activity_0"}
    assert "activity_0" in refusal(client, "4.0/ActivityUpdate", **both, status="objednavka")
    with pbx.engine.office() as office:
        assert office.desk.activities[name].status_id is None


def test_an_event_echoes_its_parameters(ask: Ask, pbx: PbxServer) -> None:
    parameters = {"params[number]": "226211245", "params[foo][bar]": "x", "params[foo][list][]": "y"}
    answer = ask("3.8/CreateEvent", event="Custom_SendSMS", **parameters, time="+2 hours")
    assert answer == [{"number": "226211245", "foo": {"bar": "x", "list": {"0": "y"}}}]
    assert ask("3.8/CreateEvent", event="Custom_Nothing") == [[]]
    with pbx.engine.office() as office:
        timed, immediate = office.desk.events
    assert timed.name == "Custom_SendSMS"
    assert timed.runs_at - immediate.runs_at == 2 * 3_600_000


@pytest.mark.parametrize(
    ("time", "hours"),
    [
        ("now", 0),
        ("2026-11-18 12:30:00", 2.5),
        ("18.11.2026 11:00", 1),
        ("tomorrow 8:00", 22),
        ("tomorrow", 14),
        ("+1 day -2 hours", 22),
        ("90 minutes", 1.5),
        ("3 hours ago", -3),
        ("@1794992400", 0),
    ],
)
def test_events_take_the_common_ways_to_name_a_moment(
    ask: Ask, pbx: PbxServer, time: str, hours: float
) -> None:
    ask("3.8/CreateEvent", event="Custom_Later", time=time)
    with pbx.engine.office() as office:
        event = office.desk.events[-1]
    assert event.runs_at - event.created_at == hours * 3_600_000


@pytest.mark.parametrize(
    ("parameters", "part"),
    [
        ({"event": "SendSMS"}, "Custom_"),
        ({"event": "Custom_"}, "Custom_"),
        ({"event": "Custom_X", "time": "až bude čas"}, "time"),
        ({"event": "Custom_X", "time": "+999999 weeks"}, "time"),
        ({"event": "Custom_X", "params": "x"}, "params"),
        ({"event": "Custom_X", "params" + "[a]" * 20: "x"}, "params"),
    ],
)
def test_events_that_cannot_be_are_refused(
    client: httpx.Client, parameters: dict[str, str], part: str
) -> None:
    assert part in refusal(client, "3.8/CreateEvent", **parameters)


def test_a_number_is_checked_now_and_has_a_known_status(ask: Ask, client: httpx.Client) -> None:
    answer = ask("4.0/CheckNumber", number="777888999")
    assert (answer["number"], answer["time"]) == ("777888999", "2026-11-18 10:00:00")
    assert answer["status"] in {row["status"] for row in ask("4.0/GetStatuses")}
    assert ask("4.0/CheckNumber", number="777888999") == answer
    assert "number" in refusal(client, "4.0/CheckNumber", number="volat")
