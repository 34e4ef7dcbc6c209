"""Reports of a screen: seldom written, and none of what they say is lost."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from django.db import OperationalError

from dashboard.consumers.screen_reports import ScreenReports
from dashboard.hub.protocol import Report

WITHIN_S = 30.0
NEVER_S = 3600.0


class Kept:
    """What was written."""

    def __init__(self) -> None:
        self.reports: list[Report] = []
        self.is_away = False
        self.asked = 0

    async def __call__(self, report: Report) -> None:
        self.asked += 1
        if self.is_away:
            raise OperationalError("database is locked")
        self.reports.append(report)

    @property
    def told(self) -> list[tuple[int, str, str]]:
        return [(report.width, report.sound, report.error) for report in self.reports]


def report(width: int, *, sound: str = "", error: str = "") -> Report:
    return Report(width=width, height=1080, sound=sound, error=error)


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(WITHIN_S):
        while not holds():
            await asyncio.sleep(0.01)


async def test_the_first_report_is_kept_at_once_and_the_next_waits() -> None:
    kept = Kept()
    reports = ScreenReports(kept, every_s=NEVER_S)
    await reports(report(1920, sound="blocked"))
    await until(lambda: kept.told == [(1920, "blocked", "")])
    await reports(report(1280))
    await asyncio.sleep(0)
    assert len(kept.reports) == 1
    await reports.end()


async def test_the_last_of_several_is_kept_afterwards_with_the_last_error() -> None:
    kept = Kept()
    reports = ScreenReports(kept, every_s=0.2)
    await reports(report(1920, sound="blocked"))
    await until(lambda: len(kept.reports) == 1)
    await reports(report(1920, sound="blocked", error="no such widget"))
    await reports(report(1280, sound="allowed"))
    await until(lambda: len(kept.reports) == 2)
    assert kept.told == [(1920, "blocked", ""), (1280, "allowed", "no such widget")]
    await reports.end()


async def test_what_waits_when_the_screen_goes_away_is_kept() -> None:
    kept = Kept()
    reports = ScreenReports(kept, every_s=NEVER_S)
    await reports(report(1920))
    await until(lambda: len(kept.reports) == 1)
    await reports(report(1280, error="gone"))
    await reports.end()
    assert kept.told == [(1920, "", ""), (1280, "", "gone")]


async def test_a_report_waits_for_a_database_that_is_away() -> None:
    kept = Kept()
    kept.is_away = True
    reports = ScreenReports(kept, every_s=0.01)
    await reports(report(1920, error="no such widget"))
    await until(lambda: kept.asked > 1)
    await reports(report(1280))
    kept.is_away = False
    await until(lambda: kept.told == [(1280, "", "no such widget")])
    await reports.end()
