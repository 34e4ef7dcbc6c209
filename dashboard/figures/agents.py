"""What agents did, with their calls counted as the figures of their queues count them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from dashboard.access import Scope
from dashboard.figures.counted import call_queues, counted_queues
from dashboard.figures.definitions import definitions_of
from dashboard.history import selectors as history
from dashboard.history.answers import AgentFigures, Days
from dashboard.history.zone import zone_of
from dashboard.models import Pbx, Queue


def agents_counted(
    pbx: Pbx, queues: Iterable[Queue], *, scope: Scope, days: Days, is_chosen: bool
) -> list[AgentFigures]:
    """Agents of these queues of the PBX, or of the whole scope where none was chosen.

    Calls are those of the queues that figures count, within business hours and days, as lists of calls show them.
    """
    own = [queue for queue in queues if queue.pbx == pbx]
    counted = _ids(counted_queues(own, is_chosen=is_chosen))
    outbound_only = set(counted) - set(_ids(call_queues(own, is_chosen=is_chosen)))
    definitions, zone = definitions_of(pbx), zone_of(pbx.timezone).zone

    def counts(queue_id: str, interval_at: datetime) -> bool:
        day = definitions.today(queue_id, interval_at.astimezone(zone))
        return days.first <= day <= days.last and definitions.is_open(queue_id, interval_at, zone=zone)

    restricted = frozenset(queue_id for queue_id in counted if not definitions.is_plain(queue_id))
    return history.agents(
        pbx,
        scope=scope,
        days=days,
        queue_ids=_ids(own) if is_chosen else None,
        counted=history.Counted(
            queue_ids=counted,
            outbound_only=frozenset(outbound_only),
            restricted=restricted,
            counts=counts,
        ),
    )


def _ids(queues: Iterable[Queue]) -> tuple[str, ...]:
    return tuple(queue.queue_id for queue in queues)
