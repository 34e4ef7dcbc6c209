"""Numbers whose calls were lost, and whether they were answered or reached since."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from dashboard.access import Scope
from dashboard.history.answers import Days, LostCaller
from dashboard.history.zone import zone_of
from dashboard.models import CallRecord, Pbx


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
    answered = _answered(pbx, {row.caller_key for own in groups.values() for row in own}, since=begins_at)
    found = [_lost(own, answered) for own in groups.values()]
    return sorted(found, key=lambda lost: lost.last_at, reverse=True)


def _answered(pbx: Pbx, keys: set[int | None], *, since: datetime) -> dict[int, list[tuple[datetime, str]]]:
    """Answered calls of these numbers, either way, in order of time."""
    found: dict[int, list[tuple[datetime, str]]] = defaultdict(list)
    wanted = sorted(key for key in keys if key is not None)
    for start in range(0, len(wanted), 500):
        rows = CallRecord.objects.filter(
            pbx=pbx,
            caller_key__in=wanted[start : start + 500],
            entered_at__gte=since,
            outcome="answered",
        )
        for key, entered_at, call_id in rows.order_by("entered_at").values_list(
            "caller_key", "entered_at", "call_id"
        ):
            if key is not None:
                found[key].append((entered_at, call_id))
    return found


def _lost(own: list[CallRecord], answered: dict[int, list[tuple[datetime, str]]]) -> LostCaller:
    last = own[-1]
    later = answered.get(last.caller_key, ()) if last.caller_key is not None else ()
    recovered = next(((at, call_id) for at, call_id in later if at > last.entered_at), (None, None))
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
