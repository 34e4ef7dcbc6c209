"""Figures of queues: from roll-ups where these are sorted by the limits asked for, else from the calls themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from datetime import date, datetime, timedelta
from itertools import chain
from typing import Any, Final, TypeAlias, TypeVar

import msgspec
from django.db import connection
from django.db.models import Max, Sum

from dashboard.access import Scope
from dashboard.domain.rows import FigureRow
from dashboard.domain.stretches import Stretch
from dashboard.domain.thresholds import ThresholdsOf
from dashboard.history.answers import Days
from dashboard.history.epoch import columns, epoch_sql, moment_of
from dashboard.history.limits import Segments, basis_segments, limits_at, segments_by_queue, segments_of
from dashboard.history.readiness import ready_by
from dashboard.history.rollups import CALLS, TERMS, moment_value, terms_sql
from dashboard.history.zone import quarter_of, zone_of
from dashboard.models import Pbx, Queue, RollUp, RollUpTotal

KeyT = TypeVar("KeyT", bound=Hashable)
Key: TypeAlias = tuple[Any, ...]
"""Values of columns, as the database gives them; moments as seconds."""
Sums: TypeAlias = tuple[int | None, ...]
Place: TypeAlias = tuple[str, datetime]

LONGEST: Final = TERMS.index("longest_wait_s")
NO_CALLS: Final[Sums] = tuple(None if name == TERMS[LONGEST] else 0 for name in TERMS)
SUMS: Final = {f"sum_{name}": (Max if name == TERMS[LONGEST] else Sum)(name) for name in TERMS}


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """Which calls of which queues, sorted by which limits. `queue_ids` None: of all queues, and `queueless` also of none."""

    pbx: Pbx
    queue_ids: tuple[str, ...] | None
    queueless: bool
    stretch: Stretch
    thresholds: ThresholdsOf | None


def question(
    pbx: Pbx,
    *,
    scope: Scope,
    stretch: Stretch,
    queue_ids: Iterable[str] | None,
    thresholds: ThresholdsOf | None,
) -> Question:
    """Narrowed to what is in scope."""
    own = scope.queue_ids(pbx.slug)
    wanted = None if queue_ids is None else tuple(sorted(set(queue_ids)))
    if own is not None:
        wanted = own if wanted is None else tuple(sorted(set(wanted) & set(own)))
    queueless = scope.queueless and queue_ids is None
    return Question(pbx=pbx, queue_ids=wanted, queueless=queueless, stretch=stretch, thresholds=thresholds)


def by_place(asked: Question) -> dict[Place, FigureRow]:
    """By queue and quarter of an hour."""
    return _figures(asked, ("queue_id", "begins_at"), lambda key: (key[0], moment_of(key[1])))


def by_queue_day(asked: Question) -> dict[tuple[str, date], FigureRow]:
    return _figures(asked, ("queue_id", "day"), lambda key: (key[0], key[1]))


def by_quarter(asked: Question) -> dict[datetime, FigureRow]:
    return _figures(asked, ("begins_at",), lambda key: moment_of(key[0]))


def by_queue(asked: Question) -> dict[str, FigureRow]:
    return _figures(asked, ("queue_id",), lambda key: str(key[0]))


def by_day(asked: Question) -> dict[date, FigureRow]:
    return _figures(asked, ("day",), lambda key: key[0])


def in_window(asked: Question) -> dict[str, FigureRow]:
    """By queue, between any two moments. Ready time counts by whole quarters of an hour, so it is left out."""
    segments = _wanted_segments(asked, _queue_ids(asked))
    rows = _from_calls(asked, segments, ("queue_id",), at="entered_at", queue_ids=asked.queue_ids)
    return {str(row[0]): _figure(row[1:], None) for row in rows}


def days_stretch(pbx: Pbx, days: Days) -> Stretch:
    return zone_of(pbx.timezone).stretch(days.first, days.last)


def minutes_joined(rows: dict[Place, FigureRow], pbx: Pbx, *, minutes: int) -> dict[Place, FigureRow]:
    """Quarters of an hour put together into longer intervals, which begin at whole multiples of the local hour."""
    if minutes == 15:
        return rows
    zone = zone_of(pbx.timezone).zone
    together: dict[Place, list[FigureRow]] = defaultdict(list)
    for (queue_id, begins_at), row in rows.items():
        past = begins_at.astimezone(zone).minute % minutes
        together[queue_id, begins_at - timedelta(minutes=past)].append(row)
    return {place: added(own) for place, own in together.items()}


def added(rows: Iterable[FigureRow]) -> FigureRow:
    """Sums over sums; ready time only where all know it."""
    sums: list[int | None] = [0] * len(TERMS)
    sums[LONGEST] = None
    ready: int | None = 0
    for row in rows:
        _add(sums, tuple(getattr(row, name) for name in TERMS))
        ready = None if ready is None or row.ready_s is None else ready + row.ready_s
    return _figure(sums, ready)


def _figures(asked: Question, names: tuple[str, ...], key_of: Callable[[Key], KeyT]) -> dict[KeyT, FigureRow]:
    """By the values of these columns of the roll-ups: where there were calls, or where somebody was ready for them."""
    basis = basis_segments(asked.pbx)
    ready = ready_by(
        asked.pbx,
        stretch=asked.stretch,
        queue_ids=asked.queue_ids,
        is_total=_has_all(asked, basis),
        names=names,
    )
    found = {**dict.fromkeys(ready.sums, NO_CALLS), **_summed(asked, basis, names)}
    return {key_of(key): _figure(values, ready.of(key)) for key, values in found.items()}


def _summed(asked: Question, basis: Segments, names: tuple[str, ...]) -> dict[Key, Sums]:
    """Sums by key, from roll-ups for the queues whose basis is the one asked for, from calls for the others."""
    others = _others(asked, basis)
    found: dict[Key, Sums] = {}
    is_total = "queue_id" not in names and not others and _has_all(asked, basis)
    sources = [_from_totals(asked, names) if is_total else _from_roll_ups(asked, names, without=others)]
    if others:
        wanted = _wanted_segments(asked, others)
        sources.append(_from_calls(asked, wanted, names, at="interval_at", queue_ids=others))
    width = len(names)
    for row in chain.from_iterable(sources):
        key, values = row[:width], row[width:]
        found[key] = _together(found[key], values) if key in found else values
    return found


def _others(asked: Question, basis: Segments) -> tuple[str, ...]:
    """The queues whose roll-ups are sorted by other limits than those asked for, on any of the days."""
    if asked.thresholds is None:
        return ()
    first, last = _days(asked)
    by_queue = segments_by_queue(basis)
    return tuple(
        sorted(
            {
                segment.queue_id
                for segment in segments_of(
                    asked.thresholds, queue_ids=_queue_ids(asked), first=first, last=last
                )
                for day in _each_day(segment.since, segment.until or last)
                if limits_at(by_queue.get(segment.queue_id, ()), day) != segment.limits
            }
        )
    )


def _queue_ids(asked: Question) -> tuple[str, ...]:
    if asked.queue_ids is not None:
        return asked.queue_ids
    own = set(Queue.objects.filter(pbx=asked.pbx).values_list("queue_id", flat=True))
    return tuple(sorted(own | {segment.queue_id for segment in basis_segments(asked.pbx)}))


def _wanted_segments(asked: Question, queue_ids: tuple[str, ...]) -> Segments:
    if asked.thresholds is None:
        return basis_segments(asked.pbx)
    first, last = _days(asked)
    return segments_of(asked.thresholds, queue_ids=queue_ids, first=first, last=last)


def _days(asked: Question) -> tuple[date, date]:
    zone = zone_of(asked.pbx.timezone)
    return zone.day(asked.stretch[0]), zone.day(asked.stretch[1] - timedelta(microseconds=1))


def _each_day(first: date, until: date) -> Iterable[date]:
    return (first + timedelta(days=number) for number in range((until - first).days))


def _from_roll_ups(
    asked: Question, names: tuple[str, ...], *, without: tuple[str, ...]
) -> list[tuple[Any, ...]]:
    rows = RollUp.objects.filter(
        pbx=asked.pbx, begins_at__gte=asked.stretch[0], begins_at__lt=asked.stretch[1]
    )
    if asked.queue_ids is not None:
        rows = rows.filter(queue_id__in=set(asked.queue_ids) - set(without))
    elif without:
        rows = rows.exclude(queue_id__in=without)
    if not asked.queueless:
        rows = rows.exclude(queue_id="")
    return list(rows.order_by().values(*names).annotate(**SUMS).values_list(*columns(names), *SUMS))


def _has_all(asked: Question, basis: Segments) -> bool:
    """Whether all queues are asked for."""
    return asked.queue_ids is None or {segment.queue_id for segment in basis} - {""} <= set(asked.queue_ids)


def _from_totals(asked: Question, names: tuple[str, ...]) -> list[tuple[Any, ...]]:
    """From the sums over all queues, and those of calls in no queue if they are asked for."""
    within = {"pbx": asked.pbx, "begins_at__gte": asked.stretch[0], "begins_at__lt": asked.stretch[1]}
    totals = RollUpTotal.objects.filter(**within).order_by()
    if names == ("begins_at",):
        found = list(totals.values_list(*columns(names), *TERMS))
    else:
        found = list(totals.values(*names).annotate(**SUMS).values_list(*columns(names), *SUMS))
    if asked.queueless:
        found += RollUp.objects.filter(**within, queue_id="").order_by().values_list(*columns(names), *TERMS)
    return found


def _from_calls(
    asked: Question,
    segments: Segments,
    names: tuple[str, ...],
    *,
    at: str,
    queue_ids: tuple[str, ...] | None,
) -> list[tuple[Any, ...]]:
    sums, values = terms_sql(segments)
    where, parameters = _where(asked, at=at, queue_ids=queue_ids)
    own = ["interval_at" if name == "begins_at" else name for name in names]
    keys = ", ".join(epoch_sql(name) if name == "interval_at" else name for name in own)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {keys}, {sums} FROM {CALLS} WHERE {where} GROUP BY {', '.join(own)}",  # noqa: S608  # names of columns
            [*values, *parameters],
        )
        rows: list[Key] = cursor.fetchall()
    if "day" not in names:
        return rows
    place = names.index("day")
    return [(*row[:place], _date(row[place]), *row[place + 1 :]) for row in rows]


def _where(asked: Question, *, at: str, queue_ids: tuple[str, ...] | None) -> tuple[str, list[Any]]:
    where = f"pbx_id = %s AND {at} >= %s AND {at} < %s"
    parameters = [asked.pbx.pk, *map(moment_value, asked.stretch)]
    if at != "interval_at":  # the index is by quarters of an hour
        where += " AND interval_at >= %s AND interval_at < %s"
        parameters += [moment_value(quarter_of(asked.stretch[0])), moment_value(asked.stretch[1])]
    if queue_ids is not None:
        where += f" AND queue_id IN ({', '.join(['%s'] * len(queue_ids))})" if queue_ids else " AND 1 = 0"
        parameters += queue_ids
    if not asked.queueless:
        where += " AND queue_id <> ''"
    return where, parameters


def _together(known: Sums, values: Sums) -> Sums:
    sums = list(known)
    _add(sums, values)
    return tuple(sums)


def _add(sums: list[int | None], values: tuple[int | None, ...]) -> None:
    for number, value in enumerate(values):
        if value is None:
            continue
        known = sums[number]
        if known is None:
            sums[number] = value
        else:
            sums[number] = max(known, value) if number == LONGEST else known + value


def _figure(values: Iterable[int | None], ready_s: int | None) -> FigureRow:
    terms = dict(zip(TERMS, values, strict=True))
    return FigureRow(**terms, ready_s=ready_s, expected_more=None)  # type: ignore[arg-type]  # only the longest may be None


def _date(value: Any) -> date:
    """SQLite gives what raw SQL asks for as text."""
    return date.fromisoformat(value) if isinstance(value, str) else value
