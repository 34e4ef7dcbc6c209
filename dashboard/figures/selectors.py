"""Figures by the definitions in force: the selectors of the history, with each queue's limits, business hours and day.

Reports, exports, e-mails and the API ask here, and boards show the same numbers. Days are business days; a queue that has no
hours and no day of its own costs nothing beside the history's own sums.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from datetime import date, datetime, timedelta
from typing import Literal, TypeVar

import msgspec

from dashboard.access import Scope
from dashboard.domain.kpi import figures_added, figures_empty
from dashboard.domain.rows import FigureRow
from dashboard.figures.definitions import Definitions, definitions_of
from dashboard.history import selectors as history
from dashboard.history.answers import Days
from dashboard.history.figures import days_stretch
from dashboard.history.readiness import Settling, settling, worked_out
from dashboard.history.zone import zone_of
from dashboard.models import Pbx

Place = tuple[str, datetime]
Placed = tuple[Place, date, FigureRow]
"""A quarter of an hour of a queue, with its business day."""
KeyT = TypeVar("KeyT", bound=Hashable)


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """Whose figures of which days. `queue_ids` None: of all queues in scope."""

    pbx: Pbx
    scope: Scope
    days: Days
    queue_ids: tuple[str, ...] | None = None
    definitions: Definitions


def question(
    pbx: Pbx,
    *,
    scope: Scope,
    days: Days,
    queue_ids: Iterable[str] | None = None,
    definitions: Definitions | None = None,
) -> Question:
    """Whoever asks more than once gives the definitions along."""
    return Question(
        pbx=pbx,
        scope=scope,
        days=days,
        queue_ids=None if queue_ids is None else tuple(queue_ids),
        definitions=definitions or definitions_of(pbx),
    )


def by_queue(asked: Question) -> dict[str, FigureRow]:
    """Only queues that had calls, or agents who were ready."""
    rows = history.by_queue(
        asked.pbx,
        scope=asked.scope,
        days=asked.days,
        queue_ids=_plain(asked),
        thresholds=asked.definitions.thresholds,
    )
    own = _own_quarters(asked)
    late = _late(asked, own, "queue_id")
    joined = rows | _added(own, lambda place, _day: place[0])
    return {queue_id: _unknown(row) if queue_id in late else row for queue_id, row in joined.items()}


def by_day(asked: Question) -> dict[date, FigureRow]:
    """Only days on which there were calls, or agents who were ready."""
    rows = history.by_day(
        asked.pbx,
        scope=asked.scope,
        days=asked.days,
        queue_ids=_plain(asked),
        thresholds=asked.definitions.thresholds,
    )
    own = _own_quarters(asked)
    late = _late(asked, own, "day")
    joined = _joined(rows, _added(own, lambda _place, day: day))
    return {day: _unknown(row) if day in late else row for day, row in joined.items()}


def intervals(asked: Question, *, minutes: int = 15) -> dict[datetime, FigureRow]:
    """Over all the queues, by the moment the interval begins; only where there were calls or somebody was ready."""
    rows = history.intervals(
        asked.pbx,
        scope=asked.scope,
        days=asked.days,
        queue_ids=_plain(asked),
        thresholds=asked.definitions.thresholds,
        minutes=minutes,
    )
    own = _own_quarters(asked)
    joined = _joined(rows, _added(own, lambda place, _day: _begins_at(asked, place[1], minutes)))
    return _without_due(asked, joined, lambda begins_at: begins_at)


def queue_days(
    asked: Question, *, added_by: Literal["queue_id", "day"]
) -> dict[tuple[str, date, date], FigureRow]:
    """By queue, day and calendar day, for figures over days on which different definitions held.

    A business day may go on past midnight; the calls there are counted by the definition of their calendar day.
    `added_by`: what the rows are added up by; nobody knows the ready time where all of one sum's is still to be worked out.
    """
    zone = zone_of(asked.pbx.timezone).zone
    rows = history.queue_days(
        asked.pbx,
        scope=asked.scope,
        days=asked.days,
        queue_ids=_plain(asked),
        thresholds=asked.definitions.thresholds,
    )
    own = _own_quarters(asked)
    late = _late(asked, own, added_by)
    of_own = _added(own, lambda place, day: (place[0], day, place[1].astimezone(zone).date()))
    joined = {(queue_id, day, day): row for (queue_id, day), row in rows.items()} | of_own
    place = 0 if added_by == "queue_id" else 1
    return {key: _unknown(row) if key[place] in late else row for key, row in joined.items()}


def queue_intervals(asked: Question, *, minutes: int = 15) -> dict[Place, FigureRow]:
    """By queue and by the moment the interval begins; only where there were calls or somebody was ready."""
    rows = history.queue_intervals(
        asked.pbx,
        scope=asked.scope,
        days=asked.days,
        queue_ids=_plain(asked),
        thresholds=asked.definitions.thresholds,
        minutes=minutes,
    )
    own = _own_quarters(asked)
    joined = rows | _added(own, lambda place, _day: (place[0], _begins_at(asked, place[1], minutes)))
    return _without_due(asked, joined, lambda place: place[1])


def total(asked: Question) -> FigureRow:
    """All of it."""
    return figures_added(list(by_queue(asked).values())) or figures_empty()


def _late(asked: Question, own: list[Placed], by: Literal["queue_id", "day"]) -> set[str | date]:
    """The queues or days of which all ready time is still to be worked out."""
    plain = _plain(asked)
    known = settling(
        asked.pbx,
        stretch=days_stretch(asked.pbx, asked.days),
        names=(by,),
        queue_ids=asked.scope.queue_ids(asked.pbx.slug) if plain is None else plain,
    )
    worked = worked_out(asked.pbx)
    keys: dict[bool, set[tuple[str | date]]] = {True: set(), False: set()}
    for (queue_id, moment), day, _row in own:
        keys[worked.is_due(moment)].add((queue_id if by == "queue_id" else day,))
    whole = known.plus(Settling(due=frozenset(keys[True]), settled=frozenset(keys[False])))
    return {key for (key,) in whole.late}


def _unknown(row: FigureRow) -> FigureRow:
    """Of whose ready time nobody knows."""
    return msgspec.structs.replace(row, ready_s=None)


def _without_due(
    asked: Question, rows: dict[KeyT, FigureRow], begin_of: Callable[[KeyT], datetime]
) -> dict[KeyT, FigureRow]:
    """Of an interval whose ready time is still to be worked out nobody knows it."""
    worked = worked_out(asked.pbx)
    return {key: _unknown(row) if worked.is_due(begin_of(key)) else row for key, row in rows.items()}


def _begins_at(asked: Question, moment: datetime, minutes: int) -> datetime:
    """The interval of this many minutes that the quarter of an hour is in."""
    past = moment.astimezone(zone_of(asked.pbx.timezone).zone).minute % minutes
    return moment - timedelta(minutes=past)


def _restricted(asked: Question) -> set[str]:
    """Queues that ever had hours or a day of their own."""
    own = asked.queue_ids if asked.queue_ids is not None else asked.scope.queue_ids(asked.pbx.slug)
    wanted = own if own is not None else asked.pbx.queues.values_list("queue_id", flat=True)
    return {queue_id for queue_id in wanted if not asked.definitions.is_plain(queue_id)}


def _plain(asked: Question) -> tuple[str, ...] | None:
    """The other queues, as the history is asked for them."""
    restricted = _restricted(asked)
    if not restricted:
        return asked.queue_ids
    own = asked.queue_ids if asked.queue_ids is not None else asked.scope.queue_ids(asked.pbx.slug)
    wanted = own if own is not None else asked.pbx.queues.values_list("queue_id", flat=True)
    return tuple(queue_id for queue_id in wanted if queue_id not in restricted)


def _own_quarters(asked: Question) -> list[Placed]:
    """Of the queues with hours or days of their own, the quarters of an hour that are within both, each with its business day."""
    restricted = _restricted(asked)
    if not restricted:
        return []
    zone = zone_of(asked.pbx.timezone).zone
    days = Days(asked.days.first, asked.days.last + timedelta(days=1))
    rows = history.queue_intervals(
        asked.pbx,
        scope=asked.scope,
        days=days,
        queue_ids=restricted,
        thresholds=asked.definitions.thresholds,
    )
    placed = (
        ((queue_id, moment), asked.definitions.today(queue_id, moment.astimezone(zone)), row)
        for (queue_id, moment), row in rows.items()
    )
    return [
        (place, day, row)
        for place, day, row in placed
        if asked.days.first <= day <= asked.days.last
        and asked.definitions.is_open(place[0], place[1], zone=zone)
    ]


def _added(quarters: Iterable[Placed], key_of: Callable[[Place, date], KeyT]) -> dict[KeyT, FigureRow]:
    grouped: dict[KeyT, list[FigureRow]] = defaultdict(list)
    for place, day, row in quarters:
        grouped[key_of(place, day)].append(row)
    return _sums(grouped)


def _sums(grouped: dict[KeyT, list[FigureRow]]) -> dict[KeyT, FigureRow]:
    return {key: figures_added(rows) or figures_empty() for key, rows in grouped.items()}


def _joined(one: dict[KeyT, FigureRow], other: dict[KeyT, FigureRow]) -> dict[KeyT, FigureRow]:
    grouped: dict[KeyT, list[FigureRow]] = defaultdict(list)
    for rows in (one, other):
        for key, row in rows.items():
            grouped[key].append(row)
    return _sums(grouped)
