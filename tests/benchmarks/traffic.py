"""What a board is sent: nothing while nothing happens, and little while much does."""

from __future__ import annotations

from typing import Final

from tests.benchmarks.board import followed_board
from tests.benchmarks.processes import processes
from tests.benchmarks.report import Benchmark, NotMeasured, say
from tests.benchmarks.site import SimulatedPbx, whole_site

IDLE_S: Final = 60
BUSY_S: Final = 45
TICKS_AT_LEAST: Final = 0.8


def idle_measure() -> float:
    """Bytes of state in a minute. Ticks must come all the while, or the silence would mean nothing."""
    with processes() as running:
        pbx = SimulatedPbx(running, ["--quiet", "--agents", "200", "--queues", "20"])
        with followed_board(whole_site(running, pbx)) as board:
            asked = pbx.state()["requests"]["RTStatsSessions"]
            sent, ticks = len(board.snapshots) + len(board.deltas), board.ticks
            total = sum(board.snapshots) + sum(board.deltas)
            board.follow(IDLE_S)
            polls, ticks = pbx.state()["requests"]["RTStatsSessions"] - asked, board.ticks - ticks
            say(f"  {polls} polls, {ticks} ticks, {len(board.snapshots) + len(board.deltas) - sent} others")
            if min(polls, ticks) < TICKS_AT_LEAST * IDLE_S:
                raise NotMeasured(f"Only {polls} polls and {ticks} ticks in {IDLE_S} s.")
            return sum(board.snapshots) + sum(board.deltas) - total


def share_measure() -> float:
    """The deltas of a while against a snapshot for each second of it. At the end the copy must be what the server has."""
    with processes() as running:
        pbx = SimulatedPbx(running, ["--agents", "200", "--queues", "20"])
        with followed_board(whole_site(running, pbx)) as board:
            deltas, snapshots = sum(board.deltas), 0
            for _ in range(BUSY_S):
                board.follow(1)
                snapshots += board.snapshot_bytes()
            deltas = sum(board.deltas) - deltas
            if len(board.snapshots) != 1:
                raise NotMeasured("More than one snapshot came.")
            board.resync()
            if board.snapshot != board.state:
                raise NotMeasured("The deltas did not lead to the server's state.")
            say(f"  {deltas / BUSY_S:.0f} bytes of deltas a second, a snapshot has {snapshots / BUSY_S:.0f}")
            return deltas / snapshots


IDLE_STATE_BYTES: Final = Benchmark(
    name="idle_state_bytes",
    unit="bytes",
    against=f"nothing: state sent to a board in {IDLE_S} s from a PBX whose clock runs and where nothing happens",
    at_most=0,
    measure=idle_measure,
)
DELTA_SHARE: Final = Benchmark(
    name="delta_share",
    unit="ratio",
    against=f"bytes of a snapshot each second (200 agents, 20 queues at work, {BUSY_S} s)",
    at_most=0.05,
    measure=share_measure,
)
