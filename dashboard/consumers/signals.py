"""When something is saved that decides who may see what, all server processes look at their open sockets again at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.auth.signals import user_logged_out
from django.db import transaction
from django.db.models.signals import m2m_changed, post_delete, post_save

from dashboard.hub.control import control_send
from dashboard.models import Announcement, Board, Holiday, Pbx, Playlist, PlaylistEntry, Queue, Screen, Team


def rights_changed(**_: Any) -> None:
    """Ask for a new look as soon as the change is committed. Without Redis the regular look finds it some seconds later."""
    transaction.on_commit(_recheck)


def _recheck() -> None:
    control_send("recheck")


def _heard() -> Iterator[tuple[Any, Any]]:
    """Signals and senders after which rights may have changed."""
    user = get_user_model()
    for model in (*(Announcement, Board, Holiday, Pbx, Playlist, PlaylistEntry, Queue, Screen, Team, user),):
        yield post_save, model
        yield post_delete, model
    yield m2m_changed, Announcement.boards.through
    yield m2m_changed, Announcement.screens.through
    yield m2m_changed, Board.pbxs.through
    yield m2m_changed, Team.members.through
    yield m2m_changed, Team.queues.through
    yield m2m_changed, user.groups.through
    yield m2m_changed, user.user_permissions.through
    yield m2m_changed, Group.permissions.through
    yield user_logged_out, None


def connect() -> None:
    """Called once, when Django has loaded the models."""
    for signal, sender in _heard():
        signal.connect(rights_changed, sender=sender)


def disconnect() -> None:
    """For commands that run before there are any open sockets."""
    for signal, sender in _heard():
        signal.disconnect(rights_changed, sender=sender)
