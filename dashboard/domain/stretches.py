"""Stretches of time that do not overlap: what has been read, and the holes between."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from datetime import datetime
from itertools import pairwise
from typing import TypeAlias, TypeVar

Stretch: TypeAlias = tuple[datetime, datetime]
"""From the first moment up to, but without, the second."""

Key = TypeVar("Key", bound=Hashable)


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


def shared(stretches: Mapping[Key, Iterable[Stretch]]) -> Iterator[tuple[Stretch, tuple[Key, ...]]]:
    """The time that any of them covers, in order, cut wherever one begins or ends; each piece with all that cover it."""
    edges: dict[datetime, list[tuple[Key, int]]] = defaultdict(list)
    for key, own in stretches.items():
        for begins_at, ends_at in own:
            edges[begins_at].append((key, 1))
            edges[ends_at].append((key, -1))
    depth: Counter[Key] = Counter()
    moments = sorted(edges)
    for moment, following in pairwise(moments):
        for key, step in edges[moment]:
            depth[key] += step
        if covering := tuple(key for key in stretches if depth[key]):
            yield (moment, following), covering
