"""The worklist of lost calls: grouped by number, closed by a later answered call, by reaching the number, or by hand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum

import msgspec
from django.contrib.auth.models import User
from django.db.models import QuerySet

from dashboard.access import Scope
from dashboard.history.lost import answered_calls
from dashboard.history.zone import quarter_of
from dashboard.models import CallRecord, LostCase, Pbx
from dashboard.reports.cases import version_of

Key = tuple[int, int]
"""PBX and digest of the number."""
Place = tuple[int, str]
"""PBX and queue: different PBXs may have queues of one ID."""


class Standing(StrEnum):
    """Where a line of the worklist stands."""

    OPEN = "open"
    ANSWERED = "answered"
    REACHED = "reached"
    DONE = "done"


class LostCall(msgspec.Struct, frozen=True, kw_only=True):
    pbx_pk: int
    call_id: str
    queue_id: str
    caller_key: int | None
    number: str
    entered_at: datetime
    wait_s: int

    @property
    def place(self) -> Place:
        return self.pbx_pk, self.queue_id


class Contact(msgspec.Struct, frozen=True, kw_only=True):
    """A call in which somebody spoke with the number."""

    at: datetime
    is_outbound: bool


class _Line(msgspec.Struct, frozen=True, kw_only=True):
    """What tells a line from others. `number` "" where it was taken away by the retention."""

    pbx: Pbx
    caller_key: int
    number: str

    @property
    def name(self) -> str:
        """How the line is named in forms."""
        return f"{self.pbx.slug}/{self.caller_key}"


class LostNumber(_Line, frozen=True, kw_only=True):
    """A line: the lost calls of one number, latest first."""

    calls: tuple[LostCall, ...]
    contact: Contact | None
    cases: tuple[LostCase, ...]

    @property
    def last_at(self) -> datetime:
        return self.calls[0].entered_at

    @property
    def first_at(self) -> datetime:
        return self.calls[-1].entered_at

    @property
    def longest_wait_s(self) -> int:
        return max(call.wait_s for call in self.calls)

    @property
    def queue_ids(self) -> tuple[str, ...]:
        return tuple(sorted({call.queue_id for call in self.calls}))

    @property
    def places(self) -> tuple[Place, ...]:
        return tuple(sorted({call.place for call in self.calls}))

    @property
    def standing(self) -> Standing:
        if self.contact is not None:
            return Standing.REACHED if self.contact.is_outbound else Standing.ANSWERED
        return Standing.DONE if self._is_done else Standing.OPEN

    @property
    def version(self) -> int:
        return version_of(self.cases)

    @property
    def owner(self) -> User | None:
        return next((case.owner for case in self.cases if case.owner is not None), None)

    @property
    def note(self) -> str:
        return next((case.note for case in self.cases if case.note), "")

    @property
    def changed(self) -> LostCase | None:
        """The case that was changed last."""
        return max(self.cases, key=lambda case: case.changed_at, default=None)

    @property
    def _is_done(self) -> bool:
        until = {case.queue_id: case.closed_until_at for case in self.cases}
        return all(
            (done := until.get(call.queue_id)) is not None and call.entered_at <= done for call in self.calls
        )


class Touched(_Line, frozen=True, kw_only=True):
    """A line as somebody saw it: the lost calls of one number in these queues."""

    queue_ids: tuple[str, ...]


class Worklist(msgspec.Struct, frozen=True, kw_only=True):
    """Lines with the latest loss first; calls without a number apart, since nobody can call them back."""

    numbers: list[LostNumber]
    anonymous: list[LostCall]


def worklist(
    *, scope: Scope, since_at: datetime, queue_ids: Mapping[str, Iterable[str]] | None = None
) -> Worklist:
    """Lost calls that entered since then, of queues in scope; `queue_ids` per PBX's slug narrow it further."""
    numbers: list[LostNumber] = []
    anonymous: list[LostCall] = []
    for pbx in Pbx.objects.all():
        lost = _lost(pbx, scope=scope, since_at=since_at, queue_ids=queue_ids)
        anonymous += [call for call in lost if call.caller_key is None]
        numbers += _numbers(pbx, [call for call in lost if call.caller_key is not None], since_at=since_at)
    numbers.sort(key=lambda line: line.last_at, reverse=True)
    anonymous.sort(key=lambda call: call.entered_at, reverse=True)
    return Worklist(numbers=numbers, anonymous=anonymous)


