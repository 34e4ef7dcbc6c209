"""One row, action or day that cannot be read does not hold up the rest; an outage hides no call."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import httpx
import pytest

from dashboard.history import services
from dashboard.history.nightly import days_reconcile
from dashboard.history.queues import queues_enter_all
from dashboard.models import (
    AgentStay,
    HistoryPolicy,
    Pbx,
    Queue,
    ReadingFailure,
    Reconciliation,
    RejectedRow,
)
from dashboard.pbx.errors import PbxError
from tests.history.conftest import NOW
from tests.history.scripted import ScriptedPbx, row
from tests.history.test_bad_input import call_ids, client_of, fill, latest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["9" * 65, "7\x00.1"])
def test_a_call_whose_id_cannot_be_stored_holds_up_nobody(pbx: Pbx, policy: HistoryPolicy, name: str) -> None:
    rows = [row(1, "2026-11-24 11:50:00"), row(2, "2026-11-24 11:51:00", name=name)]
    scripted = ScriptedPbx(StatsCalls=rows)
    latest(pbx, scripted)
    assert fill(pbx, scripted)
    assert call_ids() == ["1.1"]
    assert "call_id has" in RejectedRow.objects.get().reason
    assert not ReadingFailure.objects.exists()


@pytest.mark.parametrize("end", ["0001-01-01 00:00:00", "9999-12-31 23:59:59", "2026-11-24 05:00"])
def test_a_stay_whose_end_cannot_be_is_set_aside(pbx: Pbx, policy: HistoryPolicy, end: str) -> None:
    stay = {"id": "5", "user": "4", "start_time": "2026-11-24 06:00:00", "end_time": end, "duration": 60}
    assert fill(pbx, ScriptedPbx(StatsUsersSessions=[stay, stay | {"id": "6", "user": "\x00" * 5}]))
    assert not AgentStay.objects.exists()
    assert RejectedRow.objects.count() == 2


def test_calls_that_began_before_an_outage_and_ended_in_it_are_read_afterwards(
    pbx: Pbx, policy: HistoryPolicy
) -> None:
    """A call is listed when it has ended. One of 05:30 was not yet at 06:00, when all was read; the next reading is at noon."""
    before = NOW - timedelta(hours=6)
    scripted = ScriptedPbx(StatsCalls=[])
    latest(pbx, scripted, now_at=before)
    assert fill(pbx, scripted, now_at=before)
    scripted.rows["StatsCalls"] = [row(1, "2026-11-24 05:30:00", duration="7000")]
    with client_of(scripted) as client:
        services.trail_read(pbx, client=client, now_at=NOW)
    latest(pbx, scripted)
    assert fill(pbx, scripted)
    assert call_ids() == ["1.1"]


class Moody(ScriptedPbx):
    """Refuses some actions for good, and calls of some days."""

    refused: tuple[str, ...] = ()
    broken_day = ""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        action = request.url.path.split("/")[3]
        if action in self.refused:
            return httpx.Response(200, text='{"status":0,"error":"not permitted","result":null}')
        if action == "StatsCalls" and self.broken_day and self.broken_day in str(request.url):
            return httpx.Response(500, text="")
        return super().handle_request(request)


def test_a_night_looks_at_the_other_days_though_an_action_is_refused_and_a_day_fails(
    pbx: Pbx, policy: HistoryPolicy
) -> None:
    days = ("2026-11-22", "2026-11-23", "2026-11-24")
    rows = [row(number, f"{day} 10:00:00") for number, day in enumerate(days)]
    moody, now_at = Moody(StatsCalls=rows), NOW + timedelta(days=1)
    policy.since = datetime(2026, 11, 21, 23, tzinfo=UTC)
    policy.save()
    fill(pbx, moody, now_at=now_at)
    moody.refused, moody.broken_day = ("StatsUsersPauses",), "2026-11-22"
    with client_of(moody) as client, pytest.raises(PbxError):
        days_reconcile(pbx, client=client, now_at=now_at)
    assert [f"{one.day}" for one in Reconciliation.objects.order_by("day")] == list(days[1:])
    moody.refused, moody.broken_day = (), ""
    with client_of(moody) as client:
        assert [f"{one.day}" for one in days_reconcile(pbx, client=client, now_at=now_at)] == [days[0]]


def session(number: int, start: str, end: str | None = None, *, user: str = "4") -> dict[str, object]:
    """As StatsUsersSessions prints it; times of the day as "23 08:00"."""
    times = {name: f"2026-11-{text}:00" if text else None for name, text in (("start", start), ("end", end))}
    return {"id": str(number), "user": user, "start_time": times["start"], "end_time": times["end"]} | {
        "duration": None
    }


def trail(pbx: Pbx, scripted: ScriptedPbx, *, now_at: datetime = NOW) -> None:
    with client_of(scripted) as client:
        services.trail_read(pbx, client=client, now_at=now_at)


def test_a_login_of_many_days_is_closed_when_the_pbx_tells_its_end_with_few_questions(
    pbx: Pbx, policy: HistoryPolicy
) -> None:
    """Twenty agents have been logged in since the morning of the 22nd; one of them logs out on the 24th."""
    rows = [session(number, f"22 08:{number:02}", user=f"{number + 1}") for number in range(20)]
    scripted = ScriptedPbx(StatsUsersSessions=rows)
    fill(pbx, scripted)
    rows[3]["end_time"] = "2026-11-24 11:00:00"
    scripted.asked.clear()
    trail(pbx, scripted)
    assert AgentStay.objects.get(row_key="3").end_at == datetime(2026, 11, 24, 10, tzinfo=UTC)
    assert AgentStay.objects.filter(end_at=None).count() == 19
    assert scripted.asked.count("StatsUsersSessions") == 2


def test_a_later_login_of_the_same_agent_ends_one_that_never_ended(pbx: Pbx, policy: HistoryPolicy) -> None:
    rows = [session(1, "22 08:00"), session(2, "22 09:00", user="5")]
    scripted = ScriptedPbx(StatsUsersSessions=rows)
    fill(pbx, scripted)
    rows.append(session(3, "24 11:50"))
    for _again in range(2):
        latest(pbx, scripted)
        trail(pbx, scripted)
        ends = dict(AgentStay.objects.values_list("row_key", "end_at"))
        assert ends == {"1": datetime(2026, 11, 24, 10, 50, tzinfo=UTC), "2": None, "3": None}
    rows[0]["end_time"] = "2026-11-22 16:00:00"
    AgentStay.objects.filter(row_key="1").update(end_at=None)
    trail(pbx, scripted)
    assert AgentStay.objects.get(row_key="1").end_at == datetime(2026, 11, 22, 15, tzinfo=UTC)


def test_an_agent_in_two_queues_stays_in_both(pbx: Pbx, policy: HistoryPolicy) -> None:
    rows = [session(0, "24 09:00") | {"queue": "2"}, session(0, "24 09:30") | {"queue": "3"}]
    fill(pbx, ScriptedPbx(StatsUsersQueues=rows))
    assert list(AgentStay.objects.values_list("end_at", flat=True)) == [None, None]


def test_queues_that_only_calls_name_are_entered_as_gone(pbx: Pbx, policy: HistoryPolicy) -> None:
    Queue.objects.create(pbx=pbx, queue_id="2", title="Sales")
    rows = [
        row(1, "2026-11-24 11:50:00"),
        row(2, "2026-11-24 11:51:00", queue="77"),
        row(5, "2026-11-24 11:55:00", queue="77", direction="out"),
        row(3, "2026-11-24 11:52:00", queue="78", direction="out"),
        row(4, "2026-11-24 11:53:00", queue=None),
    ]
    latest(pbx, ScriptedPbx(StatsCalls=rows))
    found = list(Queue.objects.order_by("queue_id").values_list("queue_id", "title", "direction", "is_gone"))
    assert found == [("2", "Sales", "", False), ("77", "77", "in", True), ("78", "78", "out", True)]
    latest(pbx, ScriptedPbx(StatsCalls=[row(6, "2026-11-24 11:56:00", queue="78")]))
    assert Queue.objects.get(queue_id="78").direction == "in"
    Queue.objects.filter(queue_id="77").delete()
    queues_enter_all(pbx)
    assert Queue.objects.get(queue_id="77").is_gone
