"""Calls that run: answered, taken, ended, transferred, listened to, played into."""

from typing import Any

from dashboard.gateway.commands import Announcement, Control, Mode, OngoingCall, Target
from dashboard.gateway.surface import values
from dashboard.gateway.surface.asking import ABSENT, ApiError, Ask, Result
from dashboard.gateway.surface.commands.refusals import NOT_ALLOWED
from dashboard.gateway.surface.commands.subjects import (
    account_only,
    phone_of,
    user_at,
    user_named,
    user_or_line,
    user_own,
)

SKIP_MS = 3000
TARGETS = ("number", "dst_queue", "dst_user")


def answer(ask: Ask) -> Result:
    """Answer: the call that was ringing."""
    call = ask.commands.telephony.answer(user_id=user_at(ask))
    return {
        "calling_number": call.number,
        "calling_queue": call.queue.number,
        "calling_queue_name": call.queue.title,
        "id_call": call.call_id,
    }


def pickup_from_queue(ask: Ask) -> Result:
    """PickupFromQueue: an empty list."""
    ask.commands.telephony.pick_up(call_id=values.needed(ask, "call_id"), user_id=user_own(ask).id)
    return []


def hangup(ask: Ask) -> Result:
    """Hangup: of a call, or of whatever a user or a line has."""
    call_id = values.text(ask, "call") or None
    user_id, extension = user_or_line(ask)
    if call_id is not None:
        _call_check(ask, call_id, user_id=user_id, extension=extension)
    ask.commands.telephony.hang_up(user_id=user_id, extension=extension, call_id=call_id)
    return ABSENT


def transfer(ask: Ask) -> Result:
    """Transfer: attended unless it is said to be blind."""
    sent = [name for name in TARGETS if ask.parameters.has(name)]
    if not sent:
        raise ApiError(f"Chybí jeden z parametrů {', '.join(TARGETS)}")
    if len(sent) > 1:
        raise ApiError(f"Parametry {', '.join(sent)} se vylučují")
    number = values.text(ask, "number") or None
    kind = values.one_of(ask, "type", allowed=("attended", "blind"))
    user_id, extension = user_or_line(ask)
    ask.commands.telephony.transfer(
        user_id=user_id,
        extension=extension,
        target=Target(
            number=phone_of(number, name="number") if number else None,
            queue_id=values.number(ask, "dst_queue"),
            user_id=values.number(ask, "dst_user"),
        ),
        is_blind=kind == "blind",
    )
    return ABSENT


def monitoring_user(ask: Ask) -> Result:
    """Monitoring 3.1: the call that is listened to."""
    account_only(ask)
    call = ask.commands.telephony.monitor_user(
        user_id=user_named(ask).id, listener=values.needed(ask, "listener"), mode=_mode(ask)
    )
    return _monitored(call)


def monitoring_line(ask: Ask) -> Result:
    """Monitoring 3.0: here the line is called exten."""
    account_only(ask)
    ask.commands.telephony.monitor_line(
        extension=values.needed(ask, "exten"), listener=values.needed(ask, "listener"), mode=_mode(ask)
    )
    return ABSENT


def control_playback(ask: Ask) -> Result:
    """ControlPlayback: null, or whether something plays if that was asked."""
    word = values.one_of(ask, "command", allowed=[known.value for known in Control])
    control = Control(word or values.needed(ask, "command"))
    user_id, extension = user_or_line(ask)
    is_playing = ask.commands.telephony.play(
        user_id=user_id,
        extension=extension,
        control=control,
        announcement=_announcement(ask) if control is Control.PLAY else None,
    )
    return {"playing": is_playing} if control is Control.STATUS else None


def _announcement(ask: Ask) -> Announcement:
    skip_ms = values.number(ask, "skiptime")
    return Announcement(
        recording=values.needed(ask, "recording"),
        begin_ms=values.number(ask, "begintime") or 0,
        skip_ms=SKIP_MS if skip_ms is None else skip_ms,
    )


def _call_check(ask: Ask, call_id: str, *, user_id: int | None, extension: str | None) -> None:
    """Who is named beside the call must have it, and users may only end their own."""
    parties = ask.commands.telephony.parties(call_id)
    if ask.caller_id is not None and ask.caller_id not in parties.user_ids:
        raise ApiError(NOT_ALLOWED)
    if user_id not in {None, *parties.user_ids} or extension not in {None, *parties.extensions}:
        raise ApiError("Parametr call si odporuje s parametrem user nebo extension")


def _mode(ask: Ask) -> Mode:
    word = values.one_of(ask, "mode", allowed=[known.value for known in Mode])
    return Mode(word or values.needed(ask, "mode"))


def _monitored(call: OngoingCall) -> dict[str, Any]:
    return {
        "calling_direction": call.direction.value,
        "calling_number": call.number,
        "calling_queue": call.queue.number,
        "calling_queue_name": call.queue.title,
        "ringing": str(call.ringing_s),
        "billsec": str(call.talking_s),
    }
