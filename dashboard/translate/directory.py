"""What changes by the day: names of queues and users, kinds of pauses."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from dashboard.domain.rows import PauseRow
from dashboard.pbx.ids import PauseId, QueueId, UserId
from dashboard.pbx.wire.directory import Pause, Queue, User


class QueueInfo(msgspec.Struct, frozen=True, kw_only=True):
    number: str | None
    title: str
    direction: str | None
    type: str | None


class UserInfo(msgspec.Struct, frozen=True, kw_only=True):
    login: str | None
    name: str | None


class Directory(msgspec.Struct, frozen=True, kw_only=True):
    """What changes by the day: names of queues and users, kinds of pauses; each None until it was read once."""

    queues: dict[str, QueueInfo] | None = None
    users: dict[str, UserInfo] | None = None
    pauses: dict[str, PauseRow] | None = None


def directory_updated(
    directory: Directory,
    *,
    queues: Mapping[QueueId, Queue] | None = None,
    users: Mapping[UserId, User] | None = None,
    pauses: Mapping[PauseId, Pause] | None = None,
) -> Directory:
    """The directory with what was read anew; deleted queues and pauses are left out, deleted users keep their names."""
    return Directory(
        queues=directory.queues
        if queues is None
        else {id_: _queue_info(q) for id_, q in queues.items() if not q.deleted},
        users=directory.users
        if users is None
        else {id_: UserInfo(login=user.name, name=user.title) for id_, user in users.items()},
        pauses=directory.pauses
        if pauses is None
        else {id_: _pause_row(pause) for id_, pause in pauses.items() if not pause.deleted},
    )


def _queue_info(queue: Queue) -> QueueInfo:
    return QueueInfo(
        number=queue.name,
        title=queue.title or queue.name or queue.queue,
        direction=queue.direction,
        type=queue.type,
    )


def _pause_row(pause: Pause) -> PauseRow:
    return PauseRow(title=pause.title or pause.name or pause.pause, type=pause.type.value, paid=pause.paid)
