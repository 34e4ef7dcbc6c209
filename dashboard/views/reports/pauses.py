"""Pauses: whose, of which kind, how long, paid or not."""

from __future__ import annotations

from typing import Any, Final

import msgspec
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from dashboard.figures.notices import PAUSES, Notice, notices
from dashboard.history import selectors as history
from dashboard.history.answers import PauseFigures
from dashboard.models import Pbx
from dashboard.outgoing.table import Kind, Table
from dashboard.views.reports.asking import Question, period_links, question
from dashboard.views.reports.door import page, report
from dashboard.views.reports.files import (
    file_answer,
    file_name,
    is_file,
    other_table,
    period_notes,
    plain_table,
)

LIMIT_MIN: Final = 30
LIMIT_AT_MOST_MIN: Final = 600
WRAP: Final = "wrap"


class KindLine(msgspec.Struct, frozen=True, kw_only=True):
    """All pauses of one kind."""

    title: str
    is_paid: bool | None
    count: int
    total_s: int
    longest_s: int


@report
def pauses(request: HttpRequest) -> HttpResponse:
    """`limit`: minutes from which a pause is marked as long; `wrap=1` shows after-call work too."""
    asked = question(request)
    limit = _limit(request.GET.get("limit", ""))
    has_wrap = request.GET.get("wrap") == "1"
    rows = [row for pbx in asked.pbxs for row in _rows(pbx, asked) if has_wrap or row.type != WRAP]
    told = notices(asked.pbxs, first=asked.period.first, last=asked.period.last, actions=PAUSES)
    if other_table(request):
        table = _kinds_table(_kinds(rows), notes=period_notes(asked, told))
        return file_answer(request, table, name=file_name(asked, "pauses-by-kind"))
    if is_file(request):
        return file_answer(request, _table(rows, asked, told), name=file_name(asked, "pauses"))
    context: dict[str, Any] = {
        "asked": asked,
        "trouble": asked.trouble,
        "notices": told,
        "periods": period_links(request, asked.period, asked.today),
        "rows": rows,
        "kinds": _kinds(rows),
        "limit": limit,
        "limit_s": limit * 60,
        "limit_most": LIMIT_AT_MOST_MIN,
        "has_wrap": has_wrap,
        "long": sum(row.longest_s > limit * 60 for row in rows),
        "count": sum(row.count for row in rows),
        "total_s": sum(row.total_s for row in rows),
        "paid_s": sum(row.total_s for row in rows if row.is_paid),
        "unpaid_s": sum(row.total_s for row in rows if row.is_paid is False),
        "longest_s": max((row.longest_s for row in rows), default=None),
    }
    return page(request, "pauses", context, tab="reports_pauses")


def _rows(pbx: Pbx, asked: Question) -> list[PauseFigures]:
    """Of agents who were in a chosen queue, where one was chosen."""
    own = tuple(queue.queue_id for queue in asked.queues if queue.pbx == pbx)
    days = history.Days(asked.period.first, asked.period.last)
    return history.pauses(pbx, scope=asked.scope, days=days, queue_ids=own if asked.chosen else None)


def _limit(text: str) -> int:
    return (
        int(text) if text.isdecimal() and len(text) < 6 and 0 < int(text) <= LIMIT_AT_MOST_MIN else LIMIT_MIN
    )


def _kinds(rows: list[PauseFigures]) -> list[KindLine]:
    groups: dict[tuple[str, bool | None], list[PauseFigures]] = {}
    for row in rows:
        groups.setdefault((row.title, row.is_paid), []).append(row)
    return [
        KindLine(
            title=title,
            is_paid=is_paid,
            count=sum(row.count for row in own),
            total_s=sum(row.total_s for row in own),
            longest_s=max(row.longest_s for row in own),
        )
        for (title, is_paid), own in sorted(groups.items(), key=lambda item: item[0][0])
    ]


def _kinds_table(kinds: list[KindLine], *, notes: list[str]) -> Table:
    columns = [
        (_("Kind of pause"), Kind.TEXT),
        (_("Paid"), Kind.TEXT),
        (_("How often"), Kind.COUNT),
        (_("Altogether"), Kind.SECONDS),
        (_("Longest"), Kind.SECONDS),
    ]
    paid = {True: _("paid"), False: _("unpaid"), None: None}
    values = [(one.title, paid[one.is_paid], one.count, one.total_s, one.longest_s) for one in kinds]
    return plain_table(columns, values, title=_("By kind"), notes=notes)


def _table(rows: list[PauseFigures], asked: Question, told: list[Notice]) -> Table:
    columns = [
        (_("Agent"), Kind.TEXT),
        (_("Kind of pause"), Kind.TEXT),
        (_("Paid"), Kind.TEXT),
        (_("How often"), Kind.COUNT),
        (_("Altogether"), Kind.SECONDS),
        (_("Longest"), Kind.SECONDS),
    ]
    paid = {True: _("paid"), False: _("unpaid"), None: None}
    values = [
        (row.agent_name, row.title, paid[row.is_paid], row.count, row.total_s, row.longest_s) for row in rows
    ]
    totals = (
        _("All together"),
        None,
        None,
        sum(row.count for row in rows),
        sum(row.total_s for row in rows),
        max((row.longest_s for row in rows), default=None),
    )
    return plain_table(columns, values, title=_("Pauses"), totals=totals, notes=period_notes(asked, told))
