"""Business hours: what people write, and whether a queue is open."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

import pytest

from dashboard.domain.kpi.hours import (
    Hours,
    HoursError,
    days_loaded,
    days_stored,
    spans_read,
    spans_text,
)

MONDAY: Final = date(2026, 11, 23)


def at(hour: int, minute: int = 0, *, day: date = MONDAY) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute)  # noqa: DTZ001  # local times of the call centre


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("8-18", "08:00-18:00"),
        ("13:30–17:45, 8-12", "08:00-12:00, 13:30-17:45"),
        ("0-24", "00:00-24:00"),
        ("", ""),
        (" , ", ""),
    ],
)
def test_hours_are_read_as_people_write_them(text: str, written: str) -> None:
    assert spans_text(spans_read(text)) == written


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("nine to five", "such as"),
        ("8-25", "ends at 24:00"),
        ("18-8", "must end after it begins"),
        ("8-12, 11-15", "overlap"),
        ("8:10-12", "full quarters"),
        ("8:75-12", "60 minutes"),
    ],
)
def test_hours_that_make_no_sense_are_refused_in_words(text: str, reason: str) -> None:
    with pytest.raises(HoursError, match=reason):
        spans_read(text)


def test_a_queue_is_open_from_the_first_minute_to_before_the_last() -> None:
    hours = Hours(days={"0": spans_read("8-12, 13-17")})
    opens = [hours.is_open(at(*moment)) for moment in ((7, 59), (8, 0), (12, 0), (13, 0), (16, 59), (17, 0))]
    assert opens == [False, True, False, True, True, False]
    assert not hours.is_open(at(9, day=date(2026, 11, 24))), "a day without hours is closed"


def test_holidays_have_hours_of_their_own() -> None:
    hours = Hours(days={"0": spans_read("8-17"), "holiday": spans_read("10-12")})
    assert not hours.is_open(at(9), is_holiday=True)
    assert hours.is_open(at(11), is_holiday=True)


def test_without_hours_a_queue_is_open_around_the_clock() -> None:
    assert Hours().is_open(at(3), is_holiday=True)
    assert Hours().is_plain


def test_before_the_days_start_it_still_is_yesterday() -> None:
    hours = Hours(day_start_min=6 * 60)
    assert hours.day_of(at(5, 59)) == date(2026, 11, 22)
    assert hours.day_of(at(6)) == MONDAY


def test_hours_come_back_from_the_database_as_they_were() -> None:
    days = {"0": spans_read("8-12, 13-17"), "6": (), "holiday": spans_read("10-24")}
    assert days_loaded(days_stored(days)) == {day: spans for day, spans in days.items() if spans}
    assert days_loaded({}) is None
