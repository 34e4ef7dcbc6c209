"""E-mails, activities, events, and numbers checked for the autodialer."""

from typing import Any

from dashboard.gateway.engine import QueueType
from dashboard.gateway.office.desk import Activity, Desk, Email
from dashboard.gateway.surface import values
from dashboard.gateway.surface.asking import ApiError, Ask, Result, id_text
from dashboard.gateway.surface.office import drafts, finding
from dashboard.gateway.surface.office.moments import moment_meant
from dashboard.gateway.surface.office.records import phone
from dashboard.gateway.surface.variant import Variant

NOT_EMAIL_QUEUE = "Zadana fronta neni typu email"
EVENT_PREFIX = "Custom_"
DEEPEST = 8
# What the autodialer finds out about a number; the last digit of the number says which.
CLEANING = (
    ("1", "Volany ucastnik je docasne nedostupny"),
    ("2", "Schranka"),
    ("3", "Nedostupny"),
    ("4", "Obsazeno"),
    ("5", "Dostupny"),
)
CLEANING_CODE = "2"


def email_create(ask: Ask) -> Result:
    """EmailCreate: an e-mail that came in, with its activity. The queue is given by number and answered by id."""
    queue_id = _email_queue_id(ask, values.needed(ask, "queue"))
    sender = values.needed(ask, "from")
    if not drafts.is_email(sender):
        raise ApiError("Parametr from musí být e-mailová adresa")
    login, name = values.text(ask, "user"), values.text(ask, "name") or None
    with ask.engine.office() as office:
        if name is not None and name in office.desk.emails:
            raise ApiError(f"E-mail {name} již existuje")
        email, activity = office.desk.email_create(
            queue_id=queue_id,
            user_id=finding.user_with_login(ask, login).id if login else None,
            name=name,
            subject=values.needed(ask, "subject"),
            sender=sender,
            text=values.needed(ask, "body"),
        )
    return {"email": _email(ask, email), "activity": _activity(ask, activity)}


def activity_close(ask: Ask) -> Result:
    """ActivityClose: the answer is an empty text."""
    with ask.engine.office() as office:
        activity = _open_activity(office.desk, values.needed(ask, "activity"))
        status = finding.status_named(values.needed(ask, "status"), records=office.records)
        office.desk.activity_close(activity.name, status_id=status.id)
    return ""


def activities_update(ask: Ask) -> Result:
    """ActivityUpdate: all of them or, if one is not there, none."""
    with ask.engine.office() as office:
        names = ask.parameters.values("activities")
        activities = [_open_activity(office.desk, name) for name in names]
        status = finding.status_named(values.needed(ask, "status"), records=office.records)
        for activity in activities:
            office.desk.activity_update(activity.name, status_id=status.id)
    return ""


def event_create(ask: Ask) -> Result:
    """CreateEvent: the answer is a list with the parameters in it."""
    name = values.needed(ask, "event")
    if not name.startswith(EVENT_PREFIX) or name == EVENT_PREFIX:
        raise ApiError(f"Název události musí začínat {EVENT_PREFIX}")
    parameters = _tree(values.pairs(ask, "params") or {})
    time = values.text(ask, "time")
    runs_at = moment_meant(time, time=ask.time, now_at=ask.floor.at) if time else ask.floor.at
    with ask.engine.office() as office:
        office.desk.event_create(name, parameters=parameters, runs_at=runs_at)
    return [ask.map(parameters)]


def number_check(ask: Ask) -> Result:
    """CheckNumber: what is known about a number now."""
    number = phone(values.needed(ask, "number"), name="number")
    status, _ = CLEANING[int(number[-1]) % len(CLEANING)]
    return {"number": number, "time": ask.text(ask.floor.at), "status": status}


def cleaning_statuses(ask: Ask) -> Result:
    """GetStatuses 4.0: a list, and another thing than GetStatuses 3.8."""
    return [{"status": status, "name": name, "code": CLEANING_CODE} for status, name in CLEANING]


def _email_queue_id(ask: Ask, number: str) -> int:
    """The document gives one text for any queue that e-mails cannot come to."""
    for queue in ask.directory.queues.values():
        if queue.number == number and queue.type is QueueType.EMAIL and not queue.is_deleted:
            return queue.id
    raise ApiError(NOT_EMAIL_QUEUE)


def _open_activity(desk: Desk, name: str) -> Activity:
    activity = desk.activities.get(name)
    if activity is None:
        raise ApiError(f"Aktivita {name} neexistuje")
    if activity.closed_at is not None:
        raise ApiError(f"Aktivita {name} je již uzavřena")
    return activity


def _tree(flat: dict[str, str]) -> dict[str, Any]:
    """Nested maps of what was sent as `params[foo][bar]`, whose key is `foo][bar`."""
    tree: dict[str, Any] = {}
    for path, value in flat.items():
        *outer, last = path.split("][")
        if len(outer) >= DEEPEST:
            raise ApiError(f"Parametr params může být vnořen nejvýše do {DEEPEST} úrovní")
        branch = tree
        for key in outer:
            # A text that was sent under the same name before gives way, as in PHP.
            if not isinstance(branch.get(key), dict):
                branch[key] = {}
            branch = branch[key]
        branch[last or str(len(branch))] = value
    return tree


def _email(ask: Ask, email: Email) -> dict[str, Any]:
    return {
        "email": email.id,
        "queue": str(email.queue_id),
        "user": id_text(email.user_id),
        "contact": None,
        "name": email.name,
        "title": email.subject,
        "address": email.sender,
        "direction": "in",
        "wait_time": None,
        "duration": None,
        "answered": None,
        "text": email.text,
        "options": None,
        "time": ask.text(email.at),
    }


def _activity(ask: Ask, activity: Activity) -> dict[str, Any]:
    return {
        "activity": activity.id,
        "ticket": activity.ticket_id,
        "name": activity.name,
        "title": activity.title,
        "action": None,
        "type": "EMAIL",
        "item": activity.email_id,
        "queue": str(activity.queue_id),
        "user": id_text(activity.user_id),
        "contact": None,
        "status": id_text(activity.status_id),
        "priority": str(activity.priority),
        "options": None,
        "time": ask.text(activity.created_at),
        "time_wait": None,
        "time_open": None,
        "time_close": ask.text(activity.closed_at),
    }


EMAIL = ("queue", "subject", "from", "body")
VARIANTS = (
    Variant(action="EmailCreate", version="4.1", answer=email_create, required=EMAIL),
    Variant(action="ActivityClose", version="4.0", answer=activity_close, required=("activity", "status")),
    Variant(
        action="ActivityUpdate",
        version="4.0",
        answer=activities_update,
        required=("activities", "status"),
    ),
    Variant(action="CreateEvent", version="3.8", answer=event_create, required=("event",)),
    Variant(action="CheckNumber", version="4.0", answer=number_check, required=("number",)),
    Variant(action="GetStatuses", version="4.0", answer=cleaning_statuses),
)
