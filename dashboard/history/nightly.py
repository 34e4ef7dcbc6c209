"""What is done when nobody calls: yesterday is read once more and compared, old rows go, old numbers go."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final, TypeVar

from django.db import Error as DatabaseError
from django.db import models, transaction
from django.utils import timezone

from dashboard.domain.stretches import holes
from dashboard.history.reading import CALLS_ACTION, SOURCES, stretch_read
from dashboard.history.services import CHUNK, rules_of
from dashboard.history.writing import Written, turn_take
from dashboard.history.zone import zone_of
from dashboard.models import (
    AgentStay,
    CallAttempt,
    CallRecord,
    Coverage,
    HistoryPolicy,
    LostCase,
    Pbx,
    ReadyTime,
    ReadyTotal,
    Reconciliation,
    RejectedRow,
    RollUp,
    RollUpTotal,
)
from dashboard.pbx.errors import PbxError
from dashboard.pbx.groups.base import Sender

log = logging.getLogger(__name__)

DAYS_BACK: Final = 31
EXAMPLES: Final = 20
DAYS_AT_MOST: Final = 3
"""So many days may fail one after another."""
ModelT = TypeVar("ModelT", bound=models.Model)
Failure = PbxError | DatabaseError
BATCH: Final = 2000
AFTER: Final = timedelta(hours=2)
"""A day is looked at again when it has been over for so long that its last calls have ended."""


def days_reconcile(pbx: Pbx, *, client: Sender, now_at: datetime) -> list[Reconciliation]:
    """Read again every past day that was read completely but not looked at since; differences are kept.

    What cannot be read is passed over, and the first reason raised at the end (`PbxError`, a database's error). After three days
    in a row without their calls the rest is left for the next night.
    """
    policy = HistoryPolicy.objects.filter(pbx=pbx).first()
    if policy is None:
        return []
    found: list[Reconciliation] = []
    failures: list[Failure] = []
    in_a_row = 0
    for day in _due(pbx, policy, now_at=now_at):
        row = _reconciled(pbx, policy, client, day, now_at=now_at, failures=failures)
        found += [row] if row else []
        in_a_row = 0 if row else in_a_row + 1
        if in_a_row == DAYS_AT_MOST:
            break
    if failures:
        raise failures[0]
    return found


def _due(pbx: Pbx, policy: HistoryPolicy, *, now_at: datetime) -> Iterator[date]:
    zone = zone_of(pbx.timezone)
    last = zone.day(now_at - AFTER) - timedelta(days=1)
    done = set(Reconciliation.objects.filter(pbx=pbx).values_list("day", flat=True))
    covered = list(Coverage.objects.filter(pbx=pbx, action=CALLS_ACTION).values_list("begins_at", "ends_at"))
    for back in range(DAYS_BACK, -1, -1):
        day = last - timedelta(days=back)
        stretch = zone.stretch(day, day)
        if day not in done and stretch[0] >= policy.since and not holes(covered, within=stretch):
            yield day


def _reconciled(
    pbx: Pbx, policy: HistoryPolicy, client: Sender, day: date, *, now_at: datetime, failures: list[Failure]
) -> Reconciliation | None:
    """None for a day whose calls cannot be read. Failures are added to those known."""
    rules = rules_of(pbx, policy, now_at=now_at)
    calls = Written()
    for source in SOURCES.values():
        try:
            for stretch in rules.zone.chunks(rules.zone.stretch(day, day), length=CHUNK):
                written = stretch_read(pbx, client=client, source=source, rules=rules, stretch=stretch)
                if source.action == CALLS_ACTION:
                    calls = calls.plus(written)
        except (PbxError, DatabaseError) as exc:
            log.warning("%s: %s of %s could not be compared. %s", pbx.slug, source.action, day, exc)
            failures.append(exc)
            if source.action == CALLS_ACTION:
                return None
    listed = set(calls.listed)
    begins_at, ends_at = rules.zone.stretch(day, day)
    own = CallRecord.objects.filter(pbx=pbx, interval_at__gte=begins_at, interval_at__lt=ends_at, day=day)
    ours = set(own.values_list("call_id", flat=True))
    unlisted = sorted(ours - listed)
    kinds = (("missing", calls.added), ("changed", calls.changed), ("unlisted", unlisted))
    examples: list[dict[str, object]] = [
        {"call_id": call_id, "difference": kind} for kind, ids in kinds for call_id in ids[:EXAMPLES]
    ]
    row, _ = Reconciliation.objects.update_or_create(
        pbx=pbx,
        day=day,
        defaults={
            "done_at": timezone.now(),
            "listed": len(listed),
            "missing": len(calls.added),
            "changed": len(calls.changed),
            "unlisted": len(unlisted),
            "examples": examples,
        },
    )
    if calls.added or unlisted:
        log.warning(
            "%s: on %s %d calls were missing and %d are not listed by the PBX",
            *(pbx.slug, day, len(calls.added), len(unlisted)),
        )
    return row


def old_rows_delete(pbx: Pbx, *, now_at: datetime) -> int:
    """Delete what is older than the rules say, in batches; how many calls. What is deleted is no gap."""
    policy = HistoryPolicy.objects.filter(pbx=pbx).exclude(keep_days=None).first()
    if policy is None or policy.keep_days is None:
        return 0
    zone = zone_of(pbx.timezone)
    first = zone.day(now_at) - timedelta(days=policy.keep_days)
    begins_at = zone.begin(first)
    with transaction.atomic():
        policy = turn_take(pbx)
        if policy.since < begins_at:
            policy.since = begins_at
            policy.save(update_fields=["since"])
        covered = Coverage.objects.filter(pbx=pbx, begins_at__lt=begins_at)
        covered.filter(ends_at__lte=begins_at).delete()
        covered.update(begins_at=begins_at)
    count = _deleted(pbx, CallRecord.objects.filter(pbx=pbx), "interval_at", before=begins_at)
    _deleted(pbx, RollUp.objects.filter(pbx=pbx), "begins_at", before=begins_at)
    _deleted(pbx, RollUpTotal.objects.filter(pbx=pbx), "begins_at", before=begins_at)
    _deleted(pbx, ReadyTime.objects.filter(pbx=pbx), "begins_at", before=begins_at)
    _deleted(pbx, ReadyTotal.objects.filter(pbx=pbx), "begins_at", before=begins_at)
    _deleted(pbx, CallAttempt.objects.filter(pbx=pbx), "start_at", before=begins_at)
    for kind in AgentStay.Kind:
        ended = AgentStay.objects.filter(pbx=pbx, kind=kind, end_at__lt=begins_at)
        _deleted(pbx, ended, "start_at", before=begins_at)
    _deleted(pbx, RejectedRow.objects.filter(pbx=pbx), "first_at", before=begins_at)
    _deleted(pbx, LostCase.objects.filter(pbx=pbx), "changed_at", before=begins_at)
    return count


def _deleted(pbx: Pbx, rows: models.QuerySet[ModelT], moment: str, *, before: datetime) -> int:
    """Each batch is a transaction of its own, so that nobody waits long; found by the index of the moment, the oldest first."""
    old = rows.filter(**{f"{moment}__lt": before}).order_by(moment)
    count = 0
    while ids := list(old.values_list("pk", flat=True)[:BATCH]):
        with transaction.atomic():
            turn_take(pbx)
            rows.filter(pk__in=ids).delete()
        count += len(ids)
    return count


def numbers_remove(pbx: Pbx, *, now_at: datetime) -> int:
    """Take the numbers away from calls that are old enough, in batches; how many. Digests stay, so no figure changes."""
    policy = HistoryPolicy.objects.filter(pbx=pbx).exclude(pseudonymise_after_days=None).first()
    if policy is None or policy.pseudonymise_after_days is None:
        return 0
    until = zone_of(pbx.timezone).day(now_at) - timedelta(days=policy.pseudonymise_after_days)
    with transaction.atomic():
        policy = turn_take(pbx)
        if policy.numbers_until is None or policy.numbers_until < until:
            # First of all, so that a second reading does not bring numbers back.
            policy.numbers_until = until
            policy.save(update_fields=["numbers_until"])
    begins_at = zone_of(pbx.timezone).begin(until)
    RejectedRow.objects.filter(pbx=pbx, first_at__lt=begins_at).update(raw={})
    # What people wrote of a caller may name him.
    LostCase.objects.filter(pbx=pbx, changed_at__lt=begins_at).exclude(note="").update(note="")
    count = 0
    rows = CallRecord.objects.filter(pbx=pbx, interval_at__lt=begins_at).exclude(number="", extras=None)
    for batch in _batches(rows.exclude(number="")):
        with transaction.atomic():
            turn_take(pbx)
            count += CallRecord.objects.filter(pk__in=batch).update(number="")
    for call in rows.filter(extras__note__isnull=False).iterator(chunk_size=BATCH):
        extras = {name: value for name, value in (call.extras or {}).items() if name != "note"}
        CallRecord.objects.filter(pk=call.pk).update(extras=extras or None)
    return count


def _batches(rows: models.QuerySet[CallRecord]) -> Iterator[list[int]]:
    last = 0
    while ids := list(rows.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        yield ids
        last = ids[-1]
