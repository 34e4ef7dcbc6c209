"""Everything that has been is told with the JSON types of the documented examples."""

import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from dashboard.gateway.server import PbxServer, running_pbx
from dashboard.gateway.simulated.settings import SimulationSettings
from tests.gateway.conftest import START_AT, access_token
from tests.gateway.history_requests import everything
from tests.gateway.test_field_types import types_of

DOCUMENTED = json.loads((Path(__file__).parents[1] / "pbx" / "examples.json").read_text(encoding="utf-8"))
PATHS = {
    "StatsCalls": "4.1",
    "GetAttempts": "4.1",
    "StatsTrace": "3.5",
    "StatsUsersPauses": "4.1",
    "StatsUsersQueues": "4.1",
    "StatsUsersSessions": "4.1",
    "StatsCallsRepeated": "3.9",
    "CDR": "3.5",
    "AboutCall": "3.0",
    "LastCall": "3.9",
    "LastCallNumber": "3.9",
}
# What the examples, all of answered outbound calls or of finished intervals, cannot show.
NULL = {
    "StatsCalls": {"user"},
    "StatsUsersPauses": {"end_time", "duration"},
    "StatsUsersQueues": {"end_time", "duration"},
    "StatsUsersSessions": {"end_time", "duration"},
    "AboutCall": {"id_agent"},
    "LastCallNumber": {"user", "user_title", "user_login"},
}
TEXT = {
    "AboutCall": {"from_did"},
    "CDR": {"from_did"},
    "LastCall": {"user", "queue"},
}


@pytest.fixture(scope="module")
def pbx() -> Iterator[PbxServer]:
    settings = SimulationSettings(start_at=START_AT, speed=0, warm_up_s=4 * 3600)
    with running_pbx(settings) as running:
        yield running


@pytest.fixture(scope="module")
def client(pbx: PbxServer) -> Iterator[httpx.Client]:
    cookies = {"access_token": access_token(pbx)}
    with httpx.Client(base_url=pbx.url, cookies=cookies, timeout=10) as opened:
        yield opened


def questions(action: str, *, client: httpx.Client, pbx: PbxServer) -> list[dict[str, str]]:
    """Parameters with which the action gives rows of every sort."""
    window = everything(pbx)
    users = [user for user in pbx.engine.directory().users.values() if user.skills]
    calls = client.get("/api/4.1/StatsCalls/json", params={**window, "take": "300"}).json()["result"]["data"]
    if action == "StatsTrace":
        return [{**window, "user": user.login} for user in users]
    if action == "AboutCall":
        return [{"id_call": call["name"]} for call in calls]
    if action == "LastCall":
        return [{"extension": user.extension} for user in users]
    if action == "LastCallNumber":
        return [{"phonenumber": call["clid"]} for call in calls]
    if action == "CDR":
        return [{**window, "billing": "yes"}]
    return [{**window, "take": "1000"}]


@pytest.mark.parametrize("action", PATHS)
def test_served_types_are_those_of_the_documented_example(
    action: str, client: httpx.Client, pbx: PbxServer
) -> None:
    documented: dict[str, set[str]] = defaultdict(set)
    for example in DOCUMENTED:
        if example["action"] == action and example["response_json"]:
            for path, kinds in types_of(example["response_json"]).items():
                documented[path] |= kinds
    served: dict[str, set[str]] = defaultdict(set)
    for parameters in questions(action, client=client, pbx=pbx):
        answer = client.get(f"/api/{PATHS[action]}/{action}/json", params=parameters).json()
        if answer["result"]:
            for path, kinds in types_of(answer).items():
                served[path] |= kinds
    assert set(served) == set(documented)
    for path, kinds in documented.items():
        name = path.rpartition("/")[2]
        null = {"null"} if name in NULL.get(action, set()) else set()
        text = {"str"} if name in TEXT.get(action, set()) else set()
        assert served[path] <= kinds | null | text, path


def test_numbers_and_times_within_texts_have_the_documented_form(
    client: httpx.Client, pbx: PbxServer
) -> None:
    answer: Any = client.get("/api/4.1/StatsCalls/json", params=everything(pbx)).json()["result"]
    shown = next(e for e in DOCUMENTED if e["action"] == "StatsCalls")["response_json"]["result"]["data"][0]
    for row in answer["data"]:
        assert list(row) == list(shown)
        for name in ("call", "waiting_time", "ringing_time", "hold_time", "duration", "position", "attempts"):
            assert row[name].isdigit()
        assert row["answered"] in {"0", "1"}
        assert row["disposition_cause"] in {"agent", "caller", "system"}
        assert (row["user"] is None) == (row["answered"] == "0" and row["direction"] == "in")
        seconds, _, number = row["name"].partition(".")
        assert seconds.isdigit()
        assert number.isdigit()
