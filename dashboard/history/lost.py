"""Numbers whose calls were lost, and whether they were answered or reached since."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final

import msgspec

from dashboard.access import Scope
from dashboard.history.answers import Days, LostCaller
from dashboard.history.zone import zone_of
from dashboard.models import CallRecord, Pbx

KEYS_AT_ONCE: Final = 500
"""Values in one statement; SQLite's limit is the narrowest."""


def lost_callers(
    pbx: Pbx, *, scope: Scope, days: Days, queue_ids: Iterable[str] | None = None
) -> list[LostCaller]:
    """One per number and queue, the latest first; calls without a number stand alone.

    A number is recovered by an answered call of it in any queue after its last lost one, also in a queue out of scope.
    """
    begins_at, ends_at = zone_of(pbx.timezone).stretch(days.first, days.last)
    rows = CallRecord.objects.filter(
        pbx=pbx, interval_at__gte=begins_at, interval_at__lt=ends_at, direction="in", outcome="abandoned"
    )
    if queue_ids is not None:
        rows = rows.filter(queue_id__in=list(queue_ids))
    groups: dict[tuple[int | str, str], list[CallRecord]] = defaultdict(list)
    for row in rows.order_by("entered_at"):
        if scope.has_queue(pbx.slug, row.queue_id or None):
            key = row.call_id if row.caller_key is None else row.caller_key
            groups[key, row.queue_id].append(row)
    keys = {row.caller_key for own in groups.values() for row in own if row.caller_key is not None}
    answered: dict[int, list[AnsweredCall]] = defaultdict(list)
    for call in answered_calls(pbx, keys, since=begins_at):
        answered[call.caller_key].append(call)
    found = [_lost(own, answered) for own in groups.values()]
    return sorted(found, key=lambda lost: lost.last_at, reverse=True)


class AnsweredCall(msgspec.Struct, frozen=True):
    """When somebody spoke with a number; `direction`: who called."""

    caller_key: int
    entered_at: datetime
    call_id: str
    direction: str


def answered_calls(pbx: Pbx, keys: Iterable[int], *, since: datetime) -> Iterator[AnsweredCall]:
    """Answered calls of these numbers that entered since then, either way, in any queue; those of one number in order of time."""
    fields = ("caller_key", "entered_at", "call_id", "direction")
    wanted = sorted(keys)
    for start in range(0, len(wanted), KEYS_AT_ONCE):
        rows = CallRecord.objects.filter(
            pbx=pbx,
            caller_key__in=wanted[start : start + KEYS_AT_ONCE],
            entered_at__gte=since,
            outcome="answered",
        )
        for values in rows.order_by("entered_at").values_list(*fields):
            yield AnsweredCall(*values)


def _lost(own: list[CallRecord], answered: dict[int, list[AnsweredCall]]) -> LostCaller:
    last = own[-1]
    later = answered.get(last.caller_key, ()) if last.caller_key is not None else ()
    recovered = next(
        ((call.entered_at, call.call_id) for call in later if call.entered_at > last.entered_at), (None, None)
    )
    return LostCaller(
        caller_key=last.caller_key,
        number=last.number,
        queue_id=last.queue_id,
        call_ids=tuple(row.call_id for row in own),
        first_at=own[0].entered_at,
        last_at=last.entered_at,
        longest_wait_s=max(row.wait_s for row in own),
        recovered_at=recovered[0],
        recovered_by=recovered[1],
    )
