"""How much of the ready time is known: figures take it from here, whoever asks.

Where the ready time has been worked out, a quarter of an hour without a row is one in which nobody was ready: 0. Elsewhere it is
not known. The last quarters of the present day are still to be worked out; until then they add nothing to a longer time.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from datetime import datetime, timedelta
from typing import Any, Final, Generic, TypeVar

import msgspec
from django.db.models import Q, Sum
from django.db.models.functions import TruncDate

from dashboard.domain.stretches import Stretch, holes, merged
from dashboard.history.ready import ACTION
from dashboard.history.zone import QUARTER, quarter_of, zone_of
from dashboard.models import Coverage, Pbx, ReadyTime, ReadyTotal, RollUp

KeyT = TypeVar("KeyT", bound=Hashable)
KeyOf = Callable[[tuple[Any, ...]], KeyT]

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
    rows = Coverage.objects.filter(pbx=pbx, action=ACTION).values_list("begins_at", "ends_at")
    return Worked(stretches=tuple(merged((quarter_of(begin), _whole(end)) for begin, end in rows)))


def _whole(ends_at: datetime) -> datetime:
    """The end of the quarter of an hour that has been begun."""
    begins_at = quarter_of(ends_at)
    return begins_at if begins_at == ends_at else begins_at + QUARTER


class ReadyBy(msgspec.Struct, Generic[KeyT], frozen=True, kw_only=True):
    """Ready seconds by whatever they were asked by. `unknown`: had calls at a time of which the ready time is not known."""

    sums: dict[KeyT, int]
    unknown: frozenset[KeyT]
    is_worked_out: bool

    def of(self, key: KeyT) -> int | None:
        return None if not self.is_worked_out or key in self.unknown else self.sums.get(key, 0)


def ready_by(
    pbx: Pbx,
    *,
    stretch: Stretch,
    queue_ids: Iterable[str] | None,
    is_total: bool,
    names: tuple[str, ...],
    key_of: KeyOf[KeyT],
) -> ReadyBy[KeyT]:
    """By the values of these columns of the roll-ups. `queue_ids` None: of all queues.

    `is_total`: the queues are all there are, so that sums over all of them do, unless it is asked by queue.
    """
    worked = worked_out(pbx)
    within = Q(pbx=pbx, begins_at__gte=stretch[0], begins_at__lt=stretch[1])
    queues = Q() if queue_ids is None else Q(queue_id__in=list(queue_ids))
    source = ReadyTotal.objects if is_total and "queue_id" not in names else ReadyTime.objects.filter(queues)
    day = TruncDate("begins_at", tzinfo=zone_of(pbx.timezone).zone)
    rows = source.filter(within).order_by().annotate(day=day).values(*names).annotate(sum_s=Sum("ready_s"))
    sums = {key_of(tuple(parts)): seconds for *parts, seconds in rows.values_list(*names, "sum_s")}
    gaps = worked.gaps(stretch) if worked.stretches else []  # without any the answer is unknown as it is
    unknown: frozenset[KeyT] = frozenset()
    if gaps:
        times = Q()
        for begin, end in gaps:
            times |= Q(begins_at__gte=begin, begins_at__lt=end)
        unknown = frozenset(
            map(key_of, RollUp.objects.filter(within & queues & times).values_list(*names).distinct())
        )
    return ReadyBy(sums=sums, unknown=unknown, is_worked_out=bool(worked.stretches))


def unsettled_queues(pbx: Pbx, *, stretch: Stretch) -> set[str]:
    """Queues with calls of which nothing within the stretch has been worked out yet: what is due would count as 0 for them."""
    due = worked_out(pbx).due_in(stretch)
    if due is None:
        return set()
    within = Q(pbx=pbx, begins_at__gte=stretch[0], begins_at__lt=stretch[1])
    is_due = Q(begins_at__gte=due[0], begins_at__lt=due[1])
    settled = {
        *ReadyTime.objects.filter(within).order_by().values_list("queue_id", flat=True).distinct(),
        *RollUp.objects.filter(within & ~is_due).order_by().values_list("queue_id", flat=True).distinct(),
    }
    called = RollUp.objects.filter(within & is_due).order_by().values_list("queue_id", flat=True).distinct()
    return set(called) - settled
