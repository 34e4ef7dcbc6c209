"""What agents did: calls from the records, time from their stays."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from dashboard.access import Scope
from dashboard.domain.stretches import Stretch, merged
from dashboard.history.agent_calls import (
    CallSums,
    Counted,
    WorkSums,
    calls_sums,
    missed_counts,
    work_sums,
)
from dashboard.history.answers import AgentFigures, Days, PauseFigures
from dashboard.history.open_stays import LONGEST_STAY
from dashboard.history.zone import zone_of
from dashboard.models import Agent, AgentStay, CallRecord, PauseKind, Pbx

WRAP = "wrap"


def agents(
    pbx: Pbx,
    *,
    scope: Scope,
    days: Days,
    queue_ids: Iterable[str] | None = None,
    counted: Counted | None = None,
) -> list[AgentFigures]:
    """Agents in scope who were in these queues or had a call of one, by name.

    Calls are those that `counted` names, else those of the queues; times, and the work that occupancy is of, are of all queues.
    """
    stretch, now_at = zone_of(pbx.timezone).stretch(days.first, days.last), timezone.now()
    wanted = None if queue_ids is None else tuple(queue_ids)
    asked = counted or Counted(queue_ids=wanted)
    calls, missed = calls_sums(pbx, scope, stretch, asked), missed_counts(pbx, scope, stretch, asked)
    work = work_sums(pbx, stretch)
    sessions = _seconds(pbx, AgentStay.Kind.SESSION, stretch, now_at=now_at)
    paused = _paused(pbx, stretch, now_at=now_at)
    names = dict(Agent.objects.filter(pbx=pbx).values_list("agent_id", "name"))
    found = []
    for agent_id in _visible(pbx, scope, stretch, wanted) & (calls.keys() | sessions.keys() | missed.keys()):
        own, all_work = calls.get(agent_id, CallSums()), work.get(agent_id, WorkSums())
        ordinary_s, wrap_s = paused.get(agent_id, (0, 0))
        logged_in_s = sessions.get(agent_id, 0)
        found.append(
            AgentFigures(
                agent_id=agent_id,
                name=names.get(agent_id) or agent_id,
                answered=own.answered,
                missed=missed.get(agent_id, 0),
                outbound=own.outbound,
                talk_s=own.talk_s,
                hold_s=own.hold_s,
                acw_s=own.acw_s,
                work_s=all_work.work_s,
                logged_in_s=logged_in_s,
                paused_s=ordinary_s,
                ready_s=max(0, logged_in_s - ordinary_s - wrap_s - all_work.busy_s),
            )
        )
    return sorted(found, key=lambda row: (row.name, row.agent_id))


def pauses(
    pbx: Pbx, *, scope: Scope, days: Days, queue_ids: tuple[str, ...] | None = None
) -> list[PauseFigures]:
    """By agent in scope and kind of pause; with `queue_ids` only of agents who were in one of these queues then."""
    stretch, now_at = zone_of(pbx.timezone).stretch(days.first, days.last), timezone.now()
    visible = _visible(pbx, scope, stretch, queue_ids)
    names = dict(Agent.objects.filter(pbx=pbx).values_list("agent_id", "name"))
    kinds = {kind.pause_id: kind for kind in PauseKind.objects.filter(pbx=pbx)}
    seconds: dict[tuple[str, str], list[int]] = defaultdict(list)
    for stay in _stays(pbx, AgentStay.Kind.PAUSE, stretch):
        if stay.agent_id in visible:
            begin, end = _within(stay, stretch, now_at=now_at)
            seconds[stay.agent_id, stay.subject_id].append(max(0, round((end - begin).total_seconds())))
    found = [
        PauseFigures(
            agent_id=agent_id,
            agent_name=names.get(agent_id) or agent_id,
            pause_id=pause_id,
            title=kinds[pause_id].title if pause_id in kinds else pause_id,
            type=kinds[pause_id].type if pause_id in kinds else "",
            is_paid=kinds[pause_id].is_paid if pause_id in kinds else None,
            count=len(own),
            total_s=sum(own),
            longest_s=max(own),
        )
        for (agent_id, pause_id), own in seconds.items()
    ]
    return sorted(found, key=lambda row: (row.agent_name, row.agent_id, row.title))


def stays(pbx: Pbx, agent_id: str, *, scope: Scope, days: Days) -> list[AgentStay]:
    """In order of time; [] for an agent out of scope."""
    stretch = zone_of(pbx.timezone).stretch(days.first, days.last)
    if agent_id not in _visible(pbx, scope, stretch, None):
        return []
    rows = [stay for kind in AgentStay.Kind for stay in _stays(pbx, kind, stretch, agent_id=agent_id)]
    return sorted(rows, key=lambda stay: (stay.start_at, stay.kind))


def agents_visible(pbx: Pbx, *, scope: Scope, days: Days) -> set[str]:
    """IDs of the agents who were in a queue in scope on these days, or had a call of one."""
    return _visible(pbx, scope, zone_of(pbx.timezone).stretch(days.first, days.last), None)


def _visible(pbx: Pbx, scope: Scope, stretch: Stretch, queue_ids: tuple[str, ...] | None) -> set[str]:
    """Agents who were in one of the queues in scope, or had a call of one."""
    own = scope.queue_ids(pbx.slug)
    if own is None and queue_ids is None:
        # Who is in no queue, and whose calls are in none, is the administrators' to see.
        kinds = {} if scope.queueless else {"kind": AgentStay.Kind.QUEUE}
        stays = AgentStay.objects.filter(
            pbx=pbx, start_at__gte=stretch[0] - LONGEST_STAY, start_at__lt=stretch[1], **kinds
        )
        calls = CallRecord.objects.filter(pbx=pbx, interval_at__gte=stretch[0], interval_at__lt=stretch[1])
        if not scope.queueless:
            calls = calls.exclude(queue_id="")
    else:
        wanted = [
            id_
            for id_ in (own if own is not None else queue_ids) or ()
            if queue_ids is None or id_ in queue_ids
        ]
        stays = AgentStay.objects.filter(
            pbx=pbx,
            kind=AgentStay.Kind.QUEUE,
            subject_id__in=wanted,
            start_at__gte=stretch[0] - LONGEST_STAY,
            start_at__lt=stretch[1],
        )
        calls = CallRecord.objects.filter(
            pbx=pbx, interval_at__gte=stretch[0], interval_at__lt=stretch[1], queue_id__in=wanted
        )
    stays = stays.exclude(end_at__lte=stretch[0])
    return {*stays.order_by().values_list("agent_id", flat=True).distinct()} | {
        *calls.exclude(agent_id="").order_by().values_list("agent_id", flat=True).distinct()
    }


def _paused(pbx: Pbx, stretch: Stretch, *, now_at: datetime) -> dict[str, tuple[int, int]]:
    """Seconds of ordinary pauses and of wrap, by agent."""
    wraps = set(PauseKind.objects.filter(pbx=pbx, type=WRAP).values_list("pause_id", flat=True))
    found: dict[str, tuple[int, int]] = {}
    for stay in _stays(pbx, AgentStay.Kind.PAUSE, stretch):
        begin, end = _within(stay, stretch, now_at=now_at)
        seconds = max(0, round((end - begin).total_seconds()))
        ordinary, wrap = found.get(stay.agent_id, (0, 0))
        is_wrap = stay.subject_id in wraps
        found[stay.agent_id] = (ordinary, wrap + seconds) if is_wrap else (ordinary + seconds, wrap)
    return found


def _seconds(pbx: Pbx, kind: AgentStay.Kind, stretch: Stretch, *, now_at: datetime) -> dict[str, int]:
    by_agent: dict[str, list[Stretch]] = defaultdict(list)
    for stay in _stays(pbx, kind, stretch):
        by_agent[stay.agent_id].append(_within(stay, stretch, now_at=now_at))
    return {
        agent_id: round(sum((end - begin).total_seconds() for begin, end in merged(own)))
        for agent_id, own in by_agent.items()
    }


def _stays(
    pbx: Pbx, kind: AgentStay.Kind, stretch: Stretch, *, agent_id: str | None = None
) -> Iterable[AgentStay]:
    rows = AgentStay.objects.filter(
        pbx=pbx, kind=kind, start_at__gte=stretch[0] - LONGEST_STAY, start_at__lt=stretch[1]
    ).exclude(end_at__lte=stretch[0])
    return rows if agent_id is None else rows.filter(agent_id=agent_id)


def _within(stay: AgentStay, stretch: Stretch, *, now_at: datetime) -> Stretch:
    return max(stay.start_at, stretch[0]), min(stay.end_at or now_at, stretch[1])
