"""What is read is complete, whatever is read twice or broken off."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dashboard.history import services
from dashboard.history.names import names_read
from dashboard.models import AgentStay, CallAttempt, CallRecord, Coverage, HistoryPolicy, Pbx, RollUp
from dashboard.pbx import PbxClient, Statistics, each_row
from tests.history.conftest import NOW

pytestmark = pytest.mark.django_db


def listed(client: PbxClient) -> dict[str, object]:
    """All calls as the PBX lists them."""
    rows = each_row(
        client, Statistics.calls, datetime_from="2026-11-22 01:00:00", datetime_to="2026-11-24 12:00:00"
    )
    return {row.call_id: row for row in rows}


def test_after_call_work_counts_also_where_its_kind_is_learnt_after_the_pauses(
    pbx: Pbx, policy: HistoryPolicy, client: PbxClient
) -> None:
    def found() -> dict[str, int]:
        return dict(CallRecord.objects.exclude(acw_s=None).values_list("call_id", "acw_s"))

    span = (NOW - timedelta(hours=6), NOW)
    services.span_read(pbx, client=client, now_at=NOW, span=span, advance=lambda _written: None)
    assert found() == {}
    names_read(pbx, client)
    late, sums = found(), sum(row.acw_s for row in RollUp.objects.all())
    CallRecord.objects.all().delete()
    AgentStay.objects.all().delete()
    services.span_read(pbx, client=client, now_at=NOW, span=span, advance=lambda _written: None)
    assert late == found() != {}
    assert sums == sum(row.acw_s for row in RollUp.objects.all())


def test_a_week_is_read_completely_and_a_second_reading_changes_nothing(
    pbx: Pbx, policy: HistoryPolicy, client: PbxClient
) -> None:
    names_read(pbx, client=client)
    services.latest_read(pbx, client=client, now_at=NOW)
    assert services.gaps_fill(pbx, client=client, now_at=NOW, for_s=600)
    expected = listed(client)
    stored = {call.call_id: call for call in CallRecord.objects.filter(pbx=pbx)}
    assert stored.keys() == expected.keys()
    assert len(stored) > 300
    assert CallAttempt.objects.exists()
    assert {stay.kind for stay in AgentStay.objects.all()} == {"session", "queue", "pause"}
    assert CallRecord.objects.filter(acw_s__gt=0).exists()
    assert sum(row.answered_in + row.answered_late for row in RollUp.objects.all()) == sum(
        call.is_answered and call.is_inbound for call in stored.values()
    )
    again = services.latest_read(pbx, client=client, now_at=NOW)
    trailed = services.trail_read(pbx, client=client, now_at=NOW)
    assert (again.added, again.changed, trailed.added, trailed.changed) == ((), (), (), ())
    assert Coverage.objects.filter(pbx=pbx).count() == 5
