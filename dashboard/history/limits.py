"""Limits of queues as stretches of days, and as SQL."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import msgspec

from dashboard.domain.thresholds import DEFAULT_THRESHOLDS, Thresholds, ThresholdsOf
from dashboard.models import Pbx, RollUpBasis


class Segment(msgspec.Struct, frozen=True, kw_only=True):
    """Limits of a queue from a day on, up to the day before `until`; None for ever."""

    queue_id: str
    since: date
    until: date | None
    limits: Thresholds


Segments = list[Segment]


def basis_segments(pbx: Pbx) -> Segments:
    """By what the roll-ups are sorted."""
    rows: dict[str, list[RollUpBasis]] = defaultdict(list)
    for row in RollUpBasis.objects.filter(pbx=pbx).order_by("queue_id", "day_from"):
        rows[row.queue_id].append(row)
    return [
        Segment(
            queue_id=queue_id,
            since=row.day_from,
            until=after.day_from if after else None,
            limits=Thresholds(threshold_s=row.threshold_s, short_s=row.short_s),
        )
        for queue_id, own in rows.items()
        for row, after in zip(own, [*own[1:], None], strict=True)
    ]


def segments_of(thresholds: ThresholdsOf, *, queue_ids: Iterable[str], first: date, last: date) -> Segments:
    """The limits of these queues on these days, in as few segments as possible."""
    return [
        segment
        for queue_id in queue_ids
        for segment in _of_queue(thresholds, queue_id, first=first, last=last)
    ]


def _of_queue(thresholds: ThresholdsOf, queue_id: str, *, first: date, last: date) -> Segments:
    found: Segments = []
    day = first
    while day <= last:
        given = thresholds(queue_id, day)
        limits = Thresholds(threshold_s=given.threshold_s, short_s=given.short_s)
        if found and found[-1].limits == limits:
            found[-1] = msgspec.structs.replace(found[-1], until=day + timedelta(days=1))
        else:
            until = day + timedelta(days=1)
            found.append(Segment(queue_id=queue_id, since=day, until=until, limits=limits))
        day += timedelta(days=1)
    return found


def segments_by_queue(segments: Segments) -> dict[str, Segments]:
    found: dict[str, Segments] = defaultdict(list)
    for segment in segments:
        found[segment.queue_id].append(segment)
    return found


def limits_at(segments: Iterable[Segment], day: date) -> Thresholds:
    """As the segments of one queue say, else the default."""
    for segment in segments:
        if segment.since <= day and (not segment.until or day < segment.until):
            return segment.limits
    return DEFAULT_THRESHOLDS


def limit_sql(segments: Segments, field: str) -> tuple[str, list[Any]]:
    """An expression over queue_id and day for `threshold_s` or `short_s`, and its parameters."""
    default = getattr(DEFAULT_THRESHOLDS, field)
    same: dict[tuple[int, date, date | None], list[str]] = defaultdict(list)
    for segment in segments:
        value = getattr(segment.limits, field)
        same[value, segment.since, segment.until].append(segment.queue_id)
    parts, parameters = [], list[Any]()
    for (value, since, until), queue_ids in same.items():
        if value == default:
            continue
        condition = f"queue_id IN ({', '.join(['%s'] * len(queue_ids))}) AND day >= %s"
        parameters += [*queue_ids, since.isoformat()]
        if until is not None:
            condition += " AND day < %s"
            parameters.append(until.isoformat())
        parts.append(f"WHEN {condition} THEN {int(value)}")
    return (f"CASE {' '.join(parts)} ELSE {default} END" if parts else str(default)), parameters
