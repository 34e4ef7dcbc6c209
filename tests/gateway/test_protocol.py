"""Addresses, versions, tokens, parameters and errors as documented."""

import hashlib
import threading
import time
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from dashboard.gateway.server import PbxServer, running_pbx
from dashboard.gateway.simulated.settings import SimulationSettings
from dashboard.gateway.surface.parameters import Parameters
from dashboard.gateway.surface.settings import ApiSettings, TokenPlace

Ask = Callable[..., Any]
QUIET = SimulationSettings(is_quiet=True)


def error_of(response: httpx.Response) -> str:
    assert response.status_code == 200
    answer = response.json()
    assert answer["status"] == 0
    assert set(answer) == {"error", "status"}
    return str(answer["error"])


@pytest.mark.parametrize("path", ["4.0/GetUser", "3.5/RTStatsCalls", "3.0/NoSuchAction"])
def test_wrong_or_missing_token_is_an_unknown_user(pbx: PbxServer, path: str) -> None:
    url = f"{pbx.url}/api/{path}/json"
    for parameters in ({}, {"access_token": "0" * 40}, {"access_token": "žluť"}):
        response = httpx.get(url, params=parameters)
        assert response.json() == {"error": "Uživatel neexistuje", "status": 0}


@pytest.mark.parametrize(
    ("place", "by_cookie", "by_query"),
    [(TokenPlace.BOTH, 1, 1), (TokenPlace.COOKIE, 1, 0), (TokenPlace.QUERY, 0, 1)],
)
def test_token_is_accepted_where_the_pbx_is_set_to(place: TokenPlace, by_cookie: int, by_query: int) -> None:
    token = hashlib.sha1("správceheslo ř".encode(), usedforsecurity=False).hexdigest()
    api = ApiSettings(login="správce", password="heslo ř", token_in=place)
    with running_pbx(QUIET, api=api) as pbx:
        url = f"{pbx.url}/api/4.0/GetUser/json"
        assert httpx.get(url, headers={"Cookie": f"access_token={token}"}).json()["status"] == by_cookie
        assert httpx.get(url, params={"access_token": token}).json()["status"] == by_query


def test_the_newest_variant_not_above_the_requested_version_answers(client: httpx.Client) -> None:
    for version, field in (
        ("3.0", "pcode"),
        ("3.2", "pcode"),
        ("3.3", "paid"),
        ("4.1", "paid"),
        ("3.10", "paid"),
    ):
        rows = client.get(f"/api/{version}/GetPauses/json").json()["result"]
        assert all(field in row for row in rows.values()), version


@pytest.mark.parametrize(
    ("path", "part"),
    [
        ("3.0/NoSuchAction/json", "NoSuchAction"),
        ("3.0/rtstatscalls/json", "rtstatscalls"),
        ("3.4/RTStatsCalls/json", "3.4"),
        ("latest/RTStatsCalls/json", "latest"),
        ("3.5/RTStatsCalls/yaml", "yaml"),
        ("3.0/GetQueues/999/json", "Fronta"),
        ("3.0/GetQueues/2001x/json", "Fronta"),
        ("3.0/GetUsers/²/json", "uživatel"),
        ("3.0/GetPauses/77/json", "pauza"),
        ("3.9/RTUserState/json", "user"),
        ("3.9/RTUserState/json?user=nobody", "nebyl nalezen"),
        ("3.9/RTUserState/json?user=admin", "není přihlášen"),
        ("3.5/RTStatsSessions/json?queues[]=two", "queues"),
    ],
)
def test_what_the_pbx_does_not_know_is_an_error_in_words(client: httpx.Client, path: str, part: str) -> None:
    assert part in error_of(client.get(f"/api/{path}"))


