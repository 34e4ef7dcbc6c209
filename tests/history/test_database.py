"""Whatever the database does: no call is lost, none is counted twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import OperationalError, connection

from dashboard.history import selectors
from dashboard.models import Coverage, HistoryPolicy, Pbx, ReadingFailure
from tests.history.conftest import NOW
from tests.history.scripted import ScriptedPbx, row
from tests.history.test_bad_input import call_ids, fill, latest, offered

pytestmark = pytest.mark.django_db


def test_a_database_that_is_locked_loses_nothing(
    pbx: Pbx, policy: HistoryPolicy, caplog: pytest.LogCaptureFixture
) -> None:
    scripted = ScriptedPbx(StatsCalls=[row(number, f"2026-11-24 11:50:{number:02d}") for number in range(30)])

    def locked(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if "INSERT" in sql and "dashboard_callrecord" in sql:
            raise OperationalError("database is locked")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(locked):
        latest(pbx, scripted)
        assert fill(pbx, scripted) is False
    assert call_ids() == []
    assert not Coverage.objects.filter(action="StatsCalls").exists()
    assert "database is locked" in ReadingFailure.objects.get(action="StatsCalls").text
    assert any(gap.action == "StatsCalls" for gap in selectors.gaps(pbx, now_at=NOW))
    latest(pbx, scripted)
    assert len(call_ids()) == offered() == 30
    assert not ReadingFailure.objects.exists()


@contextmanager
def full_database() -> Iterator[None]:
    """No room for more: SQLite is really full; of PostgreSQL only its answer is given, since its disk is not ours to fill."""

    def full(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(("INSERT", "UPDATE")):
            raise OperationalError("could not extend file: No space left on device")
        return execute(sql, params, many, context)

    if connection.vendor != "sqlite":
        with connection.execute_wrapper(full):
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA page_count")
        [pages] = cursor.fetchone()
        cursor.execute(f"PRAGMA max_page_count = {pages}")
        try:
            yield
        finally:
            cursor.execute("PRAGMA max_page_count = 1073741823")


@pytest.mark.django_db(transaction=True)
def test_a_database_that_is_full_loses_nothing(
    pbx: Pbx, policy: HistoryPolicy, caplog: pytest.LogCaptureFixture
) -> None:
    rows = [row(number, f"2026-11-24 11:{number // 60:02d}:{number % 60:02d}") for number in range(10, 2500)]
    scripted = ScriptedPbx(StatsCalls=rows)
    with full_database():
        latest(pbx, scripted)
        assert fill(pbx, scripted) is False
        assert any(gap.action == "StatsCalls" for gap in selectors.gaps(pbx, now_at=NOW))
    told = [one.getMessage() for one in caplog.records if "StatsCalls cannot be read" in one.getMessage()]
    assert re.search("The database does not write: .*(is full|No space left)", told[0])
    latest(pbx, scripted)
    assert fill(pbx, scripted)
    assert len(call_ids()) == offered() == len(rows)
    assert not ReadingFailure.objects.exists()
