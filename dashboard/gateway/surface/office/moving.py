"""Records in bulk: copied or moved from one campaign to another."""

from typing import Any

from dashboard.gateway.office.forms import Record, RecordFilter
from dashboard.gateway.office.records import Records
from dashboard.gateway.surface import values
from dashboard.gateway.surface.asking import ApiError, Ask, Result
from dashboard.gateway.surface.office import finding
from dashboard.gateway.surface.office.records import SETTABLE
from dashboard.gateway.surface.variant import Variant

SOURCE_MISSING = "Chybí jeden z parametrů id, src_queue"


def records_copy(ask: Ask) -> Result:
    """CopyRecords: with `update_datetime_modify=no` the copies keep the date of the last change."""
    with ask.engine.office() as office:
        queue = finding.queue_numbered(ask, values.needed(ask, "dst_queue"))
        changes = _changes(ask, office.records)
        keeps_date = values.is_yes(ask, "update_datetime_modify") is False
        for record in _meant(ask, office.records):
            office.records.copy(record, queue_id=queue.id, keep_date=keeps_date, **changes)


def records_move(ask: Ask) -> Result:
    """MoveRecords: they are no longer in the first campaign. Records an agent is working on stay where they are."""
    with ask.engine.office() as office:
        queue = finding.queue_numbered(ask, values.needed(ask, "dst_queue"))
        changes = _changes(ask, office.records)
        for record in _meant(ask, office.records):
            if not record.is_in_use:
                office.records.save(record, queue_id=queue.id, **changes)


def _meant(ask: Ask, records: Records) -> list[Record]:
    """The record `id`, or those of the campaign `src_queue` that the filters let through."""
    source = values.text(ask, "src_queue")
    queue = finding.queue_numbered(ask, source) if source else None
    wanted = RecordFilter(
        queue_ids=frozenset({queue.id}) if queue else None,
        changed=finding.interval(ask, "search_datetime_modify"),
        planned=finding.interval(ask, "search_datetime_nextcall"),
        created=finding.interval(ask, "search_datetime_created"),
    )
    if ask.record_id:
        record = finding.record_with_id(ask.record_id, records=records, name="id")
        if not wanted.matches(record):
            raise ApiError("Záznam id neodpovídá parametru src_queue nebo search_*")
        return [record]
    if queue is None:
        raise ApiError(SOURCE_MISSING)
    return records.search(wanted)


def _changes(ask: Ask, records: Records) -> dict[str, Any]:
    """What the records become on the way: absent is carried over, empty is released."""
    changes: dict[str, Any] = {}
    if action := values.one_of(ask, "update_action", allowed=SETTABLE):
        changes["action"] = SETTABLE[action]
    if values.text(ask, "update_callstatus") is not None:
        changes["status_id"] = finding.status_with_id(ask, "update_callstatus", records=records)
    if (agent := values.text(ask, "update_agent")) is not None:
        changes["user_id"] = finding.user_named(ask, agent).id if agent else None
    if (planned_at := values.moment(ask, "update_datetime_nextcall")) is not None:
        changes["next_call_at"] = planned_at
    return changes


VARIANTS = (
    Variant(action="CopyRecords", version="3.3", answer=records_copy, required=("dst_queue",)),
    Variant(action="MoveRecords", version="3.3", answer=records_move, required=("dst_queue",)),
)