def test_one_record_is_an_object_for_queues_and_users_and_a_map_for_old_pauses(ask: Ask) -> None:
    assert ask("3.0/GetQueues/4")["title"] == "VIP linka"
    assert ask("3.0/GetQueues", id="4") == ask("3.0/GetQueues/4")
    assert ask("3.0/GetUsers/1")["name"] == "admin"
    assert list(ask("3.0/GetPauses/7")) == ["7"]
    agent = ask("3.0/GetUsers/5")
    extension = ask("3.5/RTStatsSessions", **{"users[]": "5"}) or {"5": {"extension": "105"}}
    assert ask("3.0/GetUsers", extension=extension["5"]["extension"]) == agent


def test_passwords_of_users_are_dummies(ask: Ask, pbx: PbxServer) -> None:
    assert {user["password"] for user in ask("3.0/GetUsers").values()} == {"heslo"} != {pbx.password}


def test_the_call_centre_has_queues_of_every_kind_and_czech_names(ask: Ask) -> None:
    queues = ask("3.0/GetQueues").values()
    types = {queue["options"].split('"type":"')[1].split('"')[0] for queue in queues}
    assert len(queues) == 8
    assert types == {"in", "out", "outbounder", "chat", "email"}
    assert sum(queue["outbounder"] == "1" for queue in queues) == 1
    users = [user for user in ask("3.0/GetUsers").values() if user["role"] == "role_agent"]
    assert len({user["name"] for user in users}) == len(users) == 40
    assert all(user["name"].isascii() and user["name"].islower() for user in users)
    assert any(user["title"].endswith("ová") for user in users)


def test_posted_parameters_count_like_those_of_the_address(client: httpx.Client, ask: Ask) -> None:
    user = ask("3.5/RTStatsSessions").popitem()[0]
    answer = client.post("/api/3.5/RTStatsSessions/json", data={"users[0]": user}).json()
    assert list(answer["result"]) == [user]


def test_brackets_make_lists_and_a_later_single_value_replaces_them() -> None:
    parameters = Parameters(
        [("a[]", "1"), ("a[]", "2"), ("b[1]", "x"), ("b[0]", "y"), ("c[]", "1"), ("c", "2")]
    )
    assert parameters.values("a") == ["1", "2"]
    assert parameters.values("b") == ["x", "y"]
    assert parameters.values("c") == ["2"]
    assert not parameters.has("d")


def held_question(client: httpx.Client, user: str, state_hash: str) -> dict[str, Any]:
    answer = client.get("/api/4.0/RTUserState/json", params={"user": user, "hash": state_hash}).json()
    return dict(answer["result"])


def test_held_request_is_answered_at_once_when_the_hash_is_old(
    ask: Ask, client: httpx.Client, pbx: PbxServer
) -> None:
    user_id = next(iter(pbx.engine.floor().agents))
    login = pbx.engine.directory().users[user_id].login
    first = ask("4.0/RTUserState", user=login)
    assert ask("4.0/RTUserState", user=login)["hash"] == first["hash"]
    assert held_question(client, login, "old") == first


def test_held_request_waits_for_a_change_and_for_no_longer_than_set(client_for: Callable[..., Any]) -> None:
    with running_pbx(QUIET, api=ApiSettings(hold_s=0.4)) as pbx:
        client = client_for(pbx)
        login = pbx.engine.directory().users[3].login
        first = client.get("/api/4.0/RTUserState/json", params={"user": login}).json()["result"]
        before = time.monotonic()
        assert held_question(client, login, first["hash"]) == first
        assert time.monotonic() - before >= 0.4


def test_held_request_ends_when_the_agent_changes(client_for: Callable[..., Any]) -> None:
    with running_pbx(QUIET) as pbx:
        client = client_for(pbx)
        login = pbx.engine.directory().users[3].login
        first = client.get("/api/4.0/RTUserState/json", params={"user": login}).json()["result"]
        answers: list[dict[str, Any]] = []
        asking = threading.Thread(target=lambda: answers.append(held_question(client, login, first["hash"])))
        asking.start()
        pbx.engine.agent_pause_on(user_id=3, pause_id=4)
        asking.join(5)
        assert [(a["agent_state"], a["id_pause"]) for a in answers] == [("Paused", "4")]
        assert answers[0]["hash"] != first["hash"]
