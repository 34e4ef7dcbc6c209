"""Stretches of time that do not overlap: what has been read, and the holes between."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TypeAlias

Stretch: TypeAlias = tuple[datetime, datetime]
"""From the first moment up to, but without, the second."""


def merged(stretches: Iterable[Stretch]) -> list[Stretch]:
    """The same time in as few stretches as possible, in order; those that only touch become one. Empty ones are dropped."""
    found: list[Stretch] = []
    for begins_at, ends_at in sorted(stretch for stretch in stretches if stretch[0] < stretch[1]):
        if found and begins_at <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], ends_at))
        else:
            found.append((begins_at, ends_at))
    return found


def holes(covered: Iterable[Stretch], *, within: Stretch) -> list[Stretch]:
    """What of `within` is not covered, in order."""
    found: list[Stretch] = []
    begins_at, ends_at = within
    for covered_from, covered_to in merged(covered):
        if covered_to <= begins_at or covered_from >= ends_at:
            continue
        if covered_from > begins_at:
            found.append((begins_at, covered_from))
        begins_at = max(begins_at, covered_to)
    if begins_at < ends_at:
        found.append((begins_at, ends_at))
    return found


def covered_s(covered: Iterable[Stretch], *, within: Stretch) -> float:
    """Seconds of `within` that are covered."""
    whole = (within[1] - within[0]).total_seconds()
    return whole - sum((end - begin).total_seconds() for begin, end in holes(covered, within=within))


def common(one: Iterable[Stretch], other: Iterable[Stretch]) -> Iterator[Stretch]:
    """The time that is in both; each side must be merged."""
    left, right = list(one), list(other)
    i = j = 0
    while i < len(left) and j < len(right):
        begins_at, ends_at = max(left[i][0], right[j][0]), min(left[i][1], right[j][1])
        if begins_at < ends_at:
            yield (begins_at, ends_at)
        if left[i][1] <= right[j][1]:
            i += 1
        else:
            j += 1
