"""Call records as they are counted: by the limits of their day, within their queue's business hours."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec
from django.db.models import QuerySet

from dashboard.domain.counting import CountedCall, figures_counted
from dashboard.domain.rows import FigureRow
from dashboard.figures.definitions import Definitions
from dashboard.models import CallRecord

FIELDS = (
    *("queue_id", "entered_at", "interval_at", "direction", "outcome", "wait_s", "talk_s", "hold_s", "acw_s"),
    *("caller_key", "is_repeated", "is_provisional"),
)


class PlacedCall(msgspec.Struct, frozen=True, kw_only=True):
    """A call with its queue and when it entered."""

    queue_id: str
    entered_at: datetime
    interval_at: datetime
    counted: CountedCall


def calls_placed(rows: QuerySet[CallRecord]) -> list[PlacedCall]:
    """The calls of a query, without making a model of each."""
    return [
        PlacedCall(
            queue_id=queue_id,
            entered_at=entered_at,
            interval_at=interval_at,
            counted=CountedCall(
                direction=direction,
                outcome=outcome,
                wait_s=wait_s,
                talk_s=talk_s,
                hold_s=hold_s,
                acw_s=acw_s,
                has_number=caller_key is not None,
                is_repeated=is_repeated,
                is_provisional=is_provisional,
            ),
        )
        for (
            queue_id,
            entered_at,
            interval_at,
            direction,
            outcome,
            wait_s,
            talk_s,
            hold_s,
            acw_s,
            caller_key,
            is_repeated,
            is_provisional,
        ) in rows.order_by().values_list(*FIELDS)
    ]


def calls_counted(
    calls: Iterable[PlacedCall], *, definitions: Definitions, zone: ZoneInfo
) -> dict[str, FigureRow]:
    """The figures by queue. Calls outside the business hours are left out."""
    by_queue: dict[str, list[PlacedCall]] = defaultdict(list)
    for call in calls:
        if definitions.is_open(call.queue_id, call.interval_at, zone=zone):
            by_queue[call.queue_id].append(call)
    return {
        queue_id: figures_counted(
            (call.counted, definitions.of(queue_id, call.entered_at.astimezone(zone).date())) for call in own
        )
        for queue_id, own in by_queue.items()
    }
