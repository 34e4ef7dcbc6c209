"""Every field has the JSON type of the documented example."""

import json
import re
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from dashboard.gateway.server import PbxServer

EXAMPLES = json.loads((Path(__file__).parent / "examples.json").read_text(encoding="utf-8"))
ID = re.compile(r"^\d+(\.\d+)?$")
# Fields whose documented value cannot be there in every state of a call or agent.
MAY_BE_NULL = {
    "RTStatsCalls": {"agent", "ring_time_absolute", "answer_time_absolute"},
    "RTStatsSessions": {"pause"},
    "RTUserState": {"callscript_opened", "ringed", "answered"},
    "RTStatsQueues": {"calls_time"},
    "GetPauses": {"type"},
}
# Fields that the examples show only as null.
MAY_BE_TEXT = {
    "RTStatsCalls": {"hold_time_absolute"},
    "RTUserState": {"id_pause", "onpause", "onhold"},
    "RTUsersState": {"id_pause", "onpause", "onhold", "callscript_opened"},
}
MINUTES = 40


def types_of(value: Any, path: str = "") -> dict[str, set[str]]:
    """JSON types by path; the rows of a map share a path, and so do those of a list."""
    found: dict[str, set[str]] = defaultdict(set)
    found[path].add("null" if value is None else type(value).__name__)
    if isinstance(value, dict):
        is_map = bool(value) and all(ID.match(key) for key in value)
        pairs = [(f"{path}/#" if is_map else f"{path}/{key}", item) for key, item in value.items()]
    else:
        pairs = [(f"{path}[]", item) for item in value] if isinstance(value, list) else []
    for inner, item in pairs:
        for where, kinds in types_of(item, inner).items():
            found[where] |= kinds
    return found


def allowed(action: str, path: str, documented: set[str]) -> set[str]:
    name = path.rpartition("/")[2]
    null = {"null"} if name in MAY_BE_NULL.get(action, set()) else set()
    text = {"str"} if name in MAY_BE_TEXT.get(action, set()) else set()
    return documented | null | text


def served_types(client: httpx.Client, pbx: PbxServer, example: dict[str, Any]) -> dict[str, set[str]]:
    """The types of many answers, a minute apart, so that calls and agents in every state are among them."""
    record = f"/{example['id']}" if example["id"] else ""
    found: dict[str, set[str]] = defaultdict(set)
    for _ in range(MINUTES):
        pbx.skip(61)
        agents = list(pbx.engine.floor().agents.values())
        busy = next((agent for agent in agents if agent.call_id), agents[0])
        user = pbx.engine.directory().users[busy.user_id]
        url = f"/api/{example['version']}/{example['action']}{record}/json"
        answer = client.get(url, params={"user": user.login} if "UserState" in url else {}).json()
        for path, kinds in types_of(answer).items():
            found[path] |= kinds
    return found


@pytest.mark.parametrize(
    "example", [e for e in EXAMPLES if e["answer"]["status"] == 1], ids=lambda e: e["action"]
)
def test_served_types_are_those_of_the_documented_example(
    example: dict[str, Any], client: httpx.Client, pbx: PbxServer
) -> None:
    if example["action"] == "GetPauses" and example["id"]:
        example = {**example, "id": "4"}
    documented = types_of(example["answer"])
    served = served_types(client, pbx, example)
    for path, kinds in documented.items():
        if "/options/" in path:
            continue
        assert path in served, f"{path} is missing"
        assert served[path] <= allowed(example["action"], path, kinds), path
    # What the example does not show is found only inside lists it shows as empty, and among options.
    unknown = {path for path in served if path not in documented and "/options/" not in path}
    assert all(path.startswith("/result/#/calls[]") for path in unknown), unknown


def test_calls_in_the_answer_about_all_users_have_the_shape_documented_for_one_user(
    client: httpx.Client, pbx: PbxServer
) -> None:
    one = next(e for e in EXAMPLES if e["action"] == "RTUserState")
    documented = {
        path.removeprefix("/result"): kinds
        for path, kinds in types_of(one["answer"]).items()
        if path.startswith("/result/calls[]") and "/options/" not in path
    }
    served = served_types(client, pbx, {"action": "RTUsersState", "version": "4.1", "id": None})
    for path, kinds in documented.items():
        assert served[f"/result/#{path}"] <= allowed("RTUserState", path, kinds), path


def test_every_queue_of_an_agent_carries_its_settings_as_texts(ask: Callable[..., Any]) -> None:
    rows = ask("4.1/RTUsersState").values()
    options = [queue["options"] for row in rows for queue in row["login_oqueues"]]
    assert len(options) > 100
    for settings in options:
        assert len(settings) >= 45
        assert {type(value) for value in settings.values()} == {str}


def test_settings_of_a_queue_are_json_within_a_text(ask: Callable[..., Any]) -> None:
    for queue in ask("3.0/GetQueues").values():
        assert json.loads(queue["options"])["type"] in {"in", "out", "outbounder", "chat", "email"}
