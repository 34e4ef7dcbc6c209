"""Records one by one: made, changed, deleted, listed."""

import re
from typing import Any

from dashboard.gateway.office.forms import RecordAction, RecordFilter, Values
from dashboard.gateway.office.records import Records
from dashboard.gateway.surface import values
from dashboard.gateway.surface.asking import ApiError, Ask, Result
from dashboard.gateway.surface.office import finding, rows
from dashboard.gateway.surface.variant import Variant

MOST_ROWS = 1000
IN_USE = "Záznam má právě otevřený agent"
SETTABLE = {"0": RecordAction.FREE, "5": RecordAction.DONE, "6": RecordAction.PLANNED}
PHONE = re.compile(r"^\+?[0-9]{3,20}$")


def record_create(ask: Ask) -> Result:
    """CreateRecord: one record for a queue, which is given by its id or its number."""
    with ask.engine.office() as office:
        queue = finding.queue_named(ask, values.needed(ask, "queue"))
        user = values.text(ask, "user")
        record = office.records.create(
            queue_id=queue.id,
            number=phone(values.needed(ask, "phonenumber"), name="phonenumber"),
            user_id=finding.user_named(ask, user).id if user else None,
            next_call_at=values.moment(ask, "nextcall"),
            fields=form_values(values.pairs(ask, "fields") or {}, records=office.records),
        )
        return {"count": 1, "record": rows.created(ask, record)}


def record_update(ask: Ask) -> Result:
    """UpdateRecord: what is not sent stays, except that a form that is sent replaces all values."""
    with ask.engine.office() as office:
        record = finding.record_of(ask, office.records)
        if record.is_in_use:
            raise ApiError(IN_USE)
        changes = _changes(ask, office.records)
        return {"count": 1, "record": rows.updated(ask, office.records.save(record, **changes))}


def record_delete(ask: Ask) -> Result:
    """DeleteRecord: the answer is the number 1."""
    with ask.engine.office() as office:
        record = finding.record_of(ask, office.records)
        if record.is_in_use:
            raise ApiError(IN_USE)
        office.records.delete(record.id)
        return 1


def records_list(ask: Ask) -> Result:
    """GetRecords: those that mention `q`. What `filter` and `sort` look like is not documented: they are refused."""
    for name in ("filter", "sort"):
        if ask.parameters.has(name):
            raise ApiError(f"Parametr {name} není podporován: jeho zápis není dokumentován")
    skip, take = values.page(ask, most=MOST_ROWS)
    with ask.engine.office() as office:
        found = office.records.search(RecordFilter(text=values.text(ask, "q") or None))
        page = found[skip : skip + take]
        return {"data": [rows.listed(ask, record) for record in page], "total": str(len(found))}


def record_snapshots(ask: Ask) -> Result:
    """GetRecordSnapshots: the record after each time it was saved, oldest first."""
    with ask.engine.office() as office:
        found = office.records.snapshots(finding.record_of(ask, office.records).id)
        return {"data": [rows.snapshot(ask, snap) for snap in found], "total": len(found)}


def record_attempts(ask: Ask) -> Result:
    """GetRecordAttempts: how often the record was called."""
    with ask.engine.office() as office:
        record = finding.record_of(ask, office.records)
        return rows.attempts(ask, office.records.attempts(record.id))


def form_values(given: dict[str, str], *, records: Records) -> Values:
    """The whole form: fields that are not given by their id are empty."""
    form: Values = dict.fromkeys(records.form, ())
    for key, value in given.items():
        field = records.form.get(values.number_of(key, name="fields[...]"))
        if field is None:
            raise ApiError(f"Pole formuláře {key} neexistuje")
        if value and field.options and value not in field.options:
            raise ApiError(f"Pole formuláře {key} může být jen: {', '.join(field.options)}")
        form[field.id] = (value,) if value else ()
    return form


def phone(text: str, *, name: str) -> str:
    """This text, if it is a telephone number."""
    if PHONE.match(text) is None:
        raise ApiError(f"Parametr {name} musí být telefonní číslo")
    return text


def _changes(ask: Ask, records: Records) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    if queue := values.text(ask, "queue"):
        changes["queue_id"] = finding.queue_named(ask, queue).id
    if number := values.text(ask, "phonenumber"):
        changes["number"] = phone(number, name="phonenumber")
    if (given := values.pairs(ask, "fields")) is not None:
        changes["fields"] = form_values(given, records=records)
    if (user := values.text(ask, "user")) is not None:
        changes["user_id"] = finding.user_named(ask, user).id if user else None
    if values.text(ask, "status") is not None:
        changes["status_id"] = finding.status_with_id(ask, "status", records=records)
    if action := values.one_of(ask, "action", allowed=SETTABLE):
        changes["action"] = SETTABLE[action]
    if values.text(ask, "nextcall") is not None:
        changes["next_call_at"] = values.moment(ask, "nextcall")
    return changes


RECORD = ("record",)
VARIANTS = (
    Variant(action="CreateRecord", version="4.1", answer=record_create, required=("queue", "phonenumber")),
    Variant(action="UpdateRecord", version="4.1", answer=record_update, required=RECORD),
    Variant(action="DeleteRecord", version="4.1", answer=record_delete, required=RECORD),
    Variant(action="GetRecords", version="4.1", answer=records_list),
    Variant(action="GetRecordSnapshots", version="4.1", answer=record_snapshots, required=RECORD),
    Variant(action="GetRecordAttempts", version="4.1", answer=record_attempts, required=RECORD),
)
