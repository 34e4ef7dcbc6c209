"""By which definitions figures were counted, in sentences: which version, for which queues, on which days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Final, NamedTuple

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dashboard.domain.kpi import Rules, variant_of
from dashboard.figures.definitions import Definitions, definitions_of
from dashboard.models import Pbx, Queue

NARROW_SPACE: Final = "\u202f"
QUEUES_AT_MOST: Final = 6
SENTENCES_AT_MOST: Final = 12

Span = tuple[date, date]
"""Days, both included."""


class Place(NamedTuple):
    """A version of a definition and the days it held on; None for all of those asked for."""

    rules: Rules
    version: int | None
    days: Span | None


def definitions_told(queues: Iterable[Queue], days: Mapping[int, Span] | Span) -> list[str]:
    """A sentence per definition and the days it held on, the one of the most queues first. `days`: by queue, or of all.

    Of queues that callers wait in; none for outbound ones.
    """
    found: dict[Place, list[str]] = defaultdict(list)
    known: dict[Pbx, Definitions] = {}
    for queue in queues:
        if queue.direction == "out":
            continue
        if queue.pbx not in known:
            known[queue.pbx] = definitions_of(queue.pbx)
        span = days[queue.pk] if isinstance(days, Mapping) else days
        for place in _places(known[queue.pbx], queue.queue_id, span):
            found[place].append(queue.title)
    places = sorted(found.items(), key=lambda item: -len(item[1]))
    is_one = len(places) == 1
    sentences = [
        _sentence(place, queues=() if is_one else titles) for place, titles in places[:SENTENCES_AT_MOST]
    ]
    more = len(places) - SENTENCES_AT_MOST
    if more > 0:
        text = ngettext("And %(count)s definition more.", "And %(count)s definitions more.", more)
        sentences.append(text % {"count": more})
    return sentences


def _places(definitions: Definitions, queue_id: str, span: Span) -> Iterator[Place]:
    """The queue's definitions one after another."""
    first, last = span
    since, held = first, definitions.of(queue_id, first)
    for number in range(1, (last - first).days + 1):
        day = first + timedelta(days=number)
        now = definitions.of(queue_id, day)
        if now != held:
            yield Place(held.rules, held.version, (since, day - timedelta(days=1)))
            since, held = day, now
    yield Place(held.rules, held.version, None if since == first else (since, last))


def _sentence(place: Place, *, queues: Iterable[str]) -> str:
    rules, variant = place.rules, variant_of(place.rules.variant)
    text = _(
        "Goal %(goal)s within %(threshold)s s; short abandon up to %(short)s s; %(title)s: %(formula)s"
    ) % {
        "goal": f"{number_format(f'{round(rules.goal * 100, 2):g}')}{NARROW_SPACE}%",
        "threshold": rules.threshold_s,
        "short": rules.short_s,
        "title": _(variant.title),
        "formula": variant.formula,
    }
    beside = [version_text(place.version)]
    titles = list(queues)
    if titles:
        more = len(titles) - QUEUES_AT_MOST
        beside.append(", ".join(titles[:QUEUES_AT_MOST]) + (f" +{more}" if more > 0 else ""))
    if place.days:
        beside.append(_days_text(*place.days))
    return f"{text} ({'; '.join(beside)})."


def version_text(version: int | None) -> str:
    """Versions are numbered by when they were made; None where nobody has defined anything."""
    return _("built-in definition") if version is None else _("version %(number)s") % {"number": version}


def _days_text(first: date, last: date) -> str:
    ends = [date_format(day, "j. n. Y") for day in dict.fromkeys((first, last))]
    return " – ".join(ends)
