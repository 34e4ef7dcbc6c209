"""Sums over calls: the one place that says in SQL which call counts where. Runs on SQLite and PostgreSQL."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Final

from django.db import connection

from dashboard.domain.thresholds import DEFAULT_THRESHOLDS
from dashboard.history.limits import Segments, limit_sql
from dashboard.models import Pbx, RollUpBasis

Place = tuple[datetime, str]
"""A quarter of an hour and a queue."""

CALLS: Final = "dashboard_callrecord"
ROLL_UPS: Final = "dashboard_rollup"
TOTALS: Final = "dashboard_rolluptotal"
FRESH: Final = "roll_ups_fresh"
EARLIEST_DAY: Final = date(2000, 1, 1)
IN: Final = "direction = 'in'"
OUT: Final = "direction = 'out'"
TERMS: Final = (
    "answered_in",
    "answered_late",
    "abandoned_short",
    "abandoned_in",
    "abandoned_late",
    "flowed_out",
    "wait_answered_s",
    "wait_all_s",
    "longest_wait_s",
    "talk_s",
    "hold_s",
    "acw_s",
    "numbered",
    "repeats",
    "outbound",
    "outbound_answered",
    "provisional",
    "running",
)
SPREAD_AT_MOST: Final = 400


def terms_sql(segments: Segments) -> tuple[str, list[Any]]:
    """The terms in the order of `TERMS`, as columns of a query over call records, and their parameters."""
    threshold, threshold_values = limit_sql(segments, "threshold_s")
    short, short_values = limit_sql(segments, "short_s")
    answered, lost = f"{IN} AND outcome = 'answered'", f"{IN} AND outcome = 'abandoned'"
    columns = [
        (f"COUNT(*) FILTER (WHERE {answered} AND wait_s <= {threshold})", threshold_values),
        (f"COUNT(*) FILTER (WHERE {answered} AND wait_s > {threshold})", threshold_values),
        (f"COUNT(*) FILTER (WHERE {lost} AND wait_s <= {short})", short_values),
        (
            f"COUNT(*) FILTER (WHERE {lost} AND wait_s > {short} AND wait_s <= {threshold})",
            short_values + threshold_values,
        ),
        (
            f"COUNT(*) FILTER (WHERE {lost} AND wait_s > {short} AND wait_s > {threshold})",
            short_values + threshold_values,
        ),
        (f"COUNT(*) FILTER (WHERE {IN} AND outcome = 'flowed_out')", []),
        (f"COALESCE(SUM(wait_s) FILTER (WHERE {answered}), 0)", []),
        (f"COALESCE(SUM(wait_s) FILTER (WHERE {IN}), 0)", []),
        (f"MAX(wait_s) FILTER (WHERE {IN})", []),
        *((f"COALESCE(SUM({name}) FILTER (WHERE {IN}), 0)", []) for name in ("talk_s", "hold_s", "acw_s")),
        (f"COUNT(caller_key) FILTER (WHERE {IN})", []),
        (f"COUNT(*) FILTER (WHERE {IN} AND is_repeated AND caller_key IS NOT NULL)", []),
        (f"COUNT(*) FILTER (WHERE {OUT})", []),
        (f"COUNT(*) FILTER (WHERE {OUT} AND outcome = 'answered')", []),
        ("COUNT(*) FILTER (WHERE is_provisional)", []),
        (f"COUNT(*) FILTER (WHERE {answered} AND talk_s IS NULL)", []),
    ]
    return ", ".join(sql for sql, _ in columns), [value for _, values in columns for value in values]


def moment_value(moment: datetime) -> Any:
    """As the database stores it."""
    return connection.ops.adapt_datetimefield_value(moment)


def roll_ups_build(
    pbx: Pbx,
    *,
    segments: Segments,
    begins_at: datetime,
    ends_at: datetime | None = None,
    queue_id: str | None = None,
) -> None:
    """Build the quarters of an hour that begin within the stretch anew. Within the transaction that changed the calls."""
    condition, parameters = "{at} >= %s", [moment_value(begins_at)]
    if ends_at is not None:
        condition += " AND {at} < %s"
        parameters.append(moment_value(ends_at))
    own, own_parameters = condition, list(parameters)
    if queue_id is not None:
        own += " AND queue_id = %s"
        own_parameters.append(queue_id)
    _build(pbx, segments, own, own_parameters, is_large=True)
    _totals_build(pbx, condition.format(at="begins_at"), parameters)


def roll_ups_touch(pbx: Pbx, places: Iterable[Place], *, segments: Segments) -> None:
    """Build these anew. Call it within the transaction that changed the calls."""
    by_queue: dict[str, set[datetime]] = defaultdict(set)
    for moment, queue_id in places:
        by_queue[queue_id].add(moment)
    moments = sorted(set().union(*by_queue.values())) if by_queue else []
    if not moments:
        return
    bases_ensure(pbx, by_queue.keys() - {segment.queue_id for segment in segments})
    # Rows of neighbouring quarters are found by one range; scattered ones by their places.
    quarters = (moments[-1] - moments[0]).total_seconds() / 900 + 1
    if len(moments) * 2 >= quarters and sum(map(len, by_queue.values())) > 4:
        ends = [moment_value(moments[0]), moment_value(moments[-1])]
        _build(pbx, segments, "{at} >= %s AND {at} <= %s", ends)
        _totals_build(pbx, "begins_at >= %s AND begins_at <= %s", ends)
        return
    for group in _groups(by_queue):
        conditions, parameters = [], list[Any]()
        for queue_id, own in group:
            conditions.append(f"(queue_id = %s AND {{at}} IN ({', '.join(['%s'] * len(own))}))")
            parameters += [queue_id, *map(moment_value, own)]
        _build(pbx, segments, f"({' OR '.join(conditions)})", parameters)
    for start in range(0, len(moments), SPREAD_AT_MOST):
        part = moments[start : start + SPREAD_AT_MOST]
        _totals_build(pbx, f"begins_at IN ({', '.join(['%s'] * len(part))})", [*map(moment_value, part)])


def bases_ensure(pbx: Pbx, queue_ids: Iterable[str]) -> None:
    """Enter queues that have no basis yet with the defaults, by which their roll-ups are built."""
    rows = [
        RollUpBasis(
            pbx=pbx,
            queue_id=queue_id,
            day_from=EARLIEST_DAY,
            threshold_s=DEFAULT_THRESHOLDS.threshold_s,
            short_s=DEFAULT_THRESHOLDS.short_s,
        )
        for queue_id in queue_ids
    ]
    if rows:
        RollUpBasis.objects.bulk_create(rows, ignore_conflicts=True)


def _groups(by_queue: dict[str, set[datetime]]) -> Iterable[list[tuple[str, list[datetime]]]]:
    """The places in statements of bounded size."""
    group: list[tuple[str, list[datetime]]] = []
    size = 0
    for queue_id, moments in by_queue.items():
        rest = sorted(moments)
        while rest:
            part, rest = rest[:SPREAD_AT_MOST], rest[SPREAD_AT_MOST:]
            if group and size + len(part) > SPREAD_AT_MOST:
                yield group
                group, size = [], 0
            group.append((queue_id, part))
            size += len(part)
    if group:
        yield group


def _build(
    pbx: Pbx, segments: Segments, condition: str, parameters: list[Any], *, is_large: bool = False
) -> None:
    """`condition` names the column of the moment as {at}."""
    sums, values = terms_sql(segments)
    where = f"pbx_id = %s AND {condition}"
    columns = f"pbx_id, queue_id, begins_at, day, {', '.join(TERMS)}"
    query = (
        f"SELECT pbx_id, queue_id, interval_at, MIN(day), {sums} FROM {CALLS} "  # noqa: S608
        f"WHERE {where.format(at='interval_at')} GROUP BY pbx_id, queue_id, interval_at"
    )
    own = [*values, pbx.pk, *parameters]
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {ROLL_UPS} WHERE {where.format(at='begins_at')}", [pbx.pk, *parameters])  # noqa: S608
        if is_large and connection.vendor == "postgresql":
            # PostgreSQL reads with several processes only for a table that it makes itself.
            cursor.execute(f"CREATE TEMPORARY TABLE {FRESH} ({columns}) ON COMMIT DROP AS {query}", own)
            cursor.execute(f"INSERT INTO {ROLL_UPS} ({columns}) SELECT {columns} FROM {FRESH}")  # noqa: S608
            cursor.execute(f"DROP TABLE {FRESH}")
        else:
            cursor.execute(f"INSERT INTO {ROLL_UPS} ({columns}) {query}", own)


def _totals_build(pbx: Pbx, condition: str, parameters: list[Any]) -> None:
    """`condition` is over begins_at."""
    where = f"pbx_id = %s AND {condition}"
    sums = ", ".join(f"MAX({name})" if name == "longest_wait_s" else f"SUM({name})" for name in TERMS)
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {TOTALS} WHERE {where}", [pbx.pk, *parameters])  # noqa: S608
        cursor.execute(
            f"INSERT INTO {TOTALS} (pbx_id, begins_at, day, {', '.join(TERMS)}) "  # noqa: S608
            f"SELECT pbx_id, begins_at, MIN(day), {sums} FROM {ROLL_UPS} "
            f"WHERE {where} AND queue_id <> '' GROUP BY pbx_id, begins_at",
            [pbx.pk, *parameters],
        )
