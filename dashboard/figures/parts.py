"""Figures with the rules they were counted by, ready for the formulas, grouped by queue, day or interval."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable
from datetime import date, datetime, timedelta
from typing import Literal, TypeVar

from dashboard.domain.kpi import Part, Rules
from dashboard.figures.selectors import Question, by_day, by_queue, intervals, queue_days, queue_intervals
from dashboard.history.answers import Days
from dashboard.history.zone import zone_of

GroupT = TypeVar("GroupT", bound=Hashable)
Parts = list[Part]


def parts_by_queue(asked: Question) -> dict[str, Parts]:
    """One part per queue; one per day where a queue's rules changed on the way."""
    if all(_is_steady(asked, queue_id) for queue_id in _queue_ids(asked)):
        return {
            queue_id: [Part(figures=row, rules=_rules(asked, queue_id, asked.days.last))]
            for queue_id, row in by_queue(asked).items()
        }
    return _parts_of_days(asked, lambda queue_id, _day: queue_id, added_by="queue_id")


def parts_by_day(asked: Question) -> dict[date, Parts]:
    """One part per day if all queues have the same rules, else one per queue."""
    rules = _shared_rules(asked)
    if rules is not None:
        return {day: [Part(figures=row, rules=rules)] for day, row in by_day(asked).items()}
    return _parts_of_days(asked, lambda _queue_id, day: day, added_by="day")


def parts_by_interval(asked: Question, *, minutes: int) -> dict[datetime, Parts]:
    """By the moment at which the interval begins."""
    rules = _shared_rules(asked)
    if rules is not None:
        rows = intervals(asked, minutes=minutes)
        return {moment: [Part(figures=row, rules=rules)] for moment, row in rows.items()}
    zone = zone_of(asked.pbx.timezone)
    found: dict[datetime, Parts] = defaultdict(list)
    for (queue_id, moment), row in queue_intervals(asked, minutes=minutes).items():
        found[moment].append(Part(figures=row, rules=_rules(asked, queue_id, zone.day(moment))))
    return found


def _parts_of_days(
    asked: Question, key_of: Callable[[str, date], GroupT], *, added_by: Literal["queue_id", "day"]
) -> dict[GroupT, Parts]:
    found: dict[GroupT, Parts] = defaultdict(list)
    for (queue_id, day, calendar_day), row in queue_days(asked, added_by=added_by).items():
        found[key_of(queue_id, day)].append(Part(figures=row, rules=_rules(asked, queue_id, calendar_day)))
    return found


def _rules(asked: Question, queue_id: str, day: date) -> Rules:
    return asked.definitions.of(queue_id, day).rules


def _is_steady(asked: Question, queue_id: str) -> bool:
    """Whether the queue has the same rules on all the days."""
    return len({_rules(asked, queue_id, day) for day in _days(asked, queue_id)}) == 1


def _shared_rules(asked: Question) -> Rules | None:
    """The rules of all the queues on all the days; None if they are not the same."""
    found = {_rules(asked, queue_id, day) for queue_id in _queue_ids(asked) for day in _days(asked, queue_id)}
    return found.pop() if len(found) == 1 else None


def _queue_ids(asked: Question) -> list[str]:
    own = asked.queue_ids if asked.queue_ids is not None else asked.scope.queue_ids(asked.pbx.slug)
    return list(own if own is not None else asked.pbx.queues.values_list("queue_id", flat=True))


def _days(asked: Question, queue_id: str) -> list[date]:
    """Calendar days: one more at the end for a queue whose business day may go on past midnight."""
    more = timedelta(days=not asked.definitions.is_plain(queue_id))
    return list(Days(asked.days.first, asked.days.last + more).each())
