"""The question for the database that leaves out calls which cannot be in a list, so that large periods need not be read whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Final

import msgspec
from django.db.models import Q

from dashboard.domain.kpi import Definition, Effect, Outcome, effect_of
from dashboard.domain.kpi.outcomes import TERMS
from dashboard.figures.definitions import Definitions

PIECES_AT_MOST: Final = 60
"""A database takes conditions of a certain length. Where definitions changed more often, only the kind of ending is asked for."""
ENDINGS: Final = {
    Outcome.ANSWERED_IN: "answered",
    Outcome.ANSWERED_LATE: "answered",
    Outcome.ABANDONED_SHORT: "abandoned",
    Outcome.ABANDONED_IN: "abandoned",
    Outcome.ABANDONED_LATE: "abandoned",
    Outcome.FLOWED_OUT: "flowed_out",
}


class _Limits(msgspec.Struct, frozen=True, kw_only=True):
    """What of a definition decides whether a call is in the list."""

    threshold_s: int
    short_s: int
    outcomes: frozenset[Outcome]


def narrowing(
    definitions: Definitions,
    *,
    queue_ids: Sequence[str],
    first: date,
    last: date,
    terms: frozenset[Outcome] | None,
    effect: Effect | None,
) -> Q:
    """Every call of the list fulfils it; others may, too: hours are not looked at here."""
    if terms == frozenset({Outcome.OUTBOUND}):
        return Q(direction="out")
    inbound = Q(direction="in")
    if terms is None and effect is None:
        return inbound
    pieces: dict[tuple[_Limits, date, date], list[str]] = defaultdict(list)
    whole = [id_ for id_ in queue_ids if effect is Effect.NONE and not definitions.is_plain(id_)]
    for queue_id in set(queue_ids) - set(whole):
        for limits, since, until in _spans(definitions, queue_id, first, last, terms=terms, effect=effect):
            pieces[limits, since, until].append(queue_id)
    if len(pieces) > PIECES_AT_MOST:
        wanted = {outcome for limits, _since, _until in pieces for outcome in limits.outcomes}
        return inbound & (Q(outcome__in={ENDINGS[one] for one in wanted}) | Q(queue_id__in=whole))
    condition = Q(queue_id__in=whole)
    for (limits, since, until), ids in pieces.items():
        condition |= Q(queue_id__in=ids, day__range=(since, until)) & _of(limits)
    return inbound & condition


def _spans(
    definitions: Definitions,
    queue_id: str,
    first: date,
    last: date,
    *,
    terms: frozenset[Outcome] | None,
    effect: Effect | None,
) -> Iterator[tuple[_Limits, date, date]]:
    """A queue's limits with the days they hold on, both included."""
    since, limits = first, None
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        definition = definitions.of(queue_id, day)
        own = _limits(definition, terms=terms, effect=effect)
        if limits is not None and own != limits:
            yield limits, since, day - timedelta(days=1)
            since = day
        limits = own
    if limits is not None:
        yield limits, since, last


def _limits(definition: Definition, *, terms: frozenset[Outcome] | None, effect: Effect | None) -> _Limits:
    outcomes = {
        outcome
        for outcome in TERMS
        if (terms is None or outcome in terms)
        and (effect is None or effect_of(outcome, variant=definition.variant) is effect)
    }
    return _Limits(
        threshold_s=definition.threshold_s, short_s=definition.short_s, outcomes=frozenset(outcomes)
    )


def _of(limits: _Limits) -> Q:
    """Calls with one of the outcomes."""
    within, after = Q(wait_s__lte=limits.threshold_s), Q(wait_s__gt=limits.threshold_s)
    waits = {
        Outcome.ANSWERED_IN: within,
        Outcome.ANSWERED_LATE: after,
        Outcome.ABANDONED_SHORT: Q(wait_s__lte=limits.short_s),
        Outcome.ABANDONED_IN: within & Q(wait_s__gt=limits.short_s),
        Outcome.ABANDONED_LATE: after & Q(wait_s__gt=limits.short_s),
        Outcome.FLOWED_OUT: Q(),
    }
    return _any(Q(outcome=ENDINGS[one]) & waits[one] for one in sorted(limits.outcomes))


def _any(conditions: Iterable[Q]) -> Q:
    found = Q(pk__in=[])
    for condition in conditions:
        found |= condition
    return found
