"""Queues that nobody has called yet: they take nothing from what is known of the others."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from dashboard.history.coverage import READY
from dashboard.history.ready import ready_totals_build
from dashboard.models import Coverage, Pbx, Queue, ReadyTime
from tests.web.reports_making import call_made, local, manager_of, rolled_up
from tests.web.test_reports_figures import cells, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("redis_client")]

DAY = "2026-03-11"
OCCUPANCY = 9
"""The column of today's table."""


@pytest.fixture
def manager(pbx: Pbx, monkeypatch: pytest.MonkeyPatch) -> Client:
    """Ten past eleven; half the ready time of the busy queue was talk."""
    monkeypatch.setattr(timezone, "now", lambda: local(DAY, "11:10"))
    busy, quiet = (
        Queue.objects.create(pbx=pbx, queue_id=id_, title=title, direction="in")
        for id_, title in (("4", "Podpora"), ("6", "Noc"))
    )
    begins_at = local(DAY, "10:00")
    call_made(pbx, begins_at, wait_s=5, talk_s=450)
    rolled_up(pbx)
    ReadyTime.objects.create(pbx=pbx, queue_id="4", begins_at=begins_at, ready_s=450)
    ready_totals_build(pbx, stretch=(begins_at, begins_at + timedelta(hours=1)))
    return manager_of("eva", busy, quiet)


def known(pbx: Pbx) -> None:
    Coverage.objects.create(pbx=pbx, action=READY, begins_at=local(DAY, "00:00"), ends_at=local(DAY, "11:00"))


def test_a_quiet_queue_leaves_the_occupancy_of_all_together_known(pbx: Pbx, manager: Client) -> None:
    known(pbx)
    page = text(manager, "/reports/")
    assert cells(page, "Podpora")[OCCUPANCY].startswith("50.0 %")
    assert cells(page, "Noc")[OCCUPANCY].startswith("–")
    assert cells(page, "All together")[OCCUPANCY].startswith("50.0 %")


def test_nobody_knows_it_before_any_ready_time_was_worked_out(pbx: Pbx, manager: Client) -> None:
    assert cells(text(manager, "/reports/"), "All together")[OCCUPANCY].startswith("–")


@pytest.mark.parametrize(
    ("is_polled", "sentence"),
    [(True, "it begins by itself within a minute"), (False, "it begins when the PBX is polled")],
)
def test_a_history_that_was_never_read_begins_where_the_pbx_is_polled(
    pbx: Pbx, manager: Client, is_polled: bool, sentence: str
) -> None:
    Pbx.objects.update(is_enabled=is_polled)
    assert sentence in text(manager, "/reports/")
