"""StatsCalls, GetAttempts and StatsCallsRepeated."""

from collections.abc import Iterable
from typing import Any

from dashboard.gateway.history import AttemptRecord, CallRecord
from dashboard.gateway.surface import values
from dashboard.gateway.surface.asking import Ask, Result, flag, id_text
from dashboard.gateway.surface.history.interval import spans
from dashboard.gateway.surface.history.paging import limit_check, page
from dashboard.gateway.surface.history.words import cause, durations


def calls(ask: Ask) -> Result:
    """StatsCalls: newest first; a call is listed once it is over."""
    found = _calls(ask)
    limit_check(ask, matched=len(found))
    return {
        "data": [_call(ask, call) for call in page(ask, found, is_newest_first=True)],
        "total": str(len(found)),
    }


def attempts(ask: Ask) -> Result:
    """GetAttempts: every ringing at an agent that is over; the newest calls first, and of a call the newest attempt."""
    found = _attempts(ask)
    limit_check(ask, matched=len(found))
    return {
        "data": [_attempt(ask, attempt) for attempt in page(ask, found, is_newest_first=True)],
        "total": str(len(found)),
    }


def repeated(ask: Ask) -> Result:
    """StatsCallsRepeated: the calls of StatsCalls by number, the most frequent first."""
    by_number: dict[str, list[CallRecord]] = {}
    for call in _calls(ask):
        by_number.setdefault(call.caller, []).append(call)
    more_than = values.number(ask, "count") or 0
    rows = [_number(ask, clid, group) for clid, group in by_number.items() if len(group) > more_than]
    return sorted(rows, key=lambda row: (-row["call_total"], row["clid"]))


def _calls(ask: Ask) -> list[CallRecord]:
    """The calls that match, oldest first. Calls outside the call centre are no concern of its statistics."""
    now_at, queues, users = ask.floor.at, ask.ids("queues"), ask.ids("users")
    is_answered, status_id = values.is_yes(ask, "answered"), values.number(ask, "callstatus")
    phone, did = values.text(ask, "phonenumber"), values.text(ask, "did")
    found: Iterable[CallRecord] = ask.history.calls(spans(ask))
    found = [call for call in found if call.ended_at <= now_at and call.queue_id is not None]
    if queues is not None:
        found = [call for call in found if call.queue_id in queues]
    if users is not None:
        found = [call for call in found if call.user_id in users]
    if is_answered is not None:
        found = [call for call in found if (call.answered_at is not None) is is_answered]
    if phone:
        found = [call for call in found if call.caller == phone]
    if did:
        found = [call for call in found if _did(call) == did]
    if status_id is not None:
        found = [call for call in found if call.status_id == status_id]
    id_call = values.text(ask, "id_call")
    return [call for call in found if call.id == id_call] if id_call else found


def _attempts(ask: Ask) -> list[AttemptRecord]:
    now_at, queues, users = ask.floor.at, ask.ids("queues"), ask.ids("users")
    id_call = values.text(ask, "id_call")
    return [
        attempt
        for attempt in ask.history.attempts(spans(ask))
        if attempt.end_at <= now_at
        and (queues is None or attempt.queue_id in queues)
        and (users is None or attempt.user_id in users)
        and (not id_call or attempt.call_id == id_call)
    ]


def _did(call: CallRecord) -> str:
    """The number the customer called; "" if the customer was called."""
    return call.called if call.called != call.caller else ""


def _call(ask: Ask, call: CallRecord) -> dict[str, Any]:
    lasted = durations(ask, call)
    return {
        "call": str(call.number),
        "name": call.id,
        "call_time": ask.text(call.entered_at),
        "direction": call.direction.value,
        "answered": flag(call.answered_at is not None),
        "queue": id_text(call.queue_id),
        "user": id_text(call.user_id),
        "clid": call.caller,
        "contact": None,
        "did": _did(call),
        "waiting_time": str(lasted.waiting),
        "ringing_time": str(lasted.ringing),
        "hold_time": str(lasted.hold),
        "duration": str(lasted.talk),
        "orig_pos": str(call.first_position),
        "position": str(call.position),
        "disposition_cause": cause(call),
        "disconnection_cause": "",
        "pressed_key": None,
        "score": None,
        "note": "",
        "attempts": str(call.attempts),
        "qa_user_id": None,
    }


def _attempt(ask: Ask, attempt: AttemptRecord) -> dict[str, Any]:
    return {
        "id": attempt.number,
        "id_call": attempt.call_id,
        "name": "ATTEMPT",
        "start_time": ask.text(attempt.start_at),
        "end_time": ask.text(attempt.end_at),
        "duration": ask.time.elapsed_s(since_at=attempt.start_at, now_at=attempt.end_at),
        "id_agent": attempt.user_id,
        "id_queue": attempt.queue_id,
        "data1": "",
        "data2": "",
        "data3": "",
        "data4": "",
    }


def _number(ask: Ask, clid: str, group: list[CallRecord]) -> dict[str, Any]:
    answered = sum(call.answered_at is not None for call in group)
    lasted = [durations(ask, call) for call in group]
    return {
        "clid": clid,
        "call_total": len(group),
        "call_answered": answered,
        "call_unanswered": len(group) - answered,
        "waiting_avg": _mean([each.waiting for each in lasted]),
        "duration_avg": _mean([each.talk for each in lasted]),
    }


def _mean(numbers: list[int]) -> int:
    """Rounded to the nearest whole number, halves up, as a database does it."""
    return (2 * sum(numbers) + len(numbers)) // (2 * len(numbers))
