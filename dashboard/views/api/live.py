"""Queues and how they are right now."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.utils.translation import gettext

from dashboard.access import Scope
from dashboard.domain.kpi import CATALOGUE, Now, Part, Rules, figure_value, figures_empty
from dashboard.domain.kpi.catalogue import WINDOWS
from dashboard.domain.rows import FigureRow, LiveState, QueueRow
from dashboard.figures.definitions import definitions_of
from dashboard.models import Pbx, Queue
from dashboard.views.api.door import api
from dashboard.views.api.shapes import (
    CatalogueAnswer,
    CatalogueEntryShape,
    DefinitionShape,
    FiguresShape,
    LiveAnswer,
    LiveQueueShape,
    QueuesAnswer,
    QueueShape,
)
from dashboard.views.reports.live import Live, live_read
from dashboard.views.reports.queues import queues_of


@api
def queues(request: HttpRequest, scope: Scope) -> QueuesAnswer:
    """The queues in scope."""
    rows = queues_of(scope)
    definitions = {pbx: definitions_of(pbx) for pbx in {row.pbx_id: row.pbx for row in rows}.values()}
    return QueuesAnswer(
        queues=[
            QueueShape(
                pbx=queue.pbx.slug,
                id=queue.queue_id,
                number=queue.number,
                title=queue.title,
                direction=queue.direction,
                is_gone=queue.is_gone,
                definition=DefinitionShape.of(definitions[queue.pbx].of(queue.queue_id, _today(queue.pbx))),
            )
            for queue in rows
        ]
    )


@api
def live(request: HttpRequest, scope: Scope) -> LiveAnswer:
    """Waiting callers, agents and today's figures of every queue in scope, as the boards show them.

    Queues of a PBX of which nothing has been heard for too long are left out: nobody knows their present.
    """
    rows = queues_of(scope)
    slugs = sorted({queue.pbx.slug for queue in rows})
    now = live_read(slugs)
    found = [(queue, live_queue(now, queue)) for queue in rows]
    return LiveAnswer(
        at=datetime.now(UTC),
        age_s={slug: _age_s(now, slug) for slug in slugs},
        queues=[shape for _queue, shape in found if shape is not None],
    )


@api
def catalogue(request: HttpRequest, scope: Scope) -> CatalogueAnswer:
    """What each figure is called, and its formula."""
    return CatalogueAnswer(
        figures=[
            CatalogueEntryShape(
                key=entry.key,
                title=gettext(entry.title),
                unit=entry.unit,
                formula=gettext(entry.formula),
                better=entry.better,
            )
            for entry in CATALOGUE.values()
        ]
    )


def live_queue(live: Live, queue: Queue) -> LiveQueueShape | None:
    """The queue as it is now; None if nobody knows that."""
    slug, queue_id = queue.pbx.slug, queue.queue_id
    found = live.queue(slug, queue_id)
    if found is None:
        return None
    row, state = found.row, live.states[slug]
    now = Now(waiting=row.calls_waiting)
    rules = rules_of_row(row)
    late = len(found.late(rules.threshold_s))
    windows = {}
    for window in WINDOWS:
        figures = _figures(state, queue_id, window)
        if figures is not None:
            parts = [Part(figures=figures, rules=rules, waiting_late=late)]
            windows[window] = FiguresShape(terms=figures, values=values_of(parts, window=window, now=now))
    return LiveQueueShape(
        pbx=slug,
        id=queue_id,
        title=row.title,
        waiting=row.calls_waiting,
        longest_wait_now_s=found.longest_wait_s,
        agents_total=row.agents_total,
        agents_ready=row.agents_ready,
        agents_busy=row.agents_busy,
        agents_paused=row.agents_paused,
        windows=windows,
    )


def _figures(state: LiveState, queue_id: str, window: str) -> FigureRow | None:
    """An empty row where no wait has ended yet: who waits past the threshold is missed all the same. None if nobody knows."""
    row = state.figures.get(f"{queue_id}:{window}")
    if row is None and state.queues[queue_id].calls_waiting is not None:
        return figures_empty()
    return row


def rules_of_row(row: QueueRow) -> Rules:
    """The rules that a queue's row carries; the default where one is not known."""
    known = {name: value for name in Rules.__struct_fields__ if (value := getattr(row, name)) is not None}
    return Rules(**known)


def values_of(
    parts: list[Part], *, window: str = "today", now: Now | None = None
) -> dict[str, float | int | None]:
    """The figures that can be shown over this window. Without `now`, those that only the live state knows are left out."""
    return {
        key: figure_value(key, parts, window=window, now=now or Now())
        for key, entry in CATALOGUE.items()
        if (window in entry.windows or key == "goal") and (now is not None or not entry.needs_live)
    }


def _age_s(live: Live, slug: str) -> float | None:
    """Seconds since the PBX last told its calls."""
    heard_at = live.heard_at(slug)
    return None if heard_at is None else round(time.time() - heard_at / 1000, 1)


def _today(pbx: Pbx) -> date:
    return datetime.now(ZoneInfo(pbx.timezone)).date()
