"""Every answer beside the calls has the JSON types of the documented example."""

import json
import re
from collections import defaultdict
from pathlib import Path
from typing import Any

import httpx
import pytest

from dashboard.gateway.server import PbxServer
from tests.gateway.office_requests import REQUESTS, agent_with_script

DOCUMENTED = json.loads((Path(__file__).parents[1] / "pbx" / "examples.json").read_text(encoding="utf-8"))
ID = re.compile(r"^(sysdata_.*|data_\d+|\d+)$")
NULL, TEXT = {"NoneType"}, {"str"}
# Fields the examples show only with, or only without, a value; elsewhere the document shows or says the other.
EITHER = {
    "user", "nextcall", "status", "edited", "call_id", "value", "datetime_delivered", "datetime_processed",
    "group_id", "sender", "accountcode", "email", "created_by", "error", "callstatus", "date_nextcall",
    "asterisk_uniqueid", "agent_id", "last_datetime",
}  # fmt: skip
# Named in the text of the document, in no example.
UNSHOWN = {"code_error", "datetime_notdelivered"}
# What a message has that still waits; the examples show only messages that have left.
WAITING = {"/result[]/result", "/result/#/datetime_sent"}


def types_of(value: Any, path: str = "") -> dict[str, set[str]]:
    """JSON types by path; the rows of a map share a path, and so do those of a list."""
    found: dict[str, set[str]] = defaultdict(set)
    found[path].add(type(value).__name__)
    inner: list[tuple[str, Any]] = []
    if isinstance(value, dict):
        is_map = bool(value) and all(ID.match(key) for key in value)
        inner = [(f"{path}/#" if is_map else f"{path}/{key}", item) for key, item in value.items()]
    elif isinstance(value, list):
        inner = [(f"{path}[]", item) for item in value]
    for where, item in inner:
        for name, kinds in types_of(item, where).items():
            found[name] |= kinds
    return found


def documented_types() -> dict[str, dict[str, set[str]]]:
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for example in DOCUMENTED:
        answer = example["response_json"] or example.get("response_json_repaired")
        if answer and answer["status"] == 1:
            for path, kinds in types_of(answer).items():
                found[example["variant"]][path] |= kinds
    return found


EXPECTED = documented_types()


def compare(variant: str, answer: Any) -> None:
    served = types_of(answer)
    expected = EXPECTED[variant]
    for path, kinds in expected.items():
        name = path.rpartition("/")[2].removesuffix("[]")
        assert path in served, f"{path} is missing"
        allowed = kinds | (NULL | TEXT if name in EITHER or path in WAITING else set())
        assert served[path] <= allowed, f"{path} is {served[path]} instead of {allowed}"
    surplus = {path.rpartition("/")[2] for path in served if path not in expected}
    assert surplus <= UNSHOWN, surplus


def example_ready(client: httpx.Client, pbx: PbxServer) -> None:
    """Records, messages and groups that the requests ask about; a group half of which has left."""
    for variant in ("UpdateRecord@4.1", "SendGroupSMS@3.1"):
        path, parameters = REQUESTS[variant]
        extra = {"accountcode": "1", "priority": "0"} if "SMS" in path else {}
        client.get(f"/api/{path}/json", params={**parameters, **extra})
    pbx.skip(2.1)


def test_there_is_a_request_for_each_documented_example() -> None:
    here = {variant for variant in EXPECTED if variant in REQUESTS}
    assert here == set(REQUESTS)


@pytest.mark.parametrize("variant", REQUESTS)
def test_types_are_those_of_the_documented_example(
    variant: str, client: httpx.Client, pbx: PbxServer
) -> None:
    example_ready(client, pbx)
    path, parameters = REQUESTS[variant]
    answer = client.get(f"/api/{path}/json", params=parameters).json()
    assert answer["status"] == 1, answer
    if variant == "CreateEvent@3.8":
        assert answer == DOCUMENTED[94]["response_json"]
    compare(variant, answer)


def test_a_stopped_group_has_the_documented_types(client: httpx.Client) -> None:
    path, parameters = REQUESTS["SendGroupSMS@3.1"]
    sent = client.get(f"/api/{path}/json", params=parameters).json()["result"]
    group_id = next(iter(sent))
    compare("RemoveGroupSMS@3.1", client.get(f"/api/3.1/RemoveGroupSMS/{group_id}/json").json())


def test_scripts_have_the_documented_types(client: httpx.Client, pbx: PbxServer) -> None:
    agent, login = agent_with_script(pbx)
    opened = client.get("/api/4.0/CallScriptOpened/json", params={"user": login}).json()
    compare_script(opened, "CallScriptOpened@4.0", loose={"options", "value[]"})
    parameters = {"record": str(agent.script_id), "status": "objednavka"}
    closed = client.get("/api/4.0/CallScriptClose/json", params=parameters).json()
    compare_script(closed, "CallScriptClose@4.0", loose={"call_id"})


def compare_script(answer: Any, variant: str, *, loose: set[str]) -> None:
    """Fields without options and values without text are shown in no example."""
    served, expected = types_of(answer), EXPECTED[variant]
    for path, kinds in expected.items():
        name = path.rpartition("/")[2]
        if name not in loose:
            assert served[path] <= kinds | (NULL | TEXT if name in EITHER else set()), path
    assert {path for path in served if path not in expected} <= {"/result/fields/#/options[]"}
