"""Calls the poller saw are counted before the PBX lists them, and once only."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import msgspec
import pytest
import redis

from dashboard.access import EVERYTHING
from dashboard.domain.rows import CallRow, empty_state
from dashboard.domain.seen import calls_seen
from dashboard.gateway.server import running_pbx
from dashboard.gateway.simulated.settings import SimulationSettings
from dashboard.history import selectors, services
from dashboard.history.answers import Days
from dashboard.history.seen import seen_keep, seen_take_out, seen_write
from dashboard.history.writing import calls_write
from dashboard.history.zone import quarter_of
from dashboard.models import CallRecord, HistoryPolicy, RollUp
from dashboard.polling.providers import Providers
from tests.history.conftest import NOW
from tests.history.scripted import ScriptedPbx, row
from tests.history.test_bad_input import client_of
from tests.polling.conftest import START, Bench

KEY = "wallboard:history:{main}:seen"
ROW = CallRow(
    queue_id="1",
    agent_id=None,
    ringing_agent_ids=(),
    caller="777123456",
    caller_name=None,
    direction="in",
    state="waiting",
    state_raw="Waiting",
    entered_at=1_000_000,
    ringing_at=None,
    answered_at=None,
    held_at=None,
)
ANSWERED = msgspec.structs.replace(ROW, state="speaking", agent_id="7", answered_at=1_020_000)


def outcomes(before: dict[str, CallRow], after: dict[str, CallRow]) -> list[tuple[str, str, int | None]]:
    return [
        (call.call_id, call.outcome.value, call.ended_at) for call in calls_seen(before, after, at=1_090_000)
    ]


def test_a_waiting_call_is_no_call_yet() -> None:
    assert outcomes({}, {"a": ROW}) == []
    assert outcomes({"a": ROW}, {"a": ROW}) == []


def test_an_answer_ends_the_wait_once() -> None:
    assert outcomes({"a": ROW}, {"a": ANSWERED}) == [("a", "answered", None)]
    assert outcomes({"a": ANSWERED}, {"a": ANSWERED}) == []
    assert outcomes({"a": ANSWERED}, {}) == [("a", "answered", 1_090_000)]


def test_a_call_that_is_gone_without_an_answer_was_abandoned() -> None:
    assert outcomes({"a": ROW}, {}) == [("a", "abandoned", 1_090_000)]


def test_a_call_transferred_before_an_answer_flowed_out() -> None:
    away = msgspec.structs.replace(ROW, state="transferred")
    assert outcomes({"a": ROW}, {"a": away}) == [("a", "flowed_out", 1_090_000)]
    assert outcomes({"a": away}, {}) == [("a", "flowed_out", 1_090_000)]


def test_a_call_of_which_nobody_knows_when_it_entered_is_left_to_the_records() -> None:
    assert outcomes({"a": msgspec.structs.replace(ROW, entered_at=None)}, {}) == []


@pytest.fixture
def bench(redis_client: redis.Redis) -> Iterator[Bench]:
    settings = SimulationSettings(speed=0, start_at=START, warm_up_s=1800, agents=20)
    with running_pbx(settings) as pbx, ThreadPoolExecutor(16) as pool:
        bench = Bench(pbx, redis_client, pool)
        yield bench
        bench.close()


@pytest.mark.django_db
def test_today_is_current_while_calls_last_and_records_replace_what_was_seen(
    bench: Bench, redis_client: redis.Redis, policy: HistoryPolicy
) -> None:
    pbx = policy.pbx

    def keep(before: object, after: object, at: int) -> None:
        seen_keep(redis_client, stream="main", before=before, after=after, at=at)  # type: ignore[arg-type]

    bench.providers = Providers(follow_up=keep)
    for _ in range(60):
        bench.poll(5)
    texts = redis_client.lrange(KEY, 0, -1)
    now_at = datetime.fromtimestamp(bench.clock.at / 1000, UTC)
    assert seen_write(pbx, now_at=now_at) > 20
    assert seen_write(pbx, now_at=now_at) == 0
    seen = {call.call_id: call for call in CallRecord.objects.all()}
    assert all(call.is_provisional for call in seen.values())
    running = [call_id for call_id, call in seen.items() if call.ended_at is None]
    assert running

    services.latest_read(pbx, client=bench.poller.client, now_at=now_at)
    replaced = {call.call_id: call for call in CallRecord.objects.filter(call_id__in=seen)}
    assert replaced.keys() == seen.keys()
    assert {call_id for call_id, call in replaced.items() if call.is_provisional} == set(running)
    for call_id, call in replaced.items():
        was = seen[call_id]
        assert abs((call.entered_at - was.entered_at).total_seconds()) <= 1
        if not call.is_provisional:
            assert call.outcome == was.outcome or call.outcome == "flowed_out"
            assert abs(call.wait_s - was.wait_s) <= 6  # polls are 5 s apart
    days = Days(call.day, call.day)
    assert selectors.total(pbx, scope=EVERYTHING, days=days).provisional == len(running)
    assert sum(RollUp.objects.values_list("provisional", flat=True)) == len(running)
    # What comes out of the list twice does not undo what the records said.
    redis_client.rpush(KEY, *texts)
    seen_write(pbx, now_at=now_at)
    assert set(CallRecord.objects.filter(is_provisional=True).values_list("call_id", flat=True)) == set(
        running
    )


def test_second_writer_of_the_same_calls_takes_nobody_elses_out_of_the_list(
    redis_client: redis.Redis,
) -> None:
    redis_client.rpush(KEY, "a", "b", "c", "d", "e")
    assert seen_take_out(redis_client, KEY, [b"a", b"b"])
    assert not seen_take_out(redis_client, KEY, [b"a", b"b"])
    assert redis_client.lrange(KEY, 0, -1) == [b"c", b"d", b"e"]
    assert seen_take_out(redis_client, KEY, [b"c", b"d", b"e"])
    assert not redis_client.exists(KEY)


def provisional(entered_at: datetime, outcome: str) -> CallRecord:
    return CallRecord(
        call_id="1.1",
        queue_id="2",
        direction="in",
        outcome=outcome,
        entered_at=entered_at,
        interval_at=quarter_of(entered_at),
        day=entered_at.date(),
        wait_s=10,
        is_provisional=True,
    )


@pytest.mark.django_db
@pytest.mark.parametrize("is_seen_first", [True, False])
def test_a_flow_out_that_was_seen_stays_one_whatever_the_records_say_of_the_caller(
    policy: HistoryPolicy, *, is_seen_first: bool
) -> None:
    pbx = policy.pbx
    seen = provisional(datetime(2026, 11, 24, 10, 55, tzinfo=UTC), "flowed_out")
    seen.pbx = pbx
    lost = row(1, "2026-11-24 11:55:00", user="", answered="0", disposition_cause="caller", duration="0")

    def read() -> None:
        with client_of(ScriptedPbx(StatsCalls=[lost])) as client:
            services.latest_read(pbx, client=client, now_at=NOW)

    if not is_seen_first:
        read()
    calls_write(pbx, [seen])
    for _ in range(2):
        read()
        stored = CallRecord.objects.get()
        assert (stored.outcome, stored.is_provisional, stored.cause) == ("flowed_out", False, "caller")
        [figures] = RollUp.objects.all()
        assert (figures.flowed_out, figures.abandoned_in) == (1, 0)


@pytest.mark.django_db
def test_a_call_that_was_answered_elsewhere_is_answered_though_it_flowed_out(policy: HistoryPolicy) -> None:
    pbx = policy.pbx
    seen = provisional(datetime(2026, 11, 24, 10, 55, tzinfo=UTC), "flowed_out")
    seen.pbx = pbx
    calls_write(pbx, [seen])
    with client_of(ScriptedPbx(StatsCalls=[row(1, "2026-11-24 11:55:00")])) as client:
        services.latest_read(pbx, client=client, now_at=NOW)
    assert CallRecord.objects.get().outcome == "answered"


@pytest.mark.django_db
def test_a_call_that_cannot_be_stored_holds_up_no_other(
    policy: HistoryPolicy, redis_client: redis.Redis, caplog: pytest.LogCaptureFixture
) -> None:
    odd = msgspec.structs.replace(ANSWERED, direction="a word too long for a direction")
    seen_keep(
        redis_client,
        stream="main",
        before=msgspec.structs.replace(empty_state(), calls={"a": ROW, "b": ROW}),
        after=msgspec.structs.replace(empty_state(), calls={"a": odd, "b": ANSWERED}),
        at=1_090_000,
    )
    seen_write(policy.pbx, now_at=NOW)
    assert list(CallRecord.objects.values_list("call_id", flat=True)) == ["b"]
    assert redis_client.llen(KEY) == 0
    assert "direction has 31 characters" in caplog.text
