"""Rows of campaigns: records, their forms, and the statuses of calls and numbers."""

import msgspec

from dashboard.pbx.errors import PbxRefused, refusal
from dashboard.pbx.loose import (
    IdKey,
    LooseBool,
    LooseCallId,
    LooseFields,
    LooseId,
    LooseInt,
    LoosePhone,
    LooseQueueId,
    LooseQueueNumber,
    LooseStatusId,
    LooseText,
    LooseTime,
    LooseUserId,
    LooseWords,
    RecordKey,
    StatusKey,
)
from dashboard.pbx.wire.base import Wire
from dashboard.pbx.words import RecordAction


class Record(Wire, frozen=True, kw_only=True):
    """A record of a campaign, as all the actions on records give it."""

    record: RecordKey
    user: LooseUserId = None
    queue: LooseQueueId = None
    name: LooseText = None
    title: LooseText = None
    number: LoosePhone = None
    nextcall: LooseTime = None
    status: LooseStatusId = None
    action_raw: LooseText = msgspec.field(name="action", default=None)
    call_id: LooseCallId = None
    edited: LooseTime = None
    created: LooseTime = None
    deleted: LooseBool = None
    fields: LooseFields = {}

    @property
    def action(self) -> RecordAction | None:
        """None where the PBX answers with the name of its own action instead, as UpdateRecord does."""
        return RecordAction(self.action_raw) if self.action_raw in set(RecordAction) else None


class RecordChanged(Wire, frozen=True, kw_only=True):
    """CreateRecord, UpdateRecord: how many records, and the record after it. Read it back for `action`."""

    record: Record
    count: LooseInt = None


class RecordSnapshot(Wire, frozen=True, kw_only=True):
    """GetRecordSnapshots: a record as it was."""

    record_snapshot: IdKey
    record: RecordKey
    user: LooseUserId = None
    queue: LooseQueueId = None
    name: LooseText = None
    title: LooseText = None
    number: LoosePhone = None
    nextcall: LooseTime = None
    status: LooseStatusId = None
    action: LooseText = None
    call_id: LooseCallId = None
    created: LooseTime = None
    created_by: LooseText = None
    fields: LooseFields = {}


class RecordAttempts(Wire, frozen=True, kw_only=True):
    """GetRecordAttempts."""

    count_answered: LooseInt
    count_unanswered: LooseInt = None
    last_datetime: LooseTime = None


class FormField(Wire, frozen=True, kw_only=True):
    """A field of an open form with its values."""

    field: IdKey
    type: LooseText = None
    name: LooseText = None
    title: LooseText = None
    description: LooseText = None
    multiple: LooseBool = None
    value: LooseWords = []
    time: LooseTime = None
    user: LooseUserId = None
    deleted: LooseBool = None


class ScriptOpened(Wire, frozen=True, kw_only=True):
    """CallScriptOpened: the open form of an agent; `record` is None when none is open."""

    record: Record | None
    raw_fields: dict[str, FormField] | list[FormField] | None = msgspec.field(name="fields", default=None)

    @property
    def fields(self) -> dict[str, FormField]:
        if isinstance(self.raw_fields, dict):
            return self.raw_fields
        return {field.field: field for field in self.raw_fields or ()}


class PauseSwitch(Wire, frozen=True, kw_only=True):
    """Whether the pause was switched after a form was closed."""

    result: LooseBool
    error: LooseText = None


class ScriptClosed(Wire, frozen=True, kw_only=True):
    """CallScriptClose. It succeeds even when the pause was not switched: see `pause_refusal`."""

    record: Record
    cc: PauseSwitch

    @property
    def pause_refusal(self) -> PbxRefused | None:
        return None if self.cc.result else refusal("CallScriptClose", self.cc.error or "no reason given")


class ExportCell(Wire, frozen=True, kw_only=True):
    """One value of ExportData. Dates are DD.MM.YYYY HH:MM:SS here."""

    id: IdKey
    label: LooseText = None
    value: LooseText = None


class CallStatus(Wire, frozen=True, kw_only=True):
    """GetStatuses 3.8: a status that a call can be given; `code` is its unique name."""

    id: StatusKey
    code: LooseText = None
    description: LooseText = None
    deleted: LooseBool = None


class ContactFields(Wire, frozen=True, kw_only=True):
    """The form of a contact as parallel lists."""

    id_field: LooseWords = []
    type_field: LooseWords = []
    label_field: LooseWords = []
    value_data: LooseWords = []


class ContactSystemData(Wire, frozen=True, kw_only=True):
    id: LooseId = None
    number: LoosePhone = None
    date: LooseTime = None
    date_nextcall: LooseTime = None
    callstatus: LooseStatusId = None
    action: LooseText = None
    asterisk_uniqueid: LooseCallId = None
    agent_id: LooseUserId = None


class Contact(Wire, frozen=True, kw_only=True):
    """SimpleSearchContact: a record that matches a phone number, with its form."""

    id_list: RecordKey
    name_campaign: LooseText = None
    number_campaign: LooseQueueNumber = None
    array_struct: ContactFields | None = None
    sysdata_struct: ContactSystemData | None = None

    @property
    def values(self) -> dict[str, str]:
        """Values of the form by label."""
        form = self.array_struct or ContactFields()
        return dict(zip(form.label_field, form.value_data, strict=False))


class NumberStatus(Wire, frozen=True, kw_only=True):
    """GetStatuses 4.0 of the autodialer."""

    status: StatusKey
    name: LooseText = None
    code: LooseText = None


class NumberChecked(Wire, frozen=True, kw_only=True):
    """CheckNumber: `status` is one of the autodialer's statuses."""

    number: LoosePhone
    time: LooseTime = None
    status: LooseStatusId = None
