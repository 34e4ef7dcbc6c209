"""The addresses behind the supervision page: JSON in and out, with a sentence for everything that is wrong."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from dashboard.gateway.faults import Fault, FaultKind
from dashboard.models import ActionEvent, PbxAccount
from dashboard.supervision import services
from dashboard.supervision.parameters import ActionName, BulkAsk
from tests.supervision.conftest import SPARE_LINE, Desk

pytestmark = pytest.mark.django_db

BASE = "/admin/supervision/"


class Page:
    """The page's requests, in the browser of a logged-in user."""

    def __init__(self, user: User | None) -> None:
        self.client = Client()
        if user is not None:
            self.client.force_login(user)

    def get(self, path: str) -> tuple[int, dict[str, Any]]:
        answer = self.client.get(BASE + path)
        return answer.status_code, answer.json()

    def post(self, path: str, body: Any = None, **headers: Any) -> tuple[int, dict[str, Any]]:
        content = body if isinstance(body, str) else json.dumps(body)
        answer = self.client.post(BASE + path, content, content_type="application/json", **headers)
        return answer.status_code, answer.json()


@pytest.fixture(autouse=True)
def _static_files(settings: Any, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATIC_ROOT.mkdir()
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}


@pytest.fixture
def eva(desk: Desk) -> Page:
    return Page(desk.user)


def pausing(desk: Desk, **more: Any) -> dict[str, Any]:
    return {
        "key": str(uuid.uuid4()),
        "stream": "main",
        "action": "pause_on",
        "agent_id": desk.agent("idle"),
        "parameters": {"pause_id": desk.pause()},
        **more,
    }


def test_what_the_user_may_do(desk: Desk, eva: Page) -> None:
    status, options = eva.get("options/")
    assert status == 200
    assert options["actions"]["monitoring"]["is_reason_required"]
    assert options["actions"]["pause_on"]["is_bulk"]
    stream = options["streams"]["main"]
    assert (stream["title"], stream["extension"]) == ("Main", SPARE_LINE)
    assert desk.pause() in {pause["id"] for pause in stream["pauses"]}
    assert "wrap" not in {pause["type"] for pause in stream["pauses"]}


def test_an_action_and_its_record(desk: Desk, eva: Page) -> None:
    ask = pausing(desk)
    status, record = eva.post("actions/", ask)
    assert (status, record["state"], record["id"]) == (200, "accepted", ask["key"])
    desk.until(record, "confirmed")
    status, found = eva.get(f"actions/{ask['key']}/")
    assert (status, found["state"]) == (200, "confirmed")
    assert [step["state"] for step in found["history"]] == ["requested", "accepted", "confirmed"]
    assert found["history"][-1]["text"] == f"{found['agent_name']} is on the pause."
    _, listed = eva.get("actions/")
    assert [row["id"] for row in listed["actions"]] == [ask["key"]]


def test_a_record_is_the_actors_own(desk: Desk, eva: Page, user_new: Callable[..., User]) -> None:
    ask = pausing(desk)
    eva.post("actions/", ask)
    other = Page(user_new("jan", "supervisor"))
    assert other.get(f"actions/{ask['key']}/")[0] == 404
    assert other.get("actions/")[1]["actions"] == []
    status, answer = other.post("actions/", ask)
    assert (status, answer["error"]["code"]) == (409, "key_used")


def test_plans_are_seen_and_withdrawn_by_all_supervisors_of_the_queue(
    desk: Desk, eva: Page, user_new: Callable[..., User]
) -> None:
    agent_id, call_id = desk.speaking()
    ask = pausing(desk, action="pause_after_call", agent_id=agent_id, call_id=call_id)
    assert eva.post("actions/", ask)[1]["state"] == "planned"
    stranger = Page(user_new("eve", "supervisor", queue_ids=["999"]))
    assert stranger.get("actions/")[1]["actions"] == []
    assert stranger.post(f"actions/{ask['key']}/cancel/")[0] == 404
    refused = ActionEvent.objects.get(code="withdrawal_refused")
    assert (refused.actor_name, refused.state, refused.agent_id) == ("eve", "refused", agent_id)
    assert refused.parameters == {"withdraw": ask["key"]}
    (record,) = stranger.get("actions/")[1]["actions"]
    assert (record["agent_name"], record["call_id"], record["is_over"]) == (None, None, True)
    assert stranger.post(f"actions/{uuid.uuid4()}/cancel/")[0] == 404
    assert ActionEvent.objects.filter(actor_name="eve").count() == 1
    assert Page(user_new("petr", "viewer")).post(f"actions/{ask['key']}/cancel/")[0] == 404
    assert ActionEvent.objects.get(actor_name="petr").code == "withdrawal_refused"
    colleague = Page(user_new("jan", "supervisor"))
    assert [row["id"] for row in colleague.get("actions/")[1]["actions"]] == [ask["key"]]
    status, record = colleague.post(f"actions/{ask['key']}/cancel/")
    assert (status, record["state"]) == (200, "cancelled")
    assert record["text"] == "Withdrawn by jan. Nothing was done."
    assert ActionEvent.objects.get(state="cancelled").actor_name == "jan"


