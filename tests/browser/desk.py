"""The supervision page as a supervisor uses it: rows, menus, dialogs, and what became of each action."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Locator, Page, Route, expect

from dashboard.gateway.engine import LiveAgent
from dashboard.gateway.simulated.plan import plan
from dashboard.gateway.simulated.settings import SimulationSettings
from tests.stack import Stack, wait_until

PATH = "/admin/supervision/"
READY_MS = 20_000
OUTCOME_MS = 40_000
LUNCH = "Oběd"


def spare_extension() -> str:
    """A telephone of the simulated PBX at which nobody sits."""
    return plan(SimulationSettings(timezone="Europe/Prague")).spare_extensions[0]


class Desk:
    """One open page. Agents are named by their IDs at the PBX."""

    def __init__(self, page: Page, stack: Stack) -> None:
        self.page = page
        self.stack = stack

    def open(self, search: str = "") -> Desk:
        self.page.goto(PATH + search)
        self.page.locator("wb-desk-strip .live[data-fresh=fresh]").wait_for(timeout=READY_MS)
        return self

    # What is on the screen

    def agent(self, agent_id: str | int) -> Locator:
        return self.page.locator(f"wb-agent-row[data-id='main/{agent_id}']")

    def call(self, call_id: str) -> Locator:
        return self.page.locator(f"wb-call-row[data-id='main/{call_id}']")

    @property
    def dialog(self) -> Locator:
        return self.page.locator("wb-desk-dialog dialog")

    @property
    def first_record(self) -> Locator:
        return self.page.locator("wb-desk-dock .record").first

    def order(self, table: str = "agents") -> list[str]:
        """The ids of the rows that are drawn, from top to bottom."""
        rows = self.page.locator(f"wb-{table}-table [data-id]").evaluate_all(
            "(rows) => rows.map((row) => [Number(row.ariaRowIndex ?? row.getAttribute('aria-rowindex')), row.dataset.id])"
        )
        return [id_ for _, id_ in sorted(rows)]

    def outcome(self, state: str, *texts: str, within_ms: float = OUTCOME_MS) -> Locator:
        """Wait until the newest action has this state, and check what it says."""
        record = self.page.locator(f"wb-desk-dock .record:first-child[data-state='{state}']")
        record.wait_for(timeout=within_ms)
        for text in texts:
            expect(record).to_contain_text(text)
        return record

    # What is done

    def find(self, name: str) -> None:
        """Only rows that fit, so that the row in question is in sight."""
        self.page.locator("[name=q]").fill(name)

    def menu(self, row: Locator, item: str | re.Pattern[str]) -> None:
        row.locator("button.menu").click()
        self.page.get_by_role("menuitem", name=item).click()

    def submit(self, name: str | re.Pattern[str]) -> None:
        """Click a button of the dialog, also one that says that it cannot be used yet."""
        self.dialog.get_by_role("button", name=name, exact=isinstance(name, str)).click(force=True)

    @contextmanager
    def held_request(self, pattern: str = "**/admin/supervision/actions/") -> Iterator[None]:
        """What the page sends while the block begins reaches the server only when the block ends."""
        held: list[Route] = []

        def hold(route: Route) -> None:
            if route.request.method == "POST":
                held.append(route)
            else:
                route.continue_()

        self.page.route(pattern, hold)
        yield
        self.wait(lambda: bool(held), what="The request")
        for route in held:
            route.continue_()
        self.page.unroute(pattern, hold)

    def wait(self, look: Callable[[], Any], *, within_ms: int = 15_000, what: str = "It") -> Any:
        """Wait while the page goes on."""
        for _ in range(within_ms // 100):
            if found := look():
                return found
            self.page.wait_for_timeout(100)
        raise AssertionError(f"{what} did not happen within {within_ms} ms")

    # What is true at the PBX

    def floor_agent(self, agent_id: int) -> LiveAgent | None:
        return self.stack.pbx.engine.floor().agents.get(agent_id)

    def log_back_in(self, agent_id: int) -> None:
        """Unless the agent came back by himself."""
        if self.floor_agent(agent_id) is None:
            self.stack.pbx.engine.agent_log_in(user_id=agent_id)

    def idle(self) -> tuple[int, str]:
        """An agent who is ready and in an inbound queue of telephone calls, with his name; kept from calls by nothing."""
        return self._agent(lambda agent: agent.state.value == "idle" and bool(agent.queue_ids))

    def paused(self) -> tuple[int, str]:
        """An agent on a pause: one who is ready is sent there."""
        agent_id, name = self.idle()
        self.stack.pbx.engine.agent_pause_on(user_id=agent_id, pause_id=self.pause_id(LUNCH))
        expect(self.agent(agent_id)).to_have_attribute("data-state", "paused", timeout=READY_MS)
        return agent_id, name

    def speaking(self) -> tuple[int, str, str]:
        """An agent who has just begun to speak with a caller of a queue, his name, and the call."""

        def look() -> tuple[int, str] | None:
            calls = [
                call
                for call in self.stack.pbx.engine.floor().calls.values()
                if call.state.value == "speaking" and call.agent_id and call.direction.value == "in"
            ]
            young = sorted(calls, key=lambda call: -(call.answered_at or 0))
            return (young[0].agent_id, young[0].id) if young and young[0].agent_id else None

        agent_id, call_id = wait_until(look, within_s=40, what="A call")
        return agent_id, self.name(agent_id), call_id

    def name(self, agent_id: int) -> str:
        return self.stack.pbx.engine.directory().users[agent_id].title

    def pause_id(self, title: str) -> int:
        pauses = self.stack.pbx.engine.directory().pauses
        return next(id_ for id_, pause in pauses.items() if pause.title == title)

    def asked(self, action: str) -> int:
        """How often the PBX was asked for this."""
        return self.stack.pbx.requests[action]

    def _agent(self, fits: Callable[[LiveAgent], bool]) -> tuple[int, str]:
        def look() -> int | None:
            agents = self.stack.pbx.engine.floor().agents
            return next((id_ for id_, agent in agents.items() if fits(agent)), None)

        agent_id = wait_until(look, within_s=60, what="Such an agent")
        return agent_id, self.name(agent_id)
