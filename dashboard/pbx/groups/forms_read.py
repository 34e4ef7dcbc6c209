"""Forms: reading records, forms and statuses."""

from collections.abc import Iterable

from dashboard.pbx.groups.base import Action, Group
from dashboard.pbx.ids import Login, Phone, QueueNumber, RecordId, StatusId, UserId
from dashboard.pbx.request import Request, brackets, given, moments
from dashboard.pbx.shapes import Page, maps_of, one, page, rows, rows_by_id
from dashboard.pbx.wire.forms import (
    CallStatus,
    Contact,
    ExportCell,
    Record,
    RecordAttempts,
    RecordSnapshot,
    ScriptOpened,
)
from dashboard.pbx.words import RecordAction

OPENED = one(ScriptOpened)
EXPORT = maps_of(ExportCell)
ATTEMPTS = one(RecordAttempts)
SNAPSHOTS = page(RecordSnapshot)
RECORDS = page(Record)
STATUSES = rows_by_id(CallStatus, key="id")
CONTACTS = rows(Contact)


class FormReads(Group):
    @Action
    @staticmethod
    def script_opened(user: Login, *, deadline_s: float | None = None) -> Request[ScriptOpened]:
        """CallScriptOpened: the open form of an agent, which keeps them from ending a pause or logging out."""
        return Request(
            action="CallScriptOpened",
            version="4.0",
            params=given({"user": user}),
            shape=OPENED,
            deadline_s=deadline_s,
        )

    @Action
    @staticmethod
    def export(
        queue: QueueNumber,
        *,
        modify: tuple[str | None, str | None] = (None, None),
        nextcall: tuple[str | None, str | None] = (None, None),
        created: tuple[str | None, str | None] = (None, None),
        actions: Iterable[RecordAction] | None = None,
        callstatuses: Iterable[StatusId] | None = None,
        agents: Iterable[UserId] | None = None,
        phonenumber: Phone | None = None,
        deadline_s: float | None = None,
    ) -> Request[list[dict[str, ExportCell]]]:
        """ExportData: forms of a campaign whose moments lie in the intervals (from, to). Keys are the cells' IDs."""
        params = given({"queue": queue, "phonenumber": phonenumber})
        params += moments(datetime_modify_from=modify[0], datetime_modify_to=modify[1])
        params += moments(datetime_nextcall_from=nextcall[0], datetime_nextcall_to=nextcall[1])
        params += moments(datetime_created_from=created[0], datetime_created_to=created[1])
        params += brackets("actions", actions) + brackets("callstatuses", callstatuses)
        params += brackets("agents", agents)
        return Request(action="ExportData", version="3.8", params=params, shape=EXPORT, deadline_s=deadline_s)

    @Action
    @staticmethod
    def record_attempts(record: RecordId, *, deadline_s: float | None = None) -> Request[RecordAttempts]:
        """GetRecordAttempts: how often a record was called."""
        return Request(
            action="GetRecordAttempts",
            version="4.1",
            params=given({"record": record}),
            shape=ATTEMPTS,
            deadline_s=deadline_s,
        )

    @Action
    @staticmethod
    def record_snapshots(
        record: RecordId, *, deadline_s: float | None = None
    ) -> Request[Page[RecordSnapshot]]:
        """GetRecordSnapshots: a record as it was."""
        return Request(
            action="GetRecordSnapshots",
            version="4.1",
            params=given({"record": record}),
            shape=SNAPSHOTS,
            deadline_s=deadline_s,
        )

    @Action
    @staticmethod
    def records(
        *,
        q: str | None = None,
        filter: str | None = None,  # noqa: A002 - the API's name
        sort: str | None = None,
        skip: int | None = None,
        take: int | None = None,
        deadline_s: float | None = None,
    ) -> Request[Page[Record]]:
        """GetRecords. The syntax of `filter` and `sort` is not documented: they are passed on as they are."""
        params = given({"q": q, "filter": filter, "sort": sort, "skip": skip, "take": take})
        return Request(
            action="GetRecords", version="4.1", params=params, shape=RECORDS, deadline_s=deadline_s
        )

    @Action
    @staticmethod
    def statuses(
        *,
        status: StatusId | None = None,
        queue: QueueNumber | None = None,
        deadline_s: float | None = None,
    ) -> Request[dict[StatusId, CallStatus]]:
        """GetStatuses 3.8: the statuses that calls can be given, by ID."""
        return Request(
            action="GetStatuses",
            version="3.8",
            id=status,
            params=given({"queue": queue}),
            shape=STATUSES,
            deadline_s=deadline_s,
        )

    @Action
    @staticmethod
    def contacts(
        phonenumber: Phone,
        *,
        queues: Iterable[QueueNumber] | None = None,
        deadline_s: float | None = None,
    ) -> Request[list[Contact]]:
        """SimpleSearchContact: records with that phone number, with their forms."""
        params = given({"phonenumber": phonenumber}) + brackets("queues", queues)
        return Request(
            action="SimpleSearchContact", version="3.2", params=params, shape=CONTACTS, deadline_s=deadline_s
        )
