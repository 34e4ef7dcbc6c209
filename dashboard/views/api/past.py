"""Figures of days, and the calls behind them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from datetime import datetime, timedelta
from functools import partial
from itertools import chain
from typing import Final, TypeVar
from zoneinfo import ZoneInfo

import msgspec
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from dashboard.access import Scope
from dashboard.domain.kpi import Part, effect_of, figures_added, outcome_of, reason_text
from dashboard.domain.terms import Outcome
from dashboard.figures.counted import call_queues
from dashboard.figures.definitions import Definitions, definitions_of
from dashboard.figures.notices import CALLS, FIGURES, notices
from dashboard.figures.parts import Parts, parts_by_day, parts_by_interval, parts_by_queue
from dashboard.figures.selectors import Question, question
from dashboard.figures.told import definitions_told
from dashboard.history import selectors as history
from dashboard.history.answers import Days
from dashboard.history.zone import quarter_of, zone_of
from dashboard.models import CallRecord, Pbx, Queue
from dashboard.reports.periods import YEARS
from dashboard.views.api.asking import days_asked, number_asked, queues_asked, queues_named, word_asked
from dashboard.views.api.door import BadRequest, api
from dashboard.views.api.live import values_of
from dashboard.views.api.shapes import (
    CallsAnswer,
    CallShape,
    DefinitionShape,
    FigureRowShape,
    FiguresAnswer,
    FiguresShape,
)

KeyT = TypeVar("KeyT", bound=Hashable)

OUTBOUND: Final = ("outbound", "outbound_answered", "expected_more")
BATCH: Final = 1000
BY: Final = ("queue", "day", "interval")
MINUTES: Final = ("15", "30", "60")


@api
def figures(request: HttpRequest, scope: Scope) -> FiguresAnswer:
    """By queue, day or interval; the same numbers as in the reports."""
    days, by = days_asked(request), word_asked(request, "by", words=BY, default="queue")
    minutes = int(word_asked(request, "minutes", words=MINUTES, default="15"))
    rows: list[FigureRowShape] = []
    everything: Parts = []
    is_chosen = bool(queues_named(request))
    for pbx, queues in _by_pbx(queues_asked(request, scope)).items():
        asked = _Asked(pbx, queues, scope=scope, days=days, is_chosen=is_chosen)
        parts = asked.parts(parts_by_queue)
        everything += chain.from_iterable(parts.values())
        if by == "queue":
            rows += [_queue_row(asked.callers, queue_id, own) for queue_id, own in sorted(parts.items())]
        elif by == "day":
            rows += [
                FigureRowShape(pbx=pbx.slug, day=day, figures=_shape(own))
                for day, own in sorted(asked.parts(parts_by_day).items())
            ]
        else:
            by_interval = partial(parts_by_interval, minutes=minutes)
            rows += [
                FigureRowShape(pbx=pbx.slug, begins_at=moment, figures=_shape(own))
                for moment, own in sorted(asked.parts(by_interval).items())
            ]
    return FiguresAnswer(
        first_day=days.first,
        last_day=days.last,
        by=by,
        rows=rows,
        total=_shape(everything) if everything else None,
        definitions=definitions_told(queues_asked(request, scope), (days.first, days.last)),
        notices=_notices(request, scope, days, actions=FIGURES),
    )


class _Asked:
    """The figures of one PBX. Of outbound queues that nobody named only the outbound calls count, as on the pages."""

    def __init__(
        self, pbx: Pbx, queues: Sequence[Queue], *, scope: Scope, days: Days, is_chosen: bool
    ) -> None:
        callers = {queue.queue_id for queue in call_queues(queues, is_chosen=is_chosen)}
        self.callers = question(pbx, scope=scope, days=days, queue_ids=callers)
        others = {queue.queue_id for queue in queues} - callers
        self._outbound = question(pbx, scope=scope, days=days, queue_ids=others) if others else None

    def parts(self, read: Callable[[Question], dict[KeyT, Parts]]) -> dict[KeyT, Parts]:
        """Grouped as `read` groups them."""
        found: dict[KeyT, Parts] = defaultdict(list, read(self.callers))
        for key, parts in (read(self._outbound) if self._outbound else {}).items():
            found[key] = found[key] + [_outbound_part(part) for part in parts]
        return dict(found)


def _outbound_part(part: Part) -> Part:
    """Nothing but the outbound calls; what is not known stays so, but for ready time, which outbound queues have none of."""
    known = msgspec.structs.asdict(part.figures)
    nothing = {name: 0 for name, value in known.items() if value is not None and name not in OUTBOUND}
    figures = msgspec.structs.replace(part.figures, **(nothing | {"longest_wait_s": None, "ready_s": 0}))
    return msgspec.structs.replace(part, figures=figures, is_outbound=True)


def _notices(request: HttpRequest, scope: Scope, days: Days, *, actions: Sequence[str]) -> list[str]:
    pbxs = _by_pbx(queues_asked(request, scope))
    return [one.text for one in notices(pbxs, first=days.first, last=days.last, actions=actions)]


def _by_pbx(queues: list[Queue]) -> dict[Pbx, list[Queue]]:
    found: dict[Pbx, list[Queue]] = defaultdict(list)
    for queue in queues:
        found[queue.pbx].append(queue)
    return found


def _queue_row(asked: Question, queue_id: str, parts: Parts) -> FigureRowShape:
    """With the definition of the last day."""
    definition = asked.definitions.of(queue_id, asked.days.last)
    return FigureRowShape(
        pbx=asked.pbx.slug,
        queue=queue_id,
        definition=DefinitionShape.of(definition),
        figures=_shape(parts),
    )


def _shape(parts: Parts) -> FiguresShape:
    terms = figures_added([part.figures for part in parts])
    if terms is None:
        raise ValueError("There are no parts.")
    return FiguresShape(terms=terms, values=values_of(parts))


@api
def calls(request: HttpRequest, scope: Scope) -> CallsAnswer:
    """Newest first, in pages; of the queues' business days, as the figures count them."""
    days, queues = days_asked(request), queues_asked(request, scope)
    outcome = word_asked(request, "outcome", words=tuple(one.value for one in Outcome))
    limit = number_asked(request, "limit", default=200, low=1, high=1000)
    before = _before(request)
    found: list[tuple[CallRecord, Pbx, Definitions]] = []
    for pbx, own in _by_pbx(queues).items():
        definitions = definitions_of(pbx)
        # A business day may go on past midnight.
        nightly = [queue.queue_id for queue in own if not definitions.is_plain(queue.queue_id)]
        until = days.last + timedelta(days=bool(nightly))
        rows = history.calls(
            pbx,
            scope=scope,
            days=Days(days.first, until),
            queue_ids=[queue.queue_id for queue in own],
            outcome=outcome or None,
        )
        if nightly:
            rows = rows.exclude(Q(day=until) & ~Q(queue_id__in=nightly))
        if before is not None:
            rows = rows.filter(_older(*before))
        first = _first_of_days(
            rows.order_by("-interval_at", "-entered_at", "-pk"),
            days,
            definitions,
            zone_of(pbx.timezone).zone,
            count=limit + 1,
        )
        found += [(row, pbx, definitions) for row in first]
    found.sort(key=lambda one: (one[0].entered_at, one[0].pk), reverse=True)
    page = found[:limit]
    last = page[-1][0] if len(found) > limit else None
    return CallsAnswer(
        calls=[_call(*one) for one in page],
        next=f"{last.entered_at:%Y-%m-%dT%H:%M:%S.%f%z}_{last.pk}" if last else None,
        notices=_notices(request, scope, days, actions=CALLS),
    )


