"""Whether waiting includes ringing is held against the calls that were seen live."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction

from dashboard.history.ringing import ringing_verdict
from dashboard.history.writing import calls_write
from dashboard.history.zone import quarter_of
from dashboard.models import CallRecord, HistoryPolicy
from tests.history.conftest import NOW

pytestmark = pytest.mark.django_db


def record(policy: HistoryPolicy, number: int, *, wait_s: int, is_seen: bool, ringing_s: int) -> CallRecord:
    entered_at = NOW - timedelta(minutes=60 + number)
    return CallRecord(
        pbx=policy.pbx,
        call_id=f"{number}.1",
        queue_id="1",
        direction="in",
        outcome="answered",
        entered_at=entered_at,
        interval_at=quarter_of(entered_at),
        day=entered_at.date(),
        ended_at=entered_at + timedelta(seconds=wait_s + 60),
        wait_s=wait_s,
        ringing_s=ringing_s,
        talk_s=60,
        hold_s=0,
        is_provisional=is_seen,
    )


def calls_pass(policy: HistoryPolicy, count: int, *, first: int = 0, waiting: int, ringing: int = 8) -> None:
    """Calls that waited 20 s, ringing among it; the PBX lists `waiting` as its waiting_time."""
    listed_s = waiting if policy.waiting_includes_ringing else waiting + ringing
    for number in range(first, first + count):
        for is_seen, wait_s in ((True, 20), (False, listed_s)):
            with transaction.atomic():
                row = record(policy, number, wait_s=wait_s, is_seen=is_seen, ringing_s=ringing)
                calls_write(policy.pbx, [row])
    policy.refresh_from_db()


def test_calls_that_contradict_the_setting_are_told(policy: HistoryPolicy) -> None:
    calls_pass(policy, 19, waiting=12)
    assert not ringing_verdict(policy).is_contradicted  # too few
    calls_pass(policy, 1, first=19, waiting=12)
    verdict = ringing_verdict(policy)
    assert (verdict.seen, verdict.with_ringing, verdict.is_contradicted) == (20, 0, True)


def test_calls_that_agree_with_the_setting_are_not_told(policy: HistoryPolicy) -> None:
    calls_pass(policy, 22, waiting=20)
    verdict = ringing_verdict(policy)
    assert (verdict.seen, verdict.with_ringing, verdict.is_contradicted) == (22, 22, False)


def test_the_other_setting_is_contradicted_too(policy: HistoryPolicy) -> None:
    HistoryPolicy.objects.update(waiting_includes_ringing=False)
    policy.refresh_from_db()
    calls_pass(policy, 20, waiting=20)
    assert ringing_verdict(policy).is_contradicted


def test_short_ringing_and_waits_like_neither_tell_nothing(policy: HistoryPolicy) -> None:
    calls_pass(policy, 5, waiting=18, ringing=2)
    calls_pass(policy, 5, first=5, waiting=90)
    assert ringing_verdict(policy).seen == 0
