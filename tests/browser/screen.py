"""What stands on a board's screen, read as somebody in the room reads it; and what the simulated PBX says should stand there."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from dashboard.gateway.engine import UNANSWERED_STATES, CallState, Direction, LiveAgent, PauseKind, QueueType
from dashboard.gateway.errors import NotFound, Refused
from tests.stack import Stack

FRESH_WITHIN_MS = 20_000

SCRIPTS = Path(__file__).parent / "scripts"


def script(name: str) -> str:
    """A function in JavaScript to be evaluated in a page."""
    return (SCRIPTS / f"{name}.js").read_text(encoding="utf-8")


READ = script("read")


def read(page: Page) -> dict[str, Any]:
    """Everything on the board."""
    return dict(page.evaluate(READ))


def wait_fresh(page: Page, *, within_ms: int = FRESH_WITHIN_MS) -> None:
    page.wait_for_function(
        "() => document.querySelector('wb-status')?.dataset.fresh === 'fresh' && document.querySelector('.tile .waiting')",
        timeout=within_ms,
    )


def wait_status(page: Page, level: str, *, within_ms: int) -> None:
    page.wait_for_function(
        "(level) => document.querySelector('wb-status').dataset.fresh === level", arg=level, timeout=within_ms
    )


def mark(page: Page) -> None:
    """Leave a mark that a reload would wipe out."""
    page.evaluate("() => { window.wbMark = true; }")


def is_marked(page: Page) -> bool:
    """Whether this is still the page that was marked."""
    return bool(page.evaluate("() => window.wbMark === true"))


def seconds(text: str) -> int:
    """The seconds of a running time below an hour."""
    minutes, rest = text.split(":")
    return int(minutes) * 60 + int(rest)


def expected(stack: Stack) -> dict[str, Any]:
    """The figures that follow from the simulated PBX's floor right now."""
    engine = stack.pbx.engine
    floor, directory = engine.floor(), engine.directory()
    states = {user_id: _state(agent, directory.pauses) for user_id, agent in floor.agents.items()}
    waiting = Counter(
        call.queue_id
        for call in floor.calls.values()
        if call.direction is Direction.INBOUND and call.state in UNANSWERED_STATES
    )
    tiles = {}
    for queue_id, queue in directory.queues.items():
        members = [user_id for user_id, agent in floor.agents.items() if queue_id in agent.queue_ids]
        ready = sum(states[user_id] == "idle" for user_id in members)
        tiles[queue.title] = (str(waiting[queue_id]), f"{ready} / {len(members)}")
    return {
        "waiting": str(
            sum(waiting[id_] for id_, queue in directory.queues.items() if queue.type is not QueueType.EMAIL)
        ),
        "ready": str(sum(state == "idle" for state in states.values())),
        "logged_in": f"of {len(states)} logged in",
        "tiles": tiles,
        "sums": {state: str(count) for state, count in Counter(states.values()).items()},
    }


def _state(agent: LiveAgent, pauses: dict[int, Any]) -> str:
    if agent.pause_id is not None and agent.state.value == "paused":
        return "acw" if pauses[agent.pause_id].kind is PauseKind.WRAP else "paused"
    return agent.state.value


def shown(page: Page) -> dict[str, Any]:
    """The same figures, from the screen; sums of nobody are left out."""
    board = read(page)
    return {
        **{name: board[name] for name in ("waiting", "ready", "logged_in")},
        "tiles": {title: (tile["waiting"], tile["ready"]) for title, tile in board["tiles"].items()},
        "sums": {state: count for state, count in board["sums"].items() if count != "0"},
    }


@contextmanager
def board_made(stack: Stack, slug: str, *, title: str | None = None, **columns: Any) -> Iterator[str]:
    """A board of the database, for as long as the block runs."""
    row = {
        "slug": slug,
        "title": title or slug.title(),
        "numbers": "masked",
        "names": "full",
        "caller_names": 0,
        "pause_titles": 1,
        "surname_first": 0,
        "all_pbxs": 1,
        "queue_ids": None,
        "leaders": "team",
        "layout": None,
        "levels": {},
        "theme": "dark",
        "language": "",
        "flash": 0,
        "sound": 0,
        "speech": 0,
        "revision": 1,
        **columns,
    }
    row |= {name: json.dumps(row[name]) for name in ("queue_ids", "layout", "levels")}
    places = ", ".join("?" for _ in row)
    stack.sql(f"INSERT INTO dashboard_board ({', '.join(row)}) VALUES ({places})", *row.values())  # noqa: S608
    try:
        yield slug
    finally:
        stack.sql("DELETE FROM dashboard_board WHERE slug = ?", slug)


def nobody_waits(stack: Stack) -> None:
    """All who wait give up."""
    engine = stack.pbx.engine
    for call in engine.floor().calls.values():
        if call.state is CallState.WAITING:
            with suppress(NotFound, Refused):  # It may have been answered or given up in between.
                engine.call_hang_up(call_id=call.id)


def control(stack: Stack, **message: object) -> None:
    """A control message through the channel layer, from a thread without the browser's event loop."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(stack.control, **message).result(timeout=10)


def frames_of(page: Page) -> list[str]:
    """A list that grows by every text the page's sockets receive; call it before the page is opened."""
    frames: list[str] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda text: frames.append(str(text))))
    return frames


def wait_told(page: Page, frames: list[str], text: str, *, within_ms: int = 5_000) -> None:
    """Wait until one of the page's frames holds this text; frames arrive only while the page is talked to."""
    for _ in range(within_ms // 50):
        if any(text in frame for frame in frames):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"{text!r} was not told within {within_ms} ms; {len(frames)} frames came")
