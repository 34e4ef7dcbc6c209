"""The figures of the history."""

from __future__ import annotations

import time
from datetime import date
from functools import cache
from statistics import median

from django.contrib.auth.models import User
from django.db import connection
from django.test import Client

from dashboard.access import EVERYTHING
from dashboard.history import selectors
from dashboard.history.answers import Days
from dashboard.history.figures import days_stretch
from dashboard.history.rebasing import roll_ups_rebuild
from dashboard.history.rollups import moment_value, terms_sql
from dashboard.models import Pbx, RollUp
from tests.benchmarks.long.ingest import ingest_cpu_ratio
from tests.benchmarks.long.rows import DAYS, FIRST, QUEUES, calls_made, count_of, ready_times_made
from tests.benchmarks.report import Benchmark, percentile, say

SPAN = Days(FIRST.date(), date.fromordinal(FIRST.toordinal() + DAYS - 1))
REPORTS = 40
PAGES = 7
STRAIGHT = 3
REBUILDS = 5
REBUILD_DAYS = 10
"""A million calls of 50 queues in so many days: 21 to a quarter of an hour and queue."""


@cache
def _month() -> Pbx:
    """The calls of a month, made once for all reports."""
    pbx = calls_made(count_of("LONG_REPORT_CALLS", 10_000_000))
    roll_ups_rebuild(pbx, first=SPAN.first, last=SPAN.last)
    ready_times_made(pbx)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE dashboard_rollup")
        cursor.execute("VACUUM ANALYZE dashboard_rolluptotal")
    say(f"{RollUp.objects.count()} roll-ups")
    return pbx


def report_p95_ratio() -> float:
    pbx = _month()
    straight_s = [_seconds(lambda: _straight(pbx, "interval_at")) for _ in range(STRAIGHT)]
    report_s = [_seconds(lambda: _report(pbx)) for _ in range(REPORTS)]
    p95_s = percentile(report_s, 0.95)
    say(
        f"report p95 {p95_s * 1000:.0f} ms, median {median(report_s) * 1000:.0f} ms; rows {median(straight_s):.2f} s"
    )
    return p95_s / median(straight_s)


def report_page_ratio() -> float:
    """The page as a manager opens it."""
    pbx = _month()
    User.objects.create_superuser("manager", "", "manager")
    client = Client()
    client.force_login(User.objects.get(username="manager"))
    address = f"/reports/period/?from={SPAN.first}&to={SPAN.last}&by=interval"
    assert client.get(address).status_code == 200
    straight_s = [_seconds(lambda: _straight(pbx, "interval_at")) for _ in range(STRAIGHT)]
    page_s = [_seconds(lambda: client.get(address)) for _ in range(PAGES)]
    say(f"page median {median(page_s) * 1000:.0f} ms; rows {median(straight_s):.2f} s")
    return median(page_s) / median(straight_s)


def rebuild() -> float:
    count = count_of("LONG_REBUILD_CALLS", 1_000_000)
    pbx = calls_made(count, days=REBUILD_DAYS)
    roll_ups_rebuild(pbx, first=SPAN.first, last=SPAN.last)
    pairs = [
        (
            _seconds(lambda: _straight(pbx, "queue_id, interval_at")),
            _seconds(lambda: roll_ups_rebuild(pbx, first=SPAN.first, last=SPAN.last)),
        )
        for _ in range(REBUILDS)  # in turns, so that whatever else the machine does strikes both
    ]
    plain_s, built_s = (min(seconds) for seconds in zip(*pairs, strict=True))
    say(f"{count / built_s:.0f} calls/s rebuilt, {count / plain_s:.0f} calls/s by a plain GROUP BY")
    return built_s / plain_s


def _report(pbx: Pbx) -> None:
    rows = selectors.intervals(pbx, scope=EVERYTHING, days=SPAN, queue_ids=QUEUES)
    assert len(rows) == DAYS * 96
    assert all(row.ready_s for row in rows.values())


def _straight(pbx: Pbx, keys: str) -> None:
    """The same sums by plain SQL over the calls."""
    sums, values = terms_sql([])
    begins_at, ends_at = days_stretch(pbx, SPAN)
    with connection.cursor() as cursor:
        places = ", ".join(["%s"] * len(QUEUES))
        cursor.execute(
            f"SELECT {keys}, {sums} FROM dashboard_callrecord WHERE pbx_id = %s AND interval_at >= %s "  # noqa: S608
            f"AND interval_at < %s AND queue_id IN ({places}) GROUP BY {keys}",
            [*values, pbx.pk, moment_value(begins_at), moment_value(ends_at), *QUEUES],
        )


def _seconds(work: object) -> float:
    started = time.perf_counter()
    work()  # type: ignore[operator]
    return time.perf_counter() - started


BENCHMARKS = (
    Benchmark(
        name="report_p95_ratio",
        unit="ratio",
        against="p95 of a month's report by quarter of an hour for 50 queues / the same sums straight over the rows",
        at_most=0.02,
        measure=report_p95_ratio,
    ),
    Benchmark(
        name="report_page_ratio",
        unit="ratio",
        against="the manager's whole page of the same month by interval, in the median / the same sums straight over the rows",
        at_most=0.25,
        measure=report_page_ratio,
    ),
    Benchmark(
        name="ingest_cpu_ratio",
        unit="ratio",
        against="CPU to read and write the calls / json.loads of the same pages and Django's bulk_create of their rows",
        at_most=3.0,
        measure=ingest_cpu_ratio,
    ),
    Benchmark(
        name="rebuild",
        unit="ratio",
        against="time to build the roll-ups anew / a plain GROUP BY of the same calls",
        at_most=2.0,
        measure=rebuild,
    ),
)
