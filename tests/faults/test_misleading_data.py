"""The PBX answers, but not with what was expected of it."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from dashboard.gateway.faults import Fault, FaultKind
from dashboard.gateway.server import PbxServer, running_pbx
from dashboard.gateway.simulated.settings import SimulationSettings
from dashboard.gateway.surface.settings import ApiSettings
from tests.faults.checks import errors, is_fresh, wall_ms, whole_check
from tests.stack import BoardClient, Stack

pytestmark = pytest.mark.faults


def test_no_stale_call_remains_after_the_pbx_was_restarted_and_counts_from_zero(stack: Stack) -> None:
    queue_id = next(
        key for key, queue in stack.pbx.engine.directory().queues.items() if queue.direction.value == "in"
    )
    with stack.board() as board:
        board.wait(is_fresh, within_s=15)
        call_id = stack.pbx.engine.call_inject(queue_id=queue_id, kept_waiting_s=300)
        board.wait(lambda b: call_id in b.state["calls"], within_s=10, what="The call")
        old = set(board.state["calls"])
        stack.pbx.faults.set("*", Fault(kind=FaultKind.RESTART))
        restarted_ms = wall_ms()
        board.wait(lambda b: is_fresh(b, since_ms=restarted_ms + 1_000), within_s=15)
        shown = set(board.state["calls"])
        assert shown <= set(stack.pbx.engine.floor().calls) | shown - old
        assert call_id not in shown
        whole_check(board, stack)


@pytest.fixture(params=[False, True], ids=["empty map as []", "empty map as {}"])
def empty_pbx(stack: Stack, request: pytest.FixtureRequest) -> Iterator[PbxServer]:
    """The stack asks another PBX, at which nothing is going on."""
    api = ApiSettings(empty_map_is_object=request.param)
    with running_pbx(SimulationSettings(is_quiet=True), api=api) as pbx:
        stack.sql("UPDATE dashboard_pbx SET base_url = ?", pbx.url)
        yield pbx
    stack.sql("UPDATE dashboard_pbx SET base_url = ?", stack.pbx.url)
    with stack.board() as board:
        board.wait(lambda b: b.state.get("agents"), within_s=20, what="The first PBX again")


def test_empty_answers_mean_that_nothing_is_there(stack: Stack, empty_pbx: PbxServer) -> None:
    with stack.board() as board:
        board.wait(
            lambda _: empty_pbx.requests["RTStatsCalls"] > 1, within_s=15, what="A poll of the other PBX"
        )
        board.wait(lambda b: not b.state["calls"], within_s=10, what="No calls")
        assert not errors(board)
        empty_pbx.faults.set("*", Fault(kind=FaultKind.EMPTY))
        since_ms = wall_ms()
        board.wait(lambda b: is_fresh(b, since_ms=since_ms + 1_000), within_s=15)
        board.wait(lambda b: not b.state["agents"], within_s=15, what="No agents")
        assert not errors(board)
        assert {row["calls_waiting"] for row in board.state["queues"].values()} <= {0, None}


def queues_shown(board: BoardClient) -> int:
    return len(board.state["queues"])


def test_answers_that_drip_are_given_up_at_the_deadline(stack: Stack) -> None:
    began_ms = wall_ms()
    with stack.board() as board:
        # The stack's own PBX again: another one may have been asked until now.
        board.wait(lambda b: is_fresh(b, since_ms=began_ms + 1_000) and queues_shown(b), within_s=20)
        before = queues_shown(board)
        began_s = time.monotonic()
        stack.pbx.faults.set("*", Fault(kind=FaultKind.DRIP, seconds=30))
        board.wait(lambda b: errors(b).get("RTStatsCalls"), within_s=8, what="An error")
        assert errors(board)["RTStatsCalls"]["code"] == "timeout"
        assert time.monotonic() - began_s < 8
        assert queues_shown(board) == before
