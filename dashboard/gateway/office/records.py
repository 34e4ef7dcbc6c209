"""Where the records of the campaigns are kept: with a snapshot of each time they were saved, and their calls."""

from collections import deque
from collections.abc import Callable, Iterable
from typing import Any

import msgspec

from dashboard.gateway.errors import Refused
from dashboard.gateway.office.forms import (
    Attempts,
    CallStatus,
    FormField,
    Record,
    RecordAction,
    RecordFilter,
    Snapshot,
)

RECORDS_KEPT = 20_000
SNAPSHOTS_KEPT = 50
DROPPED_AT_ONCE = 1000
NO_ATTEMPTS = Attempts()


class Records:
    """Records by id, in the order in which they were made. `now` tells the moment; not safe for several threads.

    `when_saved` is told of each record that was saved.
    """

    def __init__(
        self, *, now: Callable[[], int], statuses: Iterable[CallStatus], fields: Iterable[FormField]
    ) -> None:
        self._now = now
        self.statuses = {status.id: status for status in statuses}
        self.form = {field.id: field for field in fields}
        self._records: dict[int, Record] = {}
        self._snapshots: dict[int, deque[Snapshot]] = {}
        self._attempts: dict[int, Attempts] = {}
        self.when_saved: Callable[[Record], None] = lambda record: None
        self._made = 0
        self._snapshots_made = 0

    @property
    def is_full(self) -> bool:
        """Whether a new record needs room that may not be there."""
        return len(self._records) >= RECORDS_KEPT

    def find(self, record_id: int) -> Record | None:
        """The record, if there is one."""
        return self._records.get(record_id)

    def search(self, wanted: RecordFilter) -> list[Record]:
        """The records that are meant, oldest first."""
        return [record for record in self._records.values() if wanted.matches(record)]

    def due(self, queue_id: int, *, actions: frozenset[int], until_at: int) -> list[int]:
        """The ids of the records of this campaign with one of these actions whose call is planned no later.

        Much quicker than to `search`.
        """
        return [
            record.id
            for record in self._records.values()
            if record.queue_id == queue_id
            and record.action in actions
            and (record.next_call_at is None or record.next_call_at <= until_at)
        ]

    def of_number(self, number: str, *, queue_id: int, actions: frozenset[int]) -> list[Record]:
        """The records of this campaign with this number and one of these actions; much quicker than to `search`."""
        found = [record for record in self._records.values() if record.number == number]
        return [record for record in found if record.queue_id == queue_id and record.action in actions]

    def status_named(self, code: str) -> CallStatus | None:
        """The status with this unique name."""
        return next((status for status in self.statuses.values() if status.code == code), None)

    def snapshots(self, record_id: int) -> list[Snapshot]:
        """The record as it was, oldest first; the latest fifty."""
        return list(self._snapshots.get(record_id, ()))

    def attempts(self, record_id: int) -> Attempts:
        """How often the record was called."""
        return self._attempts.get(record_id, NO_ATTEMPTS)

    def create(self, *, queue_id: int, number: str, created_at: int | None = None, **values: Any) -> Record:
        """A new record; `values` are further fields of it."""
        self._make_room()
        self._made += 1
        at = self._now() if created_at is None else created_at
        name = f"record_{at // 1000:08x}{self._made % 0x100000:05x}"
        record = Record(
            id=self._made, queue_id=queue_id, number=number, title=number, created_at=at, name=name
        )
        record = msgspec.structs.replace(record, **values)
        self._records[record.id] = record
        self._snapshot(record, at=at, user_id=None)
        return record

    def save(self, record: Record, *, by: int | None = None, **changes: Any) -> Record:
        """Change the record, as this user or else as the API. The change is dated and kept as a snapshot."""
        changes.setdefault("edited_at", self._now())
        saved = self.mark(record, **changes)
        self._snapshot(saved, at=saved.changed_at, user_id=by)
        self.when_saved(saved)
        return saved

    def mark(self, record: Record, **changes: Any) -> Record:
        """Change the record as calling it does: without a date and without a snapshot."""
        marked = msgspec.structs.replace(record, **changes)
        self._records[record.id] = marked
        return marked

    def delete(self, record_id: int) -> None:
        """Remove the record and all that is known about it."""
        del self._records[record_id]
        self._snapshots.pop(record_id, None)
        self._attempts.pop(record_id, None)

    def copy(self, record: Record, *, queue_id: int, keep_date: bool, **changes: Any) -> Record:
        """The same record once more in this queue, with its date of change if that is to be kept.

        The copy of a record an agent is working on is free.
        """
        action = RecordAction.FREE if record.is_in_use else record.action
        values: dict[str, Any] = {
            "title": record.title,
            "user_id": record.user_id,
            "next_call_at": record.next_call_at,
        }
        values |= {"status_id": record.status_id, "action": action, "fields": record.fields}
        values["edited_at"] = record.changed_at if keep_date else None
        return self.create(queue_id=queue_id, number=record.number, **(values | changes))

    def attempt_note(self, record_id: int, *, is_answered: bool, at: int) -> Attempts:
        """The record was called."""
        before = self.attempts(record_id)
        after = Attempts(
            answered=before.answered + is_answered,
            unanswered=before.unanswered + (not is_answered),
            last_at=at,
        )
        self._attempts[record_id] = after
        return after

    def _snapshot(self, record: Record, *, at: int, user_id: int | None) -> None:
        self._snapshots_made += 1
        kept = self._snapshots.setdefault(record.id, deque(maxlen=SNAPSHOTS_KEPT))
        kept.append(Snapshot(self._snapshots_made, record, at, user_id))

    def _make_room(self) -> None:
        """Drop the oldest records that are done when there are too many."""
        if not self.is_full:
            return
        done = [record.id for record in self._records.values() if record.action == RecordAction.DONE]
        if not done:
            raise Refused(f"Záznamů je již {RECORDS_KEPT}, více jich nelze uložit")
        for record_id in done[:DROPPED_AT_ONCE]:
            self.delete(record_id)
