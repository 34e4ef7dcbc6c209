"""The same site on another ASGI server."""

from __future__ import annotations

import sys

import pytest

from tests.faults.checks import whole_check
from tests.stack import Stack

pytestmark = pytest.mark.faults

UVICORN = [sys.executable, "-m", "uvicorn", "--host", "127.0.0.1", "--port", "{port}", "--lifespan", "off"]


def test_site_runs_on_uvicorn_too(stack: Stack) -> None:
    command = [*UVICORN, "--log-level", "warning", "wallboard.asgi:application"]
    with stack.web(command=command) as url:
        with stack.client("viewer", url=url) as client:
            assert client.get("/boards/overview/").status_code == 200
            cookies = dict(client.cookies)
        with stack.board(url=url, cookies=cookies) as board:
            board.wait_kind("snapshot", within_s=10)
            board.wait_kind("delta", within_s=20)
            board.wait_kind("tick", within_s=5)
            whole_check(board, stack)
        with stack.board(url=url, user=None) as stranger:
            assert stranger.wait_closed(within_s=5) == 4001
