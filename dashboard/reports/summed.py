"""Pieces of time that the database has added up already: a month of fifty queues has 144,000 quarters of an hour.

Queues with business hours or a day of their own are read by quarters all the same: which of them count only their definition says.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from zoneinfo import ZoneInfo

from dashboard.access import EVERYTHING
from dashboard.domain.kpi import Rules
from dashboard.figures.definitions import Definitions, definitions_of
from dashboard.history import selectors as history
from dashboard.history.readiness import settling, worked_out
from dashboard.history.zone import zone_of
from dashboard.models import Pbx, Queue
from dashboard.reports.sums import Piece, per_pbx, quarters


def queue_days(queues: Iterable[Queue], *, first: date, last: date) -> list[Piece]:
    """One piece per queue and day with calls or ready agents, both days included. The queues are the scope."""
    found: list[Piece] = []
    for pbx, own in per_pbx(queues).items():
        definitions = definitions_of(pbx)
        plain = {id_: queue for id_, queue in own.items() if definitions.is_plain(id_)}
        found += _days_of(pbx, plain, definitions, first=first, last=last)
        found += quarters([own[id_] for id_ in own.keys() - plain], first=first, last=last)
    return sorted(found, key=lambda piece: piece.begins_at)


def shared_quarters(queues: Iterable[Queue], *, first: date, last: date) -> list[Piece]:
    """One piece per quarter of an hour over all queues that are counted alike, in the name of one of them."""
    found: list[Piece] = []
    for pbx, own in per_pbx(queues).items():
        definitions = definitions_of(pbx)
        alike: dict[Rules, list[Queue]] = defaultdict(list)
        others: list[Queue] = []
        for queue_id, queue in own.items():
            rules = {definitions.of(queue_id, day).rules for day in history.Days(first, last).each()}
            if len(rules) == 1 and definitions.is_plain(queue_id):
                alike[rules.pop()].append(queue)
            else:
                others.append(queue)
        for shared, group in alike.items():
            found += _together(pbx, group, shared, definitions, first=first, last=last)
        found += quarters(others, first=first, last=last)
    return sorted(found, key=lambda piece: piece.begins_at)


def _days_of(
    pbx: Pbx, queues: dict[str, Queue], definitions: Definitions, *, first: date, last: date
) -> list[Piece]:
    zone = zone_of(pbx.timezone)
    late = settling(pbx, stretch=zone.stretch(first, last), names=("queue_id", "day"), queue_ids=queues).late
    rows = history.queue_days(
        pbx,
        scope=EVERYTHING,
        days=history.Days(first, last),
        queue_ids=list(queues),
        thresholds=definitions.thresholds,
    )
    return [
        Piece(
            queue=queues[queue_id],
            rules=definitions.of(queue_id, day).rules,
            begins_at=zone.begin(day),
            day=day,
            minute=0,
            figures=figures,
            is_due=(queue_id, day) in late,
        )
        for (queue_id, day), figures in rows.items()
    ]


def _together(
    pbx: Pbx, queues: list[Queue], rules: Rules, definitions: Definitions, *, first: date, last: date
) -> list[Piece]:
    zone, worked = ZoneInfo(pbx.timezone), worked_out(pbx)
    rows = history.intervals(
        pbx,
        scope=EVERYTHING,
        days=history.Days(first, last),
        queue_ids=[queue.queue_id for queue in queues],
        thresholds=definitions.thresholds,
    )
    return [
        Piece(
            queue=queues[0],
            rules=rules,
            begins_at=begins_at,
            day=(local := begins_at.astimezone(zone)).date(),
            minute=local.hour * 60 + local.minute,
            figures=figures,
            is_due=worked.is_due(begins_at),
        )
        for begins_at, figures in rows.items()
    ]
