"""SMS callbacks, called on a small web server, and messages that come in by themselves."""

from base64 import b64encode
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from dashboard.gateway.server import PbxServer, running_pbx
from dashboard.gateway.simulated.engine import SimulatedEngine
from dashboard.gateway.simulated.settings import SimulationSettings
from tests.gateway.commanding import QUIET, START_AT, Desk
from tests.gateway.crm import Crm, serving, until

ClientFor = Callable[[PbxServer], httpx.Client]
HOUR_MS = 3_600_000


@pytest.fixture
def crm() -> Iterator[Crm]:
    with serving(Crm()) as opened:
        opened.is_open.set()
        yield opened


@pytest.fixture
def desk(client_for: ClientFor) -> Iterator[Desk]:
    with running_pbx(QUIET) as pbx:
        yield Desk(pbx, client_for(pbx))


def callbacks(desk: Desk, **urls: str) -> None:
    desk.client.get("/api/3.1/SetSMSSettings/json", params=urls).raise_for_status()


def test_a_message_that_comes_in_is_told_with_number_text_id_and_direction(desk: Desk, crm: Crm) -> None:
    callbacks(desk, incoming_callback=crm.url)
    message_id = desk.pbx.engine.message_inject(number="602111222", text="Přijďte & ihned?")
    until(lambda: len(crm.asked) == 1)
    assert crm.queries() == [
        {"number": "602111222", "message": "Prijdte & ihned?", "id": str(message_id), "direction": "in"}
    ]
    (row,) = desk.tell("3.1/GetSMS", direction="in", id=str(message_id))
    assert (row["number"], row["message"], row["result"]) == ("602111222", "Prijdte & ihned?", "ok")


def test_own_names_of_values_are_kept_and_only_the_others_are_appended(desk: Desk, crm: Crm) -> None:
    callbacks(desk, incoming_callback=f"{crm.url}?own_number=$number&own_text=$message&x=1#part")
    desk.pbx.engine.message_inject(number="602111222", text="STOP $id")
    until(lambda: len(crm.asked) == 1)
    assert crm.asked[0].startswith("/crm/secret?own_number=602111222&own_text=STOP%20%24id&x=1&id=")
    assert set(crm.queries()[0]) == {"own_number", "own_text", "x", "id", "direction"}


@pytest.mark.parametrize("action", ["3.1/SendSMS", "4.1/SendSMSConnect"])
def test_a_message_that_goes_out_is_told_and_its_receipt_as_well(desk: Desk, crm: Crm, action: str) -> None:
    callbacks(desk, outgoing_callback=crm.url)
    options = {"number": "+420602111222", "message": "Ahoj", "accountcode": "A 1"}
    desk.tell(action, **options, confirmation="yes")
    desk.tell(action, **options)
    assert crm.asked == []
    desk.pbx.skip(60)
    until(lambda: len(crm.asked) == 3)
    told = sorted((query["direction"], query["message"], query["accountcode"]) for query in crm.queries())
    assert told == [("confirmed", "Ahoj", "A 1"), ("out", "Ahoj", "A 1"), ("out", "Ahoj", "A 1")]
    of_one = [query["direction"] for query in crm.queries() if query["id"] == crm.queries()[0]["id"]]
    assert of_one[0] == "out"


def test_a_receipt_that_never_comes_is_not_told(desk: Desk, crm: Crm) -> None:
    callbacks(desk, outgoing_callback=crm.url)
    desk.tell("3.1/SendSMS", number="602111200", message="Ahoj", confirmation="yes")
    desk.pbx.skip(60)
    until(lambda: len(crm.asked) == 1)
    desk.tell("3.1/SendSMS", number="602111222", message="Konec")
    desk.pbx.skip(60)
    until(lambda: len(crm.asked) == 2)
    assert [query["direction"] for query in crm.queries()] == ["out", "out"]


def test_credentials_in_the_address_are_sent_as_basic_authorisation(desk: Desk, crm: Crm) -> None:
    callbacks(desk, incoming_callback=crm.url.replace("http://", "http://login:heslo@"))
    desk.pbx.engine.message_inject(number="602111222", text="STOP")
    until(lambda: len(crm.asked) == 1)
    assert crm.credentials == ["Basic " + b64encode(b"login:heslo").decode()]


def test_a_callback_that_is_switched_off_is_called_no_more(desk: Desk, crm: Crm) -> None:
    callbacks(desk, incoming_callback=crm.url)
    desk.pbx.engine.message_inject(number="602111222", text="one")
    callbacks(desk, incoming_callback="")
    desk.pbx.engine.message_inject(number="602111222", text="two")
    callbacks(desk, incoming_callback=crm.url)
    desk.pbx.engine.message_inject(number="602111222", text="three")
    until(lambda: len(crm.asked) == 2)
    assert {query["message"] for query in crm.queries()} == {"one", "three"}


def test_a_callback_that_fails_is_logged_once_without_its_address(
    desk: Desk, crm: Crm, caplog: pytest.LogCaptureFixture
) -> None:
    crm.status = 500
    callbacks(desk, incoming_callback=crm.url.replace("http://", "http://login:heslo@"))
    for _ in range(3):
        desk.pbx.engine.message_inject(number="602111222", text="STOP")
    until(lambda: desk.pbx.sms_callbacks.counts["failed"] == 3)
    assert [record.getMessage() for record in caplog.records] == [
        "SMS callbacks are not answered: HTTPStatusError"
    ]


def engine_of(**changes: Any) -> SimulatedEngine:
    return SimulatedEngine(SimulationSettings(start_at=START_AT, speed=0, agents=4, queues=2, **changes))


def incoming(engine: SimulatedEngine) -> list[tuple[int, str, str]]:
    with engine.office() as office:
        found = [message for message in office.sms.messages() if message.is_inbound]
    return [
        (message.created_at, message.draft.number, message.draft.text)
        for message in found
        if message.created_at > START_AT
    ]


def test_messages_come_in_by_themselves_the_same_for_the_same_seed() -> None:
    found = []
    for seed in (1, 1, 2):
        engine = engine_of(seed=seed)
        engine.advance_to(START_AT + 8 * HOUR_MS)
        found.append(incoming(engine))
    assert found[0] == found[1] != found[2]
    assert 10 <= len(found[0]) <= 120


def test_messages_go_on_coming_in_after_a_restart_and_none_come_while_it_is_quiet() -> None:
    engine, quiet = engine_of(), engine_of(is_quiet=True)
    engine.restart()
    for running in (engine, quiet):
        running.advance_to(START_AT + 8 * HOUR_MS)
    assert incoming(engine)
    assert incoming(quiet) == []


def test_every_message_that_came_in_arrived_whatever_its_number(desk: Desk) -> None:
    desk.pbx.engine.message_inject(number="602111200", text="STOP")
    rows = desk.tell("3.1/GetSMS", direction="in")
    assert len(rows) > 1
    assert {row["result"] for row in rows} == {"ok"}
