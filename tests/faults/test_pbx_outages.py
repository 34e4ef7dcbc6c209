"""The PBX fails in every way it can; the boards say so, keep what they have, and are fresh again soon.

Beside that runs what takes a minute anyway: sockets that do not read or do not acknowledge.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from dashboard.gateway.faults import Fault, FaultKind
from tests.faults.checks import FAST, endpoints, errors, is_fresh, wall_ms, whole_check
from tests.faults.mute import MuteSocket
from tests.stack import BoardClient, Stack

pytestmark = pytest.mark.faults

TICK_AT_LEAST_EVERY_S = 2.0
FRESH_AGAIN_WITHIN_S = 6.0
OUTAGE_S = 4.0
SWEEP_WITHIN_S = 20.0

OUTAGES = [
    pytest.param(Fault(kind=FaultKind.REFUSED), "unreachable", "reached", id="refused"),
    pytest.param(Fault(kind=FaultKind.DELAY, seconds=5), "timeout", "within 3 s", id="slow"),
    pytest.param(Fault(kind=FaultKind.GARBAGE), "garbage", "", id="garbage"),
    pytest.param(Fault(kind=FaultKind.HTTP_ERROR, status=500), "http", "500", id="HTTP 500"),
    pytest.param(Fault(kind=FaultKind.HALF), "garbage", "", id="half an answer"),
    pytest.param(Fault(kind=FaultKind.WRONG_TOKEN), "token", "Uživatel neexistuje", id="wrong token"),
]


class Sleepers:
    """Sockets whose browsers sleep, watched in a thread while other tests run."""

    def __init__(self, stack: Stack) -> None:
        socket_url = stack.url.replace("http", "ws", 1) + "/ws/boards/overview/"
        sign_in: dict[str, Any] = {"cookies": stack.cookies("viewer"), "origin": stack.url}
        self.began_s, self.began_ms = time.monotonic(), wall_ms()
        with ExitStack() as opened:
            self.waking = opened.enter_context(MuteSocket(socket_url, **sign_in))
            self.dead = opened.enter_context(MuteSocket(socket_url, **sign_in))
            self.deaf = opened.enter_context(stack.board(acks=False))
            leaving = stack.cookies("supervisor", is_new=True)
            self.leaving = opened.enter_context(stack.board(cookies=leaving))
            self.leaving.wait_kind("snapshot", within_s=10)
            stack.sql("DELETE FROM django_session WHERE session_key = ?", leaving["sessionid"])
            self.left_s = time.monotonic()
            self.idle = opened.enter_context(stack.board(user="manager"))
            self._opened = opened.pop_all()
        self.before_waking: list[dict[str, Any]] = []
        self.after_waking: list[dict[str, Any]] = []
        self.woke_ms = 0
        self.thread = threading.Thread(target=self._wake, name="waking", daemon=True)
        self.thread.start()

    def _wake(self) -> None:
        """Sleep for half a minute, read all there is, acknowledge, and read on."""
        time.sleep(30)
        self.before_waking = self.waking.read_for(1.5)
        last = max(message.get("seq", 0) for message in self.before_waking)
        self.woke_ms = wall_ms()
        self.waking.say({"t": "ack", "stream": "main", "seq": last})
        self.after_waking = self.waking.read_for(4)

    def close(self) -> None:
        self.thread.join(40)
        self._opened.close()


@pytest.fixture(scope="module")
def sleepers(whole_stack: Stack) -> Iterator[Sleepers]:
    found = Sleepers(whole_stack)
    yield found
    found.close()


def known_from_the_pbx(board: BoardClient) -> dict[str, Any]:
    """All but what comes from the history: calls leave the last minutes by the clock alone, and days go on being added up."""
    counted = {"answered_today", "talk_today_s"}
    return {
        kind: {id_: {key: row[key] for key in row if key not in counted} for id_, row in rows.items()}
        for kind, rows in board.state.items()
        if kind != "figures"
    }


@pytest.mark.parametrize(("fault", "code", "words"), OUTAGES)
def test_outage_of_the_pbx_is_told_and_logged_once_and_over_within_six_seconds(
    stack: Stack, sleepers: Sleepers, fault: Fault, code: str, words: str
) -> None:
    with stack.board() as board:
        board.wait(is_fresh, within_s=15)
        mark, began_s = stack.log_mark(), time.monotonic()
        stack.pbx.faults.set("*", fault)
        board.wait(lambda b: set(FAST) <= set(errors(b)), within_s=10, what="An error")
        ok_at = {name: endpoints(board)[name]["ok_at"] for name in FAST}
        known = known_from_the_pbx(board)
        time.sleep(OUTAGE_S)
        told = errors(board)
        assert {told[name]["code"] for name in FAST} == {code}
        assert all(words in told[name]["text"] for name in FAST)
        assert {name: endpoints(board)[name]["ok_at"] for name in FAST} == ok_at
        assert known_from_the_pbx(board) == known, "what is not known to have changed stays"
        stack.pbx.faults.clear()
        ended_s, ended_ms = time.monotonic(), wall_ms()
        board.wait(lambda b: is_fresh(b, since_ms=ended_ms), within_s=20, what="Fresh figures")
        fresh_s = time.monotonic()
        assert fresh_s - ended_s < FRESH_AGAIN_WITHIN_S
        assert board.longest_silence_s(since_s=began_s, until_s=fresh_s) < TICK_AT_LEAST_EVERY_S
        lines = stack.log_lines("dashboard.polling", since=mark)
        assert len(lines) == 2, lines
        assert "an outage begins" in lines[0]
        assert "answers again" in lines[1]
        whole_check(board, stack)


def test_one_failing_endpoint_leaves_the_others_fresh(stack: Stack, sleepers: Sleepers) -> None:
    with stack.board() as board:
        board.wait(is_fresh, within_s=15)
        stack.pbx.faults.set("RTStatsCalls", Fault(kind=FaultKind.HTTP_ERROR))
        board.wait(errors, within_s=10)
        since_ms = wall_ms()
        board.wait(lambda b: endpoints(b)["RTStatsQueues"]["ok_at"] > since_ms + 1_000, within_s=10)
        assert set(errors(board)) == {"RTStatsCalls"}
        assert endpoints(board)["RTStatsCalls"]["ok_at"] < since_ms


def test_board_says_when_data_stands_still_though_the_pbx_answers(stack: Stack, sleepers: Sleepers) -> None:
    with stack.board() as board:
        board.wait(is_fresh, within_s=15)
        assert board.source["still_since_at"] is None
        began_ms = wall_ms()
        stack.pbx.faults.set("*", Fault(kind=FaultKind.FROZEN))
        skew_ms = board.source["skew_ms"]
        since = board.wait(lambda b: b.source["still_since_at"], within_s=20, what="Word of frozen data")
        assert abs(since - began_ms) < 4_000, "it tells the moment at which the data stopped"
        assert wall_ms() - began_ms < 15_000
        assert not errors(board)
        assert board.source["skew_ms"] == skew_ms, "a clock that stands still says nothing of the time"
        stack.pbx.faults.clear()
        board.wait(lambda b: b.source["still_since_at"] is None, within_s=10, what="Moving data")


def test_board_is_told_how_far_the_clock_of_the_pbx_is_off(stack: Stack, sleepers: Sleepers) -> None:
    with stack.board() as board:
        board.wait(is_fresh, within_s=15)
        assert board.source["skew_ms"] == 0
        stack.pbx.faults.set("*", Fault(kind=FaultKind.CLOCK, seconds=90))
        skew_ms = board.wait(lambda b: b.source["skew_ms"], within_s=20, what="A skew")
        assert skew_ms == pytest.approx(90_000, abs=2_500)
        stack.pbx.faults.clear()
        board.wait(lambda b: b.source["skew_ms"] == 0, within_s=20, what="No skew")


def counts(messages: list[dict[str, Any]]) -> dict[str, int]:
    return {kind: sum(one["t"] == kind for one in messages) for kind in ("snapshot", "delta", "tick")}


def test_socket_that_acknowledges_after_half_a_minute_gets_one_snapshot_and_no_backlog(
    stack: Stack, sleepers: Sleepers
) -> None:
    sleepers.thread.join(60)
    before, after = counts(sleepers.before_waking), counts(sleepers.after_waking)
    assert before["snapshot"] == 1
    held_after_ms = sleepers.began_ms + 22_000
    assert max(message.get("at", 0) for message in sleepers.before_waking) < held_after_ms
    assert before["tick"] <= 24
    assert after["snapshot"] == 1
    states = [message for message in sleepers.after_waking if message["t"] in {"snapshot", "delta"}]
    assert states[0]["t"] == "snapshot"
    assert states[0]["at"] > sleepers.began_ms
    assert all(
        message["at"] >= sleepers.woke_ms - 2_000
        for message in sleepers.after_waking
        if message["t"] == "tick"
    )
    assert sleepers.waking.close_code is None


def test_socket_is_closed_with_4001_by_the_sweep_when_its_session_is_deleted(
    stack: Stack, sleepers: Sleepers
) -> None:
    assert sleepers.leaving.wait_closed(within_s=SWEEP_WITHIN_S) == 4001
    assert sleepers.leaving.closed_at_s is not None
    assert sleepers.leaving.closed_at_s - sleepers.left_s < SWEEP_WITHIN_S


def test_socket_that_never_acknowledges_is_closed_as_too_slow_after_a_minute(
    stack: Stack, sleepers: Sleepers
) -> None:
    assert sleepers.deaf.wait_closed(within_s=80) == 4008
    assert sleepers.deaf.closed_at_s is not None
    assert 58 < sleepers.deaf.closed_at_s - sleepers.began_s < 70
    assert counts([one.message for one in sleepers.deaf.received])["tick"] <= 24, "held after 20 s"


def test_socket_whose_machine_is_gone_is_given_up(stack: Stack, sleepers: Sleepers) -> None:
    time.sleep(max(0.0, sleepers.began_s + 65 - time.monotonic()))
    sleepers.dead.read_for(10)
    assert sleepers.dead.close_code in {1006, 4008}


def test_other_sockets_notice_nothing_of_slow_ones(stack: Stack, sleepers: Sleepers) -> None:
    until_s = time.monotonic()
    assert until_s - sleepers.began_s > 60
    assert sleepers.idle.close_code is None
    # Slow ones would hold it up for as long as they are given, 20 s and more; a busy machine leaves out a tick in a minute.
    silence_s = sleepers.idle.longest_silence_s(since_s=sleepers.began_s, until_s=until_s)
    assert silence_s < 2 * TICK_AT_LEAST_EVERY_S
    whole_check(sleepers.idle, stack)


def test_control_message_reaches_a_socket_that_was_idle_for_a_minute(
    stack: Stack, sleepers: Sleepers
) -> None:
    since_s = time.monotonic()
    stack.control(do="announce", text="hello")
    assert sleepers.idle.wait_kind("control", within_s=5, since_s=since_s).message["text"] == "hello"
