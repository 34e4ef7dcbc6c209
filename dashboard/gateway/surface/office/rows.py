"""Records as the API prints them: the types of numbers differ from one action to the next."""

from typing import Any

from dashboard.gateway.office.forms import Attempts, Record, Snapshot, Values
from dashboard.gateway.surface.asking import Ask, id_text

UNCHANGED = {"fields": False, "record_snapshots": False}


def created(ask: Ask, record: Record) -> dict[str, Any]:
    """As CreateRecord prints it: numbers as numbers."""
    row = _row(ask, record)
    return {**row, "call_id": record.call_id, "deleted": 0, "changes": UNCHANGED}


def updated(ask: Ask, record: Record) -> dict[str, Any]:
    """As UpdateRecord prints it, with the action's own name in place of the record's action."""
    return {**_row(ask, record), "action": "UpdateRecord", "fields": fields(record.fields)}


def closed(ask: Ask, record: Record) -> dict[str, Any]:
    """As CallScriptClose prints it."""
    return {**_row(ask, record), "call_id": record.call_id, "changes": UNCHANGED}


def opened(ask: Ask, record: Record) -> dict[str, Any]:
    """As CallScriptOpened prints it: numbers as texts."""
    row = {**_row(ask, record), **_texts(record), "call_id": record.call_id}
    # The form has been loaded: that is when the record was last touched.
    return {**row, "edited": ask.text(record.changed_at), "changes": UNCHANGED}


def listed(ask: Ask, record: Record) -> dict[str, Any]:
    """As GetRecords prints it."""
    return {**_row(ask, record), **_texts(record), "fields": fields(record.fields)}


def snapshot(ask: Ask, snap: Snapshot) -> dict[str, Any]:
    """As GetRecordSnapshots prints it."""
    row = {**_row(ask, snap.record), **_texts(snap.record)}
    for name in ("edited", "deleted"):
        del row[name]
    return {
        "record_snapshot": str(snap.id),
        **row,
        "created": ask.text(snap.at),
        "created_by": id_text(snap.user_id),
        "fields": fields(snap.record.fields),
    }


def attempts(ask: Ask, count: Attempts) -> dict[str, Any]:
    """As GetRecordAttempts prints it; null for a record that was never called."""
    return {
        "count_answered": str(count.answered),
        "count_unanswered": str(count.unanswered),
        "last_datetime": ask.text(count.last_at),
    }


def fields(of: Values) -> dict[str, list[str]]:
    """The values by the id of the field."""
    return {str(field_id): list(texts) for field_id, texts in of.items()}


def _row(ask: Ask, record: Record) -> dict[str, Any]:
    return {
        "record": record.id,
        "user": id_text(record.user_id),
        "queue": str(record.queue_id),
        "name": record.name,
        "title": record.title,
        "number": record.number,
        "nextcall": ask.text(record.next_call_at),
        "status": id_text(record.status_id),
        "action": int(record.action),
        "call_id": record.call_id or "",
        "edited": ask.text(record.edited_at),
        "created": ask.text(record.created_at),
        "deleted": "0",
    }


def _texts(record: Record) -> dict[str, str]:
    return {"record": str(record.id), "action": str(int(record.action))}
