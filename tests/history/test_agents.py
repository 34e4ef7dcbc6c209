"""After-call work, ready time, and what agents and lost callers did."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db.models import Sum

from dashboard.access import EVERYTHING, Scope
from dashboard.history import selectors, services
from dashboard.history.answers import Days
from dashboard.history.ready import ready_build
from dashboard.models import Agent, CallRecord, HistoryPolicy, PauseKind, Pbx, Queue, ReadyTime, ReadyTotal
from tests.history.conftest import NOW
from tests.history.scripted import Rows, ScriptedPbx, row
from tests.history.test_bad_input import client_of

pytestmark = pytest.mark.django_db

DAY = Days(date(2026, 11, 24), date(2026, 11, 24))


def stay(number: int, start: str, end: str | None, **values: object) -> dict[str, object]:
    begin = datetime.fromisoformat(f"2026-11-24 {start}")
    finish = datetime.fromisoformat(f"2026-11-24 {end}") if end else None
    return {
        "id": str(number),
        "user": "4",
        "start_time": str(begin),
        "end_time": str(finish) if finish else None,
        "duration": int((finish - begin).total_seconds()) if finish else None,
        **values,
    }


def read(pbx: Pbx, **rows: Rows) -> None:
    PauseKind.objects.update_or_create(pbx=pbx, pause_id="2", defaults={"title": "Wrap", "type": "wrap"})
    PauseKind.objects.update_or_create(pbx=pbx, pause_id="7", defaults={"title": "Lunch", "type": "normal"})
    with client_of(ScriptedPbx(**rows)) as client:
        span = (NOW - timedelta(hours=12), NOW)
        services.span_read(pbx, client=client, now_at=NOW, span=span, advance=lambda _written: None)


@pytest.mark.parametrize("is_pause_first", [True, False])
def test_a_wrap_pause_within_five_seconds_of_the_end_is_the_calls_after_call_work(
    pbx: Pbx, policy: HistoryPolicy, is_pause_first: bool
) -> None:
    """Entered 10:00:00, wait 10, talk 60: the end is 10:01:10."""
    calls = [row(1, "2026-11-24 10:00:00")]
    pauses = [
        stay(1, "10:01:15", "10:01:40", pause=2),
        stay(2, "10:03:00", "10:03:30", pause=2),
        stay(3, "10:01:11", "10:01:12", pause=7),
        stay(4, "10:01:11", "10:02:11", pause=2, user="5"),
    ]
    read(pbx, **({"StatsUsersPauses": pauses} if is_pause_first else {"StatsCalls": calls}))
    read(pbx, StatsCalls=calls, StatsUsersPauses=pauses)
    assert CallRecord.objects.get().acw_s == 25
    assert selectors.total(pbx, scope=EVERYTHING, days=DAY).acw_s == 25


def test_a_wrap_pause_follows_one_call_only_and_one_that_goes_on_is_not_known_yet(
    pbx: Pbx, policy: HistoryPolicy
) -> None:
    calls = [row(1, "2026-11-24 10:00:00"), row(2, "2026-11-24 10:00:03")]
    read(pbx, StatsCalls=calls, StatsUsersPauses=[stay(1, "10:01:14", None, pause=2)])
    assert {call.acw_s for call in CallRecord.objects.all()} == {None}
    read(pbx, StatsCalls=calls, StatsUsersPauses=[stay(1, "10:01:14", "10:01:24", pause=2)])
    assert dict(CallRecord.objects.values_list("call_id", "acw_s")) == {"1.1": None, "2.1": 10}


def test_ready_is_in_the_queue_less_pauses_and_calls(pbx: Pbx, policy: HistoryPolicy) -> None:
    """10:00 to 10:30 in queue 2, five minutes of lunch, a call of 4 s ringing and 60 s talk: 1800 − 300 − 64 = 1436."""
    read(
        pbx,
        StatsCalls=[row(1, "2026-11-24 10:00:00")],
        StatsUsersPauses=[stay(1, "10:10:00", "10:15:00", pause=7)],
        StatsUsersQueues=[stay(1, "10:00:00", "10:30:00", queue=2)],
    )
    policy.since = NOW - timedelta(hours=12)
    policy.save()
    ready_build(pbx, now_at=NOW)
    assert selectors.total(pbx, scope=EVERYTHING, days=DAY).ready_s == 1436
    ready_build(pbx, now_at=NOW + timedelta(minutes=1))
    by_queue = selectors.by_queue(pbx, scope=EVERYTHING, days=DAY)
    assert by_queue["2"].ready_s == 1436


def test_the_ready_time_of_an_agent_in_several_queues_counts_once(pbx: Pbx, policy: HistoryPolicy) -> None:
    """Half an hour in queue 2, its second half also in queue 3: 900 + 450 and 450. Another agent is in queue 3 alone for 100 s."""
    read(
        pbx,
        StatsCalls=[],
        StatsUsersPauses=[],
        StatsUsersQueues=[
            stay(1, "10:00:00", "10:30:00", queue=2),
            stay(2, "10:15:00", "10:30:00", queue=3),
            stay(3, "10:05:00", "10:06:40", queue=3, user="5"),
        ],
    )
    policy.since = NOW - timedelta(hours=12)
    policy.save()
    ready_build(pbx, now_at=NOW)
    by_queue = dict(ReadyTime.objects.values_list("queue_id").annotate(Sum("ready_s")))
    assert by_queue == {"2": 1350, "3": 550}
    both, second = (Scope(queues={"main": own}) for own in (("2", "3"), ("2",)))
    for scope, expected in ((EVERYTHING, [1000, 900]), (both, [1000, 900]), (second, [900, 450])):
        found = selectors.intervals(pbx, scope=scope, days=DAY)
        assert [row.ready_s for row in found.values()] == expected
        assert [row.ready_s for row in selectors.by_day(pbx, scope=scope, days=DAY).values()] == [
            sum(expected)
        ]


def test_ready_time_worked_out_again_replaces_what_was_there(pbx: Pbx, policy: HistoryPolicy) -> None:
    """The second reading knows that the stay ended after a quarter of an hour."""
    policy.since = NOW - timedelta(hours=12)
    policy.save()
    for ended in ("10:30:00", "10:15:00"):
        read(pbx, StatsCalls=[], StatsUsersPauses=[], StatsUsersQueues=[stay(1, "10:00:00", ended, queue=2)])
        ready_build(pbx, now_at=NOW)
    assert list(ReadyTotal.objects.values_list("ready_s")) == [(900,)]


def test_an_outbound_queue_has_no_part_in_the_ready_time(pbx: Pbx, policy: HistoryPolicy) -> None:
    """Half an hour in queue 2 and in the campaign 3: all of it is there for the callers of queue 2."""
    Queue.objects.create(pbx=pbx, queue_id="3", title="Campaign", direction="out")
    stays = [stay(1, "10:00:00", "10:30:00", queue=2), stay(2, "10:00:00", "10:30:00", queue=3)]
    read(pbx, StatsCalls=[], StatsUsersPauses=[], StatsUsersQueues=stays)
    policy.since = NOW - timedelta(hours=12)
    policy.save()
    ready_build(pbx, now_at=NOW)
    assert dict(ReadyTime.objects.values_list("queue_id").annotate(Sum("ready_s"))) == {"2": 1800}


def test_an_agents_day_adds_up(pbx: Pbx, policy: HistoryPolicy) -> None:
    Agent.objects.create(pbx=pbx, agent_id="4", name="Jana Nová")
    read(
        pbx,
        StatsCalls=[
            row(1, "2026-11-24 10:00:00", hold_time="20"),
            row(2, "2026-11-24 10:20:00", direction="out"),
            row(3, "2026-11-24 10:25:00", user="", answered="0", disposition_cause="caller"),
        ],
        GetAttempts=[
            {**stay(10, "10:00:06", "10:00:10"), "id_call": "1.1", "id_agent": 4, "id_queue": 2},
            {**stay(11, "10:25:06", "10:25:26"), "id_call": "3.1", "id_agent": 4, "id_queue": 2},
        ],
        StatsUsersSessions=[stay(1, "09:00:00", "11:00:00")],
        StatsUsersQueues=[stay(1, "09:00:00", "11:00:00", queue=2)],
        StatsUsersPauses=[stay(1, "10:40:00", "10:50:00", pause=7), stay(2, "10:01:10", "10:01:30", pause=2)],
    )
    [agent] = selectors.agents(pbx, scope=EVERYTHING, days=DAY)
    assert (agent.name, agent.answered, agent.outbound, agent.missed) == ("Jana Nová", 1, 1, 1)
    assert (agent.talk_s, agent.hold_s, agent.acw_s) == (40 + 60, 20, 20)
    assert (agent.logged_in_s, agent.paused_s) == (7200, 600)
    assert agent.work_s == 140
    own = Scope(queues={"main": ("2",)})
    assert [one.agent_id for one in selectors.agents(pbx, scope=own, days=DAY)] == ["4"]
    other = Scope(queues={"main": ("9",)})
    assert selectors.agents(pbx, scope=other, days=DAY) == []
    assert selectors.pauses(pbx, scope=other, days=DAY) == []
    assert selectors.stays(pbx, "4", scope=other, days=DAY) == []
    lunch, wrap = selectors.pauses(pbx, scope=own, days=DAY)
    assert (lunch.title, lunch.count, lunch.total_s) == ("Lunch", 1, 600)
    assert (wrap.type, wrap.total_s) == ("wrap", 20)
    assert [one.call_id for one in selectors.attempts(pbx, "1.1", scope=own)] == ["1.1"]
    assert selectors.attempts(pbx, "1.1", scope=other) == []


def test_a_lost_caller_is_recovered_by_a_later_answer_or_an_outbound_call(
    pbx: Pbx, policy: HistoryPolicy
) -> None:
    lost = {"answered": "0", "user": "", "disposition_cause": "caller"}
    read(
        pbx,
        StatsCalls=[
            row(1, "2026-11-24 10:00:00", clid="777000001", **lost),
            row(2, "2026-11-24 10:05:00", clid="777000001", waiting_time="40", **lost),
            row(3, "2026-11-24 10:10:00", clid="777000001"),
            row(4, "2026-11-24 10:00:00", clid="777000002", **lost),
            row(5, "2026-11-24 10:30:00", clid="777000002", direction="out"),
            row(6, "2026-11-24 09:00:00", clid="777000003"),
            row(7, "2026-11-24 10:00:00", clid="777000003", **lost),
            row(8, "2026-11-24 10:00:00", clid="", **lost),
            row(9, "2026-11-24 10:00:00", clid="anonymous", **lost),
        ],
    )
    found = selectors.lost_callers(pbx, scope=EVERYTHING, days=DAY)
    by_number = {one.number: one for one in found if one.number}
    twice = by_number["+420777000001"]
    assert (twice.call_ids, twice.longest_wait_s, twice.recovered_by) == (("1.1", "2.1"), 40, "3.1")
    assert by_number["+420777000002"].recovered_by == "5.1"
    assert by_number["+420777000003"].recovered_by is None
    assert sorted(one.call_ids for one in found if one.caller_key is None) == [("8.1",), ("9.1",)]
    assert selectors.lost_callers(pbx, scope=Scope(queues={"main": ("9",)}), days=DAY) == []
