"""The calls behind a figure: which they are, and what each does to it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

import msgspec
from django.db.models import Q, QuerySet

from dashboard.access import Scope
from dashboard.domain.kpi import Effect
from dashboard.figures.definitions import Definitions, definitions_of
from dashboard.history.zone import quarter_of, zone_of
from dashboard.models import CallRecord, Pbx, Queue
from dashboard.reports.counting import CallFacts, Judged, is_of, judged, terms_of
from dashboard.reports.judging import rules_of
from dashboard.reports.narrowing import narrowing

JUDGED_AT_MOST: Final = 100_000
ONE_DAY: Final = timedelta(days=1)
FIELDS: Final = (
    "pk", "queue_id", "day", "entered_at", "direction", "outcome", "wait_s", "talk_s", "hold_s", "acw_s",
)  # fmt: skip


class TooMany(Exception):
    """More calls than one list can judge."""

    def __init__(self, count: int) -> None:
        super().__init__(f"{count} calls")
        self.count = count


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """Which calls: of these queues and days, both included; from `since` on. `minutes`: of the local day, the end not included.

    Agents of several PBXs may have one ID: `agent_pbx` is the slug of the PBX meant, "" for any.
    """

    queues: tuple[Queue, ...]
    first: date
    last: date
    since: datetime | None = None
    minutes: tuple[int, int] | None = None
    figure: str = ""
    effect: Effect | None = None
    agent_id: str = ""
    agent_pbx: str = ""
    is_repeated: bool | None = None


def call_in_scope(scope: Scope, *, slug: str, call_id: str) -> CallRecord | None:
    """None for what is not there and for what is beyond the scope."""
    call = CallRecord.objects.select_related("pbx").filter(pbx__slug=slug, call_id=call_id).first()
    return call if call is not None and scope.has_queue(slug, call.queue_id or None) else None


def others_of(call: CallRecord, *, scope: Scope, most: int) -> list[CallRecord]:
    """The latest other calls of the same number, within the scope."""
    if call.caller_key is None:
        return []
    rows = CallRecord.objects.filter(pbx=call.pbx, caller_key=call.caller_key).exclude(pk=call.pk)
    own = scope.queue_ids(call.pbx.slug)
    if own is not None:
        rows = rows.filter(queue_id__in=own)
    elif not scope.queueless:
        rows = rows.exclude(queue_id="")
    return list(rows[:most])


def calls_judged(asked: Asked) -> list[Judged]:
    """Latest first. Raises `TooMany`."""
    per_pbx: dict[Pbx, list[str]] = {}
    for queue in asked.queues:
        if asked.agent_id and asked.agent_pbx not in ("", queue.pbx.slug):
            continue
        per_pbx.setdefault(queue.pbx, []).append(queue.queue_id)
    found = [call for pbx, ids in per_pbx.items() for call in _of_pbx(pbx, ids, asked)]
    found.sort(key=lambda call: (call.facts.entered_at, call.facts.pk), reverse=True)
    return found


def _of_pbx(pbx: Pbx, queue_ids: Sequence[str], asked: Asked) -> list[Judged]:
    definitions = definitions_of(pbx)
    narrow = narrowing(
        definitions,
        queue_ids=queue_ids,
        first=asked.first,
        last=asked.last + ONE_DAY,
        terms=terms_of(asked.figure),
        effect=asked.effect,
    )
    rows = _rows(pbx, queue_ids, asked).filter(narrow)
    count = rows.count()
    if count > JUDGED_AT_MOST:
        raise TooMany(count)
    rules = rules_of(pbx, definitions)
    zone = ZoneInfo(pbx.timezone)
    found = []
    for values in rows.values_list(*FIELDS):
        facts = CallFacts(**dict(zip(FIELDS, values, strict=True)))
        if not _is_within(facts, asked, zone=zone, definitions=definitions):
            continue
        call = judged(facts, rules_of=rules)
        if is_of(call, asked.figure) and asked.effect in (None, call.effect):
            found.append(call)
    return found


def _rows(pbx: Pbx, queue_ids: Sequence[str], asked: Asked) -> QuerySet[CallRecord]:
    """One day more at the end: a business day may go on past midnight."""
    rows = CallRecord.objects.filter(
        pbx=pbx, queue_id__in=queue_ids, day__range=(asked.first, asked.last + ONE_DAY)
    )
    begins_at, ends_at = zone_of(pbx.timezone).stretch(asked.first, asked.last + ONE_DAY)
    more: Any = Q(interval_at__gte=begins_at, interval_at__lt=ends_at)
    if asked.since is not None:
        more &= Q(interval_at__gte=quarter_of(asked.since), entered_at__gte=asked.since)
    if asked.agent_id:
        more &= Q(agent_id=asked.agent_id)
    if asked.is_repeated is not None:
        more &= Q(is_repeated=asked.is_repeated, caller_key__isnull=False)
    return rows.filter(more)


def _is_within(facts: CallFacts, asked: Asked, *, zone: ZoneInfo, definitions: Definitions) -> bool:
    local = facts.entered_at.astimezone(zone)
    day = definitions.of(facts.queue_id, facts.day).hours.day_of(local)
    if not asked.first <= day <= asked.last:
        return False
    if asked.minutes is None:
        return True
    minute = local.hour * 60 + local.minute
    return asked.minutes[0] <= minute < asked.minutes[1]
