"""The windows of the last minutes. A window is counted again when a call was written, or when one leaves it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from dashboard.domain.kpi.catalogue import WINDOW_S
from dashboard.domain.rows import FigureRow
from dashboard.figures.calls import PlacedCall, calls_counted, calls_placed
from dashboard.figures.definitions import Definitions
from dashboard.models import CallRecord, Pbx

LONGEST: Final = timedelta(seconds=max(WINDOW_S.values()))
QUARTER: Final = timedelta(minutes=15)


class Sliding:
    """The calls of the longest window, in the memory of the process."""

    def __init__(self, pbx: Pbx) -> None:
        self._pbx = pbx
        self._zone = ZoneInfo(pbx.timezone)
        self._calls: list[PlacedCall] = []
        self._changes_at: datetime | None = None

    def read(self, now: datetime) -> None:
        """Read the calls of the longest window anew. A call whose clock runs ahead of ours counts when its time has come."""
        rows = CallRecord.objects.filter(
            pbx=self._pbx, interval_at__gt=now - LONGEST - QUARTER, entered_at__gt=now - LONGEST
        )
        self._calls = calls_placed(rows)

    def is_due(self, now: datetime) -> bool:
        """Whether a call has entered or left a window since the figures were counted."""
        return self._changes_at is not None and now >= self._changes_at

    def figures(self, now: datetime, *, definitions: Definitions) -> dict[str, FigureRow]:
        """By "<queue id>:<window>", only queues with calls in it."""
        rows: dict[str, FigureRow] = {}
        changes: list[datetime] = []
        for window, length_s in WINDOW_S.items():
            length = timedelta(seconds=length_s)
            inside = [call for call in self._calls if now - length < call.entered_at <= now]
            changes += [call.entered_at + length for call in inside]
            counted = calls_counted(inside, definitions=definitions, zone=self._zone)
            rows |= {f"{queue_id}:{window}": row for queue_id, row in counted.items()}
        changes += [call.entered_at for call in self._calls if call.entered_at > now]
        self._changes_at = min(changes, default=None)
        return rows
