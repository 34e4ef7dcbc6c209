"""The audit log grows and is never changed: held by the database itself, on SQLite and on PostgreSQL."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import IntegrityError, connection, transaction

from dashboard.models import ActionEvent, ActionRule, AuditRetention

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def event_new(**fields: object) -> ActionEvent:
    values = {"request": uuid.uuid4(), "step": 0, "state": "requested", "at": NOW, "action": "hangup"}
    return ActionEvent.objects.create(**values | fields)


@pytest.fixture
def event() -> Iterator[ActionEvent]:
    return event_new(actor_id=7, actor_name="eva")


def test_an_event_cannot_be_changed(event: ActionEvent) -> None:
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        ActionEvent.objects.filter(pk=event.pk).update(actor_name="somebody else")
    event.refresh_from_db()
    assert event.actor_name == "eva"


def test_an_event_cannot_be_saved_again(event: ActionEvent) -> None:
    event.actor_name = "somebody else"
    with pytest.raises(TypeError):
        event.save()
    with pytest.raises(TypeError):
        event.delete()


def test_an_event_cannot_be_deleted(event: ActionEvent) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ActionEvent.objects.filter(pk=event.pk).delete()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM dashboard_actionevent")
    assert ActionEvent.objects.filter(pk=event.pk).exists()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite knows no TRUNCATE")
def test_the_log_cannot_be_truncated(event: ActionEvent) -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE dashboard_actionevent")


def test_the_mark_of_the_retention_job_lets_only_older_events_go(event: ActionEvent) -> None:
    old = event_new(at=NOW - timedelta(days=100))
    mark = AuditRetention.objects.create(deletes_before=NOW - timedelta(days=30))
    ActionEvent.objects.filter(pk=old.pk).delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        ActionEvent.objects.filter(pk=event.pk).delete()
    mark.delete()
    assert list(ActionEvent.objects.values_list("pk", flat=True)) == [event.pk]


def test_a_step_of_an_action_happens_once(event: ActionEvent) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        event_new(request=event.request)
    event_new(request=event.request, step=2, state="accepted")


def test_an_event_outlives_the_user(event: ActionEvent) -> None:
    user = get_user_model().objects.create_user("eva", "", "eva")
    own = event_new(actor_id=user.pk, actor_name="eva")
    user.delete()
    own.refresh_from_db()
    assert own.actor_name == "eva"


def test_roles_have_their_permissions() -> None:
    def permitted(role: str) -> set[str]:
        return set(
            Group.objects.get(name=role)
            .permissions.filter(content_type__app_label="dashboard")
            .values_list("codename", flat=True)
        )

    actions = {codename for codename, _ in ActionEvent._meta.permissions}
    assert actions <= permitted("supervisor")
    assert actions | {"view_actionevent"} <= permitted("administrator")
    assert not permitted("viewer") & actions
    assert not permitted("manager") & actions


def test_listening_asks_for_a_reason_from_the_start() -> None:
    assert list(ActionRule.objects.filter(is_reason_required=True).values_list("action", flat=True)) == [
        "monitoring"
    ]
