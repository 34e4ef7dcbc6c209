"""Tasks end, also those that miss that they are told so."""

from __future__ import annotations

import asyncio

from dashboard.hub.ending import tasks_end


async def deaf(misses: int) -> None:
    """Goes on for so many cancellations."""
    while True:
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            misses -= 1
            if misses < 0:
                raise


async def broken() -> None:
    try:
        await asyncio.sleep(60)
    finally:
        raise ConnectionError("closed meanwhile")


async def test_a_lost_cancellation_is_asked_again() -> None:
    tasks = [asyncio.create_task(deaf(misses)) for misses in (0, 1, 3)]
    tasks.append(asyncio.create_task(broken()))
    await asyncio.sleep(0)
    async with asyncio.timeout(10):
        await tasks_end(tasks, again_s=0.01)
    assert all(task.done() for task in tasks)


async def test_nothing_to_end_is_no_error() -> None:
    await tasks_end([])
