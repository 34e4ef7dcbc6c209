"""When something is saved that decides who may see what, all server processes look at their open sockets again at once."""

from __future__ import annotations

import logging
from typing import Any

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.contrib.auth import get_user_model
from django.contrib.auth.signals import user_logged_out
from django.db import transaction
from django.db.models.signals import m2m_changed, post_delete, post_save
from redis.exceptions import RedisError

from dashboard.consumers.upkeep import CONTROL_GROUP
from dashboard.models import Board, Pbx

log = logging.getLogger(__name__)


def rights_changed(**_: Any) -> None:
    """Ask for a new look as soon as the change is committed. Without Redis the regular look finds it some seconds later."""
    transaction.on_commit(_recheck)


def _recheck() -> None:
    layer: Any = get_channel_layer()
    try:
        async_to_sync(layer.group_send)(CONTROL_GROUP, {"type": "control", "do": "recheck"})
    except (RedisError, OSError) as exc:
        log.warning("Open sockets could not be told of a change of rights: %s", exc)


def connect() -> None:
    """Called once, when Django has loaded the models."""
    user = get_user_model()
    for model in (Board, Pbx, user):
        post_save.connect(rights_changed, sender=model, dispatch_uid=f"rights saved {model.__name__}")
        post_delete.connect(rights_changed, sender=model, dispatch_uid=f"rights deleted {model.__name__}")
    for relation in (Board.pbxs.through, user.groups.through):
        m2m_changed.connect(
            rights_changed, sender=relation, dispatch_uid=f"rights related {relation.__name__}"
        )
    user_logged_out.connect(rights_changed, dispatch_uid="rights logged out")
