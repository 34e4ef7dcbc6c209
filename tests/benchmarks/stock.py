"""What the fan-out is measured against: a board as the tutorial builds it, a group of a Redis channel layer and a consumer."""

from __future__ import annotations

import os
from typing import Any, Final

import django
from channels.generic.websocket import AsyncWebsocketConsumer
from channels.routing import ProtocolTypeRouter, URLRouter
from channels_redis.core import RedisChannelLayer
from django.conf import settings
from django.core.asgi import get_asgi_application
from django.urls import re_path

GROUP: Final = "board"
REDIS_VARIABLE: Final = "BENCH_STOCK_REDIS"


def layer_settings(url: str) -> dict[str, Any]:
    """redis-py gives up on a silent connection after 5 s by default, and with it the consumers."""
    return {"hosts": [{"address": url, "socket_timeout": None}]}


def layer(url: str) -> RedisChannelLayer:
    """The sender's side."""
    return RedisChannelLayer(**layer_settings(url))


class Board(AsyncWebsocketConsumer):  # type: ignore[misc]  # the library is not typed
    """Sends on what the group gets."""

    async def connect(self) -> None:
        await self.channel_layer.group_add(GROUP, self.channel_name)
        await self.accept()

    async def disconnect(self, code: int) -> None:
        await self.channel_layer.group_discard(GROUP, self.channel_name)

    async def board_delta(self, event: dict[str, str]) -> None:
        await self.send(text_data=event["text"])


def application() -> ProtocolTypeRouter:
    """The whole application: pages that nobody asks for, and the consumer."""
    backend = "channels_redis.core.RedisChannelLayer"
    config = layer_settings(os.environ[REDIS_VARIABLE])
    settings.configure(
        SECRET_KEY="only for a benchmark",
        ROOT_URLCONF=__name__,
        INSTALLED_APPS=["channels"],
        CHANNEL_LAYERS={"default": {"BACKEND": backend, "CONFIG": config}},
    )
    django.setup()
    socket = re_path(r"^board/$", Board.as_asgi())
    return ProtocolTypeRouter({"http": get_asgi_application(), "websocket": URLRouter([socket])})


urlpatterns: list[Any] = []
