"""One wallboard of real processes for all tests of this folder; each test finds it healthy."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.faults.checks import is_fresh
from tests.stack import Stack, running_stack


@pytest.fixture(scope="session")
def whole_stack() -> Iterator[Stack]:
    with running_stack() as stack:
        yield stack


@pytest.fixture
def stack(whole_stack: Stack) -> Iterator[Stack]:
    """The stack, without faults and with a PBX that answers."""
    whole_stack.pbx.faults.clear()
    whole_stack.wait_up()
    with whole_stack.board(user="admin") as board:
        board.wait(is_fresh, within_s=30, what="A healthy stack")
    yield whole_stack
    whole_stack.pbx.faults.clear()
