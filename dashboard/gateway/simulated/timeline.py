"""Records by moment: added, found by time, and forgotten from the oldest end."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Generic, TypeVar

from dashboard.gateway.history import Remembered, Span

T = TypeVar("T", bound=Remembered)


class Timeline(Generic[T]):
    """At most `kept` records, in the order of their moments and, within one moment, of their numbers."""

    def __init__(self, *, kept: int) -> None:
        self._kept = kept
        self._moments: list[int] = []
        self._records: list[T] = []

    def __len__(self) -> int:
        return len(self._records)

    def add(self, moment_at: int, record: T) -> list[T]:
        """Put the record in its place; those that had to be forgotten for it."""
        place = len(self._moments)
        if place and moment_at <= self._moments[-1]:
            place = bisect_right(self._moments, moment_at)
            while place and self._moments[place - 1] == moment_at and self._is_after(place - 1, record):
                place -= 1
        self._moments.insert(place, moment_at)
        self._records.insert(place, record)
        return self._trim() if len(self._records) > self._kept else []

    def replace(self, moment_at: int, record: T) -> None:
        """Put the record in the place of the one of its moment and number, unless that is forgotten already."""
        place = bisect_left(self._moments, moment_at)
        while place < len(self._moments) and self._moments[place] == moment_at:
            if self._records[place].number == record.number:
                self._records[place] = record
                return
            place += 1

    def within(self, spans: Sequence[Span]) -> list[T]:
        """The records of these spans, which must not overlap."""
        found: list[T] = []
        for first_at, last_at in spans:
            start, end = bisect_left(self._moments, first_at), bisect_right(self._moments, last_at)
            found += self._records[start:end]
        return found

    def all(self) -> list[T]:
        """Every record."""
        return list(self._records)

    def _is_after(self, place: int, record: T) -> bool:
        return self._records[place].number > record.number

    def _trim(self) -> list[T]:
        """A tenth at once: to forget one costs as much as to forget many."""
        surplus = len(self._records) - self._kept + self._kept // 10
        forgotten = self._records[:surplus]
        del self._moments[:surplus], self._records[:surplus]
        return forgotten
