"""Reports by e-mail that everybody orders for himself."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from dashboard.models import Pbx, Queue, ReportSubscription
from tests.web.reports_making import manager_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("redis_client")]

ORDER = {"period": "weekly", "weekday": "0", "send_at": "07:30"}


@pytest.fixture
def queues(pbx: Pbx) -> dict[str, Queue]:
    titles = {"4": "Podpora", "6": "Prodej"}
    return {id_: Queue.objects.create(pbx=pbx, queue_id=id_, title=title) for id_, title in titles.items()}


@pytest.fixture
def manager(queues: dict[str, Queue]) -> Client:
    client = manager_of("eva", queues["4"])
    get_user_model().objects.filter(username="eva").update(email="eva@example.com")
    return client


def test_a_report_is_ordered_paused_and_deleted(manager: Client, queues: dict[str, Queue]) -> None:
    page = manager.post("/reports/mails/", ORDER | {"queues": queues["4"].pk}, follow=True).content.decode()
    assert "The report is ordered." in page
    assert "Monday, 07:30" in page
    row = ReportSubscription.objects.get()
    assert (row.user.username, [queue.title for queue in row.queues.all()]) == ("eva", ["Podpora"])
    manager.post(f"/reports/mails/{row.pk}/", {"do": "pause"})
    assert ReportSubscription.objects.get().is_enabled is False
    manager.post(f"/reports/mails/{row.pk}/", {"do": "delete"})
    assert not ReportSubscription.objects.exists()


def test_queues_of_other_teams_are_not_offered_and_not_taken(
    manager: Client, queues: dict[str, Queue]
) -> None:
    assert "Prodej" not in manager.get("/reports/mails/").content.decode()
    manager.post("/reports/mails/", ORDER | {"queues": queues["6"].pk})
    assert not ReportSubscription.objects.exists()


def test_without_an_address_nothing_is_ordered(queues: dict[str, Queue]) -> None:
    page = manager_of("petr", queues["4"]).post("/reports/mails/", ORDER).content.decode()
    assert "You have no e-mail address here" in page
    assert not ReportSubscription.objects.exists()


def test_nobody_touches_anothers_report(manager: Client, queues: dict[str, Queue], viewer: Client) -> None:
    manager.post("/reports/mails/", ORDER)
    row = ReportSubscription.objects.get()
    assert (
        manager_of("petr", queues["4"]).post(f"/reports/mails/{row.pk}/", {"do": "delete"}).status_code == 404
    )
    assert viewer.post(f"/reports/mails/{row.pk}/", {"do": "delete"}).status_code == 403
    assert ReportSubscription.objects.exists()
