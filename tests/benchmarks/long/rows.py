"""Calls by the million, made by the database itself."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta

from django.db import connection

from dashboard.history.coverage import READY
from dashboard.models import (
    CallRecord,
    Coverage,
    HistoryPolicy,
    Pbx,
    Queue,
    ReadyTime,
    ReadyTotal,
    RollUp,
    RollUpTotal,
)

FIRST = datetime(2026, 6, 1, tzinfo=UTC)
DAYS = 30
QUEUES = tuple(str(number) for number in range(1, 51))
ZONE = "UTC"

_INSERT = """
INSERT INTO dashboard_callrecord
  (pbx_id, call_id, row_number, queue_id, direction, outcome, cause, entered_at, interval_at, day, ended_at,
   wait_s, ringing_s, talk_s, hold_s, acw_s, agent_id, number, caller_key, did, attempts, is_repeated, is_provisional)
SELECT %(pbx)s, n::text, n::text, queue, direction, outcome, 'caller', entered,
       to_timestamp(floor(extract(epoch FROM entered) / 900) * 900), (entered AT TIME ZONE 'UTC')::date,
       entered + make_interval(secs => wait + 120), wait, 5,
       CASE outcome WHEN 'answered' THEN 120 ELSE 0 END, 0, 15, (n %% 400)::text, '', n %% 2000000, '', 1, n %% 9 = 0, false
FROM (
  SELECT n, (1 + n %% 50)::text AS queue, CASE WHEN n %% 11 = 0 THEN 'out' ELSE 'in' END AS direction,
         CASE WHEN n %% 7 = 0 THEN 'abandoned' WHEN n %% 97 = 0 THEN 'flowed_out' ELSE 'answered' END AS outcome,
         (n * 7919 %% 90)::int AS wait,
         %(first)s::timestamptz + make_interval(secs => floor(n::float / %(count)s * %(span)s)) AS entered
  FROM generate_series(1::bigint, %(count)s) AS n
) AS made
"""

_READY = """
INSERT INTO dashboard_readytime (pbx_id, queue_id, begins_at, ready_s)
SELECT %(pbx)s, queue, begins, (300 + extract(epoch FROM begins)::bigint / 900 %% 90)::int
FROM generate_series(%(first)s::timestamptz, %(end)s::timestamptz - interval '15 minutes', interval '15 minutes') AS begins,
     unnest(%(queues)s::text[]) AS queue
"""
_READY_TOTALS = """
INSERT INTO dashboard_readytotal (pbx_id, begins_at, ready_s)
SELECT pbx_id, begins_at, SUM(ready_s) FROM dashboard_readytime WHERE pbx_id = %(pbx)s GROUP BY pbx_id, begins_at
"""


def count_of(name: str, default: int) -> int:
    return int(os.environ.get(name) or default)


def calls_made(count: int, *, days: int = DAYS) -> Pbx:
    """A PBX with that many calls of 50 queues within so many days, evenly spread around the clock."""
    for model in (CallRecord, RollUp, RollUpTotal, ReadyTime, ReadyTotal):
        with connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {model._meta.db_table}")
    Pbx.objects.all().delete()
    pbx = Pbx.objects.create(
        slug="bench", title="Bench", base_url="http://pbx.example", token="t", timezone=ZONE
    )
    HistoryPolicy.objects.create(pbx=pbx, since=FIRST)
    Queue.objects.bulk_create(Queue(pbx=pbx, queue_id=id_, title=id_) for id_ in QUEUES)
    with connection.cursor() as cursor:
        dropped = _indexes(cursor)
        for name, _ in dropped:
            cursor.execute(f"DROP INDEX {name}")
        span = timedelta(days=days).total_seconds()
        cursor.execute(_INSERT, {"pbx": pbx.pk, "first": FIRST, "count": count, "span": span})
        for _, definition in dropped:
            cursor.execute(definition)
        cursor.execute("VACUUM ANALYZE dashboard_callrecord")
    return pbx


def ready_times_made(pbx: Pbx) -> None:
    """Ready time of every queue in every quarter of an hour, and its sums over all queues."""
    ends_at = FIRST + timedelta(days=DAYS)
    with connection.cursor() as cursor:
        cursor.execute(_READY, {"pbx": pbx.pk, "first": FIRST, "end": ends_at, "queues": list(QUEUES)})
        cursor.execute(_READY_TOTALS, {"pbx": pbx.pk})
        cursor.execute("VACUUM ANALYZE dashboard_readytime")
        cursor.execute("VACUUM ANALYZE dashboard_readytotal")
    Coverage.objects.create(pbx=pbx, action=READY, begins_at=FIRST, ends_at=ends_at)


def _indexes(cursor: object) -> list[tuple[str, str]]:
    """The indexes that are no constraints: building them afterwards is much faster."""
    cursor.execute(  # type: ignore[attr-defined]
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'dashboard_callrecord' "
        "AND indexdef NOT LIKE 'CREATE UNIQUE%'"
    )
    return list(cursor.fetchall())  # type: ignore[attr-defined]
