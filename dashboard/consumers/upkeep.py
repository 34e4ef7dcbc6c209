"""What a server process does for its open sockets beside the fan-out: looks again at who may see what, and passes on the rare
control messages of the channel layer.

Channels reads a session when a socket opens and never again; so one sweep per process asks the database for all sockets at once.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from typing import Any, Final
from weakref import WeakKeyDictionary

import msgspec
from channels import DEFAULT_CHANNEL_LAYER
from channels.db import database_sync_to_async
from channels.layers import channel_layers
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.db import DatabaseError
from django.utils import timezone
from redis.exceptions import RedisError

from dashboard.access import scope_of
from dashboard.boards import selectors
from dashboard.domain.privacy import View
from dashboard.hub.hub import Hub
from dashboard.hub.protocol import CLOSE_LOG_IN, CLOSE_REVOKED, control_encode
from dashboard.hub.seat import Seat

log = logging.getLogger(__name__)

SWEEP_S: Final = 15.0
CONTROL_GROUP: Final = "sockets"
RETRY_S: Final = 2.0
ABANDON_WITHIN_S: Final = 5.0


class Watched(msgspec.Struct, frozen=True):
    """Through which session and as which user a socket was opened."""

    session_key: str
    user_id: int


class Verdict(msgspec.Struct, frozen=True):
    """What a sweep found for a socket: a code to close it with, or the views it is to have."""

    close_code: int | None = None
    views: dict[str, View] = {}


class Upkeep:
    """Sweep and control messages for the sockets of one hub."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._watched: dict[Seat, Watched] = {}
        self._tasks: list[asyncio.Task[None]] = []
        self._sweep_now = asyncio.Event()

    def watch(self, seat: Seat, *, session_key: str, user_id: int) -> None:
        self._watched[seat] = Watched(session_key, user_id)
        if not self._tasks:
            loop = asyncio.get_running_loop()
            self._tasks = [
                loop.create_task(self._sweep_loop(), name="sweep"),
                loop.create_task(self._control_loop(), name="control"),
            ]

    def unwatch(self, seat: Seat) -> None:
        self._watched.pop(seat, None)

    async def _sweep_loop(self) -> None:
        while True:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._sweep_now.wait(), timeout=SWEEP_S)
            self._sweep_now.clear()
            try:
                await self._sweep()
            except DatabaseError as exc:
                log.warning("The rights of open sockets could not be checked: %s", exc)

    async def _sweep(self) -> None:
        seats = dict(self._watched)
        verdicts = await _verdicts({(watched, seat.board) for seat, watched in seats.items()})
        for seat, watched in seats.items():
            verdict = verdicts[(watched, seat.board)]
            if seat not in self._watched:
                continue
            if verdict.close_code is not None:
                seat.close(verdict.close_code)
            elif _fingerprints(verdict.views) != _seated(seat):
                self._hub.join(seat, verdict.views)

    async def _control_loop(self) -> None:
        """Receive control messages, over a new connection whenever the hub had to build one: the layer notices nothing itself."""
        while True:
            self._hub.restored.clear()
            layer: Any = channel_layers.make_backend(DEFAULT_CHANNEL_LAYER)
            receiving = asyncio.ensure_future(self._controls_receive(layer))
            restored = asyncio.ensure_future(self._hub.restored.wait())
            try:
                done, _ = await asyncio.wait({receiving, restored}, return_when=asyncio.FIRST_COMPLETED)
                if receiving in done:
                    receiving.result()
            except (RedisError, OSError) as exc:
                log.warning("Control messages cannot be received: %s", exc)
                await asyncio.sleep(RETRY_S)
            finally:
                await _abandon(layer, receiving, restored)

    async def _controls_receive(self, layer: Any) -> None:
        channel = await layer.new_channel()
        await layer.group_add(CONTROL_GROUP, channel)
        while True:
            self._control(await layer.receive(channel))

    def _control(self, message: dict[str, Any]) -> None:
        """`{"do": "recheck"}` looks at everybody's rights at once; anything else goes to the sockets of its board, or to all."""
        fields = {key: value for key, value in message.items() if key not in {"type", "board", "do"}}
        if message["do"] == "recheck":
            self._sweep_now.set()
            return
        text = control_encode(message["do"], **fields)
        for seat in self._hub.seats:
            if message.get("board") in {None, seat.board}:
                seat.control(text)


async def _abandon(layer: Any, *tasks: asyncio.Future[Any]) -> None:
    """End the tasks and the layer's connections. A half-open one may never answer, so there is a limit."""
    for task in tasks:
        task.cancel()
    with contextlib.suppress(TimeoutError, RedisError, OSError):
        async with asyncio.timeout(ABANDON_WITHIN_S):
            await asyncio.gather(*tasks, return_exceptions=True)
            await layer.flush()


@database_sync_to_async  # type: ignore[untyped-decorator]  # the library is not typed
def _verdicts(wanted: set[tuple[Watched, str]]) -> dict[tuple[Watched, str], Verdict]:
    keys = {watched.session_key for watched, _ in wanted}
    alive = set(
        Session.objects.filter(session_key__in=keys, expire_date__gt=timezone.now()).values_list(
            "session_key", flat=True
        )
    )
    users = get_user_model().objects.in_bulk({watched.user_id for watched, _ in wanted})
    return {
        (watched, slug): _verdict(users.get(watched.user_id) if watched.session_key in alive else None, slug)
        for watched, slug in wanted
    }


def _verdict(user: Any, slug: str) -> Verdict:
    if user is None or not user.is_active:
        return Verdict(close_code=CLOSE_LOG_IN)
    board = selectors.board_of(user, slug=slug)
    if board is None:
        return Verdict(close_code=CLOSE_REVOKED)
    return Verdict(views=selectors.board_views(board, scope=scope_of(user)))


def _fingerprints(views: dict[str, View]) -> dict[str, str]:
    return {stream: view.fingerprint for stream, view in views.items()}


def _seated(seat: Seat) -> dict[str, str]:
    return {stream: seated.feed.view_id for stream, seated in seat.streams.items()}


_upkeeps: WeakKeyDictionary[Hub, Upkeep] = WeakKeyDictionary()


def upkeep_of_loop(hub: Hub) -> Upkeep:
    """The upkeep of a hub; made at the first call."""
    if hub not in _upkeeps:
        _upkeeps[hub] = Upkeep(hub)
    return _upkeeps[hub]