def line_touched(pbx: Pbx, *, caller_key: int, queue_ids: Iterable[str]) -> Touched | None:
    """None unless calls of the number were lost in each of these queues. That they are in scope is the caller's to know."""
    wanted = set(queue_ids)
    lost = CallRecord.objects.filter(
        pbx=pbx,
        caller_key=caller_key,
        queue_id__in=wanted,
        direction="in",
        outcome=CallRecord.Outcome.ABANDONED,
    )
    rows = list(lost.values_list("queue_id", "number"))
    if not wanted or {queue_id for queue_id, _number in rows} != wanted:
        return None
    return Touched(
        pbx=pbx,
        caller_key=caller_key,
        queue_ids=tuple(sorted(wanted)),
        number=next((number for _queue_id, number in rows if number), ""),
    )


def _lost_calls(pbx: Pbx, *, since_at: datetime) -> QuerySet[CallRecord]:
    return CallRecord.objects.filter(
        pbx=pbx,
        direction="in",
        outcome=CallRecord.Outcome.ABANDONED,
        interval_at__gte=quarter_of(since_at),
        entered_at__gte=since_at,
    ).exclude(queue_id="")


def _lost(
    pbx: Pbx, *, scope: Scope, since_at: datetime, queue_ids: Mapping[str, Iterable[str]] | None
) -> list[LostCall]:
    rows = _lost_calls(pbx, since_at=since_at)
    own = scope.queue_ids(pbx.slug)
    if own is not None:
        rows = rows.filter(queue_id__in=own)
    if queue_ids is not None:
        rows = rows.filter(queue_id__in=list(queue_ids.get(pbx.slug, ())))
    fields = ("call_id", "queue_id", "caller_key", "number", "entered_at", "wait_s")
    return [LostCall(pbx_pk=pbx.pk, **row) for row in rows.order_by("-entered_at", "call_id").values(*fields)]


def _numbers(pbx: Pbx, lost: list[LostCall], *, since_at: datetime) -> list[LostNumber]:
    groups: dict[int, list[LostCall]] = defaultdict(list)
    for call in lost:
        if call.caller_key is not None:
            groups[call.caller_key].append(call)
    cases: dict[int, list[LostCase]] = defaultdict(list)
    touched = LostCase.objects.select_related("owner", "changed_by").filter(
        pbx=pbx, caller_key__in=_lost_calls(pbx, since_at=since_at).values("caller_key")
    )
    for case in touched:
        cases[case.caller_key].append(case)
    contacts = _contacts(pbx, groups.keys(), since_at=since_at)
    return [
        _line(pbx, key, calls, contacts.get(key, []), cases.get(key, [])) for key, calls in groups.items()
    ]


def _line(
    pbx: Pbx, key: int, calls: list[LostCall], contacts: list[Contact], cases: list[LostCase]
) -> LostNumber:
    queue_ids = {call.queue_id for call in calls}
    return LostNumber(
        pbx=pbx,
        caller_key=key,
        number=next((call.number for call in calls if call.number), ""),
        calls=tuple(calls),
        contact=next((contact for contact in contacts if contact.at > calls[0].entered_at), None),
        cases=tuple(case for case in cases if case.queue_id in queue_ids),
    )


def _contacts(pbx: Pbx, keys: Iterable[int], *, since_at: datetime) -> dict[int, list[Contact]]:
    """Of these numbers, earliest first. In other teams' queues too: the caller was spoken with, whoever it was."""
    found: dict[int, list[Contact]] = defaultdict(list)
    for call in answered_calls(pbx, keys, since=since_at):
        found[call.caller_key].append(Contact(at=call.entered_at, is_outbound=call.direction == "out"))
    return found
