"""The retention job: deletes what is old, nothing else, and records itself; and who may read what is left."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import Group, User

from dashboard.models import ActionEvent, AuditRetention, Pbx, PbxAccount
from dashboard.supervision.retention import audit_expire
from dashboard.supervision.selectors import events_about
from dashboard.supervision.sentences import sentence

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def event_new(*, age_days: int = 0, **fields: object) -> ActionEvent:
    values = {"request": uuid.uuid4(), "step": 0, "state": "requested", "action": "hangup"}
    return ActionEvent.objects.create(**values | {"at": NOW - timedelta(days=age_days)} | fields)


def test_what_is_old_goes_and_the_job_records_itself() -> None:
    for age_days in (800, 731, 729, 0):
        event_new(age_days=age_days)
    assert audit_expire(keep_days=730, now=NOW) == 2
    own = ActionEvent.objects.get(action="retention")
    assert (own.state, own.about["count"], own.actor_id) == ("ended", "2", None)
    assert sentence(own) == f"2 events from before {own.about['before']} were deleted."
    assert ActionEvent.objects.count() == 3
    assert not AuditRetention.objects.exists()


def test_a_run_that_finds_nothing_leaves_nothing() -> None:
    event_new()
    assert audit_expire(keep_days=730, now=NOW) == 0
    assert ActionEvent.objects.count() == 1


def test_an_agent_with_a_login_reads_what_was_done_to_him_and_no_more() -> None:
    pbx = Pbx.objects.create(slug="main", title="Main", base_url="http://127.0.0.1:1", token="f" * 40)
    jan = User.objects.create_user("jan")
    own = event_new(stream="main", agent_id="12")
    event_new(stream="main", agent_id="13")
    event_new(stream="other", agent_id="12")
    assert not events_about(jan)
    PbxAccount.objects.create(user=jan, pbx=pbx, agent_id="12")
    assert list(events_about(jan)) == [own]
    boss = User.objects.create_user("boss")
    boss.groups.add(Group.objects.get(name="administrator"))
    assert events_about(boss).count() == 3
