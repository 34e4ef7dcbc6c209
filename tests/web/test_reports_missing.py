"""What is missing in the records is said wherever figures are shown: pages, files, e-mails, the API."""

from __future__ import annotations

import io
import json
from datetime import time, timedelta

import openpyxl
import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client
from django.utils import timezone

from dashboard.history.answers import Days
from dashboard.models import (
    Coverage,
    HistoryPolicy,
    Pbx,
    Queue,
    ReadingFailure,
    RejectedRow,
    ReportSubscription,
)
from dashboard.outgoing.mail import report_send
from dashboard.outgoing.tokens import token_make
from tests.web.reports_making import local, manager_of
from tests.web.test_reports_figures import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("redis_client")]

DAY = "2026-03-11"
PAGES = ("period", "calls", "agents", "pauses")
ACTIONS = ("StatsCalls", "StatsUsersPauses", "StatsUsersQueues", "StatsUsersSessions", "GetAttempts")


@pytest.fixture
def queue(pbx: Pbx) -> Queue:
    return Queue.objects.create(pbx=pbx, queue_id="4", title="Podpora", direction="in")


@pytest.fixture
def manager(queue: Queue) -> Client:
    return manager_of("eva", queue)


@pytest.fixture
def complete(pbx: Pbx) -> None:
    """All has been read."""
    since = local("2026-03-01", "00:00")
    HistoryPolicy.objects.create(pbx=pbx, since=since)
    for action in ACTIONS:
        Coverage.objects.create(
            pbx=pbx, action=action, begins_at=since, ends_at=timezone.now() + timedelta(hours=1)
        )


def miss(pbx: Pbx, action: str, reason: str = "") -> None:
    """The afternoon of the day is missing."""
    Coverage.objects.filter(pbx=pbx, action=action).update(ends_at=local(DAY, "12:00"))
    end = {"begins_at": local(DAY, "18:00"), "ends_at": timezone.now() + timedelta(hours=1)}
    Coverage.objects.create(pbx=pbx, action=action, **end)
    if reason:
        ReadingFailure.objects.create(
            pbx=pbx, action=action, text=reason, since_at=timezone.now(), last_at=timezone.now()
        )


def said(client: Client, page: str, sentence: str) -> bool:
    return sentence in text(client, f"/reports/{page}/?from={DAY}")


def test_a_page_says_what_it_depends_on_is_missing(pbx: Pbx, complete: None, manager: Client) -> None:
    assert not any(said(manager, page, "between") for page in PAGES)
    miss(pbx, "StatsUsersSessions", "The PBX refuses it.")
    sentence = "Not read between 11.03. 12:00 and 11.03. 18:00: logins of agents. The PBX refuses it."
    assert [said(manager, page, sentence) for page in PAGES] == [False, False, True, False]
    miss(pbx, "StatsUsersPauses")
    sentence = "Still to be read between 11.03. 12:00 and 11.03. 18:00: pauses."
    assert [said(manager, page, sentence) for page in PAGES] == [True] * 4
    assert not said(manager, "lost", sentence)


def test_what_is_read_along_with_the_calls_is_not_said_twice(
    pbx: Pbx, complete: None, manager: Client
) -> None:
    for action in ACTIONS:
        miss(pbx, action)
    assert said(manager, "agents", "calls between 11.03. 12:00 and 11.03. 18:00 are not in these figures yet")
    assert not said(manager, "agents", "Still to be read")


def test_rows_that_could_not_be_counted_are_told_on_their_days(
    pbx: Pbx, complete: None, manager: Client
) -> None:
    now = {"pbx": pbx, "action": "StatsCalls", "reason": "wrong", "first_at": timezone.now()}
    for number, at in enumerate((f"{DAY} 09:00:00", f"{DAY} 10:00:00", "2026-03-12 09:00:00", "soon")):
        RejectedRow.objects.create(row_key=str(number), raw={"call_time": at}, **now)
    assert said(manager, "period", "2 rows of Ústředna's records could not be counted")
    assert not said(manager, "pauses", "could not be counted")
    assert "3 rows" not in text(manager, f"/reports/period/?from={DAY}&to={DAY}")


def test_files_e_mails_and_the_api_say_it_too(
    pbx: Pbx, complete: None, manager: Client, queue: Queue, settings
) -> None:
    settings.EMAIL_HOST = "127.0.0.1"
    sentence = "Not read between 11.03. 12:00 and 11.03. 18:00: pauses. The PBX refuses it."
    miss(pbx, "StatsUsersPauses", "The PBX refuses it.")
    for page in ("period", "agents", "pauses", "calls"):
        answer = manager.get(f"/reports/{page}/?from={DAY}&format=xlsx")
        about = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[1]
        assert sentence in [row[1].value for row in about.iter_rows() if len(row) > 1], page
    user = User.objects.get(username="eva")
    User.objects.filter(pk=user.pk).update(email="eva@example.com")
    subscription = ReportSubscription.objects.create(user=user, period="daily", send_at=time(7))
    day = local(DAY, "12:00").date()
    report_send(subscription, User.objects.get(pk=user.pk), Days(day, day))
    assert sentence in mail.outbox[0].body
    assert sentence in mail.outbox[0].alternatives[0][0]
    [workbook] = [one[1] for one in mail.outbox[0].attachments if str(one[0]).endswith(".xlsx")]
    about = openpyxl.load_workbook(io.BytesIO(workbook)).worksheets[1]
    assert sentence in [row[1].value for row in about.iter_rows() if len(row) > 1]
    _row, token = token_make(user=user, name="Test")
    answer = Client().get(
        f"/api/v1/figures?from={DAY}&to={DAY}", headers={"authorization": f"Bearer {token}"}
    )
    assert json.loads(answer.content)["notices"] == [sentence]