def test_who_listens_is_seen_by_the_supervisors_of_the_queue_and_by_nobody_else(
    desk: Desk, eva: Page, user_new: Callable[..., User]
) -> None:
    agent_id, call_id = desk.speaking()
    record = desk.do("monitoring", agent_id=agent_id, call_id=call_id, mode="spy", reason="Training")
    assert record["state"] == "accepted", record
    colleague = Page(user_new("jan", "supervisor"))
    assert [row["id"] for row in colleague.get("actions/")[1]["actions"]] == [record["id"]]
    stranger = Page(user_new("eve", "supervisor", queue_ids=["999"]))
    assert stranger.get("actions/")[1]["actions"] == []
    desk.until(record, "confirmed")
    desk.simulation.engine.call_hang_up(call_id=call_id)
    desk.until(record, "ended")
    assert colleague.get("actions/")[1]["actions"] == []


def test_several_agents_at_once_with_a_result_for_each(desk: Desk, eva: Page) -> None:
    idle = [id_ for id_, row in desk.state.agents.items() if row.state == "idle" and row.queue_ids][:2]
    busy, _ = desk.speaking()
    ask = pausing(desk, agent_ids=[*idle, busy, "4711"])
    status, answer = eva.post("actions/bulk/", ask)
    assert status == 200
    records = answer["actions"]
    assert [record["agent_id"] for record in records] == [*idle, busy, "4711"]
    assert [record["state"] for record in records[: len(idle)]] == ["accepted"] * len(idle)
    assert [record["code"] for record in records[len(idle) :]] == ["has_call", "agent_gone"]
    again = eva.post("actions/bulk/", ask)[1]["actions"]
    assert [record["id"] for record in again] == [record["id"] for record in records]
    assert desk.asked("PauseOn") == len(idle)


def test_a_pbx_that_gives_no_answer_is_not_asked_about_the_agents_that_are_left(
    desk: Desk, eva: Page
) -> None:
    idle = [id_ for id_, row in desk.state.agents.items() if row.state == "idle" and row.queue_ids]
    desk.pbx.base_url = "http://127.0.0.1:1"
    desk.pbx.save()
    records = eva.post("actions/bulk/", pausing(desk, agent_ids=[*idle, "4711"]))[1]["actions"]
    assert [record["code"] for record in records] == ["not_read"] + ["not_asked"] * len(idle)
    assert ActionEvent.objects.filter(code="not_asked").count() == len(idle)


def test_agents_whose_turn_does_not_come_in_time_are_not_asked_about(desk: Desk) -> None:
    idle = [id_ for id_, row in desk.state.agents.items() if row.state == "idle" and row.queue_ids]
    desk.simulation.faults.set("RTUserState", Fault(kind=FaultKind.DELAY, seconds=0.5))
    bulk = BulkAsk(
        key=str(uuid.uuid4()),
        stream="main",
        action=ActionName.PAUSE_ON,
        agent_ids=tuple(idle),
        parameters=json.dumps({"pause_id": desk.pause()}).encode(),  # type: ignore[arg-type]
    )
    records = services.actions_do(desk.user, bulk, address="", limit_s=30, within_s=0.5)
    assert [record["code"] for record in records] == ["accepted"] + ["no_time_left"] * (len(idle) - 1)
    assert {record["state"] for record in records[1:]} == {"refused"}
    assert ActionEvent.objects.filter(code="no_time_left", state="refused").count() == len(idle) - 1
    assert desk.asked("PauseOn") == 1


def test_bulk_is_only_for_actions_that_need_no_call(desk: Desk, eva: Page) -> None:
    ask = pausing(desk, action="hangup", agent_ids=["1"])
    status, answer = eva.post("actions/bulk/", ask)
    assert (status, answer["error"]["code"]) == (400, "malformed")


NONSENSE = [
    "not JSON",
    "[]",
    "{}",
    json.dumps({"key": "1", "stream": "main", "action": "pause_on"}),
    json.dumps({"key": str(uuid.uuid4()), "stream": "main", "action": "fire"}),
    json.dumps({"key": str(uuid.uuid4()), "stream": "main", "action": "logout", "parameters": [1]}),
    json.dumps({"key": str(uuid.uuid4()), "stream": "main", "action": "logout", "agent_id": "1" * 99}),
    "x" * 20_000,
    "[" * 2000,
    json.dumps({"key": str(uuid.uuid4()), "stream": "main", "action": "logout", "agent_id": "1"})[:-1]
    + ', "parameters": '
    + "[" * 2000
    + "]" * 2000
    + "}",
    *(
        json.dumps({"key": str(uuid.uuid4()), "stream": "main", "action": "logout", "agent_id": "1"} | more)
        for more in (
            {"reason": "a\0"},
            {"stream": "\0"},
            {"agent_id": "\0"},
            {"call_id": "\0"},
            {"parameters": {"a": "\0"}},
        )
    ),
]


