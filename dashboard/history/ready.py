"""How long the agents of a queue were free to take a call: in the queue, not on a pause, not with a call or after one.

An agent's free time is shared out evenly among the queues he is in at that moment. So the sum over queues counts it once, and the
work of a queue is set against the part of the time that was there for it. Outbound queues have no part in it, as their calls are
in no figure but their own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Sum

from dashboard.domain.stretches import Stretch, common, holes, merged, shared
from dashboard.domain.terms import OUTBOUND
from dashboard.history.coverage import AGAIN, READY, READY_AGAIN, coverage_add, coverage_cut, coverage_of
from dashboard.history.open_stays import LONGEST_STAY
from dashboard.history.rollups import bases_ensure
from dashboard.history.writing import turn_take
from dashboard.history.zone import QUARTER, quarter_of
from dashboard.models import (
    AgentStay,
    CallRecord,
    HistoryPolicy,
    Pbx,
    Queue,
    ReadyTime,
    ReadyTotal,
    RollUpBasis,
)

STEP: Final = timedelta(hours=6)
STEPS_AT_ONCE: Final = 40
NEEDED: Final = ("StatsCalls", "StatsUsersPauses", "StatsUsersQueues")


def ready_build(pbx: Pbx, *, now_at: datetime) -> None:
    """Work out the ready time wherever calls and stays have been read; again for the last hours, and where it changed."""
    policy = HistoryPolicy.objects.filter(pbx=pbx).first()
    if policy is None:
        return
    now_at = now_at.replace(microsecond=0)
    read = _read(pbx)
    again = coverage_of(pbx, READY_AGAIN)
    done = [(begin, min(end, now_at - AGAIN)) for begin, end in coverage_of(pbx, READY)]
    settled = [part for stretch in done for part in holes(again, within=stretch)]
    due = [part for stretch in read for part in holes(settled, within=stretch)]
    steps = [step for stretch in due for step in _steps(stretch)]
    for step in sorted(steps, reverse=True)[:STEPS_AT_ONCE]:
        ready_write(pbx, stretch=step, now_at=now_at)


def _read(pbx: Pbx) -> list[Stretch]:
    """What has been read of all actions that are needed."""
    found: list[Stretch] | None = None
    for action in NEEDED:
        own = coverage_of(pbx, action)
        found = own if found is None else list(common(found, own))
    return found or []


def _steps(stretch: Stretch) -> Iterator[Stretch]:
    begins_at = quarter_of(stretch[0])
    while begins_at < stretch[1]:
        ends_at = min(begins_at + STEP, stretch[1])
        yield begins_at, ends_at
        begins_at = quarter_of(ends_at) if ends_at < stretch[1] else ends_at


@transaction.atomic
def ready_write(pbx: Pbx, *, stretch: Stretch, now_at: datetime) -> None:
    """Work out the quarters of an hour that begin in the stretch, which begins with one."""
    turn_take(pbx)
    _replace(pbx, stretch, _sums(pbx, stretch, now_at=now_at))
    coverage_add(pbx, action=READY, stretch=stretch)
    coverage_cut(pbx, action=READY_AGAIN, stretch=stretch)


def _replace(pbx: Pbx, stretch: Stretch, sums: dict[tuple[str, datetime], float]) -> None:
    """Write these in place of what is there of the stretch."""
    rows = [
        ReadyTime(pbx=pbx, queue_id=queue_id, begins_at=begins_at, ready_s=round(seconds))
        for (queue_id, begins_at), seconds in sums.items()
    ]
    ReadyTime.objects.filter(pbx=pbx, begins_at__gte=stretch[0], begins_at__lt=stretch[1]).delete()
    ReadyTime.objects.bulk_create(rows, batch_size=1000)
    known = RollUpBasis.objects.filter(pbx=pbx).values_list("queue_id", flat=True)
    bases_ensure(pbx, {row.queue_id for row in rows} - set(known))
    ready_totals_build(pbx, stretch=stretch)


def ready_totals_build(pbx: Pbx, *, stretch: Stretch) -> None:
    """Sum the rows of the stretch up anew. Within the transaction that changed them."""
    within = {"pbx": pbx, "begins_at__gte": stretch[0], "begins_at__lt": stretch[1]}
    ReadyTotal.objects.filter(**within).delete()
    sums = ReadyTime.objects.filter(**within).order_by().values_list("begins_at").annotate(Sum("ready_s"))
    ReadyTotal.objects.bulk_create(
        (ReadyTotal(pbx=pbx, begins_at=begins_at, ready_s=seconds) for begins_at, seconds in sums),
        batch_size=1000,
    )


def _sums(pbx: Pbx, stretch: Stretch, *, now_at: datetime) -> dict[tuple[str, datetime], float]:
    """Seconds by queue and quarter of an hour."""
    sums: dict[tuple[str, datetime], float] = defaultdict(float)
    busy = _busy(pbx, stretch, now_at=now_at)
    outbound = set(Queue.objects.filter(pbx=pbx, direction=OUTBOUND).values_list("queue_id", flat=True))
    free: dict[str, dict[str, list[Stretch]]] = defaultdict(dict)
    for (agent_id, queue_id), stays in _stays(pbx, AgentStay.Kind.QUEUE, stretch, now_at=now_at).items():
        if queue_id in outbound:
            continue
        inside = common(merged(stays), [stretch])
        own = busy.get(agent_id, ())
        free[agent_id][queue_id] = [hole for stay in inside for hole in holes(own, within=stay)]
    for by_queue in free.values():
        for piece, queue_ids in shared(by_queue):
            for quarter, seconds in _quarters(piece):
                for queue_id in queue_ids:
                    sums[queue_id, quarter] += seconds / len(queue_ids)
    return sums


def _quarters(piece: Stretch) -> Iterator[tuple[datetime, float]]:
    """The seconds of each quarter of an hour."""
    begin, end = piece
    while begin < end:
        quarter = quarter_of(begin)
        until = min(end, quarter + QUARTER)
        yield quarter, (until - begin).total_seconds()
        begin = until


def _busy(pbx: Pbx, stretch: Stretch, *, now_at: datetime) -> dict[str, list[Stretch]]:
    """By agent: pauses, and calls from their ringing to their end."""
    found: dict[str, list[Stretch]] = defaultdict(list)
    for (agent_id, _), stays in _stays(pbx, AgentStay.Kind.PAUSE, stretch, now_at=now_at).items():
        found[agent_id] += stays
    calls = (
        CallRecord.objects.filter(
            pbx=pbx, interval_at__gte=stretch[0] - timedelta(hours=6), interval_at__lt=stretch[1]
        )
        .exclude(agent_id="")
        .values_list("agent_id", "entered_at", "wait_s", "ringing_s", "ended_at")
    )
    for agent_id, entered_at, wait_s, ringing_s, ended_at in calls.iterator(chunk_size=2000):
        rang_at = entered_at + timedelta(seconds=max(0, wait_s - (ringing_s or 0)))
        found[agent_id].append((rang_at, ended_at or now_at))
    return {agent_id: merged(stretches) for agent_id, stretches in found.items()}


def _stays(
    pbx: Pbx, kind: AgentStay.Kind, stretch: Stretch, *, now_at: datetime
) -> dict[tuple[str, str], list[Stretch]]:
    """By agent and queue or pause: the stays that touch the stretch, open ones until now."""
    rows = AgentStay.objects.filter(
        pbx=pbx, kind=kind, start_at__gte=stretch[0] - LONGEST_STAY, start_at__lt=stretch[1]
    ).exclude(end_at__lte=stretch[0])
    found: dict[tuple[str, str], list[Stretch]] = defaultdict(list)
    for agent_id, subject_id, start_at, end_at in _values(rows.order_by()):
        found[agent_id, subject_id].append((start_at, end_at or now_at))
    return found


def _values(rows: Iterable[AgentStay]) -> Iterator[tuple[str, str, datetime, datetime | None]]:
    for row in rows:
        yield row.agent_id, row.subject_id, row.start_at, row.end_at
