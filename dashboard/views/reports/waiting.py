"""Callers who wait past the threshold now: misses of the live service level that no record tells of yet."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _

from dashboard.domain.kpi import Effect, Outcome, reason_text
from dashboard.figures.definitions import definitions_of
from dashboard.figures.notices import Notice
from dashboard.figures.today import days_now
from dashboard.reports.calls import Asked
from dashboard.views.reports.live import live_notices, live_read

FIGURE: Final = "service_level_live"


def late_now(asked: Asked) -> tuple[list[dict[str, Any]], list[Notice]]:
    """Lines of the list for the figure that counts them, and what must be said where they are not known.

    Only today's, and only where misses are asked for.
    """
    if asked.figure != FIGURE or asked.effect in (Effect.HIT, Effect.NONE) or asked.minutes or asked.agent_id:
        return [], []
    days = days_now(asked.queues, now=timezone.now())
    queues = [queue for queue in asked.queues if asked.first <= days[queue.pk] <= asked.last]
    live = live_read({queue.pbx.slug for queue in queues})
    definitions = {pbx: definitions_of(pbx) for pbx in {queue.pbx for queue in queues}}
    found = [(queue, live.queue(queue.pbx.slug, queue.queue_id)) for queue in queues]
    lines = [
        {
            "entered_at": datetime.fromtimestamp(caller.entered_at / 1000, UTC),
            "queue": queue.title,
            "number": caller.number,
            "wait_s": caller.wait_s,
            "reason": reason_text(Outcome.WAITING_LATE, wait_s=caller.wait_s, translate=_),
            "call_id": caller.call_id,
        }
        for queue, now in found
        if now is not None
        for caller in reversed(
            now.late(definitions[queue.pbx].of(queue.queue_id, days[queue.pk]).threshold_s)
        )
    ]
    return lines, live_notices(live, definitions)
