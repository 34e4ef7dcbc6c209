"""One worker at a time reads a PBX's history, and by which clock. Losing a turn does no harm: everything may run twice."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Final

import redis
from django.utils import timezone
from redis.exceptions import LockError

from dashboard import conf
from dashboard.hub.store import connect, source_of
from dashboard.models import Pbx

TURN_S: Final = 300


@contextmanager
def turn(pbx: Pbx, kind: str) -> Iterator[bool]:
    """Whether this kind of reading may go on here: nobody else is at it. Raises `redis.RedisError`."""
    client = connect(conf.redis_url())
    lock = client.lock(f"wallboard:history:{{{pbx.slug}}}:turn:{kind}", timeout=TURN_S)
    is_ours = bool(lock.acquire(blocking=False))
    try:
        yield is_ours
    finally:
        if is_ours:
            _released(lock)
        client.close()


def _released(lock: redis.lock.Lock) -> None:
    try:
        lock.release()
    except LockError:
        """It ended by itself: the reading took longer than a turn lasts."""


def pbx_now(pbx: Pbx) -> datetime:
    """The PBX's own time, as far as the poller knows how far its clock is from ours. Raises `redis.RedisError`."""
    client = connect(conf.redis_url())
    try:
        source = source_of(client, stream=pbx.slug)
    finally:
        client.close()
    return timezone.now() + timedelta(milliseconds=source.skew_ms if source else 0)
