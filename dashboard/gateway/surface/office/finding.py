"""Finds what parameters name: queues by number, users, records, statuses; with the words for what is not there."""

from dashboard.gateway.engine import Queue, User
from dashboard.gateway.office.forms import CallStatus, Interval, Record
from dashboard.gateway.office.records import Records
from dashboard.gateway.surface import values
from dashboard.gateway.surface.asking import ApiError, Ask

NO_QUEUE = "Fronta neexistuje"
NO_USER = "Tento uživatel nebyl nalezen"
NO_STATUS = "Stav neexistuje"
NO_RECORD = "Záznam neexistuje"


def queue_numbered(ask: Ask, number: str) -> Queue:
    """The queue with this number."""
    for queue in ask.directory.queues.values():
        if queue.number == number and not queue.is_deleted:
            return queue
    raise ApiError(NO_QUEUE)


def queue_named(ask: Ask, text: str) -> Queue:
    """The queue with this id or, as the document's own examples send it, with this number."""
    queue = ask.directory.queues.get(int(text)) if values.WHOLE_NUMBER.match(text) else None
    return queue_numbered(ask, text) if queue is None or queue.is_deleted else queue


def user_named(ask: Ask, text: str) -> User:
    """The user with this id or login."""
    user = ask.directory.users.get(int(text)) if values.WHOLE_NUMBER.match(text) else None
    return user_with_login(ask, text) if user is None or user.is_deleted else user


def user_with_login(ask: Ask, login: str) -> User:
    """The user with this login."""
    for user in ask.directory.users.values():
        if user.login == login and not user.is_deleted:
            return user
    raise ApiError(NO_USER)


def record_of(ask: Ask, records: Records) -> Record:
    """The record that the parameter `record` names."""
    return record_with_id(values.needed(ask, "record"), records=records, name="record")


def record_with_id(text: str, *, records: Records, name: str) -> Record:
    """The record with this id."""
    record = records.find(values.number_of(text, name=name))
    if record is None:
        raise ApiError(NO_RECORD)
    return record


def status_with_id(ask: Ask, name: str, *, records: Records) -> int | None:
    """The id of a status in this parameter; None if it was sent empty or not at all."""
    status_id = values.number(ask, name)
    if status_id is not None and status_id not in records.statuses:
        raise ApiError(NO_STATUS)
    return status_id


def status_named(code: str, *, records: Records) -> CallStatus:
    """The status with this unique name."""
    status = records.status_named(code)
    if status is None:
        raise ApiError(NO_STATUS)
    return status


def interval(ask: Ask, name: str) -> Interval:
    """The moments from `name`_from to `name`_to."""
    found = Interval(values.moment(ask, f"{name}_from"), values.moment(ask, f"{name}_to"))
    if found.from_at is not None and found.to_at is not None and found.from_at > found.to_at:
        raise ApiError(f"Parametr {name}_from musí být před {name}_to")
    return found
