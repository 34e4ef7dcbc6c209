"""`manage.py backfill` against a real PBX, and the tasks that beat sends."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from io import StringIO
from threading import Thread

import pytest
import redis
from celery.signals import worker_shutting_down
from django.core.management import CommandError, call_command
from django.utils import timezone

from dashboard import tasks_history
from dashboard.gateway.faults import Fault, FaultKind
from dashboard.gateway.server import PbxServer
from dashboard.history.reading import SOURCES
from dashboard.history.turns import pbx_now
from dashboard.hub.store import keys_of
from dashboard.models import AgentStay, CallRecord, Coverage, HistoryPolicy, Pbx, ReadingFailure
from dashboard.pbx.client import access_token
from tests.history.conftest import NOW
from tests.history.making import call_made
from tests.stack import wait_until

pytestmark = pytest.mark.django_db


@pytest.fixture
def real(pbx: Pbx, past_pbx: PbxServer) -> Pbx:
    past_pbx.faults.clear()
    pbx.base_url, pbx.token = past_pbx.url, access_token(past_pbx.login, past_pbx.password)
    pbx.deadline_s = 20
    pbx.save()
    return pbx


def backfilled(*arguments: str) -> str:
    out = StringIO()
    call_command("backfill", *arguments, stdout=out, stderr=StringIO())
    return out.getvalue()


def test_a_past_is_read_and_reading_it_again_changes_nothing(real: Pbx) -> None:
    told = backfilled("--from", "2026-11-23", "--to", "2026-11-23")
    count = CallRecord.objects.count()
    assert count > 100
    assert "0 changed" in told
    assert AgentStay.objects.exists()
    assert "0 rows new, 0 changed" in backfilled("--from", "2026-11-23", "--to", "2026-11-23")
    assert CallRecord.objects.count() == count
    assert HistoryPolicy.objects.get().since.isoformat() == "2026-11-22T23:00:00+00:00"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--from", "soon"), "is not a day"),
        (("--from", "2026-11-23", "--to", "2026-11-22"), "lies after"),
        (("--from", "2999-01-01", "--to", "2999-01-02"), "future"),
        (("--from", "2026-11-23", "--pbx", "other"), "there are: main"),
    ],
)
def test_a_wrong_wish_is_answered_in_a_sentence(real: Pbx, arguments: tuple[str, ...], words: str) -> None:
    with pytest.raises(CommandError, match=words):
        backfilled(*arguments)


def test_a_pbx_that_fails_meanwhile_is_told_and_what_was_read_is_kept(real: Pbx, past_pbx: PbxServer) -> None:
    past_pbx.faults.set("GetAttempts", Fault(kind=FaultKind.HTTP_ERROR))
    try:
        with pytest.raises(CommandError, match="is kept"):
            backfilled("--from", "2026-11-23", "--to", "2026-11-23")
    finally:
        past_pbx.faults.clear()
    assert Coverage.objects.filter(action="StatsCalls").exists()
    assert not Coverage.objects.filter(action="GetAttempts").exists()


def test_what_beat_sends_runs_and_an_outage_is_told_once(
    real: Pbx, past_pbx: PbxServer, redis_client: redis.Redis, caplog: pytest.LogCaptureFixture
) -> None:
    past_pbx.faults.set("*", Fault(kind=FaultKind.HTTP_ERROR))
    tasks_history.history_latest()
    tasks_history.history_latest()
    past_pbx.faults.clear()
    told = [text for record in caplog.records if "cannot be read" in (text := record.getMessage())]
    assert len(told) == len(set(told)) == len(SOURCES) + 1, "each action once, and the names"
    tasks_history.history_latest()
    for task in ("history_seen", "history_gaps", "history_ready", "history_trail", "roll_ups_rebase"):
        getattr(tasks_history, task)()
    assert not ReadingFailure.objects.exists()
    assert Coverage.objects.filter(action="StatsCalls").exists()


@pytest.fixture
def told_to_stop() -> Iterator[Callable[[], object]]:
    """Tells the worker to stop, as Celery does when it gets a SIGTERM."""
    yield lambda: worker_shutting_down.send(sender="worker-slow@here", sig="TERM", how="Warm", exitcode=0)
    tasks_history.worker_ends.clear()


@pytest.mark.parametrize("task", ["history_latest", "history_gaps", "history_trail"])
def test_worker_that_is_to_stop_asks_the_pbx_nothing_more(
    real: Pbx,
    past_pbx: PbxServer,
    redis_client: redis.Redis,
    told_to_stop: Callable[[], object],
    task: str,
) -> None:
    HistoryPolicy.objects.create(pbx=real, since=NOW - timedelta(days=2))
    before = past_pbx.requests.total()
    told_to_stop()
    getattr(tasks_history, task)()
    assert past_pbx.requests.total() == before
    assert not ReadingFailure.objects.exists()
    assert not redis_client.keys("wallboard:history:*:turn:*")


def test_reading_of_a_long_past_is_broken_off_and_goes_on_after_the_next_start(
    real: Pbx, past_pbx: PbxServer, redis_client: redis.Redis, told_to_stop: Callable[[], object]
) -> None:
    HistoryPolicy.objects.create(pbx=real, since=NOW - timedelta(days=2))
    before = past_pbx.requests.total()

    def stop_it() -> None:
        wait_until(lambda: past_pbx.requests.total() >= before + 5, within_s=20, what="Some requests")
        told_to_stop()

    stopper = Thread(target=stop_it)
    stopper.start()
    tasks_history.history_gaps()
    stopper.join()
    broken_off = past_pbx.requests.total() - before
    tasks_history.worker_ends.clear()
    assert Coverage.objects.exists()
    tasks_history.history_gaps()
    assert 5 <= broken_off < past_pbx.requests.total() - before - broken_off
    assert not ReadingFailure.objects.exists()


@pytest.mark.parametrize("task", ["history_latest", "history_trail", "history_gaps"])
@pytest.mark.parametrize("names", ["GetUsers", "GetPauses"])
def test_calls_are_read_also_while_the_pbx_does_not_tell_the_names(
    real: Pbx, past_pbx: PbxServer, redis_client: redis.Redis, task: str, names: str
) -> None:
    HistoryPolicy.objects.create(pbx=real, since=NOW - timedelta(hours=6))
    past_pbx.faults.set(names, Fault(kind=FaultKind.HTTP_ERROR))
    getattr(tasks_history, task)()
    past_pbx.faults.clear()
    assert Coverage.objects.filter(action="StatsCalls").exists()
    assert list(ReadingFailure.objects.values_list("action", flat=True)) == ["history, names"]
    tasks_history.history_trail()
    assert not ReadingFailure.objects.exists()


def test_a_pbx_whose_clock_is_a_year_ahead_brings_no_call_nearer_to_its_end(
    real: Pbx, redis_client: redis.Redis
) -> None:
    ahead = timedelta(days=365) // timedelta(milliseconds=1)
    source = {"endpoints": {}, "skew_ms": ahead, "still_since_at": None}
    redis_client.hset(keys_of("main").meta, "source", json.dumps(source))
    assert pbx_now(real) > timezone.now() + timedelta(days=300)
    call = call_made(real, "1.1", timezone.now() - timedelta(days=30), number="+420777000111", caller_key=1)
    call.save()
    HistoryPolicy.objects.create(pbx=real, since=call.entered_at, keep_days=60, pseudonymise_after_days=60)
    tasks_history.history_nightly()
    assert CallRecord.objects.get().number == "+420777000111"
    assert HistoryPolicy.objects.get().since == call.entered_at
