"""What the board shows is what the PBX says, no more and no less."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from playwright.sync_api import Page

from tests.browser.screen import board_made, expected, frames_of, read, seconds, shown, wait_fresh, wait_told
from tests.stack import Stack, wait_until

WORDS = {
    "idle": "ready",
    "speaking": "speaking",
    "ringing": "ringing",
    "on_hold": "on hold",
    "acw": "wrap-up",
    "paused": "paused",
    "calling": "calling",
    "logged": "no queue",
    "unknown": "unknown",
}
WRONG_CLOCK = """(() => {
  const wrong = 3 * 3600e3 + 17 * 60e3, Right = Date;
  window.Date = class extends Right {
    constructor(...parts) { if (parts.length) super(...parts); else super(Right.now() + wrong); }
    static now() { return Right.now() + wrong; }
  };
})()"""


def test_board_shows_the_same_numbers_as_the_pbx(stack: Stack, open_board: Callable[..., Page]) -> None:
    page = open_board()
    wait_until(lambda: shown(page) == expected(stack), within_s=20, what="The PBX's numbers on the board")


def test_call_that_enters_a_queue_appears_and_goes_when_it_ends(
    stack: Stack, open_board: Callable[..., Page]
) -> None:
    engine = stack.pbx.engine
    with board_made(stack, "one-queue", queue_ids={"main": ["4"]}):
        page = open_board("one-queue")
        call_id = engine.call_inject(queue_id=4, caller="+420777123987", kept_waiting_s=25)
        wait_until(lambda: "•••987" in [call["caller"] for call in read(page)["calls"]], within_s=5)
        assert int(read(page)["waiting"]) >= 1
        engine.call_hang_up(call_id=call_id)
        wait_until(lambda: "•••987" not in [call["caller"] for call in read(page)["calls"]], within_s=5)


def test_agent_who_goes_on_a_pause_is_shown_paused(stack: Stack, open_board: Callable[..., Page]) -> None:
    page = open_board()
    engine = stack.pbx.engine
    user_id = next(key for key, agent in engine.floor().agents.items() if agent.state.value == "idle")
    *first, surname = engine.directory().users[user_id].title.split()
    engine.agent_pause_on(user_id=user_id, pause_id=4)

    def is_paused() -> bool:
        paused = [agent["name"] for agent in read(page)["agents"] if agent["state"] == "paused"]
        return any(name.endswith(surname) and name[0] == first[0][0] for name in paused)

    wait_until(is_paused, within_s=10)
    engine.agent_pause_off(user_id=user_id)
    wait_until(lambda: shown(page)["sums"] == expected(stack)["sums"], within_s=20)


def test_every_state_has_a_word_beside_its_shape(open_board: Callable[..., Page]) -> None:
    agents = read(open_board())["agents"]
    assert len(agents) > 20
    for agent in agents:
        assert agent["word"] == WORDS[agent["state"]]


def test_ages_are_right_on_a_screen_whose_clock_and_zone_are_wrong(
    stack: Stack, open_board: Callable[..., Page]
) -> None:
    page = open_board(script=WRONG_CLOCK, timezone_id="Asia/Tokyo")
    engine = stack.pbx.engine
    engine.call_inject(queue_id=2, kept_waiting_s=40)
    page.wait_for_timeout(4000)

    def is_right() -> bool:
        """Whether the longest wait on the board is the PBX's, to the second or two that a poll takes."""
        calls = engine.floor().calls.values()
        emails = {id_ for id_, queue in engine.directory().queues.items() if queue.type.value == "email"}
        waiting = [call for call in calls if call.direction.value == "in" and not call.answered_at]
        entered = [call.entered_at for call in waiting if call.queue_id not in emails]
        text = page.locator("wb-callers .longest .timer").inner_text()
        return abs(seconds(text) - (stack.pbx.clock.now_at() - min(entered)) / 1000) < 2.5

    wait_until(is_right, within_s=5, what="The true longest wait")
    board = read(page)
    now = datetime.now(ZoneInfo("Europe/Prague"))
    assert board["clock"] in {
        now.strftime("%H:%M"),
        datetime.fromtimestamp(now.timestamp() - 60, now.tzinfo).strftime("%H:%M"),
    }


