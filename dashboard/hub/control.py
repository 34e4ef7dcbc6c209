"""Control messages: rare news from anywhere on the server to open sockets, over the channel layer."""

from __future__ import annotations

import asyncio
import logging
from typing import Any, Final

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from redis.exceptions import RedisError

log = logging.getLogger(__name__)

CONTROL_GROUP: Final = "sockets"
SEND_WITHIN_S: Final = 1.0
SUPERVISION: Final = ""
"""Stands in a seat, and in a control message, where others have their board: no board is called so."""


def control_send(do: str, **fields: Any) -> bool:
    """Tell all open sockets, or those of `board` and of `user`. False if Redis does not answer: then nobody hears of it."""
    try:
        async_to_sync(_send)({"type": "control", "do": do, **fields})
    except (RedisError, OSError) as exc:
        log.warning("Open sockets could not be told (%s): %s", do, exc)
        return False
    return True


async def _send(message: dict[str, Any]) -> None:
    """The layer itself waits for ever for a Redis that is half gone."""
    layer: Any = get_channel_layer()
    async with asyncio.timeout(SEND_WITHIN_S):
        await layer.group_send(CONTROL_GROUP, message)
