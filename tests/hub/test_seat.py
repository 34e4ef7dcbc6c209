"""A socket's place: encoded once, merged while it is slow, held while it does not acknowledge."""

from __future__ import annotations

import asyncio
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.domain.diff import Delta, delta_apply, plain_diff
from dashboard.domain.privacy import EVERYTHING, View
from dashboard.domain.projection import state_filtered
from dashboard.hub.protocol import CLOSE_TOO_SLOW, Held
from dashboard.hub.seat import CLOSE_AFTER_S, HOLD_AFTER_S, Seat, StreamSeat
from dashboard.hub.view_feed import RING_LENGTH, Place, ViewFeed
from tests.domain.strategies import states, views

SOURCE = b'{"endpoints":{}}'


def pauses(title: str) -> dict:
    return {"pauses": {"4": {"title": title, "type": "normal", "paid": True}}}


class Stream:
    """A view feed and the commits that drive it."""

    def __init__(self, state: dict, view: View = EVERYTHING) -> None:
        self.state = state
        self.feed = ViewFeed(stream="main", view=view, state=state, place=Place("e1", 1), at=0, source=SOURCE)
        self.seq = 1

    def commit(self, state: dict, *, now: float = 0.0) -> bool:
        self.seq += 1
        delta, self.state = plain_diff(self.state, state), state
        return self.feed.advance(state, delta, seq=self.seq, at=self.seq, now=now)

    def tick(self) -> None:
        self.feed.tick(at=self.seq, build="test", source=SOURCE)

    def seat(self, now: float = 0.0) -> StreamSeat:
        """A seat that has its snapshot and has acknowledged it."""
        seat = StreamSeat(self.feed)
        seat.greet(None)
        assert next(json.loads(text)["t"] for text in seat.texts(now=now)) == "snapshot"
        seat.ack(self.feed.place.seq, now=now)
        return seat


def sent(seat: StreamSeat, now: float = 0.0) -> list[dict]:
    return [json.loads(text) for text in seat.texts(now=now)]


def test_two_seats_of_one_view_get_the_very_same_text() -> None:
    stream = Stream(pauses("a"))
    one, other = stream.seat(), stream.seat()
    stream.commit(pauses("b"))
    assert one.texts(now=0)[0] is other.texts(now=0)[0]


def test_slow_seat_gets_one_merged_delta() -> None:
    stream = Stream(pauses("a"))
    seat = stream.seat()
    for title in "bcd":
        stream.commit(pauses(title))
    (delta,) = sent(seat)
    assert (delta["t"], delta["prev"], delta["seq"]) == ("delta", 1, 4)
    assert delta["set"] == {"pauses": {"4": {"title": "d"}}}
    assert sent(seat) == []


def test_seat_behind_the_ring_gets_a_snapshot() -> None:
    stream = Stream(pauses("start"))
    seat = stream.seat()
    for number in range(RING_LENGTH + 1):
        stream.commit(pauses(str(number)))
    (message,) = sent(seat)
    assert (message["t"], message["seq"]) == ("snapshot", RING_LENGTH + 2)


def test_commit_that_changes_nothing_in_a_view_is_not_sent_and_leaves_its_number() -> None:
    stream = Stream({"queues": {}, **pauses("a")}, View(pause_titles=False))
    seat = stream.seat()
    assert stream.commit({"queues": {}, **pauses("b")}) is False
    assert sent(seat) == []
    stream.tick()
    (tick,) = sent(seat)
    assert (tick["t"], tick["seq"]) == ("tick", 1)


@pytest.mark.parametrize(
    ("held", "kinds"),
    [
        (Held("e1", 3, EVERYTHING.fingerprint), []),
        (Held("e1", 2, EVERYTHING.fingerprint), ["delta"]),
        (Held("e1", 99, EVERYTHING.fingerprint), ["snapshot"]),
        (Held("e0", 3, EVERYTHING.fingerprint), ["snapshot"]),
        (Held("e1", 3, "another"), ["snapshot"]),
        (None, ["snapshot"]),
    ],
)
def test_returning_browser_gets_just_what_it_lacks(held: Held | None, kinds: list[str]) -> None:
    stream = Stream(pauses("a"))
    stream.commit(pauses("b"))
    stream.commit(pauses("c"))
    seat = StreamSeat(stream.feed)
    seat.greet(held)
    assert [message["t"] for message in sent(seat)] == kinds