def test_all_timers_move_on_one_beat(open_board: Callable[..., Page]) -> None:
    page = open_board()
    moments = page.evaluate("""() => new Promise((resolve) => {
      const beats = new Map();
      const observer = new MutationObserver((changes) => {
        for (const { target } of changes) {
          const timer = target.parentElement?.closest(".agent .timer");
          if (timer) beats.set(timer, [...(beats.get(timer) ?? []), performance.now()]);
        }
      });
      observer.observe(document.querySelector("wb-agents"), { subtree: true, characterData: true });
      setTimeout(() => { observer.disconnect(); resolve([...beats.values()]); }, 5500);
    })""")
    assert len(moments) > 20
    beats = sorted(moment for timer in moments for moment in timer)
    groups = 1 + sum(later - earlier > 300 for earlier, later in itertools.pairwise(beats))
    assert 4 <= groups <= 8, f"timers moved at {groups} different moments in 5.5 s"


def test_callers_are_masked_on_screen_and_on_the_wire(stack: Stack, new_page: Callable[..., Page]) -> None:
    page = new_page()
    frames = frames_of(page)
    page.goto("/boards/overview/")
    wait_fresh(page)
    for number in range(3):
        stack.pbx.engine.call_inject(queue_id=2, caller=f"+42077712300{number}", kept_waiting_s=20)
    wait_told(page, frames, "•••000")
    wait_until(lambda: len(read(page)["calls"]) >= 3, within_s=5)
    callers = [call["caller"] for call in read(page)["calls"]]
    assert all(re.fullmatch(r"•••(\d{3})?", caller) for caller in callers), callers
    told = "".join(frames)
    assert [
        call.caller
        for call in stack.pbx.engine.floor().calls.values()
        if call.caller.lstrip("+0")[-9:] in told
    ] == []


def test_nothing_beyond_the_view_reaches_the_screen(stack: Stack, new_page: Callable[..., Page]) -> None:
    engine = stack.pbx.engine
    floor, directory = engine.floor(), engine.directory()
    others = [queue.title for queue in directory.queues.values() if queue.id != 1]
    outside = [directory.users[key] for key, agent in floor.agents.items() if 1 not in agent.queue_ids]
    assert outside, "every agent is in the queue: nothing would be proved"
    with board_made(stack, "narrow", queue_ids={"main": ["1"]}):
        page = new_page()
        frames = frames_of(page)
        page.goto("/boards/narrow/")
        wait_fresh(page)
        page.wait_for_timeout(3000)
        told = "".join(frames) + page.content()
    assert directory.queues[1].title in told
    assert [title for title in others if title in told] == []
    assert [user.title for user in outside if user.title in told or f'"{user.login}"' in told] == []


def test_board_without_names_tells_none(stack: Stack, new_page: Callable[..., Page]) -> None:
    users = stack.pbx.engine.directory().users.values()
    with board_made(stack, "nameless", names="none", numbers="hidden", pause_titles=0):
        page = new_page()
        frames = frames_of(page)
        page.goto("/boards/nameless/")
        wait_fresh(page)
        told = "".join(frames) + page.content()
        board = read(page)
    assert [user.title for user in users if user.title in told or f'"{user.login}"' in told] == []
    assert {agent["name"] for agent in board["agents"]} == {"unnamed"}
    assert "Oběd" not in told


def test_queue_where_somebody_waits_too_long_says_so_in_word_and_shape(
    stack: Stack, open_board: Callable[..., Page]
) -> None:
    page = open_board()
    title = stack.pbx.engine.directory().queues[2].title
    calls = [stack.pbx.engine.call_inject(queue_id=2, kept_waiting_s=40) for _ in range(8)]
    wait_until(lambda: read(page)["tiles"][title]["level"] == "critical", within_s=10)
    badge = page.locator(".tile[data-level='critical'] .badge").first
    assert badge.inner_text().strip() == "critical"
    assert badge.locator(".mark").is_visible()
    assert page.locator("wb-callers .badge").inner_text().strip() == "critical"
    for call_id in calls:
        if call_id in stack.pbx.engine.floor().calls:
            stack.pbx.engine.call_hang_up(call_id=call_id)
