"""Which stretches of time have been read or worked out. Within the transaction that did it, in one's turn."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from django.utils import timezone

from dashboard.domain.stretches import Stretch, common, holes, merged
from dashboard.history.zone import QUARTER, quarter_of
from dashboard.models import Coverage, Pbx

READY: Final = "ready"
"""Under this name the coverage keeps for what the ready time has been worked out."""
READY_AGAIN: Final = "ready, again"
"""Of that, what has changed since. Until it has been worked out again, figures have what is known."""
AGAIN: Final = timedelta(hours=4)
"""So far back rows still come in, and the ready time is worked out each time; what is older, where it changed."""


def coverage_of(pbx: Pbx, action: str) -> list[Stretch]:
    """In order."""
    return merged(Coverage.objects.filter(pbx=pbx, action=action).values_list("begins_at", "ends_at"))


def coverage_add(pbx: Pbx, *, action: str, stretch: Stretch) -> None:
    """Note that this has been read."""
    if stretch[0] >= stretch[1]:
        return
    near = Coverage.objects.filter(pbx=pbx, action=action, begins_at__lte=stretch[1], ends_at__gte=stretch[0])
    begins_at, ends_at = merged([stretch, *near.values_list("begins_at", "ends_at")])[0]
    near.delete()
    Coverage.objects.create(pbx=pbx, action=action, begins_at=begins_at, ends_at=ends_at)


def coverage_cut(pbx: Pbx, *, action: str, stretch: Stretch) -> None:
    """Note that of this nothing is noted any more."""
    near = Coverage.objects.filter(pbx=pbx, action=action, begins_at__lt=stretch[1], ends_at__gt=stretch[0])
    left = [hole for row in near for hole in holes([stretch], within=(row.begins_at, row.ends_at))]
    near.delete()
    Coverage.objects.bulk_create(
        Coverage(pbx=pbx, action=action, begins_at=begins_at, ends_at=ends_at) for begins_at, ends_at in left
    )


def ready_again(pbx: Pbx, pieces: Iterable[tuple[datetime, datetime | None]]) -> None:
    """Have the ready time of these worked out again, as far as it was; None: until now.

    What is recent is worked out each time anyway.
    """
    done = coverage_of(pbx, READY)
    if not done:
        return
    old = common(done, [(done[0][0], timezone.now() - AGAIN / 2)])
    last = done[-1][1]
    wide = merged((quarter_of(begin), quarter_of(end or last) + QUARTER) for begin, end in pieces)
    for stretch in common(old, wide):
        coverage_add(pbx, action=READY_AGAIN, stretch=stretch)
