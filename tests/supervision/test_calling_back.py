"""A lost caller is called back from the worklist, through the PBX, at the telephone of who clicked."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dashboard.models import ActionEvent, CallRecord, PbxAccount, Queue
from tests.supervision.conftest import Desk
from tests.web.conftest import _static_files

__all__ = ["_static_files"]

pytestmark = pytest.mark.django_db

NUMBER, DIGEST = "777123456", 11
KEY = "3f6c5f0e-3df5-4a0e-9b1c-0d8f4e3b1a11"


@pytest.fixture
def lost(desk: Desk) -> str:
    """A caller who gave up five minutes ago; how the worklist names the line."""
    queue_id = next(id_ for id_, row in sorted(desk.state.queues.items()) if row.direction == "in")
    Queue.objects.get_or_create(pbx=desk.pbx, queue_id=queue_id, defaults={"title": "Support"})
    at = (timezone.now() - timedelta(minutes=5)).replace(second=0, microsecond=0)
    CallRecord.objects.create(
        pbx=desk.pbx,
        call_id="1764400000.1",
        queue_id=queue_id,
        direction="in",
        outcome="abandoned",
        entered_at=at,
        interval_at=at.replace(minute=at.minute // 15 * 15),
        day=timezone.localdate(at),
        wait_s=40,
        number=NUMBER,
        caller_key=DIGEST,
    )
    return f"main/{DIGEST}"


@pytest.fixture
def caller(desk: Desk) -> str:
    """The agent that the reader is: one who may call out, and is free."""
    for _ in range(60):
        out = {id_ for id_, row in desk.state.queues.items() if row.type == "out"}
        for id_, row in desk.state.agents.items():
            if row.state in {"idle", "paused"} and out & set(row.queue_ids):
                PbxAccount.objects.filter(user=desk.user).update(agent_id=id_)
                return id_
        desk.poll()
    raise AssertionError("Nobody came to be free.")


def test_calling_back_makes_one_call_of_the_readers_agent(desk: Desk, lost: str, caller: str) -> None:
    desk.user.user_permissions.add(Permission.objects.get(codename="view_reports"))
    browser = Client()
    browser.force_login(desk.user)
    assert "Call back" in browser.get(reverse("reports_lost")).content.decode()
    queue = Queue.objects.get(title="Support")
    form = {"line": lost, "queue": queue.queue_id, "key": KEY}
    for _click in range(2):
        answer = browser.post(reverse("reports_lost_call"), form)
        assert answer["Location"] == reverse("reports_lost")
    assert desk.asked("CreateCall") == 1
    desk.until({"id": KEY}, "confirmed")
    own = [row for row in desk.state.calls.values() if caller in (row.agent_id, *row.ringing_agent_ids)]
    assert [row.direction for row in own] == ["out"]
    assert {event.actor_name for event in ActionEvent.objects.filter(action="call")} == {"eva"}
