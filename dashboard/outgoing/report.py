"""The report over queues and days that is sent and exported: the same numbers as on the pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import chain
from typing import Final
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from dashboard import conf
from dashboard.access import Scope
from dashboard.domain.kpi import CATALOGUE, figure_value, variant_of
from dashboard.figures.parts import Parts, parts_by_queue
from dashboard.figures.selectors import question
from dashboard.figures.told import definitions_told
from dashboard.history.answers import Days
from dashboard.models import Pbx, Queue
from dashboard.outgoing.table import Column, Kind, Table, Value

FIGURES: Final = (
    "service_level",
    "offered",
    "answered",
    "abandoned",
    "abandon_rate",
    "asa_s",
    "average_wait_s",
    "longest_wait_s",
    "aht_s",
    "occupancy",
)
KINDS: Final = {"count": Kind.COUNT, "share": Kind.SHARE, "seconds": Kind.SECONDS}


def queues_table(queues: Iterable[Queue], *, scope: Scope, days: Days, told: Iterable[str] = ()) -> Table:
    """One line per queue, quiet ones too, and all of them together. What is out of scope is left out whatever is given.

    `told` is what the reader must know beside.
    """
    lines: list[list[Value]] = []
    everything: Parts = []
    shown: list[Queue] = []
    for pbx, own in _by_pbx(queues, scope).items():
        ids = [queue.queue_id for queue in own]
        asked = question(pbx, scope=scope, days=days, queue_ids=ids)
        found = parts_by_queue(asked)
        everything += chain.from_iterable(found.values())
        shown += own
        for queue in own:
            rules = asked.definitions.of(queue.queue_id, days.last)
            goal = f"{rules.goal * 100:g}/{rules.threshold_s}  {variant_of(rules.variant).formula}"
            has_level = queue.direction != "out"
            values = _values(found.get(queue.queue_id, []))
            lines.append([queue.title, goal if has_level else "", *values])
    return Table(
        title=_("Queues"),
        columns=[
            Column(title=_("Queue")),
            Column(title=_("Goal and formula"), formula=_("goal in % / threshold in seconds, service level")),
            *(
                Column(
                    title=_(CATALOGUE[key].title),
                    kind=KINDS[CATALOGUE[key].unit],
                    formula=_(CATALOGUE[key].formula),
                )
                for key in FIGURES
            ),
        ],
        rows=lines,
        totals=[_("All queues"), "", *_values(everything)],
        zone=ZoneInfo(conf.time_zone()),
        notes=[days_text(days), *definitions_told(shown, (days.first, days.last)), *told],
    )


def days_text(days: Days) -> str:
    if days.first == days.last:
        return f"{days.first:%Y-%m-%d}"
    return f"{days.first:%Y-%m-%d} – {days.last:%Y-%m-%d}"


def _by_pbx(queues: Iterable[Queue], scope: Scope) -> dict[Pbx, list[Queue]]:
    found: dict[Pbx, list[Queue]] = defaultdict(list)
    for queue in queues:
        if scope.has_queue(queue.pbx.slug, queue.queue_id):
            found[queue.pbx].append(queue)
    return found


def _values(parts: Parts) -> list[Value]:
    if not parts:
        return [0 if CATALOGUE[key].unit == "count" else None for key in FIGURES]
    return [figure_value(key, parts) for key in FIGURES]
