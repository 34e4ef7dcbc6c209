"""Keeps the secrets of webhook addresses out of everything that is logged, by whomever."""

from __future__ import annotations

import logging
import re
from typing import Final

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
