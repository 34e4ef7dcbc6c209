"""A process dies; the boards go on by themselves and show whole numbers."""

from __future__ import annotations

import signal
import time

import pytest
from websockets.exceptions import ConnectionClosed, InvalidMessage

from dashboard.gateway.faults import Fault, FaultKind
from tests.faults.checks import is_fresh, wall_ms, whole_check
from tests.stack import BoardClient, Stack, SwallowingProxy, wait_until

pytestmark = pytest.mark.faults

POLLING_AGAIN_WITHIN_S = 5.0
REDIS_AWAY_S = 5.0
BACK_AFTER_WEB_SERVER_WITHIN_S = 10.0


def killed_inside_a_poll(stack: Stack) -> int:
    """Kill a worker of which it is sure that the PBX keeps it waiting, since the other stands still; its pid."""
    stack.kill("worker-live-2", signal.SIGSTOP)
    stack.pbx.faults.set("*", Fault(kind=FaultKind.DELAY, seconds=1.5))
    asked = stack.pbx.requests["RTStatsCalls"]
    wait_until(lambda: stack.pbx.requests["RTStatsCalls"] > asked + 1, within_s=20, what="A poll")
    stack.kill("worker-live-2", signal.SIGCONT)
    return stack.kill("worker-live")


def control_arrives(stack: Stack, board: BoardClient, *, within_s: float) -> None:
    """Send a control message again and again until one arrives."""
    since_s = time.monotonic()

    def is_there() -> bool:
        stack.control(do="announce", text="hello")
        return any(one.message["do"] == "announce" for one in board.of_kind("control", since_s=since_s))

    wait_until(is_there, within_s=within_s, what="A control message")


def test_polling_goes_on_within_five_seconds_when_the_worker_is_killed_during_a_poll(stack: Stack) -> None:
    with stack.board() as board:
        board.wait_kind("delta", within_s=20)
        killed = killed_inside_a_poll(stack)
        at_s, at_ms = time.monotonic(), wall_ms()
        stack.pbx.faults.clear()
        board.wait(lambda b: is_fresh(b, since_ms=at_ms), within_s=15, what="Fresh figures")
        assert time.monotonic() - at_s < POLLING_AGAIN_WITHIN_S
        wait_until(lambda: stack.pid("worker-live") not in {0, killed}, within_s=10, what="Another worker")
        whole_check(board, stack)


def test_boards_stay_open_and_recover_by_themselves_when_redis_is_away_for_five_seconds(stack: Stack) -> None:
    with stack.board() as board:
        board.wait_kind("delta", within_s=20)
        epoch = board.place[0]
        since_s, mark = time.monotonic(), stack.log_mark()
        stack.stop_program("redis")
        wait_until(lambda: time.monotonic() - since_s >= REDIS_AWAY_S, within_s=REDIS_AWAY_S + 1)
        stack.start_program("redis")
        back_s, back_ms = time.monotonic(), wall_ms()
        silent = board.wait_kind("control", within_s=15, since_s=since_s)
        assert (silent.message["do"], silent.message["code"]) == ("error", "silent")
        board.wait(lambda b: b.place[0] not in {"", epoch}, within_s=20, what="A new epoch")
        board.wait(lambda b: is_fresh(b, since_ms=back_ms), within_s=10, what="Fresh figures")
        assert time.monotonic() - back_s < 15
        assert "Traceback" not in stack.log_text()[mark:]
        assert len(stack.log_lines(" ERROR ", since=mark)) < 10, "an outage does not fill the log"
        assert board.of_kind("snapshot", since_s=since_s)
        assert board.place[0] > epoch, "later epochs sort after earlier ones"
        assert board.close_code is None
        whole_check(board, stack)


def test_control_messages_arrive_again_after_redis_was_away(stack: Stack) -> None:
    with stack.board() as board:
        board.wait_kind("snapshot", within_s=10)
        stack.kill("redis")
        at_ms = wall_ms()
        board.wait(lambda b: is_fresh(b, since_ms=at_ms + 500), within_s=20, what="Fresh figures")
        control_arrives(stack, board, within_s=20)


def test_hub_notices_a_half_open_connection_and_builds_a_new_one(stack: Stack) -> None:
    with (
        SwallowingProxy(str(stack.place.redis_socket)) as proxy,
        stack.web(redis_url=proxy.url) as url,
        stack.board(url=url) as board,
    ):
        board.wait_kind("delta", within_s=20)
        control_arrives(stack, board, within_s=10)
        assert proxy.half_open() >= 1
        since_s = time.monotonic()
        board.wait(lambda b: b.of_kind("tick", since_s=since_s + 1), within_s=20, what="A tick")
        assert time.monotonic() - since_s < 8
        board.wait_kind("delta", within_s=20, since_s=since_s + 1)
        whole_check(board, stack)
        control_arrives(stack, board, within_s=40)
        assert board.close_code is None


def test_board_that_comes_back_after_the_web_server_died_is_whole_within_ten_seconds(stack: Stack) -> None:
    with stack.board() as board:
        board.wait_kind("delta", within_s=20)
        since_s = time.monotonic()
        stack.kill("web")
        assert board.wait_closed(within_s=5) == 1006

    def opened() -> BoardClient | None:
        try:
            return stack.board(hello=board.hello)
        except (OSError, InvalidMessage, ConnectionClosed):
            return None

    with wait_until(opened, within_s=20, what="The web server") as back:
        back.wait(lambda b: b.place != ("", 0) and b.of_kind("tick"), within_s=10)
        assert time.monotonic() - since_s < BACK_AFTER_WEB_SERVER_WITHIN_S
        assert back.place[0] == board.place[0], "the epoch outlives the web server"
        whole_check(back, stack)


def test_board_that_comes_back_to_the_same_server_gets_what_it_missed_and_no_snapshot(stack: Stack) -> None:
    with stack.board() as witness:
        with stack.board() as board:
            board.wait_kind("delta", within_s=20)
        witness.wait(lambda b: b.place[1] > board.place[1] + 1, within_s=20, what="News meanwhile")
        with stack.board(hello=board.hello) as back:
            first = back.wait(lambda b: b.of_kind("delta") or b.of_kind("snapshot"), within_s=10)[0]
            assert (first.kind, first.message["prev"]) == ("delta", board.place[1])
