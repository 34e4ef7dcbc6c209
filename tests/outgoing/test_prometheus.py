"""The figures of queues for a monitoring server."""

from __future__ import annotations

import msgspec
import pytest
import redis
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families

from dashboard.domain.kpi import figures_empty
from dashboard.domain.rows import LiveState, QueueRow, empty_state
from dashboard.models import Pbx, Queue
from tests.outgoing.conftest import state_publish

pytestmark = pytest.mark.django_db


def queue_row(title: str, **fields: object) -> QueueRow:
    known = dict.fromkeys(QueueRow.__struct_fields__) | {"title": title} | fields
    return QueueRow(**known)  # type: ignore[arg-type]


@pytest.fixture
def live(redis_client: redis.Redis, queues: list[Queue]) -> LiveState:
    """Sales: 8 of 10 in time; Support: nothing known but its name."""
    state = msgspec.structs.replace(
        empty_state(),
        queues={
            "4": queue_row(
                "Sales", calls_waiting=0, agents_ready=3, agents_total=5, threshold_s=20, goal=0.8
            ),
            "5": queue_row("Support"),
        },
        figures={"4:today": msgspec.structs.replace(figures_empty(), answered_in=8, answered_late=2)},
    )
    state_publish(redis_client, state)
    return state


def values(client: Client, **headers: str) -> dict[tuple[str, str], float]:
    answer = client.get("/metrics", headers=headers)
    assert answer.status_code == 200
    return {
        (sample.name, sample.labels["queue"]): sample.value
        for family in text_string_to_metric_families(answer.content.decode())
        for sample in family.samples
        if sample.name.startswith("wallboard_queue_")
    }


def test_queues_have_their_figures_and_the_unknown_is_left_out(live: LiveState, client: Client) -> None:
    found = values(client)
    assert found["wallboard_queue_service_level_today_ratio", "4"] == pytest.approx(8 / 10)
    assert found["wallboard_queue_answered_today", "4"] == 10
    assert found["wallboard_queue_agents_ready", "4"] == 3
    assert found["wallboard_queue_longest_wait_seconds", "4"] == 0
    assert not [key for key in found if key[1] == "5"]


def test_others_are_refused_without_the_token(pbx: Pbx, client: Client, settings: object) -> None:
    assert client.get("/metrics", REMOTE_ADDR="192.0.2.7").status_code == 403
    assert client.get("/metrics", headers={"x-forwarded-for": "192.0.2.7"}).status_code == 403
    settings.METRICS_TOKEN = "monitoring"  # type: ignore[attr-defined]
    assert client.get("/metrics").status_code == 403, "with a token set, this machine needs it too"
    assert client.get("/metrics", headers={"authorization": "Bearer wrong"}).status_code == 403
    assert values(client, authorization="Bearer monitoring") == {}
    answer = client.get("/metrics", REMOTE_ADDR="192.0.2.7", headers={"authorization": "Bearer monitoring"})
    assert answer.status_code == 200
