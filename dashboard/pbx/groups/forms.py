"""Forms: records of campaigns, and the call forms that agents fill in."""

from collections.abc import Mapping

from dashboard.pbx.groups.base import Action
from dashboard.pbx.groups.forms_read import FormReads
from dashboard.pbx.ids import (
    CallId,
    FieldId,
    FieldName,
    Login,
    PauseName,
    Phone,
    QueueId,
    QueueNumber,
    RecordId,
    StatusId,
    StatusName,
    UserId,
)
from dashboard.pbx.request import Effect, Params, Request, given, mapping, moments, one_of, yes_no
from dashboard.pbx.shapes import nothing, one
from dashboard.pbx.wire.forms import RecordChanged, ScriptClosed
from dashboard.pbx.words import UNCHANGED, Release, SettableAction, Unchanged

CLOSED = one(ScriptClosed)
CHANGED = one(RecordChanged)
NOTHING = nothing()


class Forms(FormReads):
    """All actions of the section Forms."""

    @Action
    @staticmethod
    def script_close(
        *,
        record: RecordId | None = None,
        call_id: CallId | None = None,
        status: StatusName | None = None,
        number: Phone | None = None,
        nextcall: str | None = None,
        user: Login | Release | Unchanged = UNCHANGED,
        fields: Mapping[FieldName, str] | None = None,
        pause: PauseName | None = None,
        deadline_s: float | None = None,
    ) -> Request[ScriptClosed]:
        """CallScriptClose: save and close an open form, and end the wrap pause or change it to `pause`.

        Success does not mean that the pause was switched: see `pause_refusal` of the answer.
        """
        params = one_of(record=record, call_id=call_id) + given(
            {"status": status, "number": number, "user": user, "pause": pause}
        )
        return Request(
            action="CallScriptClose",
            version="4.0",
            effect=Effect.ACTION,
            params=params + moments(nextcall=nextcall) + mapping("fields", fields),
            shape=CLOSED,
            deadline_s=deadline_s,
        )

    @Action
    @staticmethod
    def copy_records(
        *,
        dst_queue: QueueNumber,
        record: RecordId | None = None,
        src_queue: QueueNumber | None = None,
        modify: tuple[str | None, str | None] = (None, None),
        nextcall: tuple[str | None, str | None] = (None, None),
        created: tuple[str | None, str | None] = (None, None),
        update_action: SettableAction | None = None,
        update_callstatus: StatusId | Release | Unchanged = UNCHANGED,
        update_agent: UserId | Release | Unchanged = UNCHANGED,
        update_datetime_nextcall: str | None = None,
        update_datetime_modify: bool | None = None,
        deadline_s: float | None = None,
    ) -> Request[None]:
        """CopyRecords: one record, or those of a campaign whose moments lie in the intervals (from, to)."""
        params = one_of(id=record, src_queue=src_queue) + given({"dst_queue": dst_queue})
        params += _search(modify=modify, nextcall=nextcall, created=created)
        params += given(
            {
                "update_action": update_action,
                "update_callstatus": update_callstatus,
                "update_agent": update_agent,
                "update_datetime_modify": yes_no(update_datetime_modify),
            }
        )
        return Request(
            action="CopyRecords",
            version="3.3",
            effect=Effect.ACTION,
            params=params + moments(update_datetime_nextcall=update_datetime_nextcall),
            shape=NOTHING,
            deadline_s=deadline_s,
        )

    @Action
    @staticmethod
    def move_records(
        *,
        dst_queue: QueueNumber,
        record: RecordId | None = None,
        src_queue: QueueNumber | None = None,
        modify: tuple[str | None, str | None] = (None, None),
        nextcall: tuple[str | None, str | None] = (None, None),
        created: tuple[str | None, str | None] = (None, None),
        update_action: SettableAction | None = None,
        update_callstatus: StatusId | Release | Unchanged = UNCHANGED,
        update_agent: UserId | Release | Unchanged = UNCHANGED,
        update_datetime_nextcall: str | None = None,
        deadline_s: float | None = None,
    ) -> Request[None]:
        """MoveRecords: as CopyRecords, but they are gone from the first campaign."""
        params = one_of(id=record, src_queue=src_queue) + given({"dst_queue": dst_queue})
        params += _search(modify=modify, nextcall=nextcall, created=created)
        params += given(
            {
                "update_action": update_action,
                "update_callstatus": update_callstatus,
                "update_agent": update_agent,
            }
        )
        return Request(
            action="MoveRecords",
            version="3.3",
            effect=Effect.ACTION,
            params=params + moments(update_datetime_nextcall=update_datetime_nextcall),
            shape=NOTHING,
            deadline_s=deadline_s,
        )

    @Action
    @staticmethod
    def create_record(
        *,
        queue: QueueId | QueueNumber,
        phonenumber: Phone,
        fields: Mapping[FieldId, str] | None = None,
        user: UserId | None = None,
        nextcall: str | None = None,
        deadline_s: float | None = None,
    ) -> Request[RecordChanged]:
        """CreateRecord. The document says queue ID and its example sends a number: try which one yours takes."""
        params = given({"queue": queue, "phonenumber": phonenumber, "user": user})
        return Request(
            action="CreateRecord",
            version="4.1",
            effect=Effect.ACTION,
            params=params + moments(nextcall=nextcall) + mapping("fields", fields),
            shape=CHANGED,
            deadline_s=deadline_s,
        )

    @Action
    @staticmethod
    def update_record(
        record: RecordId,
        *,
        queue: QueueId | None = None,
        phonenumber: Phone | None = None,
        fields: Mapping[FieldId, str] | None = None,
        user: UserId | Release | Unchanged = UNCHANGED,
        status: StatusId | Release | Unchanged = UNCHANGED,
        action: SettableAction | None = None,
        nextcall: str | None = None,
        deadline_s: float | None = None,
    ) -> Request[RecordChanged]:
        """UpdateRecord. Fields of the form that are left out are emptied by the PBX, if any is given."""
        params = given(
            {
                "record": record,
                "queue": queue,
                "phonenumber": phonenumber,
                "user": user,
                "status": status,
                "action": action,
            }
        )
        return Request(
            action="UpdateRecord",
            version="4.1",
            effect=Effect.ACTION,
            params=params + moments(nextcall=nextcall) + mapping("fields", fields),
            shape=CHANGED,
            deadline_s=deadline_s,
        )

    @Action
    @staticmethod
    def delete_record(record: RecordId, *, deadline_s: float | None = None) -> Request[None]:
        """DeleteRecord."""
        return Request(
            action="DeleteRecord",
            version="4.1",
            effect=Effect.ACTION,
            params=given({"record": record}),
            shape=NOTHING,
            deadline_s=deadline_s,
        )


def _search(**intervals: tuple[str | None, str | None]) -> Params:
    bounds = {
        f"search_datetime_{name}_{side}": bound
        for name, interval in intervals.items()
        for side, bound in zip(("from", "to"), interval, strict=True)
    }
    return moments(**bounds)
