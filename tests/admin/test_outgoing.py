"""Tokens of the API and reports by e-mail in the administration."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client

from dashboard.models import ApiToken, ReportSubscription, Team
from dashboard.outgoing.tokens import token_find, token_make

TOKENS = "/admin/dashboard/apitoken/"
REPORTS = "/admin/dashboard/reportsubscription/"


@pytest.fixture
def mona(db: None) -> User:
    return User.objects.create_user("mona", "mona@example.com", "mona's password")


def test_a_token_is_shown_once_when_it_is_made(administrator: Client, mona: User) -> None:
    answer = administrator.post(f"{TOKENS}add/", {"user": mona.pk, "name": "Intranet"})
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
    found = re.search(r'id="token">(wb_[\w-]+)<', answer.content.decode())
    assert found is not None
    row = token_find(found[1])
    assert row is not None
    assert (row.user, row.name) == (mona, "Intranet")
    assert ApiToken.objects.count() == 1
    for page in (TOKENS, f"{TOKENS}{row.pk}/change/"):
        assert found[1] not in administrator.get(page).content.decode()


def test_a_revoked_token_stays_listed_and_does_not_work(administrator: Client, mona: User) -> None:
    row, text = token_make(user=mona, name="Intranet")
    administrator.post(TOKENS, {"action": "revoke", "_selected_action": [row.pk]})
    assert token_find(text) is None
    assert "revoked" in administrator.get(TOKENS).content.decode()


def test_a_token_is_not_changed(administrator: Client, mona: User, ada: User) -> None:
    row, _text = token_make(user=mona, name="Intranet")
    assert administrator.post(f"{TOKENS}{row.pk}/change/", {"user": ada.pk, "name": "x"}).status_code == 403
    row.refresh_from_db()
    assert row.user == mona


def test_a_moment_that_has_passed_is_refused(administrator: Client, mona: User) -> None:
    fields = {"user": mona.pk, "name": "Old", "expires_at_0": "2001-01-01", "expires_at_1": "00:00"}
    assert "This moment has passed." in administrator.post(f"{TOKENS}add/", fields).content.decode()
    assert not ApiToken.objects.exists()


def test_a_supervisor_makes_no_tokens_and_no_reports(supervisor: Client, mona: User) -> None:
    for page in (TOKENS, REPORTS):
        assert supervisor.get(f"{page}add/").status_code == 403
        assert supervisor.get(page).status_code == 403
    assert supervisor.post(f"{TOKENS}add/", {"user": mona.pk, "name": "x"}).status_code == 403
    assert not ApiToken.objects.exists()


def report(**changes: object) -> dict[str, object]:
    inline = {f"deliveries-{name}": 0 for name in ("TOTAL_FORMS", "INITIAL_FORMS")}
    return {"period": "daily", "weekday": 0, "send_at": "07:00", "is_enabled": "on"} | inline | changes


def test_a_report_goes_to_a_user_or_a_team(administrator: Client, mona: User) -> None:
    team = Team.objects.create(name="Sales")
    for fields in ({"user": mona.pk}, {"team": team.pk}):
        assert administrator.post(f"{REPORTS}add/", report(**fields)).status_code == 302
    assert ReportSubscription.objects.count() == 2
    assert "team Sales" in administrator.get(REPORTS).content.decode()
    for fields in ({}, {"user": mona.pk, "team": team.pk}):
        page = administrator.post(f"{REPORTS}add/", report(**fields)).content.decode()
        assert "Choose either a user or a team." in page


def test_who_has_no_address_gets_no_report(administrator: Client, ada: User) -> None:
    page = administrator.post(f"{REPORTS}add/", report(user=ada.pk)).content.decode()
    assert "This user has no e-mail address." in page


def test_a_report_shows_what_became_of_it(administrator: Client, mona: User) -> None:
    row = ReportSubscription.objects.create(user=mona)
    row.deliveries.create(
        user=mona, first_day="2026-11-23", last_day="2026-11-23", error="The mailbox is full", tries=2
    )
    assert "not sent: The mailbox is full" in administrator.get(REPORTS).content.decode()
    assert "The mailbox is full" in administrator.get(f"{REPORTS}{row.pk}/change/").content.decode()
