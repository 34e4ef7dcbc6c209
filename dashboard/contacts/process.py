"""What the threads of one process share: the connection to Redis, and one to each CRM."""

from __future__ import annotations

import threading

from dashboard import conf
from dashboard.contacts.crm import AT_ONCE, Crm
from dashboard.contacts.recall import Recall


class Process:
    """Made when it is first needed, so never before a fork."""

    def __init__(self, redis_url: str) -> None:
        self.redis_url = redis_url
        self.recall = Recall(redis_url)
        self._lock = threading.Lock()
        self._crms: dict[str, Crm] = {}
        self._places = threading.BoundedSemaphore(AT_ONCE)

    def crm(self, url: str, *, stream: str) -> Crm:
        """The way to the stream's CRM; another one when its address was changed."""
        with self._lock:
            crm = self._crms.get(stream)
            if crm is None or crm.url != url:
                if crm is not None:
                    crm.close()
                crm = self._crms[stream] = Crm(url, stream=stream, places=self._places)
            return crm

    def close(self) -> None:
        with self._lock:
            for crm in self._crms.values():
                crm.close()
            self._crms.clear()
        self.recall.client.close()


_process: Process | None = None
_process_lock = threading.Lock()


def the_process() -> Process:
    global _process
    with _process_lock:
        if _process is None or _process.redis_url != conf.redis_url():
            _process = Process(conf.redis_url())
        return _process


def process_close() -> None:
    """Give all connections back; the next use makes new ones."""
    global _process
    with _process_lock:
        if _process is not None:
            _process.close()
        _process = None