def test_what_cannot_be_understood_is_told_and_leaves_nothing(db: None) -> None:
    boss = Page(User.objects.create_superuser("boss"))
    for body in NONSENSE:
        status, answer = boss.post("actions/", body)
        assert (status, answer["error"]["code"]) == (400, "malformed"), body
        assert answer["error"]["text"]
    assert not ActionEvent.objects.exists()


@pytest.mark.parametrize(
    "parameters",
    [{}, {"pause_id": 4}, {"pause_id": "4", "forced": True}, {"pause_id": "4711"}],
    ids=["missing", "of another type", "unknown name", "unknown pause"],
)
def test_wrong_parameters_are_refused_with_a_record(
    desk: Desk, eva: Page, parameters: dict[str, Any]
) -> None:
    status, record = eva.post("actions/", pausing(desk, parameters=parameters))
    assert (status, record["state"]) == (200, "refused")
    assert record["code"] in {"malformed", "pause_unknown"}
    assert desk.asked("PauseOn") == 0


def test_who_is_logged_out_is_told_in_json(desk: Desk) -> None:
    nobody = Page(None)
    for status, answer in (nobody.get("options/"), nobody.get("actions/"), nobody.post("actions/", {})):
        assert (status, answer["error"]["code"]) == (401, "logged_out")


def test_who_may_not_supervise_is_told_and_his_tries_are_recorded(
    desk: Desk, user_new: Callable[..., User]
) -> None:
    viewer = Page(user_new("jan", "viewer"))
    assert viewer.get("options/")[0] == 403
    status, record = viewer.post("actions/", pausing(desk))
    assert (status, record["code"]) == (200, "forbidden")
    records = viewer.post("actions/bulk/", pausing(desk, agent_ids=["1", "2"]))[1]["actions"]
    assert [record["code"] for record in records] == ["forbidden", "forbidden"]
    assert ActionEvent.objects.filter(code="forbidden").count() == 3
    assert desk.asked("PauseOn") == 0


def test_a_right_that_is_withdrawn_while_the_page_is_open_counts_at_once(desk: Desk, eva: Page) -> None:
    assert eva.get("options/")[0] == 200
    desk.user.groups.clear()
    status, record = eva.post("actions/", pausing(desk))
    assert (status, record["code"]) == (200, "forbidden")


def test_actions_need_the_csrf_token(desk: Desk) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(desk.user)
    answer = strict.post(BASE + "actions/", json.dumps(pausing(desk)), content_type="application/json")
    assert answer.status_code == 403
    assert not ActionEvent.objects.exists()


def test_nothing_is_done_by_a_link(eva: Page) -> None:
    for path in ("actions/bulk/", f"actions/{uuid.uuid4()}/cancel/", "extension/"):
        assert eva.client.get(BASE + path).status_code == 405


def test_the_own_telephone_is_remembered(desk: Desk, eva: Page) -> None:
    status, answer = eva.post("extension/", {"stream": "main", "extension": "131"})
    assert (status, answer) == (200, {"stream": "main", "extension": "131"})
    assert PbxAccount.objects.get(user=desk.user).extension == "131"
    assert eva.post("extension/", {"stream": "main", "extension": "1 3"})[0] == 400
    assert eva.post("extension/", {"stream": "other", "extension": "131"})[0] == 404


def test_an_agents_day_over_http(desk: Desk, eva: Page) -> None:
    agent_id = desk.agent("idle")
    status, answer = eva.get(f"agents/main/{agent_id}/timeline/")
    assert status == 200
    assert answer["rows"]
    assert eva.get(f"agents/main/{agent_id}/nonsense/")[0] == 404
    assert eva.get("agents/main/4711/timeline/")[1]["error"]["code"] == "agent_gone"
    assert eva.get("agents/main/absent/")[0] == 200


@pytest.mark.parametrize(
    ("proxy", "forwarded", "address"),
    [
        (None, "203.0.113.9", "192.0.2.1"),
        (("HTTP_X_FORWARDED_PROTO", "https"), "203.0.113.9, 198.51.100.4", "198.51.100.4"),
        (("HTTP_X_FORWARDED_PROTO", "https"), "nonsense", ""),
    ],
    ids=[
        "no proxy: the header is the browser's word",
        "behind a proxy: its own word is the last",
        "nonsense",
    ],
)
def test_from_which_address(
    desk: Desk, eva: Page, settings: Any, proxy: Any, forwarded: str, address: str
) -> None:
    settings.SECURE_PROXY_SSL_HEADER = proxy
    eva.post("actions/", pausing(desk), REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR=forwarded)
    assert set(ActionEvent.objects.values_list("address", flat=True)) == {address}


def test_sentences_are_in_the_readers_language_and_words_of_the_pbx_in_its_own(desk: Desk, eva: Page) -> None:
    agent_id, call_id = desk.speaking()
    ask = pausing(
        desk,
        action="queue_logout",
        agent_id=agent_id,
        parameters={"queue_id": desk.state.calls[call_id].queue_id},
    )
    record = eva.post("actions/", ask, HTTP_ACCEPT_LANGUAGE="en")[1]
    assert record["pbx_text"].startswith("Nelze se odhlasit")
    assert record["pbx_meaning"] == "The agent has a call in this queue and cannot leave it now."
