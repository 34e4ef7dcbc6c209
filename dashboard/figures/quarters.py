"""Today, from the roll-ups. Those that were built anew since the last look are read, the others are known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Final, TypeVar
from zoneinfo import ZoneInfo

import msgspec
from django.db.models import Count, Sum

from dashboard.domain.figures import AgentToday
from dashboard.domain.kpi import figures_added, figures_empty
from dashboard.domain.rows import FigureRow
from dashboard.domain.thresholds import DEFAULT_THRESHOLDS, Thresholds
from dashboard.figures.calls import calls_counted, calls_placed
from dashboard.figures.definitions import Definitions
from dashboard.figures.expected import expected_more
from dashboard.history.readiness import Worked, worked_out
from dashboard.models import CallRecord, Pbx, Queue, ReadyTime, RollUp, RollUpBasis

SPAN: Final = timedelta(hours=50)
"""Further back no day that lasts until now can have begun."""
TERMS: Final = tuple(name for name in FigureRow.__struct_fields__ if name not in {"ready_s", "expected_more"})

Place = tuple[str, datetime]
T = TypeVar("T")


class Quarters:
    """The quarters of an hour of the last two days, in the memory of the process."""

    def __init__(self, pbx: Pbx) -> None:
        self._pbx = pbx
        self._zone = ZoneInfo(pbx.timezone)
        self._rows: dict[Place, FigureRow] = {}
        self._ready: dict[Place, int] = {}
        self._worked = Worked(stretches=())
        self._latest = 0
        self._queue_ids: tuple[str, ...] = ()
        self._expected: dict[str, int] | None = None
        self._expected_for: object = None

    def read(self, now: datetime, *, is_whole: bool, definitions: Definitions) -> None:
        """Read what was built since the last time, or everything."""
        since = now - SPAN
        rows = RollUp.objects.filter(pbx=self._pbx, begins_at__gte=since)
        if is_whole:
            self._rows, self._latest = {}, 0
            queues = Queue.objects.filter(pbx=self._pbx, is_gone=False)
            self._queue_ids = tuple(queues.values_list("queue_id", flat=True))
            self._worked = worked_out(self._pbx)
            ready = ReadyTime.objects.filter(pbx=self._pbx, begins_at__gte=since)
            self._ready = {
                (queue_id, begins_at): ready_s
                for queue_id, begins_at, ready_s in ready.values_list("queue_id", "begins_at", "ready_s")
            }
        for pk, queue_id, begins_at, *terms in rows.filter(pk__gt=self._latest).values_list(
            "pk", "queue_id", "begins_at", *TERMS
        ):
            self._latest = max(self._latest, pk)
            self._rows[queue_id, begins_at] = FigureRow(
                **dict(zip(TERMS, terms, strict=True)), ready_s=None, expected_more=None
            )
        self._expect(now, definitions, may_know_more=is_whole)

    def _expect(self, now: datetime, definitions: Definitions, *, may_know_more: bool) -> None:
        """Once in a quarter of an hour, and as long as nobody knows whenever more may have been read."""
        asked = (int(now.timestamp()) // 900, definitions.version)
        if asked != self._expected_for or (self._expected is None and may_know_more):
            self._expected = expected_more(self._pbx, now=now, definitions=definitions)
            self._expected_for = asked

    def today(self, now: datetime, *, definitions: Definitions) -> dict[str, FigureRow]:
        """By queue, also those nobody has called yet. Where roll-ups are sorted by other limits than hold today, the calls
        themselves are counted.
        """
        local = now.astimezone(self._zone)
        quarters = self._since_morning(self._rows, local, definitions)
        sums = {queue_id: figures_added(list(rows.values())) for queue_id, rows in quarters.items()}
        basis = self._basis(local.date())
        other = {
            queue_id
            for queue_id in sums
            if basis.get(queue_id, DEFAULT_THRESHOLDS) != definitions.of(queue_id, local.date()).limits
        }
        sums |= self._counted(other, local=local, definitions=definitions) if other else {}
        ready = self._since_morning(self._ready, local, definitions)
        empty = dict.fromkeys({*self._queue_ids, *ready}, figures_empty())
        return {
            queue_id: msgspec.structs.replace(
                row,
                ready_s=self._ready_s(quarters.get(queue_id, ()), ready.get(queue_id, {}), now=now),
                expected_more=None if self._expected is None else self._expected.get(queue_id, 0),
            )
            for queue_id, row in (empty | sums).items()
            if row is not None
        }

    def _ready_s(
        self, with_calls: Iterable[datetime], ready: Mapping[datetime, int], *, now: datetime
    ) -> int | None:
        """As `dashboard.history.readiness` has it. Calls may be written ahead of our clock."""
        known = [begins_at for begins_at in with_calls if begins_at <= now]
        is_settled = ready or not known or not all(map(self._worked.is_due, known))
        return sum(ready.values()) if is_settled and self._worked.is_known(known) else None

    def _since_morning(
        self, values: Mapping[Place, T], local: datetime, definitions: Definitions
    ) -> dict[str, dict[datetime, T]]:
        """Those of today by queue and quarter of an hour, within its business hours."""
        found: dict[str, dict[datetime, T]] = defaultdict(dict)
        begins: dict[str, datetime] = {}
        for (queue_id, begins_at), value in values.items():
            if queue_id not in begins:
                day = definitions.today(queue_id, local)
                begins[queue_id] = definitions.day_begin(queue_id, day, self._zone)
            if begins_at >= begins[queue_id] and definitions.is_open(queue_id, begins_at, zone=self._zone):
                found[queue_id][begins_at] = value
        return found

    def _counted(
        self, queue_ids: set[str], *, local: datetime, definitions: Definitions
    ) -> dict[str, FigureRow]:
        begins = {
            queue_id: definitions.day_begin(queue_id, definitions.today(queue_id, local), self._zone)
            for queue_id in queue_ids
        }
        rows = CallRecord.objects.filter(
            pbx=self._pbx, interval_at__gte=min(begins.values()), queue_id__in=queue_ids
        )
        calls = [call for call in calls_placed(rows) if call.interval_at >= begins[call.queue_id]]
        return calls_counted(calls, definitions=definitions, zone=self._zone)

    def _basis(self, day: date) -> dict[str, Thresholds]:
        """By what the roll-ups of this day are sorted."""
        rows = RollUpBasis.objects.filter(pbx=self._pbx, day_from__lte=day).order_by("day_from")
        return {row.queue_id: Thresholds(threshold_s=row.threshold_s, short_s=row.short_s) for row in rows}

    def agents(self, now: datetime, *, definitions: Definitions) -> dict[str, AgentToday]:
        """Inbound calls answered today and their talk, by agent."""
        local = now.astimezone(self._zone)
        start = definitions.day_begin("", definitions.today("", local), self._zone)
        rows = (
            CallRecord.objects.filter(
                pbx=self._pbx, interval_at__gte=start, direction="in", outcome=CallRecord.Outcome.ANSWERED
            )
            .exclude(agent_id="")
            .order_by()
            .values("agent_id")
            .annotate(answered=Count("pk"), talk_s=Sum("talk_s"))
        )
        return {
            row["agent_id"]: AgentToday(answered=row["answered"], talk_s=row["talk_s"] or 0) for row in rows
        }
