"""The live service level of the API, by the cases it shares with the boards (tests/cases/metrics.json, tests/js/boards.test.js)."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import msgspec
import pytest
import redis
from django.contrib.auth.models import User
from django.test import Client

from dashboard.domain.kpi import figures_empty
from dashboard.domain.rows import CallRow, LiveState, QueueRow, empty_state
from dashboard.models import Queue, Team
from dashboard.outgoing.tokens import token_make
from tests.outgoing.conftest import state_publish

pytestmark = pytest.mark.django_db

CASES = json.loads((Path(__file__).parents[1] / "cases" / "metrics.json").read_text())["live_queues"]


def waiting(queue_id: str, wait_s: int, *, outside_hours: bool = False) -> CallRow:
    known: dict[str, object] = {"queue_id": queue_id, "direction": "in", "state": "waiting"}
    known |= {"state_raw": "Waiting", "outside_hours": outside_hours}
    at = {"entered_at": int(time.time() * 1000) - wait_s * 1000}
    return CallRow(**dict.fromkeys(CallRow.__struct_fields__) | known | at | {"ringing_agent_ids": ()})


def state_of(case: dict[str, Any]) -> LiveState:
    queues, calls, figures = {}, {}, {}
    for queue_id, own in case["queues"].items():
        waits = own["waits_s"]
        fields = {
            "title": queue_id,
            "threshold_s": 20,
            "calls_waiting": None if waits is None else len(waits),
        }
        queues[queue_id] = QueueRow(**dict.fromkeys(QueueRow.__struct_fields__) | fields)
        calls |= {f"{queue_id}.{n}": waiting(queue_id, wait_s) for n, wait_s in enumerate(waits or ())}
        for n, wait_s in enumerate(own.get("outside_waits_s", ())):
            calls[f"{queue_id}.outside{n}"] = waiting(queue_id, wait_s, outside_hours=True)
        if own["figures"] is not None:
            row = msgspec.structs.replace(figures_empty(), **own["figures"])
            figures[f"{queue_id}:{case['window']}"] = row
    return msgspec.structs.replace(empty_state(), queues=queues, calls=calls, figures=figures)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_who_waits_past_the_threshold_is_missed_though_no_wait_has_ended(
    case: dict[str, Any], manager: User, queues: list[Queue], redis_client: redis.Redis
) -> None:
    Team.objects.get().queues.set(queues)
    state_publish(redis_client, state_of(case))
    _row, text = token_make(user=manager, name="Test")
    answer = Client().get("/api/v1/live", headers={"authorization": f"Bearer {text}"})
    found = {
        queue["id"]: queue["windows"].get(case["window"]) for queue in json.loads(answer.content)["queues"]
    }
    assert found.keys() == case["queues"].keys()
    for queue_id, own in case["queues"].items():
        values = found[queue_id]["values"] if found[queue_id] else {}
        levels = (values.get("service_level_live"), values.get("service_level"))
        assert levels == (own["live"], own["closed"]), queue_id
