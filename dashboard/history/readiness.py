"""How much of the ready time is known: figures take it from here, whoever asks.

Where the ready time has been worked out, a quarter of an hour without a row is one in which nobody was ready: 0. Elsewhere it is
not known. The last quarters of the present day are still to be worked out; until then they add nothing to a longer time.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Final, TypeAlias

import msgspec
from django.db.models import Q, Sum
from django.db.models.functions import TruncDate

from dashboard.domain.stretches import Stretch, holes, merged
from dashboard.history.coverage import READY, coverage_of
from dashboard.history.epoch import columns
from dashboard.history.zone import QUARTER, quarter_of, zone_of
from dashboard.models import Pbx, ReadyTime, ReadyTotal, RollUp

Key: TypeAlias = tuple[Any, ...]

DUE: Final = timedelta(minutes=30)
"""So long after what was worked out last a quarter of an hour is merely late."""


class Worked(msgspec.Struct, frozen=True, kw_only=True):
    """The stretches of whole quarters of an hour that have been worked out, in order."""

    stretches: tuple[Stretch, ...]

    def is_due(self, begins_at: datetime) -> bool:
        """Whether this quarter of an hour comes right after what was worked out last."""
        return bool(self.stretches) and self._until <= begins_at < self._until + DUE

    def due_in(self, within: Stretch) -> Stretch | None:
        """The stretch that is due, if these touch."""
        if not self.stretches or not (within[0] < self._until + DUE and self._until < within[1]):
            return None
        return self._until, self._until + DUE

    def gaps(self, within: Stretch) -> list[Stretch]:
        """Of whose ready time nobody knows."""
        due = [(self._until, self._until + DUE)] if self.stretches else []
        return holes([*self.stretches, *due], within=within)

    def is_known(self, quarters: Iterable[datetime]) -> bool:
        """Whether the ready time of all these is known, those that are due aside; False while nothing is worked out."""
        return bool(self.stretches) and all(
            self.is_due(one) or any(begin <= one < end for begin, end in self.stretches) for one in quarters
        )

    @property
    def _until(self) -> datetime:
        return self.stretches[-1][1]


def worked_out(pbx: Pbx) -> Worked:
    """One query."""
    rows = coverage_of(pbx, READY)
    return Worked(stretches=tuple(merged((quarter_of(begin), _whole(end)) for begin, end in rows)))


def _whole(ends_at: datetime) -> datetime:
    """The end of the quarter of an hour that has been begun."""
    begins_at = quarter_of(ends_at)
    return begins_at if begins_at == ends_at else begins_at + QUARTER


class ReadyBy(msgspec.Struct, frozen=True, kw_only=True):
    """Ready seconds by the values of the columns they were asked by, moments as seconds.

    `unknown`: had calls at a time of which the ready time is not known.
    """

    sums: dict[Key, int]
    unknown: frozenset[Key]
    is_worked_out: bool

    def of(self, key: Key) -> int | None:
        return None if not self.is_worked_out or key in self.unknown else self.sums.get(key, 0)


def ready_by(
    pbx: Pbx,
    *,
    stretch: Stretch,
    queue_ids: Iterable[str] | None,
    is_total: bool,
    names: tuple[str, ...],
) -> ReadyBy:
    """By the values of these columns of the roll-ups. `queue_ids` None: of all queues.

    `is_total`: the queues are all there are, so that sums over all of them do, unless it is asked by queue.
    """
    worked = worked_out(pbx)
    within = Q(pbx=pbx, begins_at__gte=stretch[0], begins_at__lt=stretch[1])
    queues = Q() if queue_ids is None else Q(queue_id__in=list(queue_ids))
    is_summed = is_total and "queue_id" not in names
    source = ReadyTotal.objects.all() if is_summed else ReadyTime.objects.filter(queues)
    rows = source.filter(within).order_by()
    if is_summed and names == ("begins_at",):
        found = rows.values_list(*columns(names), "ready_s")
    else:
        day = TruncDate("begins_at", tzinfo=zone_of(pbx.timezone).zone)
        by_name = rows.annotate(day=day).values(*names).annotate(sum_s=Sum("ready_s"))
        found = by_name.values_list(*columns(names), "sum_s")
    return ReadyBy(
        sums={row[:-1]: row[-1] for row in found},
        unknown=_unknown(worked, within & queues, stretch=stretch, names=names),
        is_worked_out=bool(worked.stretches),
    )


def _unknown(worked: Worked, within: Q, *, stretch: Stretch, names: tuple[str, ...]) -> frozenset[Key]:
    """Where calls were at a time of which nothing has been worked out; nowhere if nothing ever was."""
    gaps = worked.gaps(stretch) if worked.stretches else []
    if not gaps:
        return frozenset()
    times = Q()
    for begin, end in gaps:
        times |= Q(begins_at__gte=begin, begins_at__lt=end)
    return frozenset(RollUp.objects.filter(within & times).order_by().values_list(*columns(names)).distinct())


class Settling(msgspec.Struct, frozen=True, kw_only=True):
    """By queue, day or both: where calls were whose ready time is due, and where anything is worked out already."""

    due: frozenset[Key] = frozenset()
    settled: frozenset[Key] = frozenset()

    @property
    def late(self) -> frozenset[Key]:
        """Where nothing is worked out yet: what is due would count as 0 there."""
        return self.due - self.settled

    def plus(self, other: Settling) -> Settling:
        return Settling(due=self.due | other.due, settled=self.settled | other.settled)


def settling(
    pbx: Pbx, *, stretch: Stretch, names: tuple[str, ...], queue_ids: Iterable[str] | None = None
) -> Settling:
    """By `queue_id`, `day` or both, within the stretch. `queue_ids` None: of all queues."""
    due = worked_out(pbx).due_in(stretch)
    if due is None:
        return Settling()
    zone = zone_of(pbx.timezone)
    if "day" in names:
        stretch = max(stretch[0], zone.begin(zone.day(due[0]))), min(stretch[1], due[1])
    within = Q(pbx=pbx, begins_at__gte=stretch[0], begins_at__lt=stretch[1])
    if queue_ids is not None:
        within &= Q(queue_id__in=list(queue_ids))
    is_due = Q(begins_at__gte=due[0], begins_at__lt=due[1])
    called = RollUp.objects.filter(within & is_due).order_by().values_list(*names).distinct()
    ready = ReadyTime.objects.filter(within).order_by()
    return Settling(
        due=frozenset(called),
        settled=frozenset(
            ready.annotate(day=TruncDate("begins_at", tzinfo=zone.zone)).values_list(*names).distinct()
        )
        | frozenset(RollUp.objects.filter(within & ~is_due).order_by().values_list(*names).distinct()),
    )
