"""What people do about lost calls. Two at once notice each other by the version."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import msgspec
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils import timezone

from dashboard.models import LostCase, Pbx

NOTE_AT_MOST = 500


class CaseChanged(Exception):
    """Somebody else was faster; nothing was changed. `by` is None if that user is gone."""

    def __init__(self, *, by: User | None, at: datetime | None) -> None:
        super().__init__("Somebody else has changed this meanwhile.")
        self.by = by
        self.at = at


class CaseKey(msgspec.Struct, frozen=True, kw_only=True):
    """The calls of one number in these queues of a PBX: those in the actor's scope, never more."""

    pbx: Pbx
    queue_ids: tuple[str, ...]
    caller_key: int


def version_of(cases: Iterable[LostCase]) -> int:
    """One number over several queues: it rises with each change of any of them."""
    return sum(case.version for case in cases)


def case_take(key: CaseKey, *, actor: User, version: int) -> None:
    """The actor becomes the owner. Raises `CaseChanged`."""
    _change(key, actor=actor, version=version, owner=actor)


def case_give_back(key: CaseKey, *, actor: User, version: int) -> None:
    """Nobody owns it any more. Raises `CaseChanged`."""
    _change(key, actor=actor, version=version, owner=None)


def case_note(key: CaseKey, *, actor: User, version: int, note: str) -> None:
    """Raises `CaseChanged`, and ValueError for a note that is too long."""
    text = note.strip()
    if len(text) > NOTE_AT_MOST:
        raise ValueError("note")
    _change(key, actor=actor, version=version, note=text)


def case_close(key: CaseKey, *, actor: User, version: int, until_at: datetime) -> None:
    """Lost calls that entered until then are done. Raises `CaseChanged`."""
    _change(key, actor=actor, version=version, closed_until_at=until_at)


def case_reopen(key: CaseKey, *, actor: User, version: int) -> None:
    """Undo `case_close`. Raises `CaseChanged`."""
    _change(key, actor=actor, version=version, closed_until_at=None)


def _change(key: CaseKey, *, actor: User, version: int, **values: Any) -> None:
    try:
        with transaction.atomic():
            _change_locked(key, actor=actor, version=version, values=values)
    except IntegrityError as exc:
        raise CaseChanged(by=None, at=None) from exc


def _change_locked(key: CaseKey, *, actor: User, version: int, values: dict[str, Any]) -> None:
    place = {"pbx": key.pbx, "caller_key": key.caller_key}
    known = list(LostCase.objects.select_for_update().filter(**place, queue_id__in=key.queue_ids))
    if version_of(known) != version:
        last = max(known, key=lambda case: case.changed_at, default=None)
        raise CaseChanged(by=last.changed_by if last else None, at=last.changed_at if last else None)
    missing = set(key.queue_ids) - {case.queue_id for case in known}
    new = [LostCase(**place, queue_id=queue_id, version=0) for queue_id in sorted(missing)]
    for case in [*known, *new]:
        for name, value in values.items():
            setattr(case, name, value)
        case.version += 1
        case.changed_by, case.changed_at = actor, timezone.now()
        case.save()
