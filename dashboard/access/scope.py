"""The scope of a user: which queues of which stream. Every view, socket, action, export and alert asks here."""

from __future__ import annotations

from typing import Final

import msgspec
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

from dashboard.domain.privacy import View
from dashboard.models import Queue, Team

User = AbstractBaseUser | AnonymousUser

ADMINISTRATORS: Final = "administrator"


class Scope(msgspec.Struct, frozen=True, kw_only=True):
    """Queue IDs per stream. `all_queues`: of every stream; `queueless`: also agents and calls that are in no queue."""

    all_queues: bool = False
    queueless: bool = False
    queues: dict[str, tuple[str, ...]] = {}

    @property
    def is_empty(self) -> bool:
        return not self.all_queues and not self.queues

    def queue_ids(self, stream: str) -> tuple[str, ...] | None:
        """The queues of this stream, sorted; None for all of them."""
        return None if self.all_queues else self.queues.get(stream, ())

    def has_queue(self, stream: str, queue_id: str | None) -> bool:
        """Whether something in this queue is in scope; in no queue (None) only for those who see what is in none."""
        if queue_id is None:
            return self.queueless
        return self.all_queues or queue_id in self.queues.get(stream, ())

    def has_agent(self, stream: str, queue_ids: tuple[str, ...]) -> bool:
        """Whether an agent who is in these queues is in scope."""
        if not queue_ids:
            return self.queueless
        return any(self.has_queue(stream, queue_id) for queue_id in queue_ids)

    def narrowed(self, view: View, *, stream: str) -> View:
        """The view without what is out of scope. Privacy stays as it is."""
        own = self.queue_ids(stream)
        wanted = view.queue_ids
        if own is not None:
            wanted = own if wanted is None else tuple(sorted(set(wanted) & set(own)))
        return msgspec.structs.replace(
            view, queue_ids=wanted, queueless=view.queueless and self.queueless and own is None
        )


EVERYTHING: Final = Scope(all_queues=True, queueless=True)
NOTHING: Final = Scope()


def is_administrator(user: User) -> bool:
    """Superusers and members of the group `administrator`."""
    if not (user.is_authenticated and user.is_active):
        return False
    return bool(getattr(user, "is_superuser", False)) or user.groups.filter(name=ADMINISTRATORS).exists()  # type: ignore[attr-defined]  # only real users are logged in


def scope_of(user: User) -> Scope:
    """What the user may see: everything for administrators, else the queues of the user's teams; nothing without a team."""
    if not (user.is_authenticated and user.is_active):
        return NOTHING
    if is_administrator(user):
        return EVERYTHING
    if Team.objects.filter(members=user.pk, all_queues=True).exists():
        return Scope(all_queues=True)
    rows = Queue.objects.filter(teams__members=user.pk).values_list("pbx__slug", "queue_id").distinct()
    queues: dict[str, set[str]] = {}
    for slug, queue_id in rows:
        queues.setdefault(slug, set()).add(queue_id)
    return Scope(queues={slug: tuple(sorted(ids)) for slug, ids in queues.items()})
