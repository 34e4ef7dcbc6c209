"""What a server process does for its open sockets beside the fan-out: looks again at who may see what, and passes on the rare
control messages of the channel layer.

Channels reads a session when a socket opens and never again; so one sweep per process asks the database for all sockets at once.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Collection, Mapping
from typing import Any, Final, Protocol, Self
from weakref import WeakKeyDictionary

import msgspec
from channels import DEFAULT_CHANNEL_LAYER
from channels.db import database_sync_to_async
from channels.layers import channel_layers
from django.db import DatabaseError, InterfaceError, OperationalError
from redis.exceptions import RedisError

from dashboard.domain.privacy import View
from dashboard.hub.control import CONTROL_GROUP
from dashboard.hub.ending import tasks_end
from dashboard.hub.hub import Hub
from dashboard.hub.protocol import CLOSE_COME_BACK, control_encode
from dashboard.hub.seat import Seat

log = logging.getLogger(__name__)

SWEEP_S: Final = 15.0
RETRY_S: Final = 2.0
ABANDON_WITHIN_S: Final = 5.0


class Verdict(msgspec.Struct, frozen=True):
    """What a sweep found for a socket: a code to close it with, or the views it is to have.

    `standing` are the control messages it must have been told last; one that differs from before is sent.
    """

    close_code: int | None = None
    views: dict[str, View] = {}
    standing: tuple[str, ...] = ()


class Ticket(Protocol):
    """By what right a socket is open. Hashable; tickets of one class are judged together."""

    def __hash__(self) -> int: ...

    @classmethod
    def verdicts(cls, tickets: Collection[Self]) -> Mapping[Self, Verdict]:
        """What each of them may still see. Runs in a thread that may ask the database."""
        ...


class Upkeep:
    """Sweep and control messages for the sockets of one hub."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._watched: dict[Seat, Ticket] = {}
        self._told: dict[Seat, tuple[str, ...]] = {}
        self._tasks: list[asyncio.Task[None]] = []
        self._sweep_now = asyncio.Event()

    def watch(self, seat: Seat, ticket: Ticket) -> None:
        self._watched[seat] = ticket
        if not self._tasks:
            loop = asyncio.get_running_loop()
            self._tasks = [
                loop.create_task(self._sweep_loop(), name="sweep"),
                loop.create_task(self._control_loop(), name="control"),
            ]

    def unwatch(self, seat: Seat) -> None:
        self._watched.pop(seat, None)
        self._told.pop(seat, None)

    def look_again(self) -> None:
        """Look at all rights now rather than at the next regular moment."""
        self._sweep_now.set()

    async def stop(self) -> None:
        """Look after nobody any more."""
        await tasks_end(self._tasks)

    async def _sweep_loop(self) -> None:
        while True:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._sweep_now.wait(), timeout=SWEEP_S)
            self._sweep_now.clear()
            try:
                await self._sweep()
            except DatabaseError as exc:
                log.warning("The rights of open sockets could not be checked: %s", exc)
            # Whatever it was: if this task ended, no right would ever be withdrawn again.
            except Exception:
                log.exception("The rights of open sockets could not be checked.")

    async def _sweep(self) -> None:
        seats = dict(self._watched)
        verdicts = await _verdicts(set(seats.values()))
        for seat, ticket in seats.items():
            if seat not in self._watched:
                continue
            try:
                self._carry_out(verdicts[ticket], seat)
            # The others' rights must not hang on this socket; it is closed, since nobody knows what it may see.
            except Exception:
                log.exception("A socket is closed: what it may see could not be carried out.")
                seat.close(CLOSE_COME_BACK)

    def _carry_out(self, verdict: Verdict, seat: Seat) -> None:
        if verdict.close_code is not None:
            seat.close(verdict.close_code)
            return
        self.tell(seat, verdict.standing)
        if _fingerprints(verdict.views) != _seated(seat):
            self._hub.join(seat, verdict.views)

    def tell(self, seat: Seat, standing: tuple[str, ...]) -> None:
        """Send of these control messages what the socket was not told yet; at first all: who comes back may hold others."""
        told = self._told.get(seat, ())
        for text in standing:
            if text not in told:
                seat.control(text)
        self._told[seat] = standing

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
            # As above: without this task nobody hears of an announcement or a withdrawn right any more.
            except Exception:
                log.exception("Control messages cannot be received.")
                await asyncio.sleep(RETRY_S)
            finally:
                await _abandon(layer, receiving, restored)

    async def _controls_receive(self, layer: Any) -> None:
        channel = await layer.new_channel()
        await layer.group_add(CONTROL_GROUP, channel)
        while True:
            message = await layer.receive(channel)
            try:
                self._control(message)
            # One that cannot be read must not keep the next from being heard.
            except Exception:
                log.exception("A control message was not understood.")

    def _control(self, message: dict[str, Any]) -> None:
        """`{"do": "recheck"}` looks at all rights at once; anything else goes to the sockets of its board and user, or to all."""
        fields = {key: value for key, value in message.items() if key not in {"type", "board", "user", "do"}}
        if message["do"] == "recheck":
            self.look_again()
            return
        text = control_encode(message["do"], **fields)
        for seat in self._hub.seats:
            if message.get("board") in {None, seat.board} and message.get("user") in {None, seat.user_id}:
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
def _verdicts(tickets: set[Ticket]) -> dict[Ticket, Verdict]:
    by_class: dict[type[Ticket], set[Ticket]] = {}
    for ticket in tickets:
        by_class.setdefault(type(ticket), set()).add(ticket)
    return {
        ticket: verdict for kind, some in by_class.items() for ticket, verdict in _judged(kind, some).items()
    }


def _judged(kind: type[Ticket], tickets: set[Ticket]) -> Mapping[Ticket, Verdict]:
    """Together, which is cheap; one by one if that fails, so that the one that cannot be judged is found. It is to be closed."""
    try:
        return kind.verdicts(tickets)
    except (OperationalError, InterfaceError):
        raise  # the database is away, for all of them
    # One row that cannot be read must not keep the rights of everybody else from being withdrawn.
    except Exception:
        if len(tickets) > 1:
            return {ticket: verdict for one in tickets for ticket, verdict in _judged(kind, {one}).items()}
        log.exception("A socket is closed: what it may see could not be found out.")
        return dict.fromkeys(tickets, Verdict(close_code=CLOSE_COME_BACK))


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
