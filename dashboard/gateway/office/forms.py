"""Campaigns: their records and forms, and the statuses a record can be given."""

from dataclasses import dataclass
from enum import IntEnum

import msgspec

Values = dict[int, tuple[str, ...]]


class RecordAction(IntEnum):
    """What is to be done with a record; an agent's form is loaded, then answered by the customer, then saved."""

    FREE = 0
    LOADED = 1
    ANSWERED = 4
    DONE = 5
    PLANNED = 6


class CallStatus(msgspec.Struct, frozen=True):
    """A result of a call; `code` is its unique name."""

    id: int
    code: str
    title: str
    is_deleted: bool = False


class FormField(msgspec.Struct, frozen=True):
    """A field of the form. One with `options` takes only these."""

    id: int
    name: str
    title: str
    options: tuple[str, ...] = ()


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """A record of a campaign as it is now. Moments are milliseconds since 1970 UTC; `user_id` alone may call it."""

    id: int
    queue_id: int
    name: str
    title: str
    number: str
    created_at: int
    user_id: int | None = None
    next_call_at: int | None = None
    status_id: int | None = None
    action: int = RecordAction.FREE
    call_id: str | None = None
    edited_at: int | None = None
    fields: Values = {}

    @property
    def changed_at(self) -> int:
        """When it was last saved, or else created."""
        return self.created_at if self.edited_at is None else self.edited_at

    @property
    def is_in_use(self) -> bool:
        """Whether an agent has loaded its form and not yet saved it."""
        return self.action in {RecordAction.LOADED, RecordAction.ANSWERED}


class Snapshot(msgspec.Struct, frozen=True):
    """A record as it was after it was saved at this moment; `user_id` is the agent who did, None for the API."""

    id: int
    record: Record
    at: int
    user_id: int | None


class Attempts(msgspec.Struct, frozen=True):
    """How often a record was called."""

    answered: int = 0
    unanswered: int = 0
    last_at: int | None = None


@dataclass(frozen=True, slots=True)
class Interval:
    """From one moment to another, both within it; None for no limit."""

    from_at: int | None = None
    to_at: int | None = None

    def holds(self, moment_at: int | None) -> bool:
        """Whether the moment lies within it. Where there is a limit, no moment lies outside."""
        if self.from_at is None and self.to_at is None:
            return True
        if moment_at is None:
            return False
        is_late_enough = self.from_at is None or moment_at >= self.from_at
        return is_late_enough and (self.to_at is None or moment_at <= self.to_at)


EVER = Interval()


@dataclass(frozen=True, kw_only=True)
class RecordFilter:
    """Which records are meant; None does not limit. `text` is looked for in numbers, titles and values."""

    queue_ids: frozenset[int] | None = None
    actions: frozenset[int] | None = None
    status_ids: frozenset[int] | None = None
    user_ids: frozenset[int] | None = None
    number: str | None = None
    text: str | None = None
    changed: Interval = EVER
    planned: Interval = EVER
    created: Interval = EVER

    def matches(self, record: Record) -> bool:
        """Whether the record is meant."""
        return (
            _within(record.queue_id, self.queue_ids)
            and _within(record.action, self.actions)
            and _within(record.status_id, self.status_ids)
            and _within(record.user_id, self.user_ids)
            and self.number in {None, record.number}
            and self.changed.holds(record.changed_at)
            and self.planned.holds(record.next_call_at)
            and self.created.holds(record.created_at)
            and (self.text is None or _mentions(record, self.text.casefold()))
        )


def _within(value: int | None, allowed: frozenset[int] | None) -> bool:
    return allowed is None or value in allowed


def _mentions(record: Record, text: str) -> bool:
    values = (value for values in record.fields.values() for value in values)
    return any(text in value.casefold() for value in (record.number, record.title, record.name, *values))
