"""Business days, earlier periods that are only partly read, and pauses of one queue."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
import redis
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client
from django.utils import timezone

from dashboard.history.answers import Days
from dashboard.models import (
    Agent,
    AgentStay,
    Coverage,
    HistoryPolicy,
    PauseKind,
    Pbx,
    Queue,
    QueueDefinition,
    ReportSubscription,
)
from dashboard.outgoing.mail import report_send
from tests.web.reports_making import call_made, local, manager_of, rolled_up
from tests.web.test_reports_figures import cells, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("redis_client")]


@pytest.fixture
def queues(pbx: Pbx) -> list[Queue]:
    return [
        Queue.objects.create(pbx=pbx, queue_id=id_, title=title, direction="in")
        for id_, title in (("4", "Podpora"), ("6", "Prodej"))
    ]


@pytest.fixture
def manager(queues: list[Queue]) -> Client:
    return manager_of("eva", *queues)


def test_today_goes_on_past_midnight_where_a_day_begins_at_six(
    pbx: Pbx,
    queues: list[Queue],
    manager: Client,
    redis_client: redis.Redis,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    QueueDefinition.objects.create(pbx=pbx, queue=queues[0], day_start=time(6))
    for day, clock in (("2026-03-11", "05:59:00"), ("2026-03-11", "22:00:00"), ("2026-03-12", "02:00:00")):
        for queue in queues:
            call_made(pbx, local(day, clock), queue=queue.queue_id, wait_s=5)
    rolled_up(pbx)
    monkeypatch.setattr(timezone, "now", lambda: local("2026-03-12", "03:00:00"))
    page = text(manager, "/reports/")
    assert cells(page, "Podpora")[4] == "2"  # since six of the 11th
    assert cells(page, "Prodej")[4] == "1"  # since midnight
    assert cells(page, "All together")[4] == "3"
    assert "from=2026-03-11&to=2026-03-11&queue=main%2F4" in page
    alone = text(manager, "/reports/?queue=main/4")
    assert cells(alone, "Podpora")[4] == "2"
    assert cells(text(manager, "/reports/period/?period=today&queue=main/4"), "Podpora")[1] == "2"


def test_a_comparison_with_days_that_are_only_partly_read_says_so(
    pbx: Pbx, queues: list[Queue], manager: Client, redis_client: redis.Redis
) -> None:
    HistoryPolicy.objects.create(pbx=pbx, since=local("2026-03-01", "00:00:00"))
    for action in ("StatsCalls", "StatsUsersPauses", "StatsUsersQueues"):
        Coverage.objects.create(
            pbx=pbx,
            action=action,
            begins_at=local("2026-03-09", "12:00:00"),
            ends_at=timezone.now() + timedelta(hours=1),
        )
    said = "The days compared with, 9. 3. 2026 – 9. 3. 2026, have not been read completely"
    address = "/reports/period/?from=2026-03-{0}&to=2026-03-{0}&compare=previous"
    assert said in text(manager, address.format("10"))
    assert "compared with," not in text(manager, address.format("11"))


def test_pauses_of_a_queue_are_those_of_its_agents(pbx: Pbx, queues: list[Queue], manager: Client) -> None:
    PauseKind.objects.create(pbx=pbx, pause_id="1", title="Oběd", type="normal", is_paid=False)
    for agent_id, name, queue in (("7", "Hana", "4"), ("8", "Petr", "6")):
        Agent.objects.create(pbx=pbx, agent_id=agent_id, name=name)
        for kind, subject in (("queue", queue), ("pause", "1")):
            AgentStay.objects.create(
                pbx=pbx,
                kind=kind,
                row_key=f"{kind}{agent_id}",
                agent_id=agent_id,
                subject_id=subject,
                start_at=local("2026-03-11", "12:00:00"),
                end_at=local("2026-03-11", "12:30:00"),
            )
    day = "/reports/pauses/?from=2026-03-11&to=2026-03-11"
    both = text(manager, day)
    assert "Hana" in both
    assert "Petr" in both
    one = text(manager, f"{day}&queue=main/4")
    assert "Hana" in one
    assert "Petr" not in one


def test_a_gone_queue_is_on_todays_page_and_in_e_mails_if_it_had_calls(
    pbx: Pbx, queues: list[Queue], manager: Client, settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    Queue.objects.filter(pk__in=[queue.pk for queue in queues]).update(is_gone=True)
    noon = local("2026-03-12", "12:00:00")
    call_made(pbx, local("2026-03-12", "09:00:00"), queue="4", wait_s=5)
    rolled_up(pbx)
    monkeypatch.setattr(timezone, "now", lambda: noon)
    page = text(manager, "/reports/")
    assert cells(page, "Podpora")[4] == "1"
    assert 'scope="row">Prodej' not in page
    settings.EMAIL_HOST = "127.0.0.1"
    User.objects.filter(username="eva").update(email="eva@example.com")
    user = User.objects.get(username="eva")
    subscription = ReportSubscription.objects.create(user=user, period="daily", send_at=time(7))
    report_send(subscription, user, Days(noon.date(), noon.date()))
    assert "Podpora" in mail.outbox[0].body
    assert "Prodej" not in mail.outbox[0].body
