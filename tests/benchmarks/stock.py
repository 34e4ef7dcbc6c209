"""What the fan-out is measured against: a board as the tutorial builds it, a group of a Redis channel layer and a consumer."""

from __future__ import annotations

from typing import Any, Final

from channels.generic.websocket import AsyncWebsocketConsumer
from channels_redis.core import RedisChannelLayer

GROUP: Final = "board"
LAYER: Final = "channels_redis.core.RedisChannelLayer"


def layer_settings(url: str) -> dict[str, Any]:
    """redis-py gives up on a silent connection after 5 s by default, and with it the consumers."""
    return {"hosts": [{"address": url, "socket_timeout": None}]}


def layer(url: str) -> RedisChannelLayer:
    """The sender's side."""
    return RedisChannelLayer(**layer_settings(url))


class Board(AsyncWebsocketConsumer):  # type: ignore[misc]  # the library is not typed
    """Sends on what the group gets, to whoever is logged in."""

    async def connect(self) -> None:
        if not self.scope["user"].is_authenticated:
            await self.close()
            return
        await self.channel_layer.group_add(GROUP, self.channel_name)
        await self.accept()

    async def disconnect(self, code: int) -> None:
        await self.channel_layer.group_discard(GROUP, self.channel_name)

    async def board_delta(self, event: dict[str, str]) -> None:
        await self.send(text_data=event["text"])
