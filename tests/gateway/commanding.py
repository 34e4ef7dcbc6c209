"""A quiet simulated call centre in which only what a test commands happens, asked and told over real HTTP."""

from collections.abc import Callable
from typing import Any

import httpx

from dashboard.gateway.engine import AgentState, CallState, User
from dashboard.gateway.server import PbxServer
from dashboard.gateway.simulated.settings import SimulationSettings

# Wednesday 18 November 2026, 10:00 in Prague.
START_AT = 1_794_992_400_000
QUIET = SimulationSettings(start_at=START_AT, speed=0, is_quiet=True, queues=9)
SUPPORT, CLAIMS, SALES, OUTBOUND, CAMPAIGN, CHAT, CLICK = 1, 2, 3, 5, 6, 7, 9
BREAK, LUNCH, WRAP = "6", "7", "2"


class Desk:
    """What a test says to the PBX and sees of it."""

    def __init__(self, pbx: PbxServer, client: httpx.Client) -> None:
        self.pbx, self.client = pbx, client

    def answer(self, path: str, **parameters: str) -> dict[str, Any]:
        """The whole answer, with its envelope."""
        return dict(self.client.get(f"/api/{path}/json", params=parameters).json())

    def tell(self, path: str, **parameters: str) -> Any:
        """The result of a command that succeeds; None if it has none."""
        answer = self.answer(path, **parameters)
        assert answer["status"] == 1, answer
        return answer.get("result")

    def refusal(self, path: str, **parameters: str) -> str:
        """The text with which a command is refused."""
        answer = self.answer(path, **parameters)
        assert answer["status"] == 0, answer
        assert set(answer) == {"status", "error"}
        return str(answer["error"])

    def session(self, user: User) -> dict[str, Any] | None:
        """The user's row in RTStatsSessions."""
        rows = self.tell("3.5/RTStatsSessions")
        return dict(rows[str(user.id)]) if str(user.id) in rows else None

    def state(self, user: User) -> str | None:
        """The user's state there."""
        row = self.session(user)
        return row["state"] if row else None

    def calls(self) -> dict[str, Any]:
        """RTStatsCalls."""
        return dict(self.tell("3.5/RTStatsCalls") or {})

    def device(self, extension: str) -> str:
        """The state of a telephone in DeviceStates."""
        rows = self.tell("3.0/DeviceStates")
        return str(next(row["status"] for row in rows if row["exten"] == extension))

    def user(
        self, *, is_in: bool = True, queue_id: int = SUPPORT, state: AgentState = AgentState.IDLE
    ) -> User:
        """The first user in this state in this queue; or who may join it and is not logged in."""
        return self.users(is_in=is_in, queue_id=queue_id, state=state)[0]

    def users(
        self, *, is_in: bool = True, queue_id: int = SUPPORT, state: AgentState = AgentState.IDLE
    ) -> list[User]:
        """All of them."""
        agents = self.pbx.engine.floor().agents
        users = [user for user in self.pbx.engine.directory().users.values() if user.skills]
        if not is_in:
            return [user for user in users if user.id not in agents and _may_join(user, queue_id)]
        return [
            user
            for user in users
            if user.id in agents
            and agents[user.id].state is state
            and (not queue_id or queue_id in agents[user.id].queue_ids)
        ]

    def call_in(self, queue_id: int = SUPPORT, caller: str = "602111222") -> str:
        """A customer calls."""
        return self.pbx.engine.call_inject(queue_id=queue_id, caller=caller)

    def talk(self, queue_id: int = SUPPORT, caller: str = "602111222") -> tuple[str, User]:
        """A call that somebody has answered, and who."""
        call_id = self.call_in(queue_id, caller)
        user = self.user_of(call_id)
        self.tell("3.7/Answer", user=user.login)
        return call_id, user

    def user_of(self, call_id: str) -> User:
        """At whom the call rings, or who speaks."""
        return self.pbx.engine.directory().users[self.pbx.engine.floor().calls[call_id].user_ids[0]]

    def until(self, is_so: Callable[[], bool], *, within_s: float, step_s: float = 0.25) -> float:
        """Let time pass until it is so; how long that took."""
        passed_s = 0.0
        while not is_so():
            assert passed_s < within_s, "it did not happen"
            self.pbx.skip(step_s)
            passed_s += step_s
        return passed_s

    def state_of_call(self, call_id: str) -> CallState | None:
        """The call's state in the engine; None if it is over."""
        call = self.pbx.engine.floor().calls.get(call_id)
        return call.state if call else None

    def spare(self) -> str:
        """A line that is fixed to nobody and free."""
        owned = {user.extension for user in self.pbx.engine.directory().users.values()}
        devices = self.pbx.engine.floor().devices
        return next(d.extension for d in devices if d.extension not in owned and d.status == "available")


def _may_join(user: User, queue_id: int) -> bool:
    return any(skill.queue_id == queue_id for skill in user.skills)