def _first_of_days(
    rows: QuerySet[CallRecord], days: Days, definitions: Definitions, zone: ZoneInfo, *, count: int
) -> list[CallRecord]:
    """The first so many whose queue's business day is one of the days; in slices, since none may be read whole.

    Each slice goes on from the last call of the one before, so that calls written meanwhile shift nothing.
    """
    found: list[CallRecord] = []
    rest = rows
    while len(found) < count and (batch := list(rest[:BATCH])):
        rest = rows.filter(_older(batch[-1].entered_at, batch[-1].pk))
        found += [
            row
            for row in batch
            if days.first <= definitions.today(row.queue_id, row.entered_at.astimezone(zone)) <= days.last
        ]
    return found[:count]


def _older(moment: datetime, pk: int) -> Q:
    """After this call in a list of the latest first."""
    later = Q(entered_at__lt=moment) | Q(entered_at=moment, pk__lt=pk)
    return Q(interval_at__lte=quarter_of(moment)) & later


def _before(request: HttpRequest) -> tuple[datetime, int] | None:
    text = request.GET.get("before", "")
    if not text:
        return None
    # A plus sign of the zone may have come as a blank.
    moment, _line, pk = text.replace(" ", "+").rpartition("_")
    try:
        at, number = datetime.fromisoformat(moment), int(pk)
    except ValueError as exc:
        raise BadRequest(_("“before” must be the “next” of another page.")) from exc
    if at.tzinfo is None or not YEARS[0] <= at.year < YEARS[1]:
        raise BadRequest(_("“before” must be the “next” of another page."))
    return at, number


def _call(row: CallRecord, pbx: Pbx, definitions: Definitions) -> CallShape:
    zone = zone_of(pbx.timezone).zone
    definition = definitions.of(row.queue_id, row.entered_at.astimezone(zone).date())
    outcome = outcome_of(
        rules=definition.limits,
        direction=row.direction,
        is_answered=row.is_answered,
        wait_s=row.wait_s,
        has_flowed_out=row.outcome == Outcome.FLOWED_OUT,
        is_open=definitions.is_open(row.queue_id, row.interval_at, zone=zone),
    )
    return CallShape(
        pbx=pbx.slug,
        id=row.call_id,
        queue=row.queue_id,
        direction=row.direction,
        entered_at=row.entered_at,
        ended_at=row.ended_at,
        outcome=outcome.value,
        counts_as=effect_of(outcome, variant=definition.variant).value,
        reason=reason_text(outcome, wait_s=row.wait_s, translate=_),
        wait_s=row.wait_s,
        talk_s=row.talk_s,
        hold_s=row.hold_s,
        acw_s=row.acw_s,
        agent=row.agent_id,
        number=row.number,
        is_provisional=row.is_provisional,
    )
