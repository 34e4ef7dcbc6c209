"""From the PBX's rows to the values of our own. Rows whose times cannot be are refused with the reason."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, Final

import msgspec

from dashboard.domain.terms import outcome_of
from dashboard.history.callers import Callers
from dashboard.history.zone import PbxZone, quarter_of, unix_time_of
from dashboard.models import AgentStay, CallAttempt, CallRecord
from dashboard.pbx.wire.calls import Attempt
from dashboard.pbx.wire.history import StatsCall, UserPause, UserQueue, UserSession

LONGEST_S: Final = 7 * 86_400
EARLIEST: Final = datetime(2000, 1, 1, tzinfo=UTC)
AHEAD: Final = timedelta(days=1)
ROUNDING_S: Final = 2
EXTRAS: Final = ("contact", "orig_pos", "position", "disconnection_cause", "pressed_key", "score", "note")

CALL_FIELDS: Final = (
    *(
        "row_number",
        "queue_id",
        "direction",
        "outcome",
        "cause",
        "entered_at",
        "interval_at",
        "day",
        "ended_at",
    ),
    *("wait_s", "ringing_s", "talk_s", "hold_s", "agent_id", "number", "caller_key", "did", "attempts"),
    *("is_provisional", "extras"),
)
"""What a row of StatsCalls decides; the rest is worked out from other rows."""
ATTEMPT_FIELDS: Final = ("call_id", "queue_id", "agent_id", "start_at", "end_at", "duration_s")
STAY_FIELDS: Final = ("agent_id", "subject_id", "start_at", "end_at")


class Impossible(ValueError):
    """A row that cannot have happened; the message says why."""


class Rules(msgspec.Struct, frozen=True, kw_only=True):
    """How rows of one PBX are to be read. `now_at` is the PBX's own time; numbers of days before `numbers_from` are not kept."""

    pbx_id: int
    zone: PbxZone
    callers: Callers
    waiting_includes_ringing: bool
    duration_includes_hold: bool
    now_at: datetime
    numbers_from: datetime | None


def call_record(row: StatsCall, *, rules: Rules, seen_at: datetime | None = None) -> CallRecord:
    """The record of a row of StatsCalls. `seen_at` is when the poller saw the call enter, if it did."""
    entered_at = _moment(row.call_time, rules=rules, call_id=row.call_id, seen_at=seen_at)
    wait_s, ringing_s = _seconds(row.waiting_time, "waiting_time"), _seconds(row.ringing_time, "ringing_time")
    hold_s, duration_s = _seconds(row.hold_time, "hold_time"), _seconds(row.duration, "duration")
    if not rules.waiting_includes_ringing:
        wait_s += ringing_s
    is_answered, cause = bool(row.answered), (row.disposition_cause or "")[:40]
    talk_s = _talk_s(duration_s, hold_s, rules=rules) if is_answered else 0
    number = rules.callers.number(row.clid)
    keeps_number = rules.numbers_from is None or entered_at >= rules.numbers_from
    extras = {name: value for name in EXTRAS if (value := getattr(row, name)) not in (None, "")}
    if not keeps_number:
        extras.pop("note", None)
    return CallRecord(
        pbx_id=rules.pbx_id,
        call_id=row.call_id,
        row_number=row.call or "",
        queue_id=row.queue or "",
        direction=row.direction or "",
        outcome=outcome_of(is_answered=is_answered, cause=cause).value,
        cause=cause,
        entered_at=entered_at,
        interval_at=quarter_of(entered_at),
        day=rules.zone.day(entered_at),
        ended_at=entered_at + timedelta(seconds=wait_s + talk_s + (hold_s if is_answered else 0)),
        wait_s=wait_s,
        ringing_s=ringing_s,
        talk_s=talk_s,
        hold_s=hold_s,
        agent_id=row.user or "",
        number=number if keeps_number else "",
        caller_key=rules.callers.key(number),
        did=(row.did or "")[:40],
        attempts=row.attempts,
        is_provisional=False,
        extras=extras or None,
    )


