"""Stays of agents that go on, as far as anybody knows: when to look again, and what says that one has ended."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

from dashboard.domain.stretches import Stretch, merged
from dashboard.models import AgentStay, Pbx

AROUND: Final = timedelta(minutes=15)
"""Stays that began so near to one another are looked for with one question."""
AT_MOST: Final = 50
LONGEST_STAY: Final = timedelta(days=40)
"""So long a stay without an end is looked for, and counted."""
KINDS: Final = {
    "StatsUsersPauses": AgentStay.Kind.PAUSE,
    "StatsUsersSessions": AgentStay.Kind.SESSION,
    "StatsUsersQueues": AgentStay.Kind.QUEUE,
}


def beginnings(pbx: Pbx, *, action: str, before: datetime) -> list[Stretch]:
    """Short stretches around the beginnings of the stays that have no end, latest first. A PBX lists a stay by its beginning."""
    if action not in KINDS:
        return []
    starts = AgentStay.objects.filter(
        pbx=pbx, kind=KINDS[action], end_at=None, start_at__lt=before, start_at__gte=before - LONGEST_STAY
    ).values_list("start_at", flat=True)
    around = merged((start - AROUND, min(start + AROUND, before)) for start in starts)
    return around[::-1][:AT_MOST]


def contradicted(pbx: Pbx, records: Sequence[AgentStay]) -> list[AgentStay]:
    """The records, of one kind, and the open stays of the same agents that are in the database.

    A stay without an end is over when the agent's next of its kind begins (in the same queue, where it is one in a queue).
    """
    kind = records[0].kind
    agents = {record.agent_id for record in records}
    keys = {record.row_key for record in records}
    known = AgentStay.objects.filter(pbx=pbx, kind=kind, agent_id__in=agents)
    found = [*records, *known.filter(end_at=None).exclude(row_key__in=keys)]
    open_ones = [record for record in found if record.end_at is None]
    if not open_ones:
        return found
    earliest = min(record.start_at for record in open_ones)
    later = known.filter(start_at__gt=earliest, agent_id__in={record.agent_id for record in open_ones})
    starts = _starts([*records, *later])
    for record in open_ones:
        own = starts[_of(record)]
        place = bisect_right(own, record.start_at)
        if place < len(own):
            record.end_at = own[place]
    return found


def _starts(records: Iterable[AgentStay]) -> dict[tuple[str, str], list[datetime]]:
    found: dict[tuple[str, str], list[datetime]] = defaultdict(list)
    for record in records:
        found[_of(record)].append(record.start_at)
    return defaultdict(list, {key: sorted(own) for key, own in found.items()})


def _of(record: AgentStay) -> tuple[str, str]:
    return record.agent_id, record.subject_id if record.kind == AgentStay.Kind.QUEUE else ""
