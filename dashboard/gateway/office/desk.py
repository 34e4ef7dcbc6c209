"""E-mails that came in, the activities agents have with them, and events for the Notification Centre."""

from collections import deque
from collections.abc import Callable
from typing import Any

import msgspec

EVENTS_KEPT = 1000
EMAILS_KEPT = 20_000
DEFAULT_PRIORITY = 20


class Activity(msgspec.Struct, frozen=True, kw_only=True):
    """Work on one e-mail; `user_id` whose it is."""

    id: int
    ticket_id: int
    name: str
    title: str
    email_id: int
    queue_id: int
    user_id: int | None
    created_at: int
    status_id: int | None = None
    closed_at: int | None = None
    priority: int = DEFAULT_PRIORITY


class Email(msgspec.Struct, frozen=True, kw_only=True):
    """An e-mail that came in. `name` is its unique identifier."""

    id: int
    queue_id: int
    user_id: int | None
    name: str
    subject: str
    sender: str
    text: str
    at: int


class CustomEvent(msgspec.Struct, frozen=True):
    """An event for the Notification Centre, at its moment, with its parameters (texts, or maps of them)."""

    name: str
    parameters: dict[str, Any]
    runs_at: int
    created_at: int


class Desk:
    """E-mails, activities and events. `now` tells the moment; not safe for several threads.

    `when_emailed` is told the queue of each e-mail that came in.
    """

    def __init__(self, *, now: Callable[[], int]) -> None:
        self._now = now
        self.when_emailed: Callable[[int], None] = lambda queue_id: None
        self.activities: dict[str, Activity] = {}
        self.emails: dict[str, Email] = {}
        self.events: deque[CustomEvent] = deque(maxlen=EVENTS_KEPT)
        self._emails_made = 0
        self._activities_made = 200

    def email_create(
        self,
        *,
        queue_id: int,
        user_id: int | None,
        name: str | None,
        subject: str,
        sender: str,
        text: str,
        activity_name: str | None = None,
    ) -> tuple[Email, Activity]:
        """An e-mail came in: it is stored, with a ticket and an activity of its own."""
        self._make_room()
        self._emails_made += 1
        now_at = self._now()
        email = Email(
            id=self._emails_made,
            queue_id=queue_id,
            user_id=user_id,
            name=name or f"email_{_unique(now_at, self._emails_made)}",
            subject=subject,
            sender=sender,
            text=text,
            at=now_at,
        )
        self.emails[email.name] = email
        self._activities_made += 1
        activity = Activity(
            id=self._activities_made,
            ticket_id=self._emails_made,
            name=activity_name or f"ticket_{_unique(now_at, self._activities_made)}",
            title=subject,
            email_id=email.id,
            queue_id=queue_id,
            user_id=user_id,
            created_at=now_at,
        )
        self.activities[activity.name] = activity
        self.when_emailed(queue_id)
        return email, activity

    def activity_update(self, name: str, *, status_id: int) -> None:
        """Give the activity a status."""
        self.activities[name] = msgspec.structs.replace(self.activities[name], status_id=status_id)

    def activity_close(self, name: str, *, status_id: int) -> None:
        """Give the activity its last status."""
        closed = msgspec.structs.replace(self.activities[name], status_id=status_id, closed_at=self._now())
        self.activities[name] = closed

    def event_create(self, name: str, *, parameters: dict[str, Any], runs_at: int) -> None:
        """Note that this event is to happen."""
        self.events.append(CustomEvent(name, parameters, runs_at, self._now()))

    def _make_room(self) -> None:
        for kept in (self.emails, self.activities):
            while len(kept) >= EMAILS_KEPT:
                del kept[next(iter(kept))]


def _unique(at: int, number: int) -> str:
    """Thirteen hexadecimal digits: the second and a running number."""
    return f"{at // 1000:08x}{number % 0x100000:05x}"