def attempt_record(row: Attempt, *, rules: Rules) -> CallAttempt:
    start_at = _moment(row.start_time, rules=rules, call_id=row.id_call or "")
    return CallAttempt(
        pbx_id=rules.pbx_id,
        attempt_id=row.id,
        call_id=row.id_call or "",
        queue_id=row.id_queue or "",
        agent_id=row.id_agent or "",
        start_at=start_at,
        end_at=_end(row.end_time, row.duration, start_at=start_at, rules=rules),
        duration_s=None if row.duration is None else _seconds(row.duration, "duration"),
    )


def stay_record(row: UserSession | UserQueue | UserPause, *, rules: Rules) -> AgentStay:
    """A stay that goes on has no end. A row without an agent is refused."""
    if not row.user:
        raise Impossible("The row names no agent.")
    start_at = _moment(row.start_time, rules=rules)
    kind, subject_id, row_key = AgentStay.Kind.SESSION, "", ""
    if isinstance(row, UserPause):
        kind, subject_id, row_key = AgentStay.Kind.PAUSE, row.pause or "", row.id
    elif isinstance(row, UserQueue):
        kind, subject_id = AgentStay.Kind.QUEUE, row.queue or ""
        row_key = f"{row.user}|{row.queue or ''}|{row.start_time}"
    else:
        row_key = row.id
    return AgentStay(
        pbx_id=rules.pbx_id,
        kind=kind,
        row_key=row_key[:80],
        agent_id=row.user,
        subject_id=subject_id,
        start_at=start_at,
        end_at=_end(row.end_time, row.duration, start_at=start_at, rules=rules) if row.end_time else None,
    )


def _moment(
    text: str | None, *, rules: Rules, call_id: str = "", seen_at: datetime | None = None
) -> datetime:
    if text is None:
        raise Impossible("The row has no time.")
    first = _local(text, rules=rules)
    hints = (seen_at.timestamp() if seen_at else None, unix_time_of(call_id, near=first))
    moment = _local(text, rules=rules, hints=hints) if any(hints) else first
    if moment < EARLIEST:
        raise Impossible(f"{text} lies before the year 2000.")
    if moment > rules.now_at + AHEAD:
        raise Impossible(f"{text} lies more than a day in the future.")
    return moment


def _local(text: str, *, rules: Rules, hints: tuple[float | None, ...] = ()) -> datetime:
    """Years 1 and 9999 have local times that are no moments."""
    try:
        return rules.zone.moment(text, hints=hints)
    except (ValueError, OverflowError) as exc:
        raise Impossible(f"{text} is no time that can be.") from exc


def _seconds(value: int | None, name: str) -> int:
    if value is None:
        return 0
    if not 0 <= value <= LONGEST_S:
        raise Impossible(f"{name} is {value} s.")
    return value


def _talk_s(duration_s: int, hold_s: int, *, rules: Rules) -> int:
    if not rules.duration_includes_hold:
        return duration_s
    if hold_s > duration_s + ROUNDING_S:
        raise Impossible(
            f"hold_time ({hold_s} s) is longer than duration ({duration_s} s), which includes it."
        )
    return max(0, duration_s - hold_s)


def _end(text: str | None, duration_s: int | None, *, start_at: datetime, rules: Rules) -> datetime | None:
    """The end as printed, read so that it fits the duration; refused if it lies before the start."""
    if text is None:
        return None
    near = start_at.timestamp() + (duration_s or 0)
    end_at = _local(text, rules=rules, hints=(near,))
    if end_at > rules.now_at + AHEAD:
        raise Impossible(f"Its end ({text}) lies more than a day in the future.")
    if end_at < start_at:
        raise Impossible(f"It ends ({text}) before it begins.")
    return end_at


def values_of(record: Any, fields: tuple[str, ...]) -> tuple[object, ...]:
    """What of a record is compared with what is stored."""
    return tuple(getattr(record, name) for name in fields)
