"""What nights do: old rows go, numbers go, and no figure changes by it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from dashboard.access import EVERYTHING
from dashboard.history import selectors, services
from dashboard.history.answers import Days
from dashboard.history.nightly import numbers_remove, old_rows_delete
from dashboard.models import CallRecord, Coverage, HistoryPolicy, LostCase, Pbx, RollUp, RollUpTotal
from tests.history.conftest import NOW
from tests.history.scripted import ScriptedPbx, row
from tests.history.test_bad_input import client_of

pytestmark = pytest.mark.django_db

TWO_DAYS = Days(NOW.date() - timedelta(days=1), NOW.date())
ROWS = [
    row(1, "2026-11-23 10:00:00", clid="777000111", note="asked for Jana"),
    row(2, "2026-11-23 11:00:00", clid="00420777000111"),
    row(3, "2026-11-23 12:00:00", clid="anonymous"),
    row(4, "2026-11-24 11:30:00", clid="+420 777 000 111", answered="0", disposition_cause="caller"),
]


def read(pbx: Pbx, rows: list[dict[str, object]]) -> None:
    with client_of(ScriptedPbx(StatsCalls=rows)) as client:
        span = (NOW - timedelta(days=2), NOW)
        services.span_read(pbx, client=client, now_at=NOW, span=span, advance=lambda _written: None)


def numbers() -> dict[str, str]:
    return dict(CallRecord.objects.values_list("call_id", "number"))


def test_numbers_are_taken_away_without_changing_a_figure_and_a_second_reading_does_not_bring_them_back(
    pbx: Pbx, policy: HistoryPolicy
) -> None:
    """Of four calls three have the same number, however it is written: two of them are followed by another."""
    read(pbx, ROWS)
    before = selectors.total(pbx, scope=EVERYTHING, days=TWO_DAYS)
    assert (before.numbered, before.repeats) == (3, 2)
    policy.pseudonymise_after_days = 1
    policy.save()
    assert numbers_remove(pbx, now_at=NOW + timedelta(days=1)) == 2
    assert numbers() == {"1.1": "", "2.1": "", "3.1": "", "4.1": "+420777000111"}
    assert CallRecord.objects.get(call_id="1.1").extras is None
    read(pbx, ROWS)
    assert numbers()["1.1"] == ""
    assert CallRecord.objects.get(call_id="1.1").extras is None
    assert selectors.total(pbx, scope=EVERYTHING, days=TWO_DAYS) == before
    [lost] = selectors.lost_callers(pbx, scope=EVERYTHING, days=TWO_DAYS)
    same = selectors.calls(pbx, scope=EVERYTHING, caller_key=lost.caller_key)
    assert {call.call_id for call in same} == {"1.1", "2.1", "4.1"}


def test_numbers_stay_where_nobody_asked_for_less(pbx: Pbx, policy: HistoryPolicy) -> None:
    read(pbx, ROWS)
    assert numbers_remove(pbx, now_at=NOW + timedelta(days=900)) == 0
    assert numbers()["1.1"] == "+420777000111"


def test_what_is_older_than_the_rules_say_is_deleted_and_is_no_gap(pbx: Pbx, policy: HistoryPolicy) -> None:
    read(pbx, ROWS)
    policy.keep_days = 31
    policy.save()
    later = datetime(2026, 12, 25, 1, tzinfo=UTC)
    assert old_rows_delete(pbx, now_at=later) == 3
    assert list(CallRecord.objects.values_list("call_id", flat=True)) == ["4.1"]
    assert RollUp.objects.count() == RollUpTotal.objects.count() == 1
    policy.refresh_from_db()
    assert policy.since == datetime(2026, 11, 23, 23, tzinfo=UTC)
    assert all(gap.begins_at >= policy.since for gap in selectors.gaps(pbx, now_at=later))
    assert not Coverage.objects.filter(ends_at__lte=policy.since).exists()


def test_what_was_written_of_lost_calls_goes_with_the_numbers_and_the_calls(
    pbx: Pbx, policy: HistoryPolicy
) -> None:
    def case_made(key: int, *, days_ago: int) -> LostCase:
        at = NOW - timedelta(days=days_ago)
        return LostCase.objects.create(
            pbx=pbx, queue_id="4", caller_key=key, note="ask for Jana", changed_at=at
        )

    gone, old, new = case_made(1, days_ago=40), case_made(2, days_ago=20), case_made(3, days_ago=1)
    policy.keep_days, policy.pseudonymise_after_days = 31, 10
    policy.save()
    old_rows_delete(pbx, now_at=NOW)
    numbers_remove(pbx, now_at=NOW)
    assert gone not in LostCase.objects.all()
    assert dict(LostCase.objects.values_list("pk", "note")) == {old.pk: "", new.pk: "ask for Jana"}


def test_deleted_days_do_not_count_as_read(pbx: Pbx, policy: HistoryPolicy) -> None:
    """One stretch over everything is what a history comes to that is read for long."""
    read(pbx, ROWS)
    later = datetime(2026, 12, 25, 1, tzinfo=UTC)
    Coverage.objects.update(ends_at=later)
    policy.keep_days = 31
    policy.save()
    old_rows_delete(pbx, now_at=later)
    policy.refresh_from_db()
    assert {begin for begin, _end in selectors.calls_read(pbx)} == {policy.since}
    assert set(Coverage.objects.values_list("begins_at", flat=True)) == {policy.since}
    policy.keep_days, policy.since = None, policy.since - timedelta(days=3)
    policy.save()
    assert any(gap.begins_at == policy.since for gap in selectors.gaps(pbx, now_at=later))


def test_nothing_is_deleted_without_a_rule(pbx: Pbx, policy: HistoryPolicy) -> None:
    read(pbx, ROWS)
    assert old_rows_delete(pbx, now_at=NOW + timedelta(days=5000)) == 0
    assert CallRecord.objects.count() == 4
