"""How fresh the live state is: per polled endpoint, when it last answered and what is wrong with it. All times are our clock's."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from dashboard.domain.checks import Check

SKEW_STEP_MS = 2_000
"""The PBX's clock may wander this far from the skew we told before we tell another."""

STILL_AFTER_MS = 10_000
"""Data whose own clock does not advance for this long stands still."""


class EndpointError(msgspec.Struct, frozen=True, kw_only=True):
    """Why an endpoint does not answer: a code for programs, a sentence for people, and since when."""

    code: str
    text: str
    since_at: int


class EndpointSource(msgspec.Struct, frozen=True, kw_only=True):
    """`ok_at` is None if the endpoint never answered; `every_ms` how often it is asked."""

    ok_at: int | None
    every_ms: int
    error: EndpointError | None = None


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """Sent with every snapshot and tick. `skew_ms` is PBX clock minus our clock."""

    endpoints: dict[str, EndpointSource]
    skew_ms: int
    still_since_at: int | None
    checks: tuple[Check, ...] = ()
    """Totals that differ from the PBX's own; boards say so."""


STALE_MS = 15_000
STALE_POLLS = 3
"""After so long, or so many polls, without an answer nothing is known of the present; `static/js/freshness.js` has the same."""


def is_stale(source: Source | None, endpoints: Iterable[str], *, now_at: int) -> bool:
    """Whether what rests on these endpoints can no longer be taken for the present. `now_at` is our clock's, in ms."""
    if source is None or source.still_since_at is not None:
        return True
    return any(_is_old(source.endpoints.get(name), now_at=now_at) for name in endpoints)


def _is_old(endpoint: EndpointSource | None, *, now_at: int) -> bool:
    if endpoint is None or endpoint.ok_at is None:
        return True
    return now_at - endpoint.ok_at > max(STALE_MS, STALE_POLLS * endpoint.every_ms)


def skew_told(*, told_ms: int, measured_ms: int) -> int:
    """The skew to tell: the old one until the measured one is more than 2 s away from it.

    A PBX prints whole seconds, so what is measured wanders by a second; a skew within 2 s of zero is told as zero.
    """
    if abs(measured_ms - told_ms) <= SKEW_STEP_MS:
        return told_ms
    return 0 if abs(measured_ms) <= SKEW_STEP_MS else measured_ms


class DataClock(msgspec.Struct, frozen=True, kw_only=True):
    """The PBX's own time as an endpoint's rows tell it (absolute + relative), and when (our clock) it last moved."""

    pbx_at: int
    moved_at: int

    def seen(self, *, pbx_at: int, at: int) -> DataClock:
        """The clock after an answer that was received at `at`."""
        return self if pbx_at == self.pbx_at else DataClock(pbx_at=pbx_at, moved_at=at)

    def still_since_at(self, *, at: int) -> int | None:
        """Since when the data stands still; None as long as it moves."""
        return self.moved_at if at - self.moved_at >= STILL_AFTER_MS else None
