"""The sweep over open sockets: one socket that cannot be judged is closed, and all the others are looked after as ever."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Mapping

import msgspec
import pytest
import redis
from channels.layers import get_channel_layer
from django.db import OperationalError

from dashboard.consumers.upkeep import Ticket, Upkeep, Verdict
from dashboard.hub.control import CONTROL_GROUP
from dashboard.hub.hub import Hub
from dashboard.hub.protocol import CLOSE_COME_BACK, CLOSE_REVOKED, control_encode
from dashboard.hub.seat import Seat
from tests.conftest import RedisServer

WITHIN_S = 30.0
LAW: dict[str, str] = {}
"""What becomes of each ticket now: `open`, `revoked`, `broken`, `odd` or `away`."""


class Held(msgspec.Struct, frozen=True):
    """A right that the test gives and takes."""

    name: str

    @classmethod
    def verdicts(cls, tickets: Collection[Held]) -> Mapping[Held, Verdict]:
        return {ticket: _verdict(LAW[ticket.name]) for ticket in tickets}


def _verdict(law: str) -> Verdict:
    if law == "broken":
        raise ValueError("a row that cannot be read")
    if law == "away":
        raise OperationalError("the database is away")
    if law == "odd":
        return Verdict(views={"main": None})  # type: ignore[dict-item]  # what a defect might give
    told = control_encode("announce", announcements=[{"text": law}])
    return Verdict(close_code=CLOSE_REVOKED if law == "revoked" else None, standing=(told,))


@pytest.fixture(autouse=True)
def _no_law() -> None:
    LAW.clear()


@pytest.fixture
async def upkeep(redis_server: RedisServer, redis_client: redis.Redis) -> AsyncIterator[Upkeep]:
    hub = Hub(redis_server.url)
    upkeep = Upkeep(hub)
    yield upkeep
    await upkeep.stop()
    await hub.close()


def opened(upkeep: Upkeep, name: str) -> Seat:
    LAW[name] = "open"
    seat = Seat(board="overview")
    ticket: Ticket = Held(name)
    upkeep.watch(seat, ticket)
    return seat


async def swept(upkeep: Upkeep, until: Callable[[], bool]) -> None:
    """Ask for a look until this holds."""
    async with asyncio.timeout(WITHIN_S):
        while not until():
            upkeep.look_again()
            await asyncio.sleep(0.01)


@pytest.mark.parametrize("fault", ["broken", "odd"])
async def test_one_socket_that_cannot_be_judged_is_closed_and_the_others_rights_are_kept(
    upkeep: Upkeep, fault: str
) -> None:
    bad, good, other = opened(upkeep, "bad"), opened(upkeep, "good"), opened(upkeep, "other")
    LAW["bad"] = fault
    LAW["good"] = "revoked"
    await swept(upkeep, lambda: good.close_code is not None)
    assert (bad.close_code, good.close_code, other.close_code) == (CLOSE_COME_BACK, CLOSE_REVOKED, None)
    LAW["other"] = "revoked"
    await swept(upkeep, lambda: other.close_code is not None)
    assert other.close_code == CLOSE_REVOKED, "the sweep goes on afterwards"


async def test_nobody_is_closed_while_the_database_is_away(upkeep: Upkeep) -> None:
    one, other = opened(upkeep, "one"), opened(upkeep, "other")
    LAW["one"] = "away"
    for _ in range(3):
        upkeep.look_again()
        await asyncio.sleep(0.05)
    assert (one.close_code, other.close_code) == (None, None)
    LAW["one"] = "revoked"
    await swept(upkeep, lambda: one.close_code is not None)
    assert (one.close_code, other.close_code) == (CLOSE_REVOKED, None)


async def test_a_control_message_that_cannot_be_read_does_not_end_the_listening(
    upkeep: Upkeep,
) -> None:
    seat = opened(upkeep, "one")
    LAW["one"] = "revoked"
    layer = get_channel_layer()
    async with asyncio.timeout(WITHIN_S):
        while seat.close_code is None:
            await layer.group_send(CONTROL_GROUP, {"type": "control"})
            await layer.group_send(CONTROL_GROUP, {"type": "control", "do": "recheck"})
            await asyncio.sleep(0.05)
    assert seat.close_code == CLOSE_REVOKED


async def test_a_page_that_comes_back_is_told_what_stands_also_that_nothing_is_announced(
    upkeep: Upkeep,
) -> None:
    """It may hold an announcement that was deleted while it was away."""
    nothing = control_encode("announce", announcements=[])
    seat, heard = Seat(board="overview"), asyncio.Queue[str]()
    writing = asyncio.ensure_future(seat.write_loop(heard.put, clock=asyncio.get_running_loop().time))
    upkeep.tell(seat, (nothing,))
    upkeep.tell(seat, (nothing,))
    upkeep.tell(seat, ("look",))
    async with asyncio.timeout(WITHIN_S):
        assert [await heard.get(), await heard.get()] == [nothing, "look"]
    writing.cancel()