def test_nothing_is_sent_to_a_seat_that_does_not_acknowledge_and_then_one_snapshot() -> None:
    stream = Stream(pauses("a"))
    seat = stream.seat()
    stream.commit(pauses("b"), now=100.0)
    assert len(sent(seat, now=100.0)) == 1
    for number in range(5):
        stream.commit(pauses(str(number)), now=100.0 + HOLD_AFTER_S)
        stream.tick()
        assert sent(seat, now=100.0 + HOLD_AFTER_S) == []
    seat.ack(2, now=140.0)
    messages = sent(seat, now=140.0)
    assert [message["t"] for message in messages] == ["snapshot", "tick"]
    assert messages[0]["state"] == state_filtered(pauses("4"), view=EVERYTHING)


def test_acknowledgement_of_an_older_message_leaves_the_younger_one_open() -> None:
    stream = Stream(pauses("a"))
    seat = stream.seat()
    stream.commit(pauses("b"), now=10.0)
    sent(seat, now=10.0)
    stream.commit(pauses("c"), now=25.0)
    sent(seat, now=25.0)
    seat.ack(2, now=29.0)
    assert seat.silence_s(now=29.0) == pytest.approx(4.0)


def test_ticks_of_a_quiet_stream_are_acknowledged_too() -> None:
    stream = Stream(pauses("a"))
    seat = stream.seat()
    for now in range(0, 100, 2):
        stream.tick()
        assert len(sent(seat, now=float(now))) == 1
        if now % 10 == 0:
            seat.ack(1, now=float(now))


@given(
    chain=st.lists(states, min_size=2, max_size=8),
    view=views,
    reads=st.lists(st.booleans(), min_size=8, max_size=8),
)
def test_browser_ends_equal_to_its_view_however_it_reads(
    chain: list[dict], view: View, reads: list[bool]
) -> None:
    stream = Stream(chain[0], view)
    seat = StreamSeat(stream.feed)
    seat.greet(None)
    browser: dict = {}
    place = None
    for state, is_reading in zip([*chain[1:], chain[-1]], [*reads[: len(chain) - 1], True], strict=True):
        stream.commit(state)
        for message in sent(seat) if is_reading else []:
            if message["t"] == "snapshot":
                browser = message["state"]
            else:
                assert message["prev"] == place
                browser = delta_apply(browser, Delta(changed=message["set"], removed=message["del"]))
            place = message["seq"]
    assert browser == state_filtered(chain[-1], view=view)


async def test_write_loop_ends_with_the_code_it_is_given() -> None:
    seat = Seat(board="overview")
    texts: list[str] = []

    async def send(text: str) -> None:
        texts.append(text)

    loop = asyncio.ensure_future(seat.write_loop(send, clock=lambda: 0.0))
    seat.control("hello")
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    seat.close(4003)
    assert await loop == 4003
    assert texts == ["hello"]


async def test_write_loop_closes_a_socket_that_stays_silent() -> None:
    stream = Stream(pauses("a"))
    seat, now = Seat(board="overview"), [0.0]
    seat.streams = {"main": StreamSeat(stream.feed)}
    seat.is_greeted = True

    async def send(text: str) -> None: ...

    loop = asyncio.ensure_future(seat.write_loop(send, clock=lambda: now[0]))
    seat.wake()
    await asyncio.sleep(0.01)
    now[0] = CLOSE_AFTER_S + 1
    seat.wake()
    assert await loop == CLOSE_TOO_SLOW


async def test_nothing_is_sent_before_the_browser_has_said_where_it_stands() -> None:
    stream = Stream(pauses("a"))
    seat = Seat(board="overview")
    seat.streams = {"main": StreamSeat(stream.feed)}
    texts: list[str] = []

    async def send(text: str) -> None:
        texts.append(text)

    loop = asyncio.ensure_future(seat.write_loop(send, clock=lambda: 0.0))
    seat.wake()
    await asyncio.sleep(0.01)
    assert texts == []
    seat.is_greeted = True
    seat.wake()
    await asyncio.sleep(0.01)
    assert len(texts) == 1
    loop.cancel()
