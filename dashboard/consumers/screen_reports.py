"""What a screen says of itself on its way to the database: not more often than every few seconds, and nothing of it lost."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from typing import Final

import msgspec
from django.db import DatabaseError

from dashboard.hub.protocol import Report

log = logging.getLogger(__name__)

EVERY_S: Final = 5.0


class ScreenReports:
    """Keeps the first report at once; of those that come too soon the last, with the last error that any of them told."""

    def __init__(self, keep: Callable[[Report], Awaitable[None]], *, every_s: float = EVERY_S) -> None:
        self._keep = keep
        self._every_s = every_s
        self._kept_at = float("-inf")
        self._waiting: Report | None = None
        self._is_failing = False
        self._keeping: asyncio.Task[None] | None = None

    async def __call__(self, report: Report) -> None:
        self._waiting = report if self._waiting is None else _later(self._waiting, report)
        if self._keeping is None or self._keeping.done():
            self._keeping = asyncio.create_task(self._keep_all(), name="reports")

    async def end(self) -> None:
        """The screen went away: keep what still waits, at once."""
        if self._keeping is not None:
            self._keeping.cancel()
            await asyncio.gather(self._keeping, return_exceptions=True)
        await self._keep_one()

    async def _keep_all(self) -> None:
        while self._waiting is not None:
            await asyncio.sleep(self._kept_at + self._every_s - time.monotonic())
            await self._keep_one()

    async def _keep_one(self) -> None:
        report, self._waiting = self._waiting, None
        if report is None:
            return
        self._kept_at = time.monotonic()
        try:
            await self._keep(report)
            self._is_failing = False
        except DatabaseError as exc:
            self._waiting = report if self._waiting is None else _later(report, self._waiting)
            if not self._is_failing:
                log.warning("What a screen says of itself could not be kept: %s", exc)
            self._is_failing = True


def _later(before: Report, report: Report) -> Report:
    """What is known after both: the screen tells an error once, and the rest each time."""
    return report if report.error else msgspec.structs.replace(report, error=before.error)
