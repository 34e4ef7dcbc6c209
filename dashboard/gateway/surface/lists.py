"""The lists that change rarely: queues, users, pauses; and the telephones."""

from typing import Any, TypeVar

import msgspec

from dashboard.gateway.engine import Pause, Queue, QueueType, User
from dashboard.gateway.surface.asking import ApiError, Ask, Result, flag
from dashboard.gateway.surface.queue_cards import options
from dashboard.gateway.surface.values import WHOLE_NUMBER
from dashboard.gateway.surface.words import DEVICE_STATUSES, OLD_PAUSE_TYPES, PAUSE_TYPES

DUMMY_PASSWORD = "heslo"  # noqa: S105 - the real API shows passwords here; this one is nobody's
NO_DATE = "0000-00-00 00:00:00"
TOKEN_USER_ID = "1"  # noqa: S105 - the id of a user
T = TypeVar("T")


def queues(ask: Ask) -> Result:
    """GetQueues: a map, or one queue if an id is given."""
    if ask.record_id is None:
        return ask.map({str(queue.id): _queue(queue) for queue in ask.directory.queues.values()})
    return _queue(_record(ask, ask.directory.queues, missing="Fronta neexistuje"))


def users(ask: Ask) -> Result:
    """GetUsers: a map, or one user if an id or an extension is given."""
    extension = ask.parameters.get("extension")
    if ask.record_id is not None:
        return _user(_record(ask, ask.directory.users, missing="Tento uživatel nebyl nalezen"))
    if extension:
        return _user(_user_at(ask, extension))
    return ask.map({str(user.id): _user(user) for user in ask.directory.users.values()})


def user_of_token(ask: Ask) -> Result:
    """GetUser: documented with an empty text as its result, which the API's account gets; users get themselves."""
    return "" if ask.caller_id is None else _user(ask.user(ask.caller_id))


def pauses(ask: Ask) -> Result:
    """GetPauses 3.3: all of them, deleted ones too."""
    return ask.map({str(pause.id): _pause(pause) for pause in ask.directory.pauses.values()})


def pauses_old(ask: Ask) -> Result:
    """GetPauses 3.0: the old field names; a map even if one id is given."""
    if ask.record_id is None:
        found = list(ask.directory.pauses.values())
    else:
        found = [_record(ask, ask.directory.pauses, missing="Tato pauza nebyla nalezena")]
    return ask.map({str(pause.id): _pause_old(pause) for pause in found})


def devices(ask: Ask) -> Result:
    """DeviceStates: a list."""
    return [
        {
            "exten": device.extension,
            "status": DEVICE_STATUSES[device.status],
            "ip": device.address or "-none-",
            "port": str(device.port),
        }
        for device in ask.floor.devices
    ]


def _record(ask: Ask, records: dict[int, T], *, missing: str) -> T:
    record_id = ask.record_id or ""
    record = records.get(int(record_id)) if WHOLE_NUMBER.match(record_id) else None
    if record is None:
        raise ApiError(missing)
    return record


def _user_at(ask: Ask, extension: str) -> User:
    for user in ask.directory.users.values():
        if user.extension == extension:
            return user
    raise ApiError("Tento uživatel nebyl nalezen")


def _queue(queue: Queue) -> dict[str, Any]:
    return {
        "queue": str(queue.id),
        "name": queue.number,
        "title": queue.title,
        "description": queue.description,
        "direction": queue.direction.value,
        "outboundcid": queue.outbound_caller,
        "wrapuptime": str(queue.wrap_up_s),
        "outbounder": flag(queue.type is QueueType.CAMPAIGN),
        "form": "0",
        "missed": None,
        "options": msgspec.json.encode({"type": queue.type.value, **options(queue)}).decode(),
        "deleted": flag(queue.is_deleted),
        "user": TOKEN_USER_ID,
        "penalty": "0",
        "login": "manual",
    }


def _user(user: User) -> dict[str, Any]:
    return {
        "user": str(user.id),
        "role": user.role,
        "profile": user.profile,
        "name": user.login,
        "title": user.title,
        "description": user.description,
        "password": DUMMY_PASSWORD,
        "email": user.email,
        "deleted": flag(user.is_deleted),
    }


def _pause(pause: Pause) -> dict[str, Any]:
    return {
        "pause": str(pause.id),
        "name": pause.code,
        "title": pause.title,
        "type": PAUSE_TYPES[pause.kind],
        "paid": flag(pause.is_paid),
        "deleted": flag(pause.is_deleted),
    }


def _pause_old(pause: Pause) -> dict[str, Any]:
    return {
        "pcode_id": str(pause.id),
        "pcode": pause.code,
        "pcode_desc": pause.title,
        "read_key": "",
        "isBillable": flag(pause.is_paid),
        "isPayable": "0",
        "pauseType": OLD_PAUSE_TYPES[pause.kind],
        "sys_dt_creazione": NO_DATE,
        "sys_user_creazione": "0",
        "sys_dt_modifica": NO_DATE,
        "sys_user_modifica": "0",
        "sys_optilock": "0",
    }
