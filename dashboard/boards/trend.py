"""A figure over today, interval by interval, for the queues that a board shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

import msgspec

from dashboard.domain.kpi import CATALOGUE, Part, figure_value, figures_added, goal_of
from dashboard.domain.privacy import View
from dashboard.domain.rows import FigureRow
from dashboard.figures.counted import counted_queues
from dashboard.figures.definitions import Definitions, definitions_of
from dashboard.models import Pbx, RollUp

TERMS: Final = tuple(name for name in FigureRow.__struct_fields__ if name not in {"ready_s", "expected_more"})


class Trend(msgspec.Struct, frozen=True, kw_only=True):
    """`at`: where each interval begins, in milliseconds; `values`: None where nobody counted; `goal`: None if there is none."""

    at: list[int]
    values: list[float | None]
    goal: float | None
    interval_min: int


def trend_today(
    views: Mapping[str, View], *, queues: list[str], figure: str, interval_min: int, now: datetime
) -> Trend:
    """`views` by stream say which queues may be seen; `queues` (`stream/id`, empty: all) which are wanted."""
    parts: dict[datetime, list[Part]] = defaultdict(list)
    for pbx in Pbx.objects.filter(slug__in=views):
        wanted = {one.partition("/")[2] for one in queues if one.partition("/")[0] == pbx.slug}
        if queues and not wanted:
            continue
        for begins_at, part in _parts(
            pbx, views[pbx.slug], wanted=wanted, interval_min=interval_min, now=now
        ):
            parts[begins_at].append(part)
    known = sorted(parts)
    if CATALOGUE[figure].unit == "count":
        # A count of an interval that still runs would look like a fall.
        known = [moment for moment in known if moment + timedelta(minutes=interval_min) <= now]
    moments = _moments(known, interval_min=interval_min)
    has_goal = figure.startswith("service_level")
    return Trend(
        at=[int(moment.timestamp() * 1000) for moment in moments],
        values=[figure_value(figure, parts.get(moment, ())) for moment in moments],
        goal=goal_of([part for some in parts.values() for part in some]) if has_goal else None,
        interval_min=interval_min,
    )


def _parts(
    pbx: Pbx, view: View, *, wanted: set[str], interval_min: int, now: datetime
) -> list[tuple[datetime, Part]]:
    """One part per queue and interval, the intervals counted from the hour."""
    zone = ZoneInfo(pbx.timezone)
    definitions = definitions_of(pbx)
    local = now.astimezone(zone)
    begins = _day_begin(definitions, local, zone)
    rows = RollUp.objects.filter(pbx=pbx, begins_at__gte=begins, begins_at__lte=now)
    if view.queue_ids is not None:
        rows = rows.filter(queue_id__in=view.queue_ids)
    rows = rows.filter(queue_id__in=wanted) if wanted else rows.exclude(queue_id__in=_uncounted(pbx))
    found: dict[tuple[datetime, str], list[FigureRow]] = defaultdict(list)
    for queue_id, begins_at, *terms in rows.values_list("queue_id", "begins_at", *TERMS):
        row = FigureRow(**dict(zip(TERMS, terms, strict=True)), ready_s=None, expected_more=None)
        found[_interval(begins_at, interval_min), queue_id].append(row)
    parts: list[tuple[datetime, Part]] = []
    for (begins_at, queue_id), quarters in found.items():
        figures = figures_added(quarters)
        if figures is not None:
            rules = definitions.of(queue_id, definitions.today(queue_id, local)).rules
            parts.append((begins_at, Part(figures=figures, rules=rules)))
    return parts


def _uncounted(pbx: Pbx) -> set[str]:
    """Queues that are in no figure over all queues."""
    queues = list(pbx.queues.all())
    return {queue.queue_id for queue in queues} - {
        queue.queue_id for queue in counted_queues(queues, is_chosen=False)
    }


def _day_begin(definitions: Definitions, local: datetime, zone: ZoneInfo) -> datetime:
    return definitions.day_begin("", definitions.today("", local), zone)


def _interval(begins_at: datetime, interval_min: int) -> datetime:
    minute = begins_at.minute - begins_at.minute % interval_min
    return begins_at.astimezone(UTC).replace(minute=minute, second=0, microsecond=0)


def _moments(known: list[datetime], *, interval_min: int) -> list[datetime]:
    """All intervals from the first with calls to the last, also those in which nobody called."""
    if not known:
        return []
    step = timedelta(minutes=interval_min)
    count = (known[-1] - known[0]) // step + 1
    return [known[0] + number * step for number in range(count)]


def trend_options(data: Mapping[str, Any], *, figures: set[str]) -> tuple[str, int, list[str]] | None:
    """Figure, interval and queues of a request; None if one of them is not known."""
    figure, interval = data.get("figure", ""), data.get("interval", "30")
    if figure not in figures or interval not in {"15", "30", "60"}:
        return None
    return figure, int(interval), [one for one in data.get("queues", "").split(",") if one]
