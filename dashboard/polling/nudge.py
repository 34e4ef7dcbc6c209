"""Asks a worker to poll a PBX at once, without ever keeping the asker waiting."""

from __future__ import annotations

import logging
import threading
import time
from typing import Any, Final

import redis
from celery import current_app
from kombu.exceptions import OperationalError
from redis.backoff import NoBackoff
from redis.retry import Retry

from dashboard import conf

log = logging.getLogger(__name__)

APART_MS: Final = 200
"""Nudges of one PBX come at least so far apart; one that comes too early waits, and stands for all that come meanwhile."""

EXPIRES_S: Final = 1.0
PATIENCE_S: Final = 0.5


class Nudger:
    """One thread sends what was asked for. While Redis does not answer nudges are dropped: the beat polls anyway."""

    def __init__(self, redis_url: str) -> None:
        self.redis_url = redis_url
        self.client = redis.Redis.from_url(
            redis_url,
            socket_timeout=PATIENCE_S,
            socket_connect_timeout=PATIENCE_S,
            retry=Retry(NoBackoff(), 0),
        )
        self._condition = threading.Condition()
        self._due: dict[str, float] = {}
        self._is_redis_down = False
        threading.Thread(target=self._run, name="nudges", daemon=True).start()

    def nudge(self, slug: str) -> None:
        with self._condition:
            self._due.setdefault(slug, 0.0)
            self._condition.notify()

    def _run(self) -> None:
        while True:
            slug = self._next()
            wait_s = self._sent(slug)
            if wait_s:
                with self._condition:
                    self._due.setdefault(slug, time.monotonic() + wait_s)

    def _next(self) -> str:
        """The PBX whose nudge is due; waits until there is one."""
        with self._condition:
            while True:
                slug, at = min(self._due.items(), key=lambda row: row[1], default=("", None))
                if at is not None and at <= time.monotonic():
                    del self._due[slug]
                    return slug
                self._condition.wait(None if at is None else at - time.monotonic())

    def _sent(self, slug: str) -> float:
        """0 if it was sent or dropped, else the seconds until it may be."""
        try:
            wait_ms = self._milliseconds_to_wait(slug)
            if wait_ms == 0:
                current_app.send_task(
                    "dashboard.tasks.poll_pbx",
                    args=(slug,),
                    kwargs={"is_nudged": True},
                    expires=EXPIRES_S,
                    retry=False,
                )
        except (redis.RedisError, OperationalError) as exc:
            if not self._is_redis_down:
                log.error("Webhooks do not hasten the polls now, Redis does not answer: %s", exc)
            self._is_redis_down = True
            return 0.0
        if self._is_redis_down:
            log.info("Webhooks hasten the polls again")
            self._is_redis_down = False
        return wait_ms / 1000

    def _milliseconds_to_wait(self, slug: str) -> int:
        """0 if this process may send the nudge now. All processes share one key per PBX."""
        key = f"wallboard:nudged:{slug}"
        if self.client.set(key, b"1", nx=True, px=APART_MS):
            return 0
        left: Any = self.client.pttl(key)
        return max(int(left), 1)


_nudger: Nudger | None = None
_nudger_lock = threading.Lock()


def poll_nudge(slug: str) -> None:
    """Have the PBX polled soon. Returns at once, whatever Redis does."""
    global _nudger
    with _nudger_lock:
        if _nudger is None or _nudger.redis_url != conf.redis_url():
            _nudger = Nudger(conf.redis_url())
        nudger = _nudger
    nudger.nudge(slug)
