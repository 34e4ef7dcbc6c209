"""Asks several endpoints of one PBX side by side, under a total deadline."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Any, Final, Protocol

import msgspec

from dashboard.pbx.client import Answer
from dashboard.pbx.errors import PbxError, PbxTimeout
from dashboard.pbx.request import Request
from dashboard.polling.endpoints import ENDPOINTS

RENEW_S: Final = 0.5
GRACE_S: Final = 0.5
"""The client keeps the deadline itself; what is not back this much later is given up."""


class Asker(Protocol):
    """What is asked of a PBX's client here."""

    def fetch(self, request: Request[Any]) -> Answer[Any]: ...

    def close(self) -> None: ...


class LeaseLost(Exception):
    """Another worker polls this PBX now; nothing that was fetched may be written."""


class Outcome(msgspec.Struct, frozen=True):
    """An endpoint's decoded answer, or why there is none. Our clock, in milliseconds."""

    value: Any
    error: PbxError | None
    asked_at: int
    received_at: int


def fetch(
    names: Iterable[str],
    *,
    client: Asker,
    pool: ThreadPoolExecutor,
    deadline_s: float,
    clock: Callable[[], int],
    still_fetching: Callable[[], bool],
) -> dict[str, Outcome]:
    """Ask all at once; every endpoint gets an outcome.

    While answers are missing, `still_fetching` is called every `RENEW_S`; where it says no, `LeaseLost` is raised.
    """
    asked_at = clock()
    until = time.monotonic() + deadline_s + GRACE_S
    futures = {pool.submit(_ask, client, name, deadline_s, clock): name for name in names}
    pending = set(futures)
    while pending and (left := until - time.monotonic()) > 0:
        _, pending = wait(pending, timeout=min(RENEW_S, left))
        if pending and not still_fetching():
            raise LeaseLost
    return {name: _outcome(future, name, asked_at, deadline_s, clock) for future, name in futures.items()}


def _ask(client: Asker, name: str, deadline_s: float, clock: Callable[[], int]) -> Outcome:
    asked_at = clock()
    try:
        answer = client.fetch(ENDPOINTS[name].request(deadline_s=deadline_s))
    except PbxError as exc:
        return Outcome(None, exc, asked_at, clock())
    return Outcome(answer.value, None, asked_at, clock())


def _outcome(
    future: Future[Outcome], name: str, asked_at: int, deadline_s: float, clock: Callable[[], int]
) -> Outcome:
    if future.done():
        return future.result()
    future.cancel()
    return Outcome(None, PbxTimeout(name, limit_s=deadline_s), asked_at, clock())
