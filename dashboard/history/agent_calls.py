"""Calls of agents: those that figures count, and all the work there was."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any, Final

import msgspec
from django.db.models import Count, Q, QuerySet, Sum

from dashboard.access import Scope
from dashboard.domain.stretches import Stretch
from dashboard.history.zone import quarter_of
from dashboard.models import CallAttempt, CallRecord, Pbx

ONE_DAY: Final = timedelta(days=1)

Counts = Callable[[str, datetime], bool]
"""Whether calls of a queue that entered in the quarter of an hour that begins then count."""


def _always(_queue_id: str, _interval_at: datetime) -> bool:
    return True


class Counted(msgspec.Struct, frozen=True, kw_only=True):
    """Which calls count: of these queues (None: of all in scope); in `restricted` queues only where `counts` says so.

    Of `outbound_only` queues inbound calls do not count.
    """

    queue_ids: tuple[str, ...] | None = None
    outbound_only: frozenset[str] = frozenset()
    restricted: frozenset[str] = frozenset()
    counts: Counts = _always

    def has(self, queue_id: str, moment: datetime) -> bool:
        return queue_id not in self.restricted or self.counts(queue_id, quarter_of(moment))


class CallSums(msgspec.Struct, kw_only=True):
    """Calls of one agent that count."""

    answered: int = 0
    outbound: int = 0
    talk_s: int = 0
    hold_s: int = 0
    acw_s: int = 0


class WorkSums(msgspec.Struct, kw_only=True):
    """Of all calls of one agent, whatever queue they were in: `busy_s` with a call, from its ringing at him on."""

    work_s: int = 0
    busy_s: int = 0


def calls_sums(pbx: Pbx, scope: Scope, stretch: Stretch, counted: Counted) -> dict[str, CallSums]:
    """By agent."""
    found: dict[str, CallSums] = defaultdict(CallSums)
    for row in _rows(pbx, scope, stretch, counted):
        own = found[row["agent_id"]]
        for name in CallSums.__struct_fields__:
            setattr(own, name, getattr(own, name) + (row[name] or 0))
    return found


def _rows(pbx: Pbx, scope: Scope, stretch: Stretch, counted: Counted) -> Iterator[dict[str, Any]]:
    """Sums of what counts whenever it came, and quarter by quarter of what counts only at times.

    One day more is read of the latter: a business day may go on past midnight.
    """
    calls = _of(pbx).filter(in_scope(pbx, scope, counted.queue_ids))
    calls = calls.exclude(direction="in", queue_id__in=counted.outbound_only)
    plain = calls.filter(interval_at__gte=stretch[0], interval_at__lt=stretch[1])
    yield from _summed(plain.exclude(queue_id__in=counted.restricted), "agent_id")
    if not counted.restricted:
        return
    others = calls.filter(
        queue_id__in=counted.restricted,
        interval_at__gte=stretch[0],
        interval_at__lt=stretch[1] + timedelta(days=1),
    )
    for row in _summed(others, "agent_id", "queue_id", "interval_at"):
        if counted.counts(row["queue_id"], row["interval_at"]):
            yield row


def _of(pbx: Pbx) -> QuerySet[CallRecord]:
    return CallRecord.objects.filter(pbx=pbx).exclude(agent_id="")


def _summed(rows: QuerySet[CallRecord], *by: str) -> Iterable[dict[str, Any]]:
    is_answered = Q(outcome="answered")
    summed: Iterable[dict[str, Any]] = (
        rows.order_by()
        .values(*by)
        .annotate(
            answered=Count("pk", filter=Q(direction="in") & is_answered),
            outbound=Count("pk", filter=Q(direction="out")),
            talk_s=Sum("talk_s", filter=is_answered, default=0),
            hold_s=Sum("hold_s", filter=is_answered, default=0),
            acw_s=Sum("acw_s", filter=is_answered, default=0),
        )
    )
    return summed


def work_sums(pbx: Pbx, stretch: Stretch) -> dict[str, WorkSums]:
    """By agent, of calls in any queue and in none."""
    is_answered = Q(outcome="answered")
    rows = (
        _of(pbx)
        .filter(interval_at__gte=stretch[0], interval_at__lt=stretch[1])
        .order_by()
        .values("agent_id")
        .annotate(
            talk=Sum("talk_s", filter=is_answered, default=0),
            hold=Sum("hold_s", filter=is_answered, default=0),
            acw=Sum("acw_s", filter=is_answered, default=0),
            ringing=Sum("ringing_s", default=0),
        )
    )
    return {
        row["agent_id"]: WorkSums(
            work_s=row["talk"] + row["hold"] + row["acw"], busy_s=row["talk"] + row["hold"] + row["ringing"]
        )
        for row in rows
    }


def missed_counts(pbx: Pbx, scope: Scope, stretch: Stretch, counted: Counted) -> dict[str, int]:
    """By agent: attempts less the calls they led to."""
    rows = CallAttempt.objects.filter(
        in_scope(pbx, scope, counted.queue_ids), pbx=pbx, start_at__gte=stretch[0], start_at__lt=stretch[1]
    ).values_list("agent_id", "call_id", "queue_id", "start_at")
    tried = [(agent_id, call_id) for agent_id, call_id, queue_id, at in rows if counted.has(queue_id, at)]
    answered = set(
        _of(pbx)
        .filter(
            # Who rings within the stretch has entered shortly before.
            interval_at__gte=stretch[0] - ONE_DAY,
            interval_at__lt=stretch[1],
            outcome="answered",
        )
        .values_list("agent_id", "call_id")
    )
    found: dict[str, int] = defaultdict(int)
    seen: set[tuple[str, str]] = set()
    for pair in reversed(tried):  # the last attempt at who answered is the one that was
        if pair in answered and pair not in seen:
            seen.add(pair)
        else:
            found[pair[0]] += 1
    return found


def in_scope(pbx: Pbx, scope: Scope, queue_ids: tuple[str, ...] | None) -> Q:
    """Rows of queues in scope, and of these queues where such are given."""
    condition = Q()
    if (own := scope.queue_ids(pbx.slug)) is not None:
        condition &= Q(queue_id__in=own)
    elif not scope.queueless:
        condition &= ~Q(queue_id="")
    return condition if queue_ids is None else condition & Q(queue_id__in=queue_ids)
