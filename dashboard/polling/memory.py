"""What a poller remembers from poll to poll. It is kept beside the live state, so that any worker can go on."""

from __future__ import annotations

import hashlib
import random
from typing import Final

import msgspec

from dashboard.domain.checks import Differing
from dashboard.domain.source import DataClock, EndpointError, EndpointSource, Source
from dashboard.pbx.errors import PbxError

EARLY_MS: Final = 300
"""An endpoint counts as due a little early, so that a beat that comes some milliseconds early does not skip it."""

BACK_OFF_CAP_MS: Final = 4_000
"""The longest wait after a failure; the beat adds up to a second."""


class EndpointMemory(msgspec.Struct, frozen=True, kw_only=True):
    """How it went with one endpoint. Times are our clock's, in milliseconds."""

    ok_at: int | None = None
    error: EndpointError | None = None
    failures: int = 0
    asked_at: int = 0
    due_at: int = 0
    clock: DataClock | None = None

    def succeeded(self, *, asked_at: int, ok_at: int, every_ms: int, pbx_at: int | None) -> EndpointMemory:
        clock = None
        if pbx_at is not None:
            known = self.clock or DataClock(pbx_at=pbx_at, moved_at=ok_at)
            clock = known.seen(pbx_at=pbx_at, at=ok_at)
        due_at = asked_at + every_ms - EARLY_MS
        return EndpointMemory(ok_at=ok_at, asked_at=asked_at, due_at=due_at, clock=clock)

    def failed(self, error: PbxError, *, asked_at: int, at: int, every_ms: int) -> EndpointMemory:
        """Doubling waits with jitter up to the cap, counted from when it was asked."""
        failures = self.failures + 1
        wait_ms = min(BACK_OFF_CAP_MS, 500 * 2 ** min(failures, 10)) * random.uniform(0.5, 1)  # noqa: S311
        since_at = self.error.since_at if self.error else at
        return EndpointMemory(
            ok_at=self.ok_at,
            error=EndpointError(code=error.code, text=error.sentence, since_at=since_at),
            failures=failures,
            asked_at=asked_at,
            due_at=asked_at + int(wait_ms),
            clock=self.clock,
        )


class Memory(msgspec.Struct, frozen=True, kw_only=True):
    """All endpoints, the skew that was told, and whether an outage has been logged.

    `pbx` marks whose memory it is (see `address_mark`); "" in one that no PBX has answered to yet.
    """

    pbx: str = ""
    endpoints: dict[str, EndpointMemory] = {}
    skew_ms: int = 0
    is_outage_logged: bool = False
    differing: dict[str, Differing] = {}

    def endpoint(self, name: str) -> EndpointMemory:
        return self.endpoints.get(name) or EndpointMemory()

    def due(self, names: list[str], *, at: int) -> list[str]:
        return [name for name in names if self.endpoint(name).due_at <= at]

    def source(self, intervals: dict[str, int], *, at: int) -> Source:
        """What is told with every tick."""
        known = {name: self.endpoint(name) for name in intervals}
        still = [
            since
            for row in known.values()
            if row.clock is not None
            and row.error is None
            and (since := row.clock.still_since_at(at=at)) is not None
        ]
        return Source(
            endpoints={
                name: EndpointSource(ok_at=row.ok_at, every_ms=intervals[name], error=row.error)
                for name, row in known.items()
            },
            skew_ms=self.skew_ms,
            still_since_at=min(still, default=None),
            checks=tuple(row.check for row in self.differing.values() if row.is_told),
        )


def address_mark(base_url: str) -> str:
    """Tells one PBX from another without naming its address."""
    return hashlib.sha256(base_url.encode()).hexdigest()[:16]


_memory_decoder: Final = msgspec.json.Decoder(Memory)


def memory_decode(data: bytes | None) -> Memory:
    """The stored memory; an empty one if there is none or another version wrote it."""
    try:
        return _memory_decoder.decode(data) if data else Memory()
    except msgspec.DecodeError:
        return Memory()
