"""Polls a PBX once, if nobody else does."""

from __future__ import annotations

import logging
import secrets
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeVar

import msgspec
import redis

from dashboard import conf
from dashboard.connection import client_of
from dashboard.hub.store import Standing, Store, connect
from dashboard.models import Pbx
from dashboard.pbx.client import Answer, PbxClient
from dashboard.pbx.errors import PbxError
from dashboard.pbx.request import Request
from dashboard.polling.endpoints import intervals_of
from dashboard.polling.fetch import LeaseLost
from dashboard.polling.memory import address_mark
from dashboard.polling.poller import Poller, Settings
from dashboard.polling.providers import NO_PROVIDERS, Providers

log = logging.getLogger(__name__)

ProvidersOf = Callable[[Pbx], Providers]
"""What the live state of a PBX holds beside its answers."""


def no_providers(_pbx: Pbx) -> Providers:
    return NO_PROVIDERS


T = TypeVar("T")

WAIT_AT_MOST_MS: Final = 2_000
"""A lease that ends soon is waited for, so that polling goes on at once when its holder died. Two beats' tasks wait, since one may
have gone to a worker that is only starting. The lease of a holder that lives never comes so near to its end."""

FETCH_THREADS: Final = 24


class _Configuration(msgspec.Struct, frozen=True):
    """All of a PBX's settings that its poller is built from; another poller is built when one of them changes."""

    settings: Settings
    base_url: str
    token: str
    token_in: str
    ca_file: str


class PbxMisconfigured(PbxError):
    """Our own settings of the PBX cannot be used."""

    code = "settings"


class _NoClient:
    """Stands for a PBX whose settings cannot be used: every endpoint fails with the reason, so that boards show it."""

    def __init__(self, reason: str) -> None:
        self._reason = reason

    def fetch(self, request: Request[T]) -> Answer[T]:
        raise PbxMisconfigured(request.action, self._reason)

    def close(self) -> None:
        """Nothing is open."""


class _Process:
    """What the threads of one worker process share. Made at the first poll, so never before a fork."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.redis = connect(conf.redis_url())
        self.pool = ThreadPoolExecutor(FETCH_THREADS, thread_name_prefix="fetch")
        self.pollers: dict[str, tuple[_Configuration, Poller]] = {}
        self._retired: list[Poller] = []
        self.is_redis_down = False

    def poller(self, pbx: Pbx) -> Poller:
        """The poller with exactly this PBX's settings."""
        wanted = _configuration(pbx)
        with self.lock:
            kept = self.pollers.get(pbx.slug)
            if kept is not None and kept[0] == wanted:
                return kept[1]
            store = Store(self.redis, stream=pbx.slug)
            poller = Poller(wanted.settings, client=_client(pbx), store=store, pool=self.pool, clock=_now_ms)
            self.pollers[pbx.slug] = (wanted, poller)
            if kept is not None:
                self._retired.append(kept[1])
            return poller

    def retired_close(self, *, stream: str) -> None:
        """Close the connections of pollers that were replaced. Only for the holder of the stream's lease: nobody uses them now."""
        with self.lock:
            gone = [poller for poller in self._retired if poller.settings.stream == stream]
            self._retired = [poller for poller in self._retired if poller not in gone]
        for poller in gone:
            poller.client.close()


_process: _Process | None = None
_process_lock = threading.Lock()


def _now_ms() -> int:
    return int(time.time() * 1000)


def _the_process() -> _Process:
    global _process
    with _process_lock:
        if _process is None:
            _process = _Process()
        return _process


def _client(pbx: Pbx) -> PbxClient | _NoClient:
    try:
        return client_of(pbx)
    except (ValueError, OSError) as exc:
        return _NoClient(str(exc))


def _configuration(pbx: Pbx) -> _Configuration:
    settings = Settings(
        stream=pbx.slug,
        timezone=pbx.timezone,
        deadline_s=pbx.deadline_s,
        intervals=intervals_of(pbx.every_s),
        build=conf.build(),
        pbx=address_mark(pbx.base_url),
    )
    return _Configuration(settings, pbx.base_url, pbx.token, pbx.token_in, pbx.ca_file)


def poll_once(*, slug: str, is_nudged: bool = False, providers_of: ProvidersOf = no_providers) -> bool:
    """Poll the PBX unless somebody else does just now; then at least a tick goes out. True if this call polled.

    `is_nudged` asks for the fastest endpoints even if they are not due, and whoever polls now to do it once more, since
    something is known to have changed. What `providers_of` gives may raise `redis.RedisError`. An outage of Redis
    is logged once at its start and once at its end.
    """
    process = _the_process()
    pbx = Pbx.objects.filter(slug=slug, is_enabled=True).first()
    if pbx is None:
        return False
    poller = process.poller(pbx)
    token = secrets.token_hex(8)
    try:
        standing = _lease(poller, token, is_nudged=is_nudged)
        if standing is not None:
            process.retired_close(stream=slug)
        has_polled = standing is not None and _poll_while_asked(
            poller,
            standing,
            token,
            is_nudged=is_nudged,
            providers=providers_of(pbx),
        )
    except redis.RedisError as exc:
        if not process.is_redis_down:
            log.error("Redis does not answer: %s", exc)
        process.is_redis_down = True
        return False
    if process.is_redis_down:
        log.info("Redis answers again")
        process.is_redis_down = False
    return has_polled


def _lease(poller: Poller, token: str, *, is_nudged: bool) -> Standing | None:
    taken = poller.store.lease_acquire(token)
    if isinstance(taken, Standing):
        return taken
    if is_nudged:
        poller.store.nudge()
    poller.publisher.tick(at=_now_ms(), build=poller.settings.build)
    if not 0 <= taken < WAIT_AT_MOST_MS:
        return None
    time.sleep((taken + 5) / 1000)
    taken = poller.store.lease_acquire(token)
    return taken if isinstance(taken, Standing) else None


def _poll_while_asked(
    poller: Poller, standing: Standing, token: str, *, is_nudged: bool, providers: Providers
) -> bool:
    """Poll, and again as long as nudges come meanwhile. The lease is given back whatever happens."""
    after: Standing | None = None
    is_kept = True
    try:
        after = poller.poll(standing, token=token, is_nudged=is_nudged, providers=providers)
        is_kept = poller.store.lease_release(token)
        while is_kept and after is not None:
            after = poller.poll(after, token=token, is_nudged=True, providers=providers)
            is_kept = poller.store.lease_release(token)
    except LeaseLost:
        log.warning("%s: the lease was lost while fetching; another worker polls", poller.settings.stream)
        return False
    finally:
        if is_kept:
            poller.store.lease_drop(token)
    return after is not None
