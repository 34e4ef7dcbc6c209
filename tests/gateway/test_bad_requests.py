"""Whatever is sent to whatever action, the PBX answers with its envelope and, if it refuses, with words."""

import json
import socket
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import httpx
import pytest

from dashboard.gateway.server import LONGEST_HEAD_BYTES, PbxServer, running_pbx
from dashboard.gateway.simulated.settings import SimulationSettings
from dashboard.gateway.surface.actions import VARIANTS
from dashboard.gateway.surface.settings import ApiSettings
from tests.gateway.conftest import START_AT, access_token
from tests.gateway.office_requests import REQUESTS

ACTIONS = json.loads((Path(__file__).parents[1] / "pbx" / "actions.json").read_text(encoding="utf-8"))
BY_VARIANT = {action["variant"]: action for action in ACTIONS}
LONGEST_ERROR = 300
LONG = "9" * 20_000
SINGLE_JUNK = (
    "",
    "x",
    "-1",
    "1.5",
    "²",
    "1_0",
    "9" * 30,
    "\x00",
    "' OR 1=1 --",
    "%s%n",
    "🐎",
    "None",
    "[]",
    LONG,
)
ARRAY_JUNK = {
    "[]": "x",
    "[0]": "-1",
    "[x]": "²",
    "[a][b]": "1",
    "[": "1",
    "[]]": "1",
    "[" + "a][" * 500 + "]": "1",
}
BAD_NUMBERS = ("x", "-1", "1.5", "²", "9" * 30)
BAD_MOMENTS = ("x", "2026-11-18", "2026-13-45 99:99:99", "0000-00-00 00:00:00", "9999-12-31 23:59:59")
LISTED = {"datetime_from": "2026-11-17 00:00:00", "datetime_to": "2026-11-18 23:59:59", "user": "admin"}


@pytest.fixture(scope="module")
def quiet() -> Iterator[PbxServer]:
    """One PBX for all of these tests: some of what they send makes sense to it, and may change it."""
    settings = SimulationSettings(start_at=START_AT, speed=0, is_quiet=True)
    with running_pbx(settings, api=ApiSettings(hold_s=0.01)) as running:
        yield running


@pytest.fixture(scope="module")
def asker(quiet: PbxServer) -> Iterator[httpx.Client]:
    cookies = {"access_token": access_token(quiet)}
    with httpx.Client(base_url=quiet.url, cookies=cookies, timeout=10) as opened:
        yield opened


def envelope(response: httpx.Response) -> dict[str, Any]:
    """The answer, which must be one in every respect."""
    assert response.status_code == 200, response.text[:500]
    if response.headers["content-type"].startswith("audio/"):
        return {"status": 1}
    answer: dict[str, Any] = response.json()
    if answer["status"] == 1:
        assert answer["error"] is None
        assert set(answer) <= {"status", "error", "result"}
    else:
        assert set(answer) == {"status", "error"}
        assert answer["status"] == 0
        readable(answer["error"])
    return answer


def readable(error: str) -> None:
    assert 5 < len(error) <= LONGEST_ERROR
    for trace in ("Traceback", "Error(", "Exception", "<class", "object at 0x", "KeyError", ".py"):
        assert trace not in error
    assert error[0].isupper()


def refused(response: httpx.Response, *parts: str) -> None:
    answer = envelope(response)
    assert answer["status"] == 0, answer
    assert all(part in answer["error"] for part in parts), answer["error"]


def parameters_of(action: dict[str, Any], *kinds: str) -> list[dict[str, Any]]:
    return [parameter for kind in kinds for parameter in action[kind]]


def everything(action: dict[str, Any]) -> list[dict[str, Any]]:
    return parameters_of(action, "required_params", "optional_params", "undocumented_params")


def url(variant: str, record: str = "", form: str = "json") -> str:
    action, _, version = variant.partition("@")
    return f"/api/{version}/{action}{record}/{form}"


def test_the_table_holds_every_documented_variant_once() -> None:
    served = [f"{variant.action}@{variant.version}" for variant in VARIANTS]
    assert sorted(served) == sorted(BY_VARIANT)


