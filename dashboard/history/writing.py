"""Writes what was read: every row once, whatever is read twice; and all that follows from it, in the same transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from datetime import datetime
from typing import Any, Final, TypeVar

import msgspec
from django.db import models, transaction
from django.utils import timezone

from dashboard.history.coverage import ready_again
from dashboard.history.limits import basis_segments
from dashboard.history.open_stays import contradicted
from dashboard.history.queues import queues_enter
from dashboard.history.records import ATTEMPT_FIELDS, CALL_FIELDS, STAY_FIELDS, values_of
from dashboard.history.repeats import repeats_mark
from dashboard.history.ringing import ringing_compare
from dashboard.history.rollups import Place, roll_ups_touch
from dashboard.models import (
    AgentStay,
    CallAttempt,
    CallRecord,
    HistoryPolicy,
    Pbx,
    ReadingFailure,
    RejectedRow,
)

ModelT = TypeVar("ModelT", bound=models.Model)

BATCH: Final = 1000
SAME_STAY: Final = ("agent_id", "subject_id", "start_at")


class Rejected(msgspec.Struct, frozen=True, kw_only=True):
    """A row that cannot be counted."""

    row_key: str
    raw: object
    reason: str


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """What a reading found and changed, by the rows' IDs: all it listed, those that were not there, those that were otherwise."""

    listed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()

    def plus(self, other: Written) -> Written:
        return Written(
            listed=self.listed + other.listed,
            added=self.added + other.added,
            changed=self.changed + other.changed,
        )


def turn_take(pbx: Pbx) -> HistoryPolicy:
    """Wait for whoever writes this PBX's history now. Within a transaction; the turn ends with it."""
    return HistoryPolicy.objects.select_for_update().get(pbx=pbx)


def calls_write(pbx: Pbx, records: Sequence[CallRecord]) -> Written:
    """Add or update calls by call ID, and the sums and repeats that they change. Within a transaction, in one's turn.

    A provisional record never replaces one of the PBX's own. But that a call flowed out is only seen live: the PBX's records
    do not tell it from a caller who gave up, so it stays.
    """
    known = {
        row.call_id: row
        for row in CallRecord.objects.filter(pbx=pbx, call_id__in=[record.call_id for record in records])
    }
    added, changed, places = [], [], set[Place]()
    for record in _once(records):
        was = known.get(record.call_id)
        if was is not None:
            record = _with_what_was_seen(was, record)
        if was is None:
            added.append(record)
        elif (record.is_provisional and not was.is_provisional) or _is_same(was, record, CALL_FIELDS):
            continue
        else:
            changed.append(record)
            places.add((was.interval_at, was.queue_id))
            record.acw_s, record.is_repeated = was.acw_s, was.is_repeated
        places.add((record.interval_at, record.queue_id))
    listed = tuple(record.call_id for record in records)
    if not places:
        return Written(listed=listed)
    ringing_compare(pbx, ((known[record.call_id], record) for record in changed))
    _upsert(CallRecord.objects, [*added, *changed], unique=("pbx", "call_id"), fields=CALL_FIELDS)
    queues_enter(pbx, [*added, *changed])
    touched = [*added, *changed, *(known[record.call_id] for record in changed)]
    places |= repeats_mark(pbx, touched)
    roll_ups_touch(pbx, places, segments=basis_segments(pbx))
    ready_again(pbx, ((row.entered_at, row.ended_at) for row in touched if row.agent_id))
    return Written(
        listed=listed,
        added=tuple(row.call_id for row in added),
        changed=tuple(row.call_id for row in changed),
    )


def _with_what_was_seen(was: CallRecord, record: CallRecord) -> CallRecord:
    """The record to be written, with the flow-out that either of the two tells of."""
    flowed_out, abandoned = CallRecord.Outcome.FLOWED_OUT, CallRecord.Outcome.ABANDONED
    if {was.outcome, record.outcome} != {flowed_out, abandoned}:
        return record
    if record.is_provisional and not was.is_provisional:
        if record.outcome == abandoned:
            return record
        record = copy(was)
        record.pk = None
    record.outcome = flowed_out
    return record


def attempts_write(pbx: Pbx, records: Sequence[CallAttempt]) -> Written:
    keys = [record.attempt_id for record in records]
    known = {row.attempt_id: row for row in CallAttempt.objects.filter(pbx=pbx, attempt_id__in=keys)}
    changed = [row for row in records if not _is_same(known.get(row.attempt_id), row, ATTEMPT_FIELDS)]
    _upsert(CallAttempt.objects, changed, unique=("pbx", "attempt_id"), fields=ATTEMPT_FIELDS)
    return _written(changed, known, key="attempt_id")


