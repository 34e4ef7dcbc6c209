"""Local times become moments, right across both clock changes and free of jitter."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.domain.moments import Clock, LocalTimes, pbx_clock

PRAGUE = ZoneInfo("Europe/Prague")


def ms(*parts: int) -> int:
    return int(datetime(*parts, tzinfo=UTC).timestamp() * 1000)


def printed(moment_ms: int) -> str:
    """As the PBX prints it: local, whole seconds, no zone."""
    return datetime.fromtimestamp(moment_ms // 1000, PRAGUE).strftime("%Y-%m-%d %H:%M:%S")


@pytest.fixture
def times() -> LocalTimes:
    return LocalTimes("Europe/Prague")


# 25 October 2026: at 03:00 summer time the clocks go back to 02:00. 29 March 2026: 02:00 becomes 03:00.
AROUND_THE_CHANGES = st.sampled_from([ms(2026, 10, 25, 1), ms(2026, 3, 29, 1), ms(2026, 7, 1)]).flatmap(
    lambda middle: st.integers(middle - 3 * 3_600_000, middle + 3 * 3_600_000)
)


@given(now=AROUND_THE_CHANGES, age_s=st.integers(0, 4 * 3600), skew=st.integers(-90_000, 90_000))
def test_a_moment_is_found_again_from_what_the_pbx_prints(now: int, age_s: int, skew: int) -> None:
    now -= now % 1000
    then = now - age_s * 1000
    times = LocalTimes("Europe/Prague")
    clock = pbx_clock([(printed(then), age_s)], times=times, about_at=now - skew)
    assert clock.now_at == now
    assert clock.moment((printed(then), age_s), times=times) == then


@given(now=AROUND_THE_CHANGES, age_s=st.integers(0, 3500))
def test_a_time_without_relative_seconds_is_the_last_one_that_is_not_in_the_future(
    now: int, age_s: int
) -> None:
    now -= now % 1000
    then = now - age_s * 1000
    assert Clock(now).moment((printed(then), None), times=LocalTimes("Europe/Prague")) == then


def test_the_moment_does_not_move_while_the_relative_seconds_run_unevenly(times: LocalTimes) -> None:
    text, start = "2026-11-23 10:00:00", ms(2026, 11, 23, 9)
    for now_s, relative_s in [(10, 10), (11, 10), (12, 13), (13, 12)]:
        assert Clock(start + now_s * 1000).moment((text, relative_s), times=times) == start


def test_an_absolute_time_that_contradicts_the_relative_one_is_not_believed(times: LocalTimes) -> None:
    now = ms(2026, 11, 23, 9, 10)
    assert Clock(now).moment(("2026-11-23 08:00:00", 60), times=times) == now - 60_000


def test_a_moment_reckoned_from_relative_seconds_is_kept_within_the_tolerance(times: LocalTimes) -> None:
    now = ms(2026, 11, 23, 9, 10)
    first = Clock(now).moment(("2026-11-23 08:00:00", 60), times=times)
    assert Clock(now + 1000).moment(("2026-11-23 08:00:00", 60), times=times, before=first) == first


def test_the_clock_is_the_median_so_one_wrong_row_does_not_move_it(times: LocalTimes) -> None:
    now = ms(2026, 11, 23, 9, 10)
    rows = [(printed(now - 1000 * age), age) for age in (5, 70, 400)] + [("2026-11-23 03:00:00", 1)]
    assert pbx_clock(rows, times=times, about_at=now).now_at == now


@pytest.mark.parametrize("text", ["", "yesterday", "2026-13-01 00:00:00", "2026-11-23 10:00:00+01:00"])
def test_what_is_no_local_time_is_unknown(times: LocalTimes, text: str) -> None:
    assert Clock(ms(2026, 11, 23)).moment((text, 5), times=times) is None
    assert pbx_clock([(text, 5)], times=times, about_at=0).now_at is None


def test_without_rows_the_clock_is_unknown(times: LocalTimes) -> None:
    assert pbx_clock([], times=times, about_at=0) == Clock(None)
