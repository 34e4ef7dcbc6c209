"""What a request asks for, read strictly: mistakes are told, not guessed away."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from dashboard.access import Scope
from dashboard.figures.counted import counted_queues
from dashboard.history.answers import Days
from dashboard.models import Queue
from dashboard.reports.periods import YEARS, years_text
from dashboard.views.api.door import BadRequest, NotFound
from dashboard.views.reports.queues import keys_of, queues_of

DAYS_AT_MOST: Final = 400


def days_asked(request: HttpRequest) -> Days:
    """`from` and `to`, both included."""
    first, last = _day(request, "from"), _day(request, "to")
    if last < first:
        raise BadRequest(_("“to” is before “from”."))
    if (last - first).days > DAYS_AT_MOST:
        raise BadRequest(_("At most %(days)s days at once.") % {"days": DAYS_AT_MOST})
    return Days(first, last)


def queues_named(request: HttpRequest) -> tuple[str, ...]:
    """None of them: all that are counted without being named."""
    return keys_of(request.GET.getlist("queue"))


def queues_asked(request: HttpRequest, scope: Scope) -> list[Queue]:
    """Those named by `queue`, such as main/4; if none is, all in scope that are counted without being named."""
    named = queues_named(request)
    try:
        return counted_queues(queues_of(scope, asked=named), is_chosen=bool(named))
    except Http404 as exc:
        raise NotFound(str(exc)) from exc


def word_asked(request: HttpRequest, name: str, *, words: tuple[str, ...], default: str = "") -> str:
    value = request.GET.get(name, default)
    if value and value not in words:
        text = _("“%(name)s” must be one of: %(words)s.")
        raise BadRequest(text % {"name": name, "words": ", ".join(words)})
    return value


def number_asked(request: HttpRequest, name: str, *, default: int, low: int, high: int) -> int:
    text = request.GET.get(name, str(default))
    if not (text.isascii() and text.isdigit() and len(text) < 10 and low <= int(text) <= high):
        words = _("“%(name)s” must be a number from %(low)s to %(high)s.")
        raise BadRequest(words % {"name": name, "low": low, "high": high})
    return int(text)


def _day(request: HttpRequest, name: str) -> date:
    try:
        day = date.fromisoformat(request.GET.get(name, ""))
    except ValueError as exc:
        text = _("“%(name)s” must be a day such as 2026-11-23.")
        raise BadRequest(text % {"name": name}) from exc
    if not YEARS[0] <= day.year < YEARS[1]:
        text = _("“%(name)s” must be a day from %(first)s to %(last)s.")
        raise BadRequest(text % {"name": name, **years_text()})
    return day
