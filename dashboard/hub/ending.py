"""Ending tasks for certain."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import Any, Final

AGAIN_S: Final = 0.5


async def tasks_end(tasks: Iterable[asyncio.Task[Any]], *, again_s: float = AGAIN_S) -> None:
    """Cancel them and wait for their end; their errors are not told.

    A cancellation can be lost: `asyncio.wait_for` of Python 3.11 returns a result that comes at the same moment, and libraries
    turn it into the error of a connection that they close meanwhile. So it is asked again until it is heard.
    """
    pending = set(tasks)
    while pending:
        for task in pending:
            task.cancel()
        ended, pending = await asyncio.wait(pending, timeout=again_s)
        for task in ended:
            if not task.cancelled():
                task.exception()  # else asyncio complains that nobody asked
