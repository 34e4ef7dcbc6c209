"""Supervision on real processes: an action over HTTP, its confirmation by the workers, and who is shut out when."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest

from tests.faults.checks import whole_check
from tests.stack import BoardClient, Stack

pytestmark = pytest.mark.faults

SWEEP_NOW_WITHIN_S = 5.0


@contextmanager
def supervising(stack: Stack, user: str = "supervisor") -> Iterator[tuple[httpx.Client, BoardClient]]:
    """A supervisor's browser: its requests, and the socket of the page."""
    with stack.client(user) as client:
        url = f"{stack.url.replace('http', 'ws', 1)}/ws/supervision/"
        with BoardClient(url, cookies=dict(client.cookies), origin=stack.url, hello={}) as socket:
            yield client, socket


def ask(client: httpx.Client, **fields: Any) -> dict[str, Any]:
    headers = {"X-CSRFToken": client.cookies["csrftoken"], "Referer": str(client.base_url)}
    body = {"key": str(uuid.uuid4()), "stream": "main", **fields}
    answer = client.post("/admin/supervision/actions/", json=body, headers=headers)
    answer.raise_for_status()
    record: dict[str, Any] = answer.json()
    return record


def told(socket: BoardClient, record: dict[str, Any]) -> list[str]:
    """The states of the action that came over the socket."""
    messages = [one.message for one in socket.of_kind("control") if one.message["do"] == "action"]
    return [row["record"]["state"] for row in messages if row["record"]["id"] == record["id"]]


def test_the_socket_shows_the_whole_state_to_who_sees_all_queues(stack: Stack) -> None:
    with supervising(stack, "admin") as (_, socket):
        socket.wait(lambda s: s.state.get("queues"), within_s=20)
        assert any(row["login"] for row in socket.state["agents"].values())
        assert not any("•" in (row["caller"] or "") for row in socket.state["calls"].values())
    with stack.board(user="admin") as board:
        board.wait(lambda b: b.state.get("queues"), within_s=20)
        whole_check(board, stack)


def test_an_action_is_accepted_and_then_confirmed_by_a_poll(stack: Stack) -> None:
    with supervising(stack) as (client, socket):

        def idle(board: BoardClient) -> str | None:
            agents = board.state.get("agents", {})
            return next((id_ for id_, row in agents.items() if row["state"] == "idle"), None)

        agent_id = socket.wait(idle, within_s=60, what="An agent who is ready")
        pauses = socket.state["pauses"]
        pause_id = next(id_ for id_, row in pauses.items() if row["type"] == "normal")
        record = ask(client, action="pause_on", agent_id=agent_id, parameters={"pause_id": pause_id})
        if record["state"] == "refused":  # a call came between the look and the click
            assert record["code"] == "has_call"
            return
        assert record["state"] == "accepted", record
        socket.wait(lambda s: "confirmed" in told(s, record), within_s=30, what="The confirmation")
        assert told(socket, record) == ["requested", "accepted", "confirmed"]
        socket.wait(
            lambda s: s.state["agents"].get(agent_id, {}).get("pause_id") == pause_id,
            within_s=10,
            what="The pause",
        )
        ask(client, action="pause_off", agent_id=agent_id)


def test_who_may_not_supervise_is_shut_out(stack: Stack) -> None:
    with supervising(stack, "viewer") as (client, socket):
        assert socket.wait_closed(within_s=10) == 4003
        assert client.get("/admin/supervision/options/").status_code == 403
    url = f"{stack.url.replace('http', 'ws', 1)}/ws/supervision/"
    with BoardClient(url, cookies={}, origin=stack.url, hello={}) as socket:
        assert socket.wait_closed(within_s=10) == 4001
        assert socket.received == []


def test_a_right_that_is_withdrawn_closes_the_socket(stack: Stack) -> None:
    with supervising(stack) as (_, socket):
        socket.wait_kind("snapshot", within_s=20)
        stack.sql("UPDATE auth_user SET is_staff = 0 WHERE username = 'supervisor'")
        try:
            stack.control(do="recheck")
            assert socket.wait_closed(within_s=SWEEP_NOW_WITHIN_S) == 4003
        finally:
            stack.sql("UPDATE auth_user SET is_staff = 1 WHERE username = 'supervisor'")


def test_a_session_that_ends_closes_the_socket(stack: Stack) -> None:
    with supervising(stack) as (client, socket):
        socket.wait_kind("snapshot", within_s=20)
        form = {"csrfmiddlewaretoken": client.cookies["csrftoken"]}
        client.post("/accounts/logout/", data=form).raise_for_status()
        stack.control(do="recheck")
        assert socket.wait_closed(within_s=SWEEP_NOW_WITHIN_S) == 4001


def test_what_becomes_of_an_action_is_told_to_nobody_else(stack: Stack) -> None:
    with supervising(stack) as (client, own), supervising(stack, "admin") as (_, other):
        own.wait_kind("snapshot", within_s=20)
        other.wait_kind("snapshot", within_s=20)
        record = ask(client, action="logout", agent_id="4711")
        assert record["code"] == "agent_gone"
        own.wait(lambda s: "refused" in told(s, record), within_s=10, what="The refusal")
        assert told(other, record) == []
    rows = stack.sql(
        "SELECT state, actor_name FROM dashboard_actionevent WHERE request = ?", record["id"].replace("-", "")
    )
    assert rows == [("refused", "supervisor")]
