"""The supervision page as a supervisor uses it: rows, menus, dialogs, and what became of each action."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Locator, Page, Route, expect

from dashboard.gateway.commands import CommandRefused
from dashboard.gateway.engine import UNANSWERED_STATES, EngineError, LiveAgent, QueueType
from dashboard.gateway.simulated.plan import OUTGOING, plan
from dashboard.gateway.simulated.settings import SimulationSettings
from tests.stack import Stack, wait_until

PATH = "/admin/supervision/"
READY_MS = 20_000
OUTCOME_MS = 40_000
LUNCH = "Oběd"
SETTLED_MS = 4_000
"""After so long in a state the page shows it."""
KEPT_FREE_S = 300


def spare_extension() -> str:
    """A telephone of the simulated PBX at which nobody sits."""
    return plan(SimulationSettings(timezone="Europe/Prague")).spare_extensions[0]


class Desk:
    """One open page. Agents are named by their IDs at the PBX."""

    def __init__(self, page: Page, stack: Stack) -> None:
        self.page = page
        self.stack = stack
        self._calls: list[str] = []
        self._paused: list[int] = []
        self._kept_free: list[int] = []

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

    def newest_record(self) -> dict[str, Any]:
        """What the server says of the user's newest action."""
        record: dict[str, Any] = self.page.request.get(PATH + "actions/").json()["actions"][0]
        return record

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
        """An agent who is ready and stays so during the test, with his name: one who takes calls of an inbound queue."""
        engine = self.stack.pbx.engine

        def look() -> int | None:
            with engine.acting() as world:
                fit = [
                    agent
                    for agent in world.agents.values()
                    if world.is_free(agent)
                    and self._takes_calls(agent.queue_ids)
                    and world.now_at - agent.state_since_at > SETTLED_MS
                ]
                if fit:
                    agent_id = max(fit, key=lambda agent: agent.last_call_at).user.id
                    engine.agent_keep_free(user_id=agent_id, for_s=KEPT_FREE_S)
                    self._kept_free.append(agent_id)
                    return agent_id
            self._relieve()
            return None

        agent_id = wait_until(look, within_s=90, what="An agent who is ready")
        return agent_id, self.name(agent_id)

    def paused(self) -> tuple[int, str]:
        """An agent on a pause: one who is ready is sent there."""
        agent_id, name = self.idle()
        self.stack.pbx.engine.agent_pause_on(user_id=agent_id, pause_id=self.pause_id(LUNCH))
        self._paused.append(agent_id)
        expect(self.agent(agent_id)).to_have_attribute("data-state", "paused", timeout=READY_MS)
        return agent_id, name

    def speaking(self) -> tuple[int, str, str]:
        """An agent who has just begun to speak with a caller of a queue, his name, and the call, which ends when it is told to."""
        agent_id, call_id = wait_until(self._call_begin, within_s=90, what="A call")
        name = self.name(agent_id)
        self.find(name)
        expect(self.agent(agent_id).locator(".primary")).to_have_text("Listen", timeout=READY_MS)
        self.find("")
        return agent_id, name, call_id

    def waiting_call(self, queue_id: int) -> str:
        """A caller of this queue who is offered to nobody."""
        call_id = self.stack.pbx.engine.call_inject(queue_id=queue_id, kept_waiting_s=1800)
        self._calls.append(call_id)
        return call_id

    def next_call(self, agent_id: int, ended_id: str | None = None) -> str:
        """Another call of the agent, who answers it; the one before is ended first, if there is one."""
        engine = self.stack.pbx.engine
        if ended_id is not None:
            engine.call_hang_up(call_id=ended_id)
        agent = self.floor_agent(agent_id)
        queue_id = self.inbound(agent.queue_ids if agent else ())
        assert queue_id is not None
        call_id = self.waiting_call(queue_id)
        engine.commands.telephony.pick_up(call_id=call_id, user_id=agent_id)
        engine.commands.telephony.answer(user_id=agent_id)
        with engine.acting() as world:
            world.calls[call_id].plans_drop()
        return call_id

    def sees_speaking(self, agent_id: int, call_id: str) -> None:
        """The page shows that the agent speaks in this call."""
        caller = self.stack.pbx.engine.floor().calls[call_id].caller
        expect(self.agent(agent_id)).to_have_attribute("data-state", "speaking", timeout=READY_MS)
        expect(self.agent(agent_id)).to_contain_text(caller, timeout=READY_MS)

    def tidy_pause(self, agent_id: int) -> None:
        """The pause that the agent is put on is ended after the test."""
        self._paused.append(agent_id)

    def tidy(self) -> None:
        """End the calls and pauses that were begun here and still go on; agents take calls of the queues again."""
        engine = self.stack.pbx.engine
        for agent_id in self._kept_free:
            with contextlib.suppress(EngineError):
                engine.agent_keep_free(user_id=agent_id, for_s=0)
        for call_id in self._calls:
            with contextlib.suppress(EngineError):
                engine.call_hang_up(call_id=call_id)
        for agent_id in self._paused:
            with contextlib.suppress(EngineError):
                engine.agent_pause_off(user_id=agent_id)

    def _relieve(self) -> None:
        """Callers that nobody has answered give up, and pauses end, save what this test has asked for."""
        engine = self.stack.pbx.engine
        floor = engine.floor()
        for call_id, call in floor.calls.items():
            if call.state in UNANSWERED_STATES and call_id not in self._calls:
                with contextlib.suppress(EngineError):
                    engine.call_hang_up(call_id=call_id)
        for agent_id, agent in floor.agents.items():
            if agent.pause_id is not None and agent_id not in self._paused:
                with contextlib.suppress(EngineError):
                    engine.agent_pause_off(user_id=agent_id)

    def _call_begin(self) -> tuple[int, str] | None:
        """An agent who is ready is rung and answers, unless another call is quicker."""
        engine = self.stack.pbx.engine
        agent_id, _ = self.idle()
        agent = self.floor_agent(agent_id)
        queue_id = self.inbound(agent.queue_ids if agent else ())
        if queue_id is None:
            return None
        call_id = self.waiting_call(queue_id)
        try:
            engine.commands.telephony.pick_up(call_id=call_id, user_id=agent_id)
            engine.commands.telephony.answer(user_id=agent_id)
        except CommandRefused:
            engine.call_hang_up(call_id=call_id)
            return None
        with engine.acting() as world:
            world.calls[call_id].plans_drop()
        return agent_id, call_id

    def inbound(self, queue_ids: Iterable[int]) -> int | None:
        """One of these queues that people call."""
        queues = self.stack.pbx.engine.directory().queues
        return next((id_ for id_ in queue_ids if queues[id_].type is QueueType.INBOUND), None)

    def _takes_calls(self, queue_ids: Iterable[int]) -> bool:
        """Whether there is an inbound queue among these, and none in which agents dial by themselves."""
        queues = self.stack.pbx.engine.directory().queues
        return self.inbound(queue_ids) is not None and not any(
            queues[id_].type in OUTGOING for id_ in queue_ids
        )

    def name(self, agent_id: int) -> str:
        return self.stack.pbx.engine.directory().users[agent_id].title

    def pause_id(self, title: str) -> int:
        pauses = self.stack.pbx.engine.directory().pauses
        return next(id_ for id_, pause in pauses.items() if pause.title == title)

    def asked(self, action: str) -> int:
        """How often the PBX was asked for this."""
        return self.stack.pbx.requests[action]
