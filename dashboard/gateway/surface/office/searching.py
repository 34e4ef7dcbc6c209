"""Forms looked up: exported by campaign, found by telephone number; and the statuses they can have."""

from typing import Any

import msgspec

from dashboard.gateway.engine import QueueType
from dashboard.gateway.office.forms import CallStatus, Record, RecordAction, RecordFilter
from dashboard.gateway.office.records import Records
from dashboard.gateway.surface import values
from dashboard.gateway.surface.asking import ApiError, Ask, Result, flag, id_text
from dashboard.gateway.surface.office import finding
from dashboard.gateway.surface.variant import Variant

LABELS = {
    "sysdata_number": "Tel.číslo",
    "sysdata_date": "Datum",
    "sysdata_date_nextcall": "Datum příštího volání",
    "sysdata_date_create": "Datum vytvoření",
    "sysdata_callstatus": "Stav hovoru",
    "sysdata_action": "Akce s čísly",
    "sysdata_action_number": "Akce s čísly číslo",
    "sysdata_asterisk_uniqueid": "Unikátní číslo hovoru",
    "sysdata_asterisk_recording": "Nahrávka hovoru",
    "sysdata_agent_id": "Agent ID",
    "sysdata_agent_login": "Agent login",
    "sysdata_agent_name": "Jméno agenta",
    "sysdata_id": "ID",
}
ACTION_TEXTS = {
    RecordAction.FREE: "volná",
    RecordAction.LOADED: "načtená agentem",
    RecordAction.ANSWERED: "před uložením",
    RecordAction.DONE: "uložená",
    RecordAction.PLANNED: "odložená na později",
}


def data_export(ask: Ask) -> Result:
    """ExportData: the forms of one campaign; dates are written the Czech way."""
    with ask.engine.office() as office:
        queue = finding.queue_numbered(ask, values.needed(ask, "queue"))
        wanted = RecordFilter(
            queue_ids=frozenset({queue.id}),
            actions=ask.ids("actions"),
            status_ids=ask.ids("callstatuses"),
            user_ids=ask.ids("agents"),
            number=values.text(ask, "phonenumber") or None,
            changed=finding.interval(ask, "datetime_modify"),
            planned=finding.interval(ask, "datetime_nextcall"),
            created=finding.interval(ask, "datetime_created"),
        )
        return [_exported(ask, record, office.records) for record in office.records.search(wanted)]


def contact_search(ask: Ask) -> Result:
    """SimpleSearchContact: the forms with this number, with their structure in parallel lists."""
    number = values.needed(ask, "phonenumber")
    numbers = ask.parameters.values("queues")
    queue_ids = frozenset(finding.queue_numbered(ask, text).id for text in numbers) if numbers else None
    with ask.engine.office() as office:
        found = office.records.search(RecordFilter(number=number, queue_ids=queue_ids))
        return [_contact(ask, record, office.records) for record in found]


def call_statuses(ask: Ask) -> Result:
    """GetStatuses 3.8: all of them, one by its id, or those of a queue, of which only campaigns have any."""
    number = values.text(ask, "queue")
    with ask.engine.office() as office:
        statuses = office.records.statuses
        if ask.record_id:
            status = statuses.get(values.number_of(ask.record_id, name="id"))
            if status is None:
                raise ApiError(finding.NO_STATUS)
            return ask.map({str(status.id): _status(status)})
        if number and finding.queue_numbered(ask, number).type is not QueueType.CAMPAIGN:
            return ask.map({})
        return ask.map({str(status.id): _status(status) for status in statuses.values()})


def _exported(ask: Ask, record: Record, records: Records) -> dict[str, Any]:
    user = ask.directory.users.get(record.user_id or 0)
    status = records.statuses.get(record.status_id or 0)
    system = {
        "sysdata_number": record.number,
        "sysdata_date": _czech(ask, record.changed_at),
        "sysdata_date_nextcall": _czech(ask, record.next_call_at),
        "sysdata_date_create": _czech(ask, record.created_at),
        "sysdata_callstatus": status.title if status else None,
        "sysdata_action": ACTION_TEXTS[RecordAction(record.action)],
        "sysdata_action_number": str(int(record.action)),
        "sysdata_asterisk_uniqueid": record.call_id,
        "sysdata_asterisk_recording": None,
        "sysdata_agent_id": id_text(record.user_id),
        "sysdata_agent_login": user.login if user else None,
        "sysdata_agent_name": user.title if user else None,
        "sysdata_id": str(record.id),
    }
    cells = {key: {"label": LABELS[key], "value": value, "id": key} for key, value in system.items()}
    for field in records.form.values():
        key = f"data_{field.id}"
        cells[key] = {"label": field.title, "value": ", ".join(record.fields.get(field.id, ())), "id": key}
    return cells


def _czech(ask: Ask, moment_at: int | None) -> str | None:
    """DD.MM.YYYY HH:MM:SS, as nowhere else in the API."""
    printed = ask.text(moment_at)
    if printed is None:
        return None
    day, _, time = printed.partition(" ")
    return ".".join(reversed(day.split("-"))) + f" {time}"


def _contact(ask: Ask, record: Record, records: Records) -> dict[str, Any]:
    form = list(records.form.values())
    queue = ask.queue(record.queue_id)
    return {
        "id_list": str(record.id),
        "name_campaign": queue.title,
        "id_code_possibili": str(record.id),
        "number_campaign": queue.number,
        "array_struct": {
            "id_field": [str(field.id) for field in form],
            "type_field": ["selectbox" if field.options else "text" for field in form],
            "label_field": [field.title for field in form],
            "default_value_field": [
                msgspec.json.encode(field.options).decode() if field.options else "" for field in form
            ],
            "ro_field": [False for _ in form],
            "order_field": [str(place) for place, _ in enumerate(form, start=1)],
            "value_data": [", ".join(record.fields.get(field.id, ())) for field in form],
        },
        "sysdata_struct": {
            "id": str(record.id),
            "number": record.number,
            "date": ask.text(record.changed_at),
            "date_nextcall": ask.text(record.next_call_at),
            "callstatus": id_text(record.status_id),
            "action": str(int(record.action)),
            "asterisk_uniqueid": record.call_id,
            "agent_id": id_text(record.user_id),
        },
        "status_error": None,
    }


def _status(status: CallStatus) -> dict[str, str]:
    return {
        "code": status.code,
        "id": str(status.id),
        "description": status.title,
        "deleted": flag(status.is_deleted),
    }


VARIANTS = (
    Variant(action="ExportData", version="3.8", answer=data_export, required=("queue",)),
    Variant(action="SimpleSearchContact", version="3.2", answer=contact_search, required=("phonenumber",)),
    Variant(action="GetStatuses", version="3.8", answer=call_statuses),
)
