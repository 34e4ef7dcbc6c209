"""LastCall and LastCallNumber. Where the documentation does not say what is answered without a call, it is `[]`."""

from typing import Any

from dashboard.gateway.engine import EndCause, LiveCall
from dashboard.gateway.history import CallRecord
from dashboard.gateway.surface import values
from dashboard.gateway.surface.asking import ApiError, Ask, Result, id_text
from dashboard.gateway.surface.history.words import cause, durations

INTERVAL_S = 86_400
# The one action that calls the agent a user here.
USER = "user"


def of_agent(ask: Ask) -> Result:
    """LastCall: the call that runs at the extension or of the user, or else the one that ended last."""
    extension = _extension(ask)
    running = _running(ask, extension)
    if running is not None:
        return _last(ask, running, user_id=_user_of(ask, extension), extension=extension, is_realtime=True)
    call = ask.history.last_call(extension=extension)
    if call is None:
        return []
    return _last(ask, call, user_id=call.user_id, extension=extension, is_realtime=False)


def of_number(ask: Ask) -> Result:
    """LastCallNumber: the newest call with this number that began within the interval and is over."""
    queues, numbers = ask.ids("queues"), _queues_by_number(ask)
    is_answered, interval_s = values.is_yes(ask, "answered"), values.number(ask, "interval")
    since_at = ask.floor.at - (INTERVAL_S if interval_s is None else interval_s) * 1000
    found = [
        call
        for call in ask.history.calls_of_number(values.needed(ask, "phonenumber"))
        if since_at <= call.entered_at
        and call.ended_at <= ask.floor.at
        and call.queue_id is not None
        and (queues is None or call.queue_id in queues)
        and (numbers is None or call.queue_id in numbers)
        and (is_answered is None or (call.answered_at is not None) is is_answered)
    ]
    return _of_number(ask, max(found, key=lambda call: call.number)) if found else []


def _extension(ask: Ask) -> str:
    """The extension named, or that at which the user named is or was last."""
    extension = values.text(ask, "extension")
    if extension:
        return extension
    login = values.needed(ask, "user")
    user = next((user for user in ask.directory.users.values() if user.login == login), None)
    if user is None:
        raise ApiError("Tento uživatel nebyl nalezen")
    agent = ask.floor.agents.get(user.id)
    return agent.extension if agent else user.extension


def _user_of(ask: Ask, extension: str) -> int | None:
    agents = ask.floor.agents.values()
    return next((agent.user_id for agent in agents if agent.extension == extension), None)


def _running(ask: Ask, extension: str) -> LiveCall | None:
    for agent in ask.floor.agents.values():
        if agent.extension == extension and agent.call_id is not None:
            return ask.floor.calls.get(agent.call_id)
    return None


def _last(
    ask: Ask, call: LiveCall | CallRecord, *, user_id: int | None, extension: str, is_realtime: bool
) -> dict[str, Any]:
    return {
        "exten": extension,
        "user": id_text(user_id),
        "queue": id_text(call.queue_id),
        "id_call": call.id,
        "direction": call.direction.value,
        "clid": call.caller if isinstance(call, LiveCall) else call.customer,
        "time": ask.text(call.entered_at),
        "_is_realtime": is_realtime,
    }


def _queues_by_number(ask: Ask) -> frozenset[int] | None:
    if not ask.parameters.has("queues_number"):
        return None
    wanted = set(ask.parameters.values("queues_number"))
    return frozenset(queue.id for queue in ask.directory.queues.values() if queue.number in wanted)


def _of_number(ask: Ask, call: CallRecord) -> dict[str, Any]:
    lasted, queue = durations(ask, call), ask.queue(call.queue_id or 0)
    user = None if call.user_id is None else ask.user(call.user_id)
    return {
        "call": call.id,
        "call_time": ask.text(call.entered_at),
        "direction": call.direction.value,
        "queue": str(queue.id),
        "user": id_text(call.user_id),
        "answered": call.answered_at is not None,
        "clid": call.caller,
        "waiting_time": lasted.waiting,
        "ringing_time": lasted.ringing,
        "hold_time": lasted.hold,
        "duration": lasted.talk,
        "disposition": USER if call.cause is EndCause.AGENT else cause(call),
        "orig_posision": call.first_position,
        "attempts": call.attempts,
        "queue_title": queue.title,
        "queue_number": queue.number,
        "queue_direction": queue.direction.value,
        "user_title": user.title if user else None,
        "user_login": user.login if user else None,
    }
