"""Signs of life of the workers: who takes tasks from which queue, and how many wait there."""

from __future__ import annotations

import time
from typing import Any, Final

import msgspec
import redis

QUEUES: Final = ("live", "slow")
_KEY: Final = "wallboard:pulse"


class Pulse(msgspec.Struct, frozen=True, kw_only=True):
    """Of one queue: seconds since a worker last took something from it, None if never; and how many tasks wait."""

    age_s: float | None
    waiting: int


def pulse_mark(client: redis.Redis, *, queue: str) -> None:
    """A worker took a task from this queue just now."""
    client.hset(_KEY, queue, str(int(time.time() * 1000)))


def pulse_of(client: redis.Redis, *, queue: str) -> Pulse:
    """Raises `redis.RedisError`."""
    marked: Any = client.hget(_KEY, queue)
    waiting: Any = client.llen(queue)  # Celery keeps each queue as a list of its name
    age_s = None if marked is None else max(0.0, time.time() - int(marked) / 1000)
    return Pulse(age_s=age_s, waiting=int(waiting))
