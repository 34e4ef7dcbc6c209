"""A figure over today, interval by interval, for the queues that a board shows: the same numbers as in the reports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from dashboard.access import EVERYTHING
from dashboard.domain.kpi import CATALOGUE, Part, figure_value, goal_of, offered
from dashboard.domain.privacy import View
from dashboard.figures.counted import call_queues, counted_queues
from dashboard.figures.definitions import definitions_of
from dashboard.figures.parts import parts_by_interval
from dashboard.figures.selectors import question
from dashboard.history.answers import Days
from dashboard.models import Pbx, Queue


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
        own = _queues(pbx, views[pbx.slug], wanted=wanted, figure=figure)
        for begins_at, found in _parts(pbx, own, interval_min=interval_min, now=now):
            parts[begins_at] += found
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
    pbx: Pbx, queues: list[Queue], *, interval_min: int, now: datetime
) -> Iterator[tuple[datetime, list[Part]]]:
    """Of intervals with calls, as reports have them: by each queue's definition, hours and business day."""
    definitions = definitions_of(pbx)
    local = now.astimezone(ZoneInfo(pbx.timezone))
    by_day: dict[date, list[str]] = defaultdict(list)
    for queue in queues:
        by_day[definitions.today(queue.queue_id, local)].append(queue.queue_id)
    for day, queue_ids in by_day.items():
        asked = question(
            pbx, scope=EVERYTHING, days=Days(day, day), queue_ids=queue_ids, definitions=definitions
        )
        for begins_at, parts in parts_by_interval(asked, minutes=interval_min).items():
            if begins_at <= now and any(_has_calls(part) for part in parts):
                yield begins_at, parts


def _has_calls(part: Part) -> bool:
    """Agents who were ready are not enough."""
    return offered(part.figures) + part.figures.outbound > 0


def _queues(pbx: Pbx, view: View, *, wanted: set[str], figure: str) -> list[Queue]:
    """Those of the view that are asked for; without a wish those that figures over all queues are about."""
    own = [
        queue
        for queue in pbx.queues.filter(is_gone=False)
        if (view.queue_ids is None or queue.queue_id in view.queue_ids)
        and (not wanted or queue.queue_id in wanted)
    ]
    counted = counted_queues if figure.startswith("outbound") else call_queues
    return counted(own, is_chosen=bool(wanted))


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
