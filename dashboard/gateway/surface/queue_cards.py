"""Queues as the API prints them inside other answers: with all their settings, encoded once and reused."""

import msgspec

from dashboard.gateway.engine import Directory, Queue, QueueType, User

FIXED_OPTIONS = {
    "prefix": "",
    "members": "",
    "recording_user": "",
    "recording_join": "",
    "music": "inherit",
    "maxlength": "",
    "call_timeout": "",
    "last_agent_hours": "0",
    "record": "1",
    "autofill": "yes",
    "lajdaktime": "",
    "loadtime": "",
    "savetime": "",
    "position_annoucement": "no",
    "position_repeat": "",
    "position_time": "no",
    "ivr_jump": "",
    "ivr_repeat": "",
    "ivr_immediately": "",
    "threshold_users": "",
    "threshold_calls": "",
    "missed": "",
    "missed_time_back": "",
    "sort_time": "ASC",
    "contact_timeout": "",
    "contact_url": "https://",
    "contact_open": "",
    "contact_window": "yes",
    "form": "",
    "qa_form": "",
    "target_terminate": "hangup",
    "target_announcement": "2",
    "target_extension": "500",
    "target_voicemail": "",
    "target_signal": "",
    "target_condition": "1",
    "target_context": "-6",
    "target_param": "",
    "target_language": "",
    "target_ivr_menu": "",
    "target_ringgroup": "",
    "target_custom": "",
    "crm_ticket_category": "",
}


def options(queue: Queue) -> dict[str, str]:
    """The settings of a queue as the API names them, all of them strings."""
    return {
        **FIXED_OPTIONS,
        "outboundcid": queue.outbound_caller,
        "ring_strategy": queue.ring_strategy,
        "ringtime": str(queue.ring_s),
        "retrytime": str(queue.retry_s),
        "wrapuptime": str(queue.wrap_up_s or ""),
        "weight": str(queue.weight),
        "maxwait": str(queue.max_wait_s or ""),
        "threshold_time": str(queue.threshold_s),
        "target": "terminate" if queue.overflow_queue_id is None else "queue",
        "target_queue": str(queue.overflow_queue_id or 1),
    }


def queue_object(queue: Queue) -> dict[str, object]:
    """The `oqueue` of a call."""
    return {
        "queue": str(queue.id),
        "name": queue.number,
        "title": queue.title,
        "description": queue.description,
        "outboundcid": queue.outbound_caller,
        "type": queue.type.value,
        "direction": queue.direction.value,
        "wrapuptime": str(queue.wrap_up_s),
        "outbounder": "1" if queue.type is QueueType.CAMPAIGN else "0",
        "form": "0",
        "missed": None,
        "options": options(queue),
        "deleted": "1" if queue.is_deleted else "0",
        "penalty": None,
        "login": None,
    }


class QueueCards:
    """The `login_oqueues` of users, kept in encoded form per user and set of queues joined."""

    def __init__(self) -> None:
        self._revision: int | None = None
        self._starts: dict[int, bytes] = {}
        self._lists: dict[int, tuple[tuple[int, ...], msgspec.Raw]] = {}
        self._objects: dict[int, msgspec.Raw] = {}

    def login_queues(self, *, user: User, joined: tuple[int, ...], directory: Directory) -> msgspec.Raw:
        """The queues the user may log in to, each with whether they are."""
        self._refresh(directory)
        known = self._lists.get(user.id)
        if known is None or known[0] != joined:
            entries = (
                self._starts[skill.queue_id]
                + b'"penalty":"%d","login":"%s","rt_logged":%s}'
                % (
                    skill.penalty,
                    b"auto" if skill.is_automatic else b"manual",
                    b"true" if skill.queue_id in joined else b"false",
                )
                for skill in user.skills
            )
            known = self._lists[user.id] = (joined, msgspec.Raw(b"[" + b",".join(entries) + b"]"))
        return known[1]

    def call_queue(self, queue_id: int, *, directory: Directory) -> msgspec.Raw:
        """The `oqueue` of a call in this queue."""
        self._refresh(directory)
        return self._objects[queue_id]

    def _refresh(self, directory: Directory) -> None:
        if self._revision == directory.revision:
            return
        self._revision = directory.revision
        self._lists.clear()
        self._starts = {queue.id: _start(queue) for queue in directory.queues.values()}
        self._objects = {
            queue.id: msgspec.Raw(msgspec.json.encode(queue_object(queue)))
            for queue in directory.queues.values()
        }


def _start(queue: Queue) -> bytes:
    """The part of an entry of `login_oqueues` that is the same for all users, up to a comma."""
    fields = {
        "queue": str(queue.id),
        "name": queue.number,
        "title": queue.title,
        "description": queue.description,
        "type": queue.type.value,
        "direction": queue.direction.value,
        "options": options(queue),
        "deleted": "1" if queue.is_deleted else "0",
    }
    return msgspec.json.encode(fields)[:-1] + b","
