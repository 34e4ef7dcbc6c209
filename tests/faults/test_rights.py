"""Who may watch, and what happens to open sockets when that changes."""

from __future__ import annotations

import time

import pytest
from websockets.exceptions import InvalidStatus

from tests.faults.checks import whole_check
from tests.stack import BoardClient, Stack

pytestmark = pytest.mark.faults

SWEEP_NOW_WITHIN_S = 5.0


def test_socket_without_login_is_closed_with_4001(stack: Stack) -> None:
    with stack.board(user=None) as board:
        assert board.wait_closed(within_s=5) == 4001
        assert board.received == []


def test_socket_of_an_unknown_board_is_closed_with_4003(stack: Stack) -> None:
    with stack.board(slug="no-such-board") as board:
        assert board.wait_closed(within_s=5) == 4003
        assert board.received == []


@pytest.mark.parametrize("origin", ["http://elsewhere.example", "https://127.0.0.1", "null"])
def test_socket_from_another_origin_is_refused(stack: Stack, origin: str) -> None:
    with pytest.raises(InvalidStatus) as refused:
        stack.board(origin=origin)
    assert refused.value.response.status_code == 403


def test_socket_is_closed_at_once_with_4001_when_its_user_is_deactivated(stack: Stack) -> None:
    with stack.board(cookies=stack.cookies("supervisor", is_new=True)) as board:
        board.wait_kind("snapshot", within_s=10)
        stack.sql("UPDATE auth_user SET is_active = 0 WHERE username = 'supervisor'")
        try:
            stack.control(do="recheck")
            assert board.wait_closed(within_s=SWEEP_NOW_WITHIN_S) == 4001
        finally:
            stack.sql("UPDATE auth_user SET is_active = 1 WHERE username = 'supervisor'")


def test_logging_out_closes_the_socket(stack: Stack) -> None:
    with stack.client("viewer") as client, stack.board(cookies=dict(client.cookies)) as board:
        board.wait_kind("snapshot", within_s=10)
        form = {"csrfmiddlewaretoken": client.cookies["csrftoken"]}
        client.post("/accounts/logout/", data=form).raise_for_status()
        stack.control(do="recheck")
        assert board.wait_closed(within_s=SWEEP_NOW_WITHIN_S) == 4001


def test_board_that_is_deleted_closes_its_sockets_with_4003(stack: Stack) -> None:
    known = [row[1] for row in stack.sql("PRAGMA table_info(dashboard_board)")]
    columns = ", ".join(name for name in known if name not in {"id", "slug"})
    stack.sql(
        f"INSERT INTO dashboard_board (slug, {columns}) SELECT 'short-lived', {columns} FROM dashboard_board"  # noqa: S608
        " WHERE slug = 'overview'"
    )
    with stack.board(slug="short-lived") as board:
        board.wait_kind("snapshot", within_s=10)
        stack.sql("DELETE FROM dashboard_board WHERE slug = 'short-lived'")
        stack.control(do="recheck")
        assert board.wait_closed(within_s=SWEEP_NOW_WITHIN_S) == 4003


def test_changed_privacy_and_scope_push_a_snapshot_of_another_view(stack: Stack) -> None:
    def changed(board: BoardClient, view: str) -> bool:
        return board.view != view

    with stack.board() as board:
        board.wait(lambda b: b.state.get("queues"), within_s=10)
        view, queue_id = board.view, min(board.state["queues"])
        assert any(row["name"] for row in board.state["agents"].values())
        try:
            stack.sql("UPDATE dashboard_board SET names = 'none' WHERE slug = 'overview'")
            stack.control(do="recheck")
            board.wait(lambda b: changed(b, view), within_s=SWEEP_NOW_WITHIN_S, what="Another view")
            assert not any(row["name"] or row["login"] for row in board.state["agents"].values())
            nameless = board.view
            scope = f'{{"main": ["{queue_id}"]}}'
            stack.sql("UPDATE dashboard_board SET queue_ids = ? WHERE slug = 'overview'", scope)
            stack.control(do="recheck")
            board.wait(lambda b: changed(b, nameless), within_s=SWEEP_NOW_WITHIN_S, what="Another scope")
            assert set(board.state["queues"]) == {queue_id}
            whole_check(board, stack)
        finally:
            stack.sql("UPDATE dashboard_board SET names = 'full', queue_ids = NULL WHERE slug = 'overview'")
            stack.control(do="recheck")
        board.wait(lambda b: b.view == view, within_s=SWEEP_NOW_WITHIN_S, what="The first view")
        whole_check(board, stack)


GARBAGE = {
    "no JSON": "what is this?",
    "another shape": '{"t":"ack","stream":7}',
    "a list": "[]",
    "not UTF-8": b"\xff\xfe\x00",
    "deep": "[" * 5_000,
    "too long": '{"t":"hello","v":1,"x":"' + "x" * 40_000 + '"}',
    "an unknown kind": '{"t":"sing"}',
    "a number out of range": '{"t":"ack","stream":"main","seq":1e400}',
    "an unknown stream": '{"t":"resync","stream":"other"}',
    "a huge place": '{"t":"hello","v":1,"streams":{"main":{"epoch":"x","seq":99999999999999999999,"view":"y"}}}',
}


@pytest.mark.parametrize("text", GARBAGE.values(), ids=GARBAGE.keys())
def test_nonsense_from_a_browser_is_answered_or_ignored_and_never_a_traceback(
    stack: Stack, text: str | bytes
) -> None:
    mark = stack.log_mark()
    with stack.board() as board:
        board.wait_kind("snapshot", within_s=10)
        board.say(text)
        since_s = time.monotonic()
        board.wait(lambda b: b.of_kind("tick", since_s=since_s) or b.close_code, within_s=10)
        assert board.close_code is None
    assert "Traceback" not in stack.log_text()[mark:]


def test_message_larger_than_any_browser_sends_ends_the_socket_and_nothing_else(stack: Stack) -> None:
    mark = stack.log_mark()
    with stack.board() as board, stack.board(user="manager") as other:
        board.wait_kind("snapshot", within_s=10)
        board.say("x" * 2_000_000)
        since_s = time.monotonic()
        board.wait(lambda b: b.of_kind("tick", since_s=since_s) or b.close_code, within_s=10)
        other.wait_kind("tick", within_s=5, since_s=since_s)
    assert "Traceback" not in stack.log_text()[mark:]


def test_page_of_another_protocol_version_is_told_that_it_is_too_old(stack: Stack) -> None:
    with stack.board(says_hello=False) as board:
        board.say({"t": "hello", "v": 99, "streams": {}})
        assert board.wait_closed(within_s=5) == 4010


def test_browser_that_never_says_hello_is_shown_the_board_all_the_same(stack: Stack) -> None:
    with stack.board(says_hello=False) as board:
        board.wait_kind("snapshot", within_s=10)
