"""Which calls were followed by another of the same number to the same queue within 7 days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from dashboard.history.rollups import Place
from dashboard.history.zone import quarter_of
from dashboard.models import CallRecord, Pbx

WITHIN: Final = timedelta(days=7)


def repeats_mark(pbx: Pbx, records: Iterable[CallRecord]) -> set[Place]:
    """Set `is_repeated` right on all calls that these may bear on; the quarters of an hour whose sums that changes."""
    inbound = [record for record in records if record.caller_key is not None and record.direction == "in"]
    if not inbound:
        return set()
    moments = [record.entered_at for record in inbound]
    wanted = {(record.caller_key, record.queue_id) for record in inbound}
    rows = CallRecord.objects.filter(
        pbx=pbx,
        direction="in",
        caller_key__in={key for key, _ in wanted},
        entered_at__gte=min(moments) - WITHIN,
        entered_at__lte=max(moments) + WITHIN,
    ).values_list("caller_key", "queue_id", "entered_at", "id", "is_repeated")
    by_caller: dict[tuple[int | None, str], list[tuple[datetime, int, bool]]] = defaultdict(list)
    for key, queue_id, entered_at, id_, is_repeated in rows:
        if (key, queue_id) in wanted:
            by_caller[key, queue_id].append((entered_at, id_, is_repeated))
    latest = max(moments)
    wrong: dict[bool, list[int]] = {True: [], False: []}
    places: set[Place] = set()
    for (_, queue_id), calls in by_caller.items():
        for entered_at, id_, should in _flags(sorted(calls), until=latest):
            wrong[should].append(id_)
            places.add((quarter_of(entered_at), queue_id))
    for should, ids in wrong.items():
        if ids:
            CallRecord.objects.filter(pk__in=ids).update(is_repeated=should)
    return places


def _flags(
    calls: list[tuple[datetime, int, bool]], *, until: datetime
) -> Iterable[tuple[datetime, int, bool]]:
    """The calls whose flag is wrong, and what it should be. Those after `until` depend on calls that were not looked at."""
    for (entered_at, id_, is_repeated), after in zip(calls, [*calls[1:], None], strict=True):
        should = after is not None and after[0] - entered_at <= WITHIN
        if entered_at <= until and should is not is_repeated:
            yield entered_at, id_, should
