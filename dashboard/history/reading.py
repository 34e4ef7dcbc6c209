"""Reads one action of the PBX for one stretch of time, page by page, and writes each page as it comes.

Every page is one transaction; the last one's also notes that the stretch has been read. So a reading can be broken off anywhere:
what is not noted is read again, and what is read again changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from functools import partial
from itertools import islice
from typing import Any, Final, TypeVar

import msgspec
from django.db import transaction

from dashboard.domain.stretches import Stretch
from dashboard.history.acw import acw_set
from dashboard.history.coverage import coverage_add
from dashboard.history.fitting import misfit, storable
from dashboard.history.records import Impossible, Rules, attempt_record, call_record, stay_record
from dashboard.history.writing import (
    Rejected,
    Written,
    attempts_write,
    calls_write,
    rejected_write,
    stays_write,
    turn_take,
)
from dashboard.models import CallRecord, Pbx
from dashboard.pbx import Calls, Statistics, each_row
from dashboard.pbx.groups.base import Sender
from dashboard.pbx.groups.calls_read import ATTEMPTS
from dashboard.pbx.groups.statistics_history import CALLS, PAUSES, QUEUES, SESSIONS
from dashboard.pbx.request import Request
from dashboard.pbx.shapes import Page
from dashboard.pbx.tolerant import BadRow, TolerantPage
from dashboard.pbx.wire.calls import Attempt
from dashboard.pbx.wire.history import StatsCall, UserPause, UserQueue, UserSession

T = TypeVar("T")

PAGE: Final = 1000
DEADLINE_S: Final = 30.0


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """An action of the PBX, and what becomes of its rows."""

    action: str
    request: Callable[..., Request[Any]]
    shape: TolerantPage[Any]
    to_record: Callable[..., Any]
    write: Callable[[Pbx, list[Any]], Written]


CALLS_ACTION: Final = "StatsCalls"
PAUSES_ACTION: Final = "StatsUsersPauses"
QUEUES_ACTION: Final = "StatsUsersQueues"
SOURCES: Final = {
    source.action: source
    for source in (
        Source(
            action=CALLS_ACTION,
            request=Statistics.calls,
            shape=TolerantPage(CALLS, StatsCall, key="name"),
            to_record=call_record,
            write=calls_write,
        ),
        Source(
            action=PAUSES_ACTION,
            request=Statistics.users_pauses,
            shape=TolerantPage(PAUSES, UserPause, key="id"),
            to_record=stay_record,
            write=stays_write,
        ),
        Source(
            action="StatsUsersSessions",
            request=Statistics.users_sessions,
            shape=TolerantPage(SESSIONS, UserSession, key="id"),
            to_record=stay_record,
            write=stays_write,
        ),
        Source(
            action=QUEUES_ACTION,
            request=Statistics.users_queues,
            shape=TolerantPage(QUEUES, UserQueue, key="user"),
            to_record=stay_record,
            write=stays_write,
        ),
        Source(
            action="GetAttempts",
            request=Calls.attempts,
            shape=TolerantPage(ATTEMPTS, Attempt, key="id"),
            to_record=attempt_record,
            write=attempts_write,
        ),
    )
}
"""In the order in which they are read."""


def stretch_read(pbx: Pbx, *, client: Sender, source: Source, rules: Rules, stretch: Stretch) -> Written:
    """Read the action for the stretch and note it as read, as far as it is past by the PBX's clock.

    Raises `PbxError` and what the database raises; pages written until then stay, the stretch is not noted.
    """
    text_from, text_to, asked = rules.zone.asked(stretch)
    rows = each_row(
        client, partial(_request, source), datetime_from=text_from, datetime_to=text_to, take=PAGE
    )
    written = Written()
    pages = _pages(rows)
    page = next(pages, [])
    while page:
        after = next(pages, [])
        if not after:
            break
        written = written.plus(_page_write(pbx, source, rules, page))
        page = after
    covered = (asked[0], min(asked[1], rules.now_at))
    return written.plus(_page_write(pbx, source, rules, page, covered=covered))


def _request(
    source: Source, *, datetime_from: str, datetime_to: str, skip: int, take: int
) -> Request[Page[Any]]:
    request = source.request(
        datetime_from=datetime_from, datetime_to=datetime_to, skip=skip, take=take, deadline_s=DEADLINE_S
    )
    return replace(request, shape=source.shape)


def _pages(rows: Iterable[T]) -> Iterator[list[T]]:
    rows = iter(rows)
    while page := list(islice(rows, PAGE)):
        yield page


@transaction.atomic
def _page_write(
    pbx: Pbx, source: Source, rules: Rules, page: list[Any], *, covered: Stretch | None = None
) -> Written:
    turn_take(pbx)
    seen = _seen_at(pbx, page) if source.action == CALLS_ACTION else {}
    records, rejected = [], []
    for row in page:
        try:
            records.append(_record(source, row, rules=rules, seen=seen))
        except Impossible as exc:
            rejected.append(_rejected(source, row, str(exc)))
    written = source.write(pbx, records)
    rejected_write(
        pbx, action=source.action, rejected=rejected, good_keys=[str(_key(record)) for record in records]
    )
    if source.action in (CALLS_ACTION, PAUSES_ACTION) and (written.added or written.changed):
        acw_set(pbx, records)
    if covered is not None:
        coverage_add(pbx, action=source.action, stretch=covered)
    return written


def _record(source: Source, row: Any, *, rules: Rules, seen: dict[str, datetime]) -> Any:
    if isinstance(row, BadRow):
        raise Impossible(row.reason)
    if isinstance(row, StatsCall):
        record = call_record(row, rules=rules, seen_at=seen.get(row.call_id))
    else:
        record = source.to_record(row, rules=rules)
    if told := misfit(record):
        raise Impossible(told)
    return record


def _seen_at(pbx: Pbx, page: list[Any]) -> dict[str, datetime]:
    """When the poller saw these calls enter: it settles which of two hours with the same name is meant."""
    ids = [row.call_id for row in page if isinstance(row, StatsCall) and storable(row.call_id) == row.call_id]
    seen = CallRecord.objects.filter(pbx=pbx, is_provisional=True, call_id__in=ids)
    return dict(seen.values_list("call_id", "entered_at"))


def _key(record: Any) -> str:
    """What a rejected row of this kind is told by."""
    for name in ("call_id", "attempt_id", "row_key"):
        if isinstance(value := getattr(record, name, None), str) and name != "call_id":
            return value
    return str(record.call_id)


def _rejected(source: Source, row: Any, reason: str) -> Rejected:
    if isinstance(row, BadRow):
        own = (row.raw.get(name) for name in ("user", "queue", "start_time"))
        key = "|".join(map(str, own)) if source.action == QUEUES_ACTION else row.row_key
        return _kept(Rejected(row_key=key, raw=row.raw, reason=reason))
    raw = msgspec.to_builtins(row)
    own_key = row.call_id if isinstance(row, StatsCall) else row.row_key
    key = "|".join(map(str, own_key)) if isinstance(own_key, tuple) else str(own_key)
    return _kept(Rejected(row_key=key, raw=raw, reason=reason))


def _kept(row: Rejected) -> Rejected:
    return Rejected(row_key=storable(row.row_key), raw=storable(row.raw), reason=storable(row.reason))
