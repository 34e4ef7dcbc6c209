"""Questions about what happened. Every one is limited by a scope; see docs/history.md."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone

from dashboard.access import Scope
from dashboard.domain.rows import FigureRow
from dashboard.domain.stretches import Stretch, covered_s, holes, merged
from dashboard.domain.thresholds import ThresholdsOf
from dashboard.history import figures
from dashboard.history.agent_calls import Counted
from dashboard.history.agents import agents, agents_visible, pauses, stays
from dashboard.history.answers import Days, Gap, Progress
from dashboard.history.lost import lost_callers
from dashboard.history.reading import CALLS_ACTION, SOURCES
from dashboard.history.services import SETTLED
from dashboard.history.zone import quarter_of
from dashboard.models import CallAttempt, CallRecord, Coverage, HistoryPolicy, Pbx, ReadingFailure

__all__ = [
    "Counted",
    "Days",
    "agents",
    "agents_visible",
    "attempts",
    "by_day",
    "by_queue",
    "call",
    "calls",
    "calls_read",
    "gaps",
    "intervals",
    "lost_callers",
    "pauses",
    "progress",
    "queue_days",
    "queue_intervals",
    "stays",
    "total",
    "window",
]


def queue_intervals(
    pbx: Pbx,
    *,
    scope: Scope,
    days: Days,
    queue_ids: Iterable[str] | None = None,
    thresholds: ThresholdsOf | None = None,
    minutes: int = 15,
) -> dict[tuple[str, datetime], FigureRow]:
    """By queue and by the moment the interval begins; only where there were calls or somebody was ready."""
    rows = figures.by_place(_asked(pbx, scope, days, queue_ids, thresholds))
    return figures.minutes_joined(rows, pbx, minutes=minutes)


def queue_days(
    pbx: Pbx,
    *,
    scope: Scope,
    days: Days,
    queue_ids: Iterable[str] | None = None,
    thresholds: ThresholdsOf | None = None,
) -> dict[tuple[str, date], FigureRow]:
    """By queue and day; only where there were calls or somebody was ready."""
    return figures.by_queue_day(_asked(pbx, scope, days, queue_ids, thresholds))


def intervals(
    pbx: Pbx,
    *,
    scope: Scope,
    days: Days,
    queue_ids: Iterable[str] | None = None,
    thresholds: ThresholdsOf | None = None,
    minutes: int = 15,
) -> dict[datetime, FigureRow]:
    """Over all the queues, by the moment the interval begins; only where there were calls or somebody was ready."""
    rows = figures.by_quarter(_asked(pbx, scope, days, queue_ids, thresholds))
    placed = {("", begins_at): row for begins_at, row in rows.items()}
    joined = figures.minutes_joined(placed, pbx, minutes=minutes)
    return {begins_at: row for (_, begins_at), row in sorted(joined.items())}


def by_queue(
    pbx: Pbx,
    *,
    scope: Scope,
    days: Days,
    queue_ids: Iterable[str] | None = None,
    thresholds: ThresholdsOf | None = None,
) -> dict[str, FigureRow]:
    """Only queues that had calls, or agents who were ready."""
    return figures.by_queue(_asked(pbx, scope, days, queue_ids, thresholds))


def by_day(
    pbx: Pbx,
    *,
    scope: Scope,
    days: Days,
    queue_ids: Iterable[str] | None = None,
    thresholds: ThresholdsOf | None = None,
) -> dict[date, FigureRow]:
    """Only days on which there were calls, or agents who were ready."""
    return dict(sorted(figures.by_day(_asked(pbx, scope, days, queue_ids, thresholds)).items()))


def total(
    pbx: Pbx,
    *,
    scope: Scope,
    days: Days,
    queue_ids: Iterable[str] | None = None,
    thresholds: ThresholdsOf | None = None,
) -> FigureRow:
    rows = by_queue(pbx, scope=scope, days=days, queue_ids=queue_ids, thresholds=thresholds)
    return figures.added(rows.values())


def window(
    pbx: Pbx,
    *,
    scope: Scope,
    begins_at: datetime,
    ends_at: datetime,
    queue_ids: Iterable[str] | None = None,
    thresholds: ThresholdsOf | None = None,
) -> dict[str, FigureRow]:
    """By queue, of the calls that entered from `begins_at` up to, but without, `ends_at`; counted from the calls."""
    asked = figures.question(
        pbx, scope=scope, stretch=(begins_at, ends_at), queue_ids=queue_ids, thresholds=thresholds
    )
    return figures.in_window(asked)


def calls(
    pbx: Pbx,
    *,
    scope: Scope,
    days: Days | None = None,
    queue_ids: Iterable[str] | None = None,
    outcome: str | None = None,
    direction: str | None = None,
    agent_id: str | None = None,
    caller_key: int | None = None,
    between: Stretch | None = None,
) -> QuerySet[CallRecord]:
    """Newest first; whoever shows them takes a slice."""
    rows = _scoped(CallRecord.objects.filter(pbx=pbx), pbx, scope)
    stretch = between or (figures.days_stretch(pbx, days) if days else None)
    if stretch is not None:
        rows = rows.filter(
            interval_at__gte=quarter_of(stretch[0]),
            interval_at__lt=stretch[1],
            entered_at__gte=stretch[0],
            entered_at__lt=stretch[1],
        )
    if queue_ids is not None:
        rows = rows.filter(queue_id__in=list(queue_ids))
    wanted = {"outcome": outcome, "direction": direction, "agent_id": agent_id, "caller_key": caller_key}
    return rows.filter(**{name: value for name, value in wanted.items() if value is not None})


def call(pbx: Pbx, call_id: str, *, scope: Scope) -> CallRecord | None:
    return _scoped(CallRecord.objects.filter(pbx=pbx, call_id=call_id), pbx, scope).first()


def attempts(pbx: Pbx, call_id: str, *, scope: Scope) -> list[CallAttempt]:
    """In order of time; [] for a call that is out of scope."""
    rows = CallAttempt.objects.filter(pbx=pbx, call_id=call_id)
    return [row for row in rows if scope.has_queue(pbx.slug, row.queue_id or None)]


def gaps(pbx: Pbx, *, now_at: datetime | None = None) -> list[Gap]:
    """What has not been read yet of all that should be, latest first. There is nothing of calls in it, so no scope."""
    policy = HistoryPolicy.objects.filter(pbx=pbx).first()
    if policy is None:
        return []
    within = (policy.since, (now_at or timezone.now()) - SETTLED)
    failures = {row.action: row for row in ReadingFailure.objects.filter(pbx=pbx)}
    found = [
        Gap(
            action=action,
            begins_at=begins_at,
            ends_at=ends_at,
            reason=failures[action].text if action in failures else None,
            failing_since=failures[action].since_at if action in failures else None,
        )
        for action in SOURCES
        for begins_at, ends_at in holes(_coverage(pbx, action), within=within)
    ]
    return sorted(found, key=lambda gap: gap.ends_at, reverse=True)


def calls_read(pbx: Pbx) -> list[Stretch]:
    """The time whose calls have been read, in order. There is nothing of calls in it, so no scope."""
    return merged(_coverage(pbx, CALLS_ACTION))


def progress(pbx: Pbx, *, now_at: datetime | None = None) -> Progress:
    """How much of the calls has been read."""
    policy = HistoryPolicy.objects.filter(pbx=pbx).first()
    if policy is None:
        return Progress(since=None, share=None, read_until=None, is_complete=False)
    covered = list(_coverage(pbx, CALLS_ACTION))
    within = (policy.since, (now_at or timezone.now()) - SETTLED)
    length = (within[1] - within[0]).total_seconds()
    return Progress(
        since=policy.since,
        share=covered_s(covered, within=within) / length if length > 0 else 1.0,
        read_until=max((end for _, end in covered), default=None),
        is_complete=not holes(covered, within=within),
    )


def _coverage(pbx: Pbx, action: str) -> Iterable[Stretch]:
    return Coverage.objects.filter(pbx=pbx, action=action).values_list("begins_at", "ends_at")


def _asked(
    pbx: Pbx, scope: Scope, days: Days, queue_ids: Iterable[str] | None, thresholds: ThresholdsOf | None
) -> figures.Question:
    stretch = figures.days_stretch(pbx, days)
    return figures.question(pbx, scope=scope, stretch=stretch, queue_ids=queue_ids, thresholds=thresholds)


def _scoped(rows: QuerySet[CallRecord], pbx: Pbx, scope: Scope) -> QuerySet[CallRecord]:
    own = scope.queue_ids(pbx.slug)
    if own is not None:
        return rows.filter(queue_id__in=own)
    return rows if scope.queueless else rows.exclude(queue_id="")
