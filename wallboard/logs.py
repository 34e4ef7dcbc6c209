"""Keeps the secrets of webhook addresses out of everything that is logged, and outages from filling the log."""

from __future__ import annotations

import logging
import re
import time
from typing import Final

SELDOM_S: Final = 60.0

_SECRET: Final = re.compile(r"(/hooks/)[^/\s?#'\"]+")


def secrets_masked(text: str) -> str:
    return _SECRET.sub(r"\1…", text)


class Formatter(logging.Formatter):
    """Masks the finished text, so that servers and tracebacks which name an address are covered as well."""

    def format(self, record: logging.LogRecord) -> str:
        return secrets_masked(super().format(record))


class HookFilter(logging.Filter):
    """For Django's log of refused requests, which names the path: masks it before any handler, such as mail, sees it."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = secrets_masked(record.getMessage()), None
        return True


class SeldomFilter(logging.Filter):
    """For libraries that write the same error, with a traceback, each second of an outage: one line a minute of each kind."""

    def __init__(self) -> None:
        super().__init__()
        self._said_at: dict[str, float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        now, kind = time.monotonic(), str(record.msg)
        if now - self._said_at.get(kind, -SELDOM_S) < SELDOM_S:
            return False
        self._said_at[kind] = now
        record.msg, record.args = record.getMessage().strip().partition("\n")[0], None
        record.exc_info = record.exc_text = None
        return True
