"""Which definition of its service level holds for a queue on a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from django.db.models import Q

from dashboard.domain.kpi import DEFAULT_DEFINITION, Definition
from dashboard.domain.kpi.hours import Hours, days_loaded
from dashboard.domain.thresholds import Thresholds
from dashboard.models import Holiday, Pbx, QueueDefinition

Key = tuple[int | None, str | None]
"""PBX and queue ID: (pbx, queue), (pbx, None) for the rest of a PBX, (None, None) for all others."""

_EVERYTHING: Final[Key] = (None, None)


class Definitions:
    """All definitions of one PBX's queues, read once. Of the versions that apply on a day the one made last counts."""

    def __init__(
        self, rows: Iterable[QueueDefinition], *, holidays: Iterable[date] = (), pbx_pk: int
    ) -> None:
        self._pbx_pk = pbx_pk
        self._versions: dict[Key, list[tuple[date, Definition]]] = {}
        self._known: dict[tuple[str, date], Definition] = {}
        self._restricted: dict[str, bool] = {}
        self.holidays = frozenset(holidays)
        rows = list(rows)
        self.version = (max((row.pk for row in rows), default=0), self.holidays)
        """Other than another's if anything has changed in between."""
        for row in sorted(rows, key=lambda row: row.pk, reverse=True):
            key = (row.pbx_id, row.queue.queue_id if row.queue else None)
            self._versions.setdefault(key, []).append((row.applies_from or date.min, definition_read(row)))

    def of(self, queue_id: str, day: date) -> Definition:
        """The queue's own, else its PBX's, else the one for all; the built-in one where none applies on that day."""
        known = self._known.get((queue_id, day))
        if known is None:
            known = self._known[queue_id, day] = self._found(queue_id, day)
        return known

    def _found(self, queue_id: str, day: date) -> Definition:
        for key in ((self._pbx_pk, queue_id), (self._pbx_pk, None), _EVERYTHING):
            for applies_from, definition in self._versions.get(key, ()):
                if applies_from <= day:
                    return definition
        return DEFAULT_DEFINITION

    def thresholds(self, queue_id: str, day: date) -> Thresholds:
        """As `dashboard.history` asks for the limits by which calls are sorted."""
        return self.of(queue_id, day).limits

    def today(self, queue_id: str, local: datetime) -> date:
        """The queue's business day at this local time."""
        return self.of(queue_id, local.date()).hours.day_of(local)

    def is_open(self, queue_id: str, moment: datetime, *, zone: ZoneInfo) -> bool:
        """Whether the moment lies within the queue's business hours."""
        if queue_id not in self._restricted:
            self._restricted[queue_id] = not self.is_plain(queue_id)
        if not self._restricted[queue_id]:
            return True
        local = moment.astimezone(zone)
        day = local.date()
        return self.of(queue_id, day).hours.is_open(local, is_holiday=day in self.holidays)

    def day_begin(self, queue_id: str, day: date, zone: ZoneInfo) -> datetime:
        """The moment at which the queue's business day begins."""
        hour, minute = divmod(self.of(queue_id, day).hours.day_start_min, 60)
        return datetime.combine(day, time(hour, minute), zone).astimezone(UTC)

    def is_plain(self, queue_id: str) -> bool:
        """Whether no version of this queue ever has hours or a day of its own."""
        keys = ((self._pbx_pk, queue_id), (self._pbx_pk, None), _EVERYTHING)
        return all(one.hours.is_plain for key in keys for _from, one in self._versions.get(key, ()))


def definitions_of(pbx: Pbx) -> Definitions:
    """Two queries."""
    rows = QueueDefinition.objects.select_related("queue", "pbx").filter(Q(pbx=pbx) | Q(pbx=None))
    holidays = Holiday.objects.values_list("day", flat=True)
    return Definitions(rows, holidays=holidays, pbx_pk=pbx.pk)


def definition_of(pbx: Pbx, queue_id: str, day: date) -> Definition:
    """For a single question; whoever asks more keeps `definitions_of`."""
    return definitions_of(pbx).of(queue_id, day)


def definition_read(row: QueueDefinition) -> Definition:
    """The row as the core knows it."""
    return Definition(
        threshold_s=row.threshold_s,
        short_s=row.short_s,
        goal=row.goal,
        variant=row.variant,
        hours=Hours(
            days=days_loaded(row.hours), day_start_min=row.day_start.hour * 60 + row.day_start.minute
        ),
        version=row.pk,
        holds_for=row.holds_for,
    )
