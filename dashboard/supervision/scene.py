"""What the supervisor may see of the live state right now, and what of it an action is about."""

from __future__ import annotations

import msgspec
import redis

from dashboard import conf
from dashboard.access import Scope
from dashboard.domain.rows import AgentRow, CallRow, LiveState, QueueRow
from dashboard.hub.store import Store, connect, source_of
from dashboard.supervision.facts import Evidence
from dashboard.supervision.refusal import Refusal


def evidence_of(stream: str) -> Evidence | None:
    """The stream's live state with its source; None if there is none. Raises `redis.RedisError`."""
    client = connect(conf.redis_url())
    try:
        source = source_of(client, stream=stream)
        state = Store(client, stream=stream).load().state
    finally:
        client.close()
    return None if source is None or state is None else Evidence(state=state, source=source)


class Scene(msgspec.Struct, frozen=True, kw_only=True):
    """The live state through one user's scope, with agent and call as the supervisor named them.

    All its methods raise `Refusal` for what is not there any more or lies outside the scope.
    """

    stream: str
    scope: Scope
    state: LiveState
    agent_id: str = ""
    call_id: str = ""

    @property
    def agent(self) -> AgentRow:
        return self.agent_of(self.agent_id, gone="agent_gone")

    @property
    def login(self) -> str:
        """The agent's login, by which the API addresses agents."""
        login = self.agent.login
        if not login:
            raise Refusal("login_unknown", agent=self.agent_name(self.agent_id))
        return login

    @property
    def call(self) -> CallRow:
        row = self.state.calls.get(self.call_id)
        if row is None:
            raise Refusal("call_gone")
        if not self.scope.has_queue(self.stream, row.queue_id):
            raise Refusal("out_of_scope")
        return row

    @staticmethod
    def answering(call: CallRow) -> tuple[str, ...]:
        """At whom the call is: who answered it, else those at whom it rings."""
        return call.ringing_agent_ids if call.agent_id is None else (call.agent_id,)

    def agent_of(self, agent_id: str, *, gone: str) -> AgentRow:
        row = self.state.agents.get(agent_id)
        if row is None:
            raise Refusal(gone)
        if not self.scope.has_agent(self.stream, row.queue_ids):
            raise Refusal("out_of_scope")
        return row

    def queue_of(self, queue_id: str) -> QueueRow:
        if not self.scope.has_queue(self.stream, queue_id):
            raise Refusal("out_of_scope")
        row = self.state.queues.get(queue_id)
        if row is None:
            raise Refusal("queue_unknown")
        return row

    def queue_number(self, queue_id: str) -> str:
        """The queue's number, by which some actions of the API address queues."""
        row = self.queue_of(queue_id)
        if not row.number:
            raise Refusal("queue_number_unknown", queue=row.title)
        return row.number

    def agent_name(self, agent_id: str) -> str:
        """What the agent is called, as far as it is known."""
        row = self.state.agents.get(agent_id)
        return (row.name or row.login if row else None) or agent_id

    def pause_title(self, pause_id: str) -> str:
        row = self.state.pauses.get(pause_id)
        return row.title if row else pause_id

    def running_calls_of(self, agent_id: str) -> dict[str, CallRow]:
        """The agent's calls in the live state, whoever's queues they are in."""
        row = self.state.agents.get(agent_id)
        return {
            id_: self.state.calls[id_] for id_ in (row.call_ids if row else ()) if id_ in self.state.calls
        }


def scene_of(stream: str, *, scope: Scope, agent_id: str | None, call_id: str | None) -> Scene:
    """Raises `Refusal` if there is no live state to look at."""
    try:
        evidence = evidence_of(stream)
    except redis.RedisError as exc:
        raise Refusal("no_live_state") from exc
    if evidence is None:
        raise Refusal("no_live_state")
    return Scene(
        stream=stream,
        scope=scope,
        state=evidence.state,
        agent_id=agent_id or "",
        call_id=call_id or "",
    )
