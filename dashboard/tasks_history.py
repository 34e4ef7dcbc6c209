"""The doors for Celery to the history. All run on the queue `slow`; every one may be run again at any time."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from threading import Event
from typing import Any, Final, TypeVar

import redis
from celery import shared_task
from celery.signals import worker_shutting_down
from django.db import Error as DatabaseError
from django.utils import timezone

from dashboard.connection import client_of
from dashboard.figures.definitions import definitions_of
from dashboard.history import nightly, rebasing, seen, services
from dashboard.history.callers import UnusableKey
from dashboard.history.names import names_ensure, names_read
from dashboard.history.queues import queues_enter_all
from dashboard.history.ready import ready_build
from dashboard.history.turns import pbx_now, turn
from dashboard.history.writing import failure_end, failure_note
from dashboard.models import Pbx
from dashboard.pbx.errors import PbxError
from dashboard.pbx.groups.base import Sender
from dashboard.pbx.request import Request

T = TypeVar("T")

log = logging.getLogger(__name__)


calls_follow = seen.calls_follow
"""Follows each commit of a poller."""

worker_ends: Final = Event()
"""Set once this worker has been told to stop. What it was reading is read on by another one, or after the next start."""


class _BrokenOff(Exception):
    """The worker is to stop, so nothing more is asked."""


class _UntilTheEnd:
    """A client that asks the PBX nothing more once the worker is to stop: a reading may take minutes, and somebody waits."""

    def __init__(self, client: Sender) -> None:
        self._client = client

    def send(self, request: Request[T]) -> T:
        if worker_ends.is_set():
            raise _BrokenOff
        return self._client.send(request)


@worker_shutting_down.connect
def _on_shutdown(**_: Any) -> None:
    worker_ends.set()


def _each(kind: str, work: Callable[[Pbx, Sender, datetime], object]) -> None:
    """Do this for every PBX that is polled and that nobody does it for just now. One PBX's failure is not another's."""
    for pbx in Pbx.objects.filter(is_enabled=True):
        try:
            with turn(pbx, kind) as is_ours:
                if is_ours:
                    _with_client(pbx, kind, work)
        except _BrokenOff:
            return
        except redis.RedisError as exc:
            log.error("Redis does not answer: %s", exc)
            return


def _with_client(pbx: Pbx, kind: str, work: Callable[[Pbx, Sender, datetime], object]) -> None:
    """What stops the work as a whole is noted under its kind, and logged once."""
    try:
        with client_of(pbx) as client:
            work(pbx, _UntilTheEnd(client), pbx_now(pbx))
        failure_end(pbx, action=f"history, {kind}")
    except PbxError as exc:
        _failed(pbx, kind, exc.sentence)
    except (ValueError, OSError, UnusableKey) as exc:
        _failed(pbx, kind, str(exc))
    except DatabaseError as exc:
        log.warning("%s: the database does not let its history be read now. %s", pbx.slug, exc)


def _failed(pbx: Pbx, kind: str, text: str) -> None:
    if failure_note(pbx, action=f"history, {kind}", text=text):
        log.error("%s: its history cannot be read (%s). %s", pbx.slug, kind, text)


def _names(pbx: Pbx, client: Sender, read: Callable[[Pbx, Sender], None]) -> None:
    """Calls are read also while the PBX does not tell the names."""
    try:
        read(pbx, client)
    except PbxError as exc:
        _failed(pbx, "names", exc.sentence)
    else:
        failure_end(pbx, action="history, names")


@shared_task(name="dashboard.tasks.history_latest", ignore_result=True)
def history_latest() -> None:
    """Read what is new."""

    def work(pbx: Pbx, client: Sender, now: datetime) -> None:
        _names(pbx, client, names_ensure)
        services.latest_read(pbx, client=client, now_at=now)

    _each("latest", work)


@shared_task(name="dashboard.tasks.history_trail", ignore_result=True)
def history_trail() -> None:
    """Read the last hours again, and the names of agents and pauses."""

    def work(pbx: Pbx, client: Sender, now: datetime) -> None:
        _names(pbx, client, names_read)
        services.trail_read(pbx, client=client, now_at=now)

    _each("trail", work)


@shared_task(name="dashboard.tasks.history_gaps", ignore_result=True)
def history_gaps() -> None:
    """Read what was missed."""

    def work(pbx: Pbx, client: Sender, now: datetime) -> None:
        _names(pbx, client, names_ensure)
        services.gaps_fill(pbx, client=client, now_at=now)

    _each("gaps", work)


@shared_task(name="dashboard.tasks.history_ready", ignore_result=True)
def history_ready() -> None:
    """Work out how long agents were free, where that is not known yet or has changed."""
    _each("ready", lambda pbx, _client, now: ready_build(pbx, now_at=now))


@shared_task(name="dashboard.tasks.roll_ups_rebase", ignore_result=True)
def roll_ups_rebase() -> None:
    """Sort the roll-ups by the definitions in force, where those were changed."""
    for pbx in Pbx.objects.all():
        try:
            with turn(pbx, "rebase") as is_ours:
                if is_ours:
                    _rebase(pbx)
        except redis.RedisError as exc:
            log.error("Redis does not answer: %s", exc)


def _rebase(pbx: Pbx) -> None:
    for queue_id in rebasing.roll_ups_rebase(pbx, thresholds=definitions_of(pbx).thresholds):
        log.info("%s: the sums of queue %s were built anew, since its definition changed", pbx.slug, queue_id)


@shared_task(name="dashboard.tasks.history_nightly", ignore_result=True)
def history_nightly() -> None:
    """Let go of what is old, and look at past days once more. What was done is not done again."""
    for pbx in Pbx.objects.all():
        _let_go(pbx)

    def work(pbx: Pbx, client: Sender, now: datetime) -> None:
        queues_enter_all(pbx)
        nightly.days_reconcile(pbx, client=client, now_at=now)

    _each("nightly", work)


def _let_go(pbx: Pbx) -> None:
    """Of every PBX, also one that is not polled any more or cannot be reached: its rules for keeping hold all the same."""
    try:
        with turn(pbx, "keeping") as is_ours:
            if is_ours:
                # A PBX whose clock is ahead brings nothing nearer to its end.
                now_at = min(pbx_now(pbx), timezone.now())
                nightly.old_rows_delete(pbx, now_at=now_at)
                nightly.numbers_remove(pbx, now_at=now_at)
    except redis.RedisError as exc:
        log.error("Redis does not answer: %s", exc)
    except DatabaseError as exc:
        log.warning("%s: the database does not let its old rows be deleted now. %s", pbx.slug, exc)


@shared_task(name="dashboard.tasks.history_seen", ignore_result=True)
def history_seen() -> None:
    """Write the calls that pollers saw end."""
    for pbx in Pbx.objects.filter(is_enabled=True):
        try:
            with turn(pbx, "seen") as is_ours:
                if is_ours:
                    seen.seen_write(pbx, now_at=pbx_now(pbx))
        except redis.RedisError as exc:
            log.error("Redis does not answer: %s", exc)
        except (DatabaseError, UnusableKey) as exc:
            # They stay in their list and are tried again with the next dispatch.
            log.warning("%s: calls that were seen cannot be written yet. %s", pbx.slug, exc)
