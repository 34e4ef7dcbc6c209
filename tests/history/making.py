"""Calls made up for tests, and their figures counted one by one, in Python."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from datetime import UTC, datetime, timedelta

from dashboard.domain.rows import FigureRow
from dashboard.domain.terms import term_of
from dashboard.domain.thresholds import ThresholdsOf
from dashboard.history.zone import quarter_of, zone_of
from dashboard.models import CallRecord, Pbx

PRAGUE = zone_of("Europe/Prague")


def call_made(
    pbx: Pbx,
    call_id: str,
    entered_at: datetime,
    *,
    queue_id: str = "1",
    outcome: str = "answered",
    direction: str = "in",
    wait_s: int = 10,
    talk_s: int = 60,
    hold_s: int = 0,
    agent_id: str = "",
    number: str = "",
    caller_key: int | None = None,
    is_provisional: bool = False,
) -> CallRecord:
    """Not saved."""
    entered_at = entered_at.astimezone(UTC)
    is_answered = outcome == "answered"
    talk_s, hold_s = (talk_s, hold_s) if is_answered else (0, 0)
    return CallRecord(
        pbx=pbx,
        call_id=call_id,
        queue_id=queue_id,
        direction=direction,
        outcome=outcome,
        entered_at=entered_at,
        interval_at=quarter_of(entered_at),
        day=PRAGUE.day(entered_at),
        ended_at=entered_at + timedelta(seconds=wait_s + talk_s + hold_s),
        wait_s=wait_s,
        ringing_s=min(wait_s, 5),
        talk_s=talk_s,
        hold_s=hold_s,
        agent_id=agent_id,
        number=number,
        caller_key=caller_key,
        is_provisional=is_provisional,
    )


def counted(
    calls: Iterable[CallRecord], key_of: Callable[[CallRecord], Hashable], *, thresholds: ThresholdsOf
) -> dict[Hashable, FigureRow]:
    """The figures by key, straight from the definition of the terms; without ready time."""
    groups: dict[Hashable, list[CallRecord]] = defaultdict(list)
    for call in calls:
        groups[key_of(call)].append(call)
    return {key: _figure(own, thresholds) for key, own in groups.items()}


def _figure(calls: list[CallRecord], thresholds: ThresholdsOf) -> FigureRow:
    inbound = [call for call in calls if call.direction == "in"]
    terms = [
        term_of(
            outcome=call.outcome,
            direction=call.direction,
            wait_s=call.wait_s,
            thresholds=thresholds(call.queue_id, call.day),
        )
        for call in inbound
    ]
    names = (
        *("answered_in", "answered_late", "abandoned_short", "abandoned_in", "abandoned_late"),
        "flowed_out",
    )
    outbound = [call for call in calls if call.direction == "out"]
    return FigureRow(
        **{name: terms.count(name) for name in names},
        wait_answered_s=sum(call.wait_s for call in inbound if call.outcome == "answered"),
        wait_all_s=sum(call.wait_s for call in inbound),
        longest_wait_s=max((call.wait_s for call in inbound), default=None),
        talk_s=sum(call.talk_s or 0 for call in inbound),
        hold_s=sum(call.hold_s or 0 for call in inbound),
        acw_s=sum(call.acw_s or 0 for call in inbound),
        ready_s=None,
        numbered=sum(call.caller_key is not None for call in inbound),
        repeats=sum(call.is_repeated for call in inbound),
        outbound=len(outbound),
        outbound_answered=sum(call.outcome == "answered" for call in outbound),
        expected_more=None,
        provisional=sum(call.is_provisional for call in calls),
        running=sum(call.outcome == "answered" and call.talk_s is None for call in inbound),
    )


def repeats_counted(calls: list[CallRecord]) -> None:
    """Set `is_repeated` by comparing every call with every other."""
    for call in calls:
        call.is_repeated = call.caller_key is not None and any(
            other is not call
            and (other.caller_key, other.queue_id, other.direction) == (call.caller_key, call.queue_id, "in")
            and call.direction == "in"
            and (other.entered_at, other.call_id) > (call.entered_at, call.call_id)
            and other.entered_at - call.entered_at <= timedelta(days=7)
            for other in calls
        )