@pytest.mark.parametrize("variant", BY_VARIANT)
def test_missing_parameters_are_named(variant: str, asker: httpx.Client) -> None:
    action = BY_VARIANT[variant]
    choices = {name for group in action["one_of_groups"] for name in group}
    needed = {parameter["name"] for parameter in action["required_params"]} | choices
    answer = envelope(asker.get(url(variant)))
    if not needed:
        assert answer["status"] == 1 or action["undocumented_params"] or action["id_in_path"]
        return
    assert answer["status"] == 0
    assert any(name in answer["error"] for name in needed), answer["error"]


@pytest.mark.parametrize("variant", BY_VARIANT)
def test_any_value_of_any_parameter_gets_an_envelope(variant: str, asker: httpx.Client) -> None:
    action = BY_VARIANT[variant]
    filled = {parameter["name"]: "1" for parameter in action["required_params"]}
    for parameter in everything(action):
        name = parameter["name"]
        for junk in SINGLE_JUNK:
            envelope(asker.get(url(variant), params={**filled, name: junk}))
        for brackets, junk in ARRAY_JUNK.items():
            others = {other: value for other, value in filled.items() if other != name}
            envelope(asker.get(url(variant), params={**others, name + brackets: junk}))
    for junk in ("/0", "/-1", "/999999999", "/x", "/%C2%B2", "/%00", "/%FF", "/" + LONG, "/..%2e"):
        envelope(asker.get(url(variant, junk), params=filled))


@pytest.mark.parametrize("variant", BY_VARIANT)
def test_everything_at_once_and_wrong_gets_an_envelope_in_both_formats(
    variant: str, asker: httpx.Client
) -> None:
    names = [parameter["name"] for parameter in everything(BY_VARIANT[variant])]
    for junk in ("x", "²", "-1"):
        both = dict.fromkeys(names, junk) | {f"{name}[]": junk for name in names}
        envelope(asker.get(url(variant), params=both))
        envelope(asker.post(url(variant), data=both))
        answer = asker.get(url(variant, "/x", "xml"), params={"surplus": "<&>\x00", **both})
        assert answer.status_code == 200
        root = ElementTree.fromstring(answer.content)  # noqa: S314 - our own answer
        assert root.findtext("status") in {"0", "1"}


@pytest.mark.parametrize(
    "variant", [*REQUESTS, "StatsCalls@4.1", "GetAttempts@4.1", "CDR@3.5", "StatsTrace@3.5"]
)
def test_wrong_types_are_refused_by_name(variant: str, asker: httpx.Client) -> None:
    path, given = REQUESTS.get(variant, (url(variant).removeprefix("/api/").removesuffix("/json"), LISTED))
    for parameter in everything(BY_VARIANT[variant]):
        name, kind = parameter["name"], parameter["type"]
        bad = {"integer": BAD_NUMBERS, "datetime": BAD_MOMENTS, "boolean": ("maybe", "2")}.get(kind, ())
        # Users and queues may be named as well as numbered.
        if name == "id" or parameter.get("semantic") in {"queue_id", "user_id"}:
            continue
        for junk in bad:
            refused(asker.get(f"/api/{path}/json", params={**given, name: junk}), name)