def stays_write(pbx: Pbx, records: Sequence[AgentStay]) -> Written:
    """The stays must be of one kind."""
    if not records:
        return Written()
    records = contradicted(pbx, _once_by(records, "row_key"))
    keys = [record.row_key for record in records]
    known = {
        row.row_key: row for row in AgentStay.objects.filter(pbx=pbx, kind=records[0].kind, row_key__in=keys)
    }
    changed = [row for row in records if not _is_same(known.get(row.row_key), row, STAY_FIELDS)]
    _upsert(AgentStay.objects, changed, unique=("pbx", "kind", "row_key"), fields=STAY_FIELDS)
    if records[0].kind != AgentStay.Kind.SESSION:
        ready_again(pbx, (piece for row in changed for piece in _otherwise(known.get(row.row_key), row)))
    return _written(changed, known, key="row_key")


def _otherwise(was: AgentStay | None, row: AgentStay) -> list[tuple[datetime, datetime | None]]:
    """The time in which a stay is there now and was not, or the other way round; None: from then on."""
    if was is None:
        return [(row.start_at, row.end_at)]
    if values_of(was, SAME_STAY) != values_of(row, SAME_STAY):
        return [(was.start_at, was.end_at), (row.start_at, row.end_at)]
    ends = [end for end in (was.end_at, row.end_at) if end is not None]
    return [(min(ends), None if len(ends) == 1 else max(ends))] if ends else []


def _written(rows: Iterable[Any], known: dict[str, Any], *, key: str) -> Written:
    keys = [getattr(row, key) for row in rows]
    return Written(
        added=tuple(key for key in keys if key not in known),
        changed=tuple(key for key in keys if key in known),
    )


def _once(records: Sequence[CallRecord]) -> list[CallRecord]:
    return _once_by(records, "call_id")


def _once_by(records: Sequence[ModelT], key: str) -> list[ModelT]:
    """Of rows with the same key the first: lists of calls are newest first, so the latest."""
    found: dict[str, ModelT] = {}
    for record in records:
        found.setdefault(getattr(record, key), record)
    return list(found.values())


def _is_same(was: object | None, record: object, fields: tuple[str, ...]) -> bool:
    return was is not None and values_of(was, fields) == values_of(record, fields)


def _upsert(
    manager: models.Manager[ModelT], rows: list[ModelT], *, unique: tuple[str, ...], fields: tuple[str, ...]
) -> None:
    manager.bulk_create(
        rows, batch_size=BATCH, update_conflicts=True, unique_fields=unique, update_fields=fields
    )


def rejected_write(pbx: Pbx, *, action: str, rejected: Sequence[Rejected], good_keys: Sequence[str]) -> None:
    """Keep rows that cannot be counted; forget those that came right."""
    if good_keys and RejectedRow.objects.filter(pbx=pbx, action=action).exists():
        RejectedRow.objects.filter(pbx=pbx, action=action, row_key__in=good_keys).delete()
    rows = [
        RejectedRow(
            pbx=pbx,
            action=action,
            row_key=row.row_key[:100],
            raw=row.raw,
            reason=row.reason,
            first_at=timezone.now(),
        )
        for row in {row.row_key: row for row in rejected}.values()
    ]
    RejectedRow.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=("pbx", "action", "row_key"),
        update_fields=("raw", "reason"),
    )


def failure_note(pbx: Pbx, *, action: str, text: str) -> bool:
    """Note why an action cannot be read. True if it could until now."""
    now = timezone.now()
    _, is_new = ReadingFailure.objects.update_or_create(
        pbx=pbx,
        action=action,
        defaults={"text": text, "last_at": now},
        create_defaults={"text": text, "last_at": now, "since_at": now},
    )
    return is_new


def failure_end(pbx: Pbx, *, action: str) -> bool:
    """True if there was a failure."""
    return bool(ReadingFailure.objects.filter(pbx=pbx, action=action).delete()[0])


def policy_ensure(pbx: Pbx, *, since: datetime) -> HistoryPolicy:
    """The PBX's rules; made at the first call, to read everything from `since`."""
    policy, _ = HistoryPolicy.objects.get_or_create(pbx=pbx, defaults={"since": since})
    return policy


@transaction.atomic
def read_since(pbx: Pbx, since: datetime) -> None:
    """Have everything from this moment on read, if that is earlier than what is read already."""
    policy = turn_take(pbx)
    if since < policy.since:
        policy.since = since
        policy.save(update_fields=["since"])
