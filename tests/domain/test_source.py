"""How fresh the data is: skew and data that stands still."""

from dashboard.domain.source import DataClock, skew_told


def test_skew_is_told_again_only_beyond_two_seconds() -> None:
    assert skew_told(told_ms=0, measured_ms=2000) == 0
    assert skew_told(told_ms=0, measured_ms=2001) == 2001
    assert skew_told(told_ms=2001, measured_ms=3500) == 2001
    assert skew_told(told_ms=2001, measured_ms=-3_600_000) == -3_600_000


def test_data_stands_still_when_its_clock_has_not_moved_for_ten_seconds() -> None:
    clock = DataClock(pbx_at=1_000, moved_at=50_000).seen(pbx_at=1_000, at=59_999)
    assert clock.still_since_at(at=59_999) is None
    assert clock.still_since_at(at=60_000) == 50_000


def test_data_that_moves_again_stands_still_no_more() -> None:
    clock = DataClock(pbx_at=1_000, moved_at=50_000).seen(pbx_at=2_000, at=70_000)
    assert clock.still_since_at(at=70_000) is None


def test_a_clock_that_is_set_back_moves_too() -> None:
    assert DataClock(pbx_at=9_000, moved_at=0).seen(pbx_at=1_000, at=70_000).still_since_at(at=71_000) is None
