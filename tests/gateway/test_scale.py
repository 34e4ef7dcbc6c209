"""A thousand agents in two hundred queues."""

from collections.abc import Callable, Iterator
from typing import Any

import httpx
import msgspec
import pytest

from dashboard.gateway.server import running_pbx
from dashboard.gateway.simulated.settings import SimulationSettings


@pytest.fixture(scope="module")
def large() -> Iterator[Any]:
    large = SimulationSettings(agents=1000, queues=200, start_at=1_794_992_400_000, speed=0)
    with running_pbx(large) as pbx:
        yield pbx


@pytest.fixture
def ask_large(large: Any, client_for: Callable[..., httpx.Client]) -> Callable[[str], Any]:
    def asked(path: str) -> Any:
        return msgspec.json.decode(client_for(large).get(f"/api/{path}/json").content)["result"]

    return asked


def test_all_logins_titles_numbers_and_extensions_are_different(ask_large: Callable[[str], Any]) -> None:
    users, queues = ask_large("3.0/GetUsers").values(), ask_large("3.0/GetQueues").values()
    assert len({user["name"] for user in users}) == 1001
    assert len({queue["name"] for queue in queues}) == len({queue["title"] for queue in queues}) == 200
    extensions = [device["exten"] for device in ask_large("3.0/DeviceStates")]
    assert len(set(extensions)) == len(extensions) > 1000


def test_the_answer_about_all_users_carries_ten_queues_each(
    large: Any, ask_large: Callable[[str], Any]
) -> None:
    rows = ask_large("4.1/RTUsersState")
    assert len(rows) > 700
    assert {len(row["login_oqueues"]) for row in rows.values()} == {10}
    large.skip(600)
    again = ask_large("4.1/RTUsersState")
    for user_id, row in again.items():
        joined = [queue["queue"] for queue in row["login_oqueues"] if queue["rt_logged"]]
        assert joined == [str(q) for q in large.engine.floor().agents[int(user_id)].queue_ids]


def test_many_agents_speak_and_every_queue_is_counted(large: Any, ask_large: Callable[[str], Any]) -> None:
    large.skip(60)
    summary = ask_large("3.5/RTStatsQueuesSummary")
    assert summary["users_busy"] > 200
    assert len(ask_large("3.5/RTStatsQueues")) == 200
    assert len(ask_large("3.5/RTStatsCalls")) == summary["calls_count"]
