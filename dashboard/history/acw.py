"""After-call work: the wrap pause of an agent that begins within 5 s of the end of a call."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

from dashboard.history.limits import basis_segments
from dashboard.history.rollups import Place, roll_ups_touch
from dashboard.models import AgentStay, CallRecord, PauseKind, Pbx

WITHIN: Final = timedelta(seconds=5)
ROUNDING: Final = timedelta(seconds=2)
"""Both ends are printed in whole seconds, and the call's is put together from several."""
LONGEST: Final = timedelta(hours=12)
WRAP: Final = "wrap"


def wraps_of(pbx: Pbx) -> set[str]:
    """IDs of the pauses that are after-call work."""
    return set(PauseKind.objects.filter(pbx=pbx, type=WRAP).values_list("pause_id", flat=True))


def acw_set(pbx: Pbx, records: Sequence[CallRecord | AgentStay]) -> None:
    """Set the after-call work of all calls that these calls or pauses may bear on, and build their sums. Within a transaction."""
    wraps = wraps_of(pbx)
    moments = [moment for record in records if (moment := _moment(record, wraps)) is not None]
    if not wraps or not moments:
        return
    agents = {record.agent_id for record in records} - {""}
    low, high = min(moments) - WITHIN - ROUNDING, max(moments) + WITHIN + ROUNDING
    calls = (
        CallRecord.objects.filter(
            pbx=pbx, agent_id__in=agents, ended_at__gte=low, ended_at__lte=high, outcome="answered"
        )
        .exclude(agent_id="")
        .only("id", "agent_id", "ended_at", "acw_s", "interval_at", "queue_id")
    )
    pauses = AgentStay.objects.filter(
        pbx=pbx,
        kind=AgentStay.Kind.PAUSE,
        agent_id__in=agents,
        subject_id__in=wraps,
        start_at__gte=low,
        start_at__lte=high,
    ).values_list("agent_id", "start_at", "end_at")
    changed = list(_matched(calls, pauses, edge=(min(moments), max(moments))))
    if changed:
        CallRecord.objects.bulk_update(changed, ["acw_s"], batch_size=200)
        places: set[Place] = {(call.interval_at, call.queue_id) for call in changed}
        roll_ups_touch(pbx, places, segments=basis_segments(pbx))


def _moment(record: CallRecord | AgentStay, wraps: set[str]) -> datetime | None:
    if isinstance(record, CallRecord):
        return record.ended_at if record.is_answered and record.agent_id else None
    return record.start_at if record.subject_id in wraps else None


def _matched(
    calls: Iterable[CallRecord],
    pauses: Iterable[tuple[str, datetime, datetime | None]],
    *,
    edge: tuple[datetime, datetime],
) -> Iterable[CallRecord]:
    """The calls whose after-call work was wrong, set right. A pause follows one call: the last to end before it."""
    by_agent: dict[str, list[CallRecord]] = defaultdict(list)
    for call in calls:
        by_agent[call.agent_id].append(call)
    should: dict[int, int] = {}
    for agent_id, start_at, end_at in sorted(pauses, key=lambda pause: pause[1]):
        fitting = [
            call
            for call in by_agent.get(agent_id, ())
            if call.ended_at is not None and -ROUNDING <= start_at - call.ended_at <= WITHIN
        ]
        if fitting and end_at is not None:
            call = max(fitting, key=lambda call: (call.ended_at, call.pk))
            should[call.pk] = round(min(end_at - start_at, LONGEST).total_seconds())
    for call in (call for own in by_agent.values() for call in own):
        # What ends beyond the edges may be followed by pauses that were not looked at.
        is_inside = call.ended_at is not None and edge[0] - WITHIN <= call.ended_at <= edge[1]
        wanted = should.get(call.pk)
        if wanted != call.acw_s and (is_inside or wanted is not None):
            call.acw_s = wanted
            yield call
