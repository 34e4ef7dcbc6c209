"""What the PBX says of an agent right before it is asked to act, when it refuses to tell."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.pbx.conftest import RecordedServer, server
from tests.supervision.conftest import Desk

__all__ = ["server"]

pytestmark = pytest.mark.django_db

NO_RIGHT = "Nemáte právo"


def pausing(desk: Desk, server: RecordedServer, agent_id: str, *, sessions: dict[str, Any]) -> dict[str, Any]:
    """The PBX refuses to tell of the agent; these are logged in."""
    server.answer("RTUserState", json.dumps({"error": NO_RIGHT, "status": 0}), status=403)
    server.answer("RTStatsSessions", json.dumps({"error": None, "status": 1, "result": sessions}))
    desk.pbx.base_url = server.url
    desk.pbx.save()
    record = desk.do("pause_on", agent_id=agent_id, pause_id=desk.pause(), limit_s=30)
    assert not [path for path, _ in server.asked if "PauseOn" in path]
    return record


def test_a_refusal_about_an_agent_who_is_logged_in_is_told_in_the_pbxs_words(
    desk: Desk, server: RecordedServer
) -> None:
    agent_id = desk.agent("idle")
    record = pausing(desk, server, agent_id, sessions={agent_id: {"id": agent_id, "status": "Idle"}})
    assert (record["state"], record["code"], record["pbx_text"]) == ("failed", "not_read", NO_RIGHT)


def test_a_refusal_about_an_agent_who_has_left_means_just_that(desk: Desk, server: RecordedServer) -> None:
    agent_id = desk.agent("idle")
    record = pausing(desk, server, agent_id, sessions={"4711": {"id": "4711", "status": "Idle"}})
    assert (record["state"], record["code"]) == ("refused", "agent_gone")
