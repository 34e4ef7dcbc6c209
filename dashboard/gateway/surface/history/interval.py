"""From `datetime_from` to `datetime_to`, which compare with the times as they are printed."""

from datetime import UTC, datetime

from dashboard.gateway.history import Span
from dashboard.gateway.surface import values
from dashboard.gateway.surface.asking import Ask
from dashboard.gateway.surface.times import FORM, PbxTime

STEP_MS = 3_600_000


def spans(ask: Ask) -> list[Span]:
    """The moments whose printed time lies in the interval asked for, both ends included, up to now.

    When the clock was put back the interval may be several spans: rows are found by the time they show.
    """
    values.moment(ask, "datetime_from")
    values.moment(ask, "datetime_to")
    first_s = _local_s(values.needed(ask, "datetime_from"))
    last_s = _local_s(values.needed(ask, "datetime_to"))
    found: list[Span] = []
    for start_at, end_at, offset_s in _steady(
        ask.time, since_at=ask.history.begins_at, until_at=ask.floor.at
    ):
        earliest_at = max(start_at, (first_s - offset_s) * 1000)
        latest_at = min(end_at, (last_s - offset_s) * 1000 + 999)
        if earliest_at <= latest_at:
            found.append((earliest_at, latest_at))
    return found


def _local_s(text: str) -> int:
    """The seconds of a time that is compared with others of its kind, never with a moment."""
    return round(datetime.strptime(text, FORM).replace(tzinfo=UTC).timestamp())


def _steady(time: PbxTime, *, since_at: int, until_at: int) -> list[tuple[int, int, int]]:
    """The stretches from one moment to the other during which the clock ran evenly, each with its offset."""
    looks = {since_at, *range(since_at, until_at + 1, STEP_MS)}
    looks |= {
        at for jump_at in time.jumps_at() for at in (jump_at - 1, jump_at) if since_at <= at <= until_at
    }
    stretches: list[tuple[int, int, int]] = []
    start_at, offset_s = since_at, time.offset_s(since_at)
    for look_at in sorted(looks):
        if time.offset_s(look_at) != offset_s:
            change_at = _change_at(time, before_at=start_at, after_at=look_at, offset_s=offset_s)
            stretches.append((start_at, change_at - 1, offset_s))
            start_at, offset_s = change_at, time.offset_s(look_at)
    return [*stretches, (start_at, until_at, offset_s)]


def _change_at(time: PbxTime, *, before_at: int, after_at: int, offset_s: int) -> int:
    """The first moment at which the offset is no longer this one."""
    while after_at - before_at > 1:
        middle_at = (before_at + after_at) // 2
        if time.offset_s(middle_at) == offset_s:
            before_at = middle_at
        else:
            after_at = middle_at
    return after_at
