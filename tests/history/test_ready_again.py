"""Ready time follows its rows, in whatever order they are read and however late they change."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models import Sum

from dashboard.domain.stretches import Stretch
from dashboard.history import services
from dashboard.history.coverage import READY_AGAIN
from dashboard.history.ready import ready_build
from dashboard.models import Coverage, HistoryPolicy, PauseKind, Pbx, ReadyTime, ReadyTotal
from tests.history.conftest import NOW
from tests.history.scripted import Rows, ScriptedPbx, row
from tests.history.test_agents import stay
from tests.history.test_bad_input import client_of

pytestmark = pytest.mark.django_db

MIDNIGHT = NOW - timedelta(hours=12)
LATER = NOW + timedelta(hours=10)
"""When all of the morning has been settled."""
MORNING = (MIDNIGHT, NOW)


def hours(first: int, last: int) -> Stretch:
    return MIDNIGHT + timedelta(hours=first), MIDNIGHT + timedelta(hours=last)


def read(pbx: Pbx, span: Stretch, **rows: Rows) -> None:
    """Read as it stands at the PBX, then work out the ready time."""
    rows = {"StatsCalls": [], "StatsUsersPauses": [], "StatsUsersQueues": [], **rows}
    with client_of(ScriptedPbx(**rows)) as client:
        services.span_read(pbx, client=client, now_at=LATER, span=span, advance=lambda _written: None)
    ready_build(pbx, now_at=LATER)


def ready_s(pbx: Pbx) -> int:
    total = ReadyTotal.objects.filter(pbx=pbx).aggregate(sum_s=Sum("ready_s"))["sum_s"] or 0
    assert total == (ReadyTime.objects.filter(pbx=pbx).aggregate(sum_s=Sum("ready_s"))["sum_s"] or 0)
    return int(total)


@pytest.fixture(autouse=True)
def _pauses(pbx: Pbx, policy: HistoryPolicy) -> None:
    PauseKind.objects.create(pbx=pbx, pause_id="7", title="Lunch", type="normal")


def test_history_that_is_read_backwards_has_the_same_ready_time(pbx: Pbx) -> None:
    """The stay in the queue began before the hours that were read first, and is listed by its beginning."""
    rows: dict[str, Rows] = {
        "StatsUsersQueues": [stay(1, "01:00:00", "09:00:00", queue=2)],
        "StatsUsersPauses": [stay(2, "05:30:00", "06:30:00", pause=7)],
    }
    read(pbx, hours(6, 9), **rows)
    assert ready_s(pbx) == 0
    read(pbx, hours(0, 6), **rows)
    assert ready_s(pbx) == 7 * 3600
    assert not Coverage.objects.filter(action=READY_AGAIN).exists()


@pytest.mark.parametrize(
    ("before", "after", "expected_s"),
    [
        (stay(1, "01:00:00", "09:00:00", queue=2), stay(1, "01:00:00", "08:00:00", queue=2), 7 * 3600),
        (stay(1, "01:00:00", None, queue=2), stay(1, "01:00:00", "02:00:00", queue=2), 3600),
        (stay(1, "01:00:00", "02:00:00", queue=2), stay(2, "03:00:00", "05:00:00", queue=2), 3 * 3600),
    ],
    ids=["ends earlier", "has ended", "one more"],
)
def test_stay_that_is_told_otherwise_later(
    pbx: Pbx, before: dict[str, object], after: dict[str, object], expected_s: int
) -> None:
    read(pbx, MORNING, StatsUsersQueues=[before])
    read(pbx, MORNING, StatsUsersQueues=[after])
    assert ready_s(pbx) == expected_s


def test_call_and_pause_that_were_missing_take_their_time_away(pbx: Pbx) -> None:
    """A call of 4 s ringing and 60 s talk, a pause of five minutes."""
    queues = [stay(1, "01:00:00", "02:00:00", queue=2)]
    read(pbx, MORNING, StatsUsersQueues=queues)
    assert ready_s(pbx) == 3600
    calls = [row(1, "2026-11-24 01:10:00")]
    read(pbx, MORNING, StatsUsersQueues=queues, StatsCalls=calls)
    assert ready_s(pbx) == 3600 - 64
    pauses = [stay(3, "01:30:00", "01:35:00", pause=7)]
    read(pbx, MORNING, StatsUsersQueues=queues, StatsCalls=calls, StatsUsersPauses=pauses)
    assert ready_s(pbx) == 3600 - 64 - 300


def test_reading_that_changes_nothing_asks_for_nothing_again(pbx: Pbx) -> None:
    queues = [stay(1, "01:00:00", "02:00:00", queue=2)]
    read(pbx, MORNING, StatsUsersQueues=queues)
    ReadyTime.objects.update(ready_s=1)
    read(pbx, MORNING, StatsUsersQueues=queues)
    assert set(ReadyTime.objects.values_list("ready_s", flat=True)) == {1}
