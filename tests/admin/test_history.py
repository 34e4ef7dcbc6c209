"""The history in the administration: administrators set its rules and look at what was found, others see nothing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dashboard.history.writing import failure_note
from dashboard.models import HistoryPolicy, Pbx, Reconciliation, RejectedRow

pytestmark = pytest.mark.django_db


@pytest.fixture
def policy(db: None) -> HistoryPolicy:
    pbx = Pbx.objects.create(slug="main", title="Main", base_url="http://pbx.example", token="t")
    return HistoryPolicy.objects.create(pbx=pbx, since=timezone.now() - timedelta(days=2))


@pytest.fixture
def found(policy: HistoryPolicy) -> dict[str, str]:
    """Pages with something on them."""
    pbx = policy.pbx
    night = Reconciliation.objects.create(
        pbx=pbx,
        day=date(2026, 11, 23),
        done_at=timezone.now(),
        listed=5,
        missing=1,
        changed=0,
        unlisted=0,
        examples=[{"call_id": "7.1", "difference": "missing"}],
    )
    aside = RejectedRow.objects.create(
        pbx=pbx,
        action="StatsCalls",
        row_key="2.1",
        reason="waiting_time is -5 s.",
        raw={"clid": "<b>777"},
        first_at=timezone.now(),
    )
    failure_note(pbx, action="StatsCalls", text="The PBX does not answer.")
    return {
        reverse("admin:dashboard_historypolicy_change", args=[policy.pk]): "The PBX does not answer.",
        reverse("admin:dashboard_historypolicy_changelist"): "▲ 0.0 %",
        reverse("admin:dashboard_reconciliation_change", args=[night.pk]): "7.1: was missing",
        reverse("admin:dashboard_rejectedrow_change", args=[aside.pk]): "&lt;b&gt;777",
    }


def test_administrators_see_gaps_nights_and_rows_set_aside(
    found: dict[str, str], administrator: Client
) -> None:
    for address, words in found.items():
        answer = administrator.get(address)
        assert answer.status_code == 200
        assert words in answer.content.decode()


def test_rules_are_changed_and_a_wrong_one_is_told(
    found: dict[str, str], policy: HistoryPolicy, administrator: Client
) -> None:
    address = next(iter(found))
    values = {
        "since_0": "2026-11-01",
        "since_1": "00:00:00",
        "keep_days": "400",
        "pseudonymise_after_days": "90",
    }
    assert administrator.post(address, values).status_code == 302
    policy.refresh_from_db()
    assert (policy.keep_days, policy.pseudonymise_after_days) == (400, 90)
    assert policy.waiting_includes_ringing is False
    assert administrator.post(address, values | {"keep_days": "3"}).status_code == 200
    policy.refresh_from_db()
    assert policy.keep_days == 400


@pytest.mark.parametrize("group", ["viewer", "manager", "supervisor"])
def test_nobody_else_comes_near(found: dict[str, str], group: str, roles: dict[str, Group]) -> None:
    user = User.objects.create_user(group, is_staff=True)
    user.groups.add(roles[group])
    client = Client()
    client.force_login(user)
    for address in found:
        assert client.get(address).status_code == 403
        assert client.post(address, {"keep_days": "31"}).status_code == 403


def test_a_setting_that_seen_calls_contradict_is_told_where_it_is_set_and_at_the_start(
    policy: HistoryPolicy, administrator: Client
) -> None:
    address = reverse("admin:dashboard_historypolicy_change", args=[policy.pk])
    assert "tells it yet" in administrator.get(address).content.decode()
    keys = [line["key"] for line in administrator.get("/admin/status/").json()["lines"]]
    assert "ringing-main" not in keys
    HistoryPolicy.objects.update(seen_with_ringing=1, seen_without_ringing=19)
    said = "The setting says the opposite"
    assert said in administrator.get(address).content.decode()
    lines = {line["key"]: line for line in administrator.get("/admin/status/").json()["lines"]}
    assert said in lines["ringing-main"]["text"]
    assert lines["ringing-main"]["level"] == "warning"