@pytest.mark.parametrize(
    ("path", "part"),
    [
        ("/api/3.5/NoSuchAction/json", "NoSuchAction"),
        ("/api/3.5/rtstatscalls/json", "rtstatscalls"),
        ("/api/3.5/RTStatsCalls%00/json", "neexistuje"),
        ("/api/2.9/RTStatsCalls/json", "2.9"),
        ("/api/3/RTStatsCalls/json", "Verze 3"),
        ("/api/3.5.1/RTStatsCalls/json", "Verze"),
        ("/api/-3.5/RTStatsCalls/json", "Verze"),
        ("/api/99999999999.0/RTStatsCalls/json", "Verze"),
        ("/api/%C2%B3.%C2%B9/RTStatsCalls/json", "Verze"),
        ("/api/v4/RTStatsCalls/json", "Verze"),
        ("/api/3.5/RTStatsCalls/yaml", "yaml"),
        ("/api/3.5/RTStatsCalls/JSON", "JSON"),
        ("/api/3.5/RTStatsCalls", "tvar"),
        ("/api/3.5/RTStatsCalls/", "tvar"),
        ("/api/3.5/RTStatsCalls/1/2/json", "tvar"),
        ("/api/", "tvar"),
        ("/api", "tvar"),
        ("/api/3.5//json", "tvar"),
    ],
)
def test_addresses_that_are_no_action_are_refused_in_words(asker: httpx.Client, path: str, part: str) -> None:
    refused(asker.get(path), part)


@pytest.mark.parametrize("query", ["users[]=%", "users[]=%2", "users[]=%zz", "%", "users[]=1&x=100%"])
def test_broken_percent_encoding_is_refused_in_words(asker: httpx.Client, query: str) -> None:
    refused(asker.get(f"/api/3.5/RTStatsSessions/json?{query}"), "%")


@pytest.mark.parametrize("query", ["users[]=%FF", "user=%C5", "%C3%28=1"])
def test_what_is_no_utf_8_is_refused_in_words(asker: httpx.Client, query: str) -> None:
    refused(asker.get(f"/api/3.5/RTStatsSessions/json?{query}"), "UTF-8")


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS"])
def test_other_methods_are_refused_in_words(asker: httpx.Client, method: str) -> None:
    refused(asker.request(method, "/api/3.5/RTStatsCalls/json"), method)


def test_a_very_long_address_is_read_and_its_error_is_short(quiet: PbxServer) -> None:
    name = "A" * 500_000
    error = asked_at_length(quiet, f"/api/3.5/{name}/json?x={name}")["error"]
    readable(error)
    assert error.startswith("Akce AAA")
    many = "&".join(f"users[]={number}" for number in range(60_000))
    assert asked_at_length(quiet, f"/api/3.5/RTStatsSessions/json?{many}")["status"] == 1
    assert "100000" in asked_at_length(quiet, "/api/3.5/RTStatsSessions/json?" + "a&" * 120_000)["error"]


def asked_at_length(quiet: PbxServer, path: str) -> dict[str, Any]:
    """The answer to a request that is too long for most clients."""
    connection = HTTPConnection("127.0.0.1", quiet.port, timeout=10)
    try:
        connection.request("GET", path, headers={"Cookie": f"access_token={access_token(quiet)}"})
        response = connection.getresponse()
        assert response.status == 200
        answer: dict[str, Any] = json.loads(response.read())
    finally:
        connection.close()
    return answer


def test_a_form_that_is_too_long_is_refused_in_words(asker: httpx.Client) -> None:
    refused(asker.post("/api/3.5/RTStatsSessions/json", data={"x": "a" * 9_000_000}), "formulář")


@pytest.mark.parametrize(
    "head", [b"\x16\x03\x01 no http\r\n\r\n", b"GET /api/\xff HTTP/1.1\r\nHost: a\r\n\r\n"]
)
def test_what_is_no_http_gets_an_envelope_too(quiet: PbxServer, head: bytes) -> None:
    assert "nelze přečíst" in raw_error(quiet, head)


def test_an_address_beyond_the_limit_gets_an_envelope_too(quiet: PbxServer) -> None:
    assert "nelze přečíst" in raw_error(quiet, b"GET /" + b"a" * (LONGEST_HEAD_BYTES + 1))


def raw_error(quiet: PbxServer, head: bytes) -> str:
    with socket.create_connection(("127.0.0.1", quiet.port), timeout=10) as connection:
        connection.sendall(head)
        received = b""
        while part := connection.recv(65_536):
            received += part
    start, _, body = received.partition(b"\r\n\r\n")
    assert b" 400 " in start
    answer = json.loads(body)
    assert answer["status"] == 0
    readable(answer["error"])
    return str(answer["error"])
