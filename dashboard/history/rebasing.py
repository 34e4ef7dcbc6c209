"""Brings the roll-ups to the limits that are in force now."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Max, Min

from dashboard.domain.thresholds import DEFAULT_THRESHOLDS, Thresholds, ThresholdsOf
from dashboard.history.limits import Segments, basis_segments, segments_by_queue, segments_of
from dashboard.history.rollups import EARLIEST_DAY, roll_ups_build
from dashboard.history.writing import turn_take
from dashboard.history.zone import zone_of
from dashboard.models import Pbx, Queue, RollUp, RollUpBasis

AHEAD = timedelta(days=8)
"""Definitions that begin later than this are looked at again in time."""


def roll_ups_rebase(pbx: Pbx, *, thresholds: ThresholdsOf) -> list[str]:
    """Sort the roll-ups of every queue by these limits; the queues that were sorted otherwise.

    Each queue is one transaction: its roll-ups always agree with its basis.
    """
    span = RollUp.objects.filter(pbx=pbx).aggregate(first=Min("day"), last=Max("day"))
    if span["first"] is None:
        return []
    basis = segments_by_queue(basis_segments(pbx))
    queue_ids = {
        *Queue.objects.filter(pbx=pbx).values_list("queue_id", flat=True),
        *basis,
    }
    changed = []
    for queue_id in sorted(queue_ids):
        wanted = segments_of(thresholds, queue_ids=[queue_id], first=span["first"], last=span["last"] + AHEAD)
        if _told(wanted) != _told(basis.get(queue_id, [])):
            _rebase(pbx, queue_id, wanted, first=span["first"], last=span["last"])
            changed.append(queue_id)
    return changed


def _told(segments: Segments) -> list[tuple[int, int, date | None]]:
    """Limits and the day on which each gives way to the next; the beginning and the end of all make no difference."""
    if not segments:
        return [(DEFAULT_THRESHOLDS.threshold_s, DEFAULT_THRESHOLDS.short_s, None)]
    ends = [segment.until for segment in segments[:-1]]
    return [
        (segment.limits.threshold_s, segment.limits.short_s, until)
        for segment, until in zip(segments, [*ends, None], strict=True)
    ]


@transaction.atomic
def _rebase(pbx: Pbx, queue_id: str, wanted: Segments, *, first: date, last: date) -> None:
    """Only days whose limits are others now are sorted anew."""
    turn_take(pbx)
    known = segments_by_queue(basis_segments(pbx)).get(queue_id, [])
    days = sorted({first, *(segment.since for segment in (*known, *wanted) if segment.since > first)})
    differs = [day for day in days if day <= last and _limits_on(known, day) != _limits_on(wanted, day)]
    RollUpBasis.objects.filter(pbx=pbx, queue_id=queue_id).delete()
    RollUpBasis.objects.bulk_create(
        RollUpBasis(
            pbx=pbx,
            queue_id=queue_id,
            # The first holds for whatever may still be read from before.
            day_from=EARLIEST_DAY if number == 0 else segment.since,
            threshold_s=segment.limits.threshold_s,
            short_s=segment.limits.short_s,
        )
        for number, segment in enumerate(wanted)
    )
    if differs:
        begins_at = zone_of(pbx.timezone).begin(differs[0])
        roll_ups_build(pbx, segments=basis_segments(pbx), begins_at=begins_at, queue_id=queue_id)


def _limits_on(segments: Segments, day: date) -> Thresholds:
    within = (segment.limits for segment in segments if segment.until is None or day < segment.until)
    return next(within, DEFAULT_THRESHOLDS)


@transaction.atomic
def roll_ups_rebuild(pbx: Pbx, *, first: date, last: date) -> None:
    """Build the roll-ups of these days anew from the calls."""
    turn_take(pbx)
    begins_at, ends_at = zone_of(pbx.timezone).stretch(first, last)
    roll_ups_build(pbx, segments=basis_segments(pbx), begins_at=begins_at, ends_at=ends_at)
