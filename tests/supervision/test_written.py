"""E-mails and chats are shown like calls, but nothing that is done by telephone may be done to them."""

from __future__ import annotations

from typing import Any

import pytest

from dashboard.models import ActionEvent
from tests.supervision.conftest import Desk

pytestmark = pytest.mark.django_db

BY_TELEPHONE: dict[str, dict[str, Any]] = {
    "monitoring": {"mode": "spy"},
    "transfer": {"number": "800123456"},
    "hangup": {},
    "answer": {},
    "pickup": {},
    "playback": {"command": "stop"},
}
PBX_ACTIONS = ("Monitoring", "Transfer", "Hangup", "Answer", "PickupFromQueue", "ControlPlayback")


@pytest.mark.parametrize("queue_type", ["email", "chat"])
def test_nothing_that_is_done_by_telephone_is_done_to_an_email_or_a_chat(desk: Desk, queue_type: str) -> None:
    agent_id, call_id = desk.writing(queue_type)
    for number, (action, parameters) in enumerate(BY_TELEPHONE.items(), start=1):
        record = desk.do(action, agent_id=agent_id, call_id=call_id, reason="Test", **parameters)
        assert (record["state"], record["code"]) == ("refused", "written"), record
        assert record["text"].startswith("This is an e-mail or a chat, not a telephone call.")
        assert ActionEvent.objects.filter(state="refused", call_id=call_id).count() == number
    assert sum(desk.asked(action) for action in PBX_ACTIONS) == 0


def test_an_agent_who_writes_may_be_paused_afterwards(desk: Desk) -> None:
    agent_id, call_id = desk.writing("chat")
    record = desk.do("pause_after_call", agent_id=agent_id, call_id=call_id, pause_id=desk.pause())
    assert record["state"] == "planned", record


def test_a_call_is_not_sent_to_a_queue_of_emails_or_chats(desk: Desk) -> None:
    agent_id, call_id = desk.speaking()
    for queue_id in [id_ for id_, row in desk.state.queues.items() if row.type in {"email", "chat"}]:
        record = desk.do("transfer", agent_id=agent_id, call_id=call_id, queue_id=queue_id)
        assert (record["state"], record["code"]) == ("refused", "target_written"), record
        assert desk.state.queues[queue_id].title in record["text"]
    assert desk.asked("Transfer") == 0
