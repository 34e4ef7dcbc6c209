"""Call scripts: the form an agent has open, saved and closed from outside."""

from typing import Any

from dashboard.gateway.engine import Pause
from dashboard.gateway.office import Office
from dashboard.gateway.office.forms import Record, RecordAction, Values
from dashboard.gateway.office.texts import sent_text
from dashboard.gateway.surface import values
from dashboard.gateway.surface.asking import ApiError, Ask, Result
from dashboard.gateway.surface.commands.refusals import NOT_ALLOWED
from dashboard.gateway.surface.office import finding, rows
from dashboard.gateway.surface.office.records import form_values, phone
from dashboard.gateway.surface.variant import Variant

NOT_OPEN = "Záznam není otevřený"
STATUS_MISSING = "Stav musí být vyplněn"
NO_PAUSE = "Tato pauza nebyla nalezena"
IN_NO_QUEUE = "Agent není přihlášen do žádné z front, tedy není možné ho dát na pauzu"


def script_opened(ask: Ask) -> Result:
    """CallScriptOpened: the record and its form; without an open script only a record of null."""
    user = finding.user_with_login(ask, values.needed(ask, "user"))
    with ask.engine.office() as office:
        record = office.scripts.open_record(user.id)
        if record is None:
            return {"record": None}
        return {"record": rows.opened(ask, record), "fields": _form(ask, record, office)}


def script_close(ask: Ask) -> Result:
    """CallScriptClose: saves the form. Whether the pause could be switched as well is told in `cc`."""
    with ask.engine.office() as office:
        record, user_id = _open_record(ask, office)
        if ask.caller_id not in {None, user_id}:
            raise ApiError(NOT_ALLOWED)
        changes = _changes(ask, record, office)
        name = values.text(ask, "pause")
        pause = _pause_named(ask, name) if name else None
        saved = office.records.save(record, by=user_id, **changes)
        is_switched = office.scripts.close(user_id, pause_id=pause.id if pause else None)
        error = None if is_switched else IN_NO_QUEUE
        if name and pause is None:
            error = NO_PAUSE
        return {"record": rows.closed(ask, saved), "cc": {"result": error is None, "error": error}}


def _open_record(ask: Ask, office: Office) -> tuple[Record, int]:
    """The record that is meant, by its id or by its call, and the agent who has it open."""
    text, call_id = values.text(ask, "record"), values.text(ask, "call_id")
    if text:
        record = finding.record_with_id(text, records=office.records, name="record")
        if call_id and record.call_id != call_id:
            raise ApiError("Parametry record a call_id neoznačují tentýž záznam")
        user_id = office.scripts.user_of(record.id)
        if user_id is not None:
            return record, user_id
    else:
        for agent in ask.engine.floor().agents.values():
            opened = office.scripts.open_record(agent.user_id)
            if opened is not None and opened.call_id == call_id:
                return opened, agent.user_id
    raise ApiError(NOT_OPEN)


def _changes(ask: Ask, record: Record, office: Office) -> dict[str, Any]:
    code = values.text(ask, "status")
    if not code and record.status_id is None:
        raise ApiError(STATUS_MISSING)
    next_call_at = values.moment(ask, "nextcall")
    changes: dict[str, Any] = {
        "next_call_at": next_call_at,
        "action": RecordAction.DONE if next_call_at is None else RecordAction.PLANNED,
    }
    if code:
        changes["status_id"] = finding.status_named(code, records=office.records).id
    if number := values.text(ask, "number"):
        changes["number"] = phone(number, name="number")
    if (login := values.text(ask, "user")) is not None:
        changes["user_id"] = finding.user_with_login(ask, login).id if login else None
    if (given := values.pairs(ask, "fields")) is not None:
        changes["fields"] = record.fields | _named_values(given, office)
    return changes


def _named_values(given: dict[str, str], office: Office) -> Values:
    """Values by the unique names of their fields; the fields not named keep what they have."""
    ids = {field.name: field.id for field in office.records.form.values()}
    unknown = next((name for name in given if name not in ids), None)
    if unknown is not None:
        raise ApiError(f"Pole formuláře {unknown} neexistuje")
    by_id = {str(ids[name]): value for name, value in given.items()}
    form = form_values(by_id, records=office.records)
    return {int(key): form[int(key)] for key in by_id}


def _pause_named(ask: Ask, name: str) -> Pause | None:
    """The pause with this unique name: its code, `pause_` and its code, or its title in plain letters."""
    for pause in ask.directory.pauses.values():
        plain = sent_text(pause.title, is_unicode=False).lower()
        if not pause.is_deleted and name in {pause.code, f"pause_{pause.code}", plain}:
            return pause
    return None


def _form(ask: Ask, record: Record, office: Office) -> Result:
    return ask.map(
        {
            str(field.id): {
                "field": str(field.id),
                "type": "selectbox" if field.options else "text",
                "name": field.name,
                "title": field.title,
                "description": "",
                "multiple": "0",
                "fieldset": None,
                "pattern": "",
                "col": None,
                "deleted": "0",
                "required": None,
                "position": None,
                "free": None,
                "object": {"field": None, "error": None},
                "options": list(field.options) or None,
                "value": list(record.fields.get(field.id, ())),
                "time": ask.text(record.changed_at),
                "user": str(record.user_id),
                "version": str(len(office.records.snapshots(record.id))),
            }
            for field in office.records.form.values()
        }
    )


VARIANTS = (
    Variant(action="CallScriptOpened", version="4.0", answer=script_opened, required=("user",)),
    Variant(action="CallScriptClose", version="4.0", answer=script_close, one_of=("record", "call_id")),
)
