"""Campaigns at work: which record is called next, what becomes of it, and the call scripts of the agents."""

from collections import deque

from dashboard.gateway.engine import AgentState, Direction, Queue, QueueType
from dashboard.gateway.office.forms import Record, RecordAction
from dashboard.gateway.office.records import Records
from dashboard.gateway.simulated.acd import Acd
from dashboard.gateway.simulated.catalogue import WRAP_ID
from dashboard.gateway.simulated.draws import Draws
from dashboard.gateway.simulated.floor import Agent
from dashboard.gateway.simulated.log import CallAnswered, CallEnded, CallEntered, Event, SessionEnded
from dashboard.gateway.simulated.office.catalogue import NOTE_FIELD, NOTES, RESULTS, STATUS_NO_ANSWER
from dashboard.gateway.simulated.staff import Staff
from dashboard.gateway.simulated.world import World

CALLABLE = frozenset({int(RecordAction.FREE), int(RecordAction.PLANNED)})
LOOK_AGAIN_MS = 60_000
MOST_ATTEMPTS = 5
AGAIN_S, LATER_S = (1800, 4 * 3600), (24 * 3600, 72 * 3600)


class Campaigns:
    """Gives each call of a campaign its record and each agent its script; the `Scripts` of the office."""

    def __init__(self, *, world: World, acd: Acd, staff: Staff, records: Records, draws: Draws) -> None:
        self._world, self._acd, self._staff, self._draws = world, acd, staff, draws
        self._records = records
        self._next: dict[int, deque[int]] = {}
        self._looked_at: dict[int, int] = {}
        self._chosen: Record | None = None
        self._record_of_call: dict[str, int] = {}
        self._answered: set[str] = set()
        acd.before_idle = self._before_idle
        world.log.subscribe(self._noted)

    def number_for(self, queue: Queue, agent: Agent, fresh: str) -> str:
        """The number the agent dials next in this queue: that of a record whose turn it is, or else a fresh one."""
        if queue.type is not QueueType.CAMPAIGN:
            return fresh
        self._chosen = self._whose_turn(queue.id, agent.user.id)
        return fresh if self._chosen is None else self._chosen.number

    def open_record(self, user_id: int) -> Record | None:
        """The record whose script the agent has open."""
        agent = self._world.agents.get(user_id)
        return None if agent is None or agent.script_id is None else self._records.find(agent.script_id)

    def user_of(self, record_id: int) -> int | None:
        """Who has the script of this record open."""
        agents = self._world.agents.values()
        return next((agent.user.id for agent in agents if agent.script_id == record_id), None)

    def close(self, user_id: int, *, pause_id: int | None) -> bool:
        """Close the agent's script and end their after-call work, with this pause if one is given.

        False if there can be no pause because the agent is in no queue; the script is closed even so.
        """
        agent = self._world.agents[user_id]
        agent.script_id = None
        is_wrapping = agent.state is AgentState.PAUSED and agent.pause_id == WRAP_ID
        if pause_id is not None and not agent.queue_ids:
            return False
        if pause_id is not None:
            self._staff.pause(agent, pause_id=pause_id, lasts_ms=None)
        elif is_wrapping:
            self._acd.become_idle(agent)
        return True

    def _whose_turn(self, queue_id: int, user_id: int) -> Record | None:
        """The next record of the queue that this agent may call now."""
        waiting = self._candidates(queue_id)
        now_at = self._world.now_at
        for _ in range(len(waiting)):
            record = self._records.find(waiting.popleft())
            if record is None or record.queue_id != queue_id or record.action not in CALLABLE:
                continue
            is_due = record.next_call_at is None or record.next_call_at <= now_at
            if is_due and record.user_id in {None, user_id}:
                return record
            waiting.append(record.id)
        return None

    def _candidates(self, queue_id: int) -> deque[int]:
        """Records that may soon be called; looked up anew when there are none left, but not all the time."""
        waiting = self._next.setdefault(queue_id, deque())
        now_at = self._world.now_at
        if now_at - self._looked_at.get(queue_id, 0) >= LOOK_AGAIN_MS:
            self._looked_at[queue_id] = now_at
            waiting.clear()
            until_at = now_at + LOOK_AGAIN_MS
            waiting.extend(self._records.due(queue_id, actions=CALLABLE, until_at=until_at))
        return waiting

    def _before_idle(self, agent: Agent) -> None:
        """Whoever goes on working saves the form; one who has left all queues still has it open."""
        if agent.queue_ids:
            self._save_by_agent(agent)

    def _noted(self, event: Event) -> None:
        if isinstance(event, CallEntered):
            self._entered(event)
        elif isinstance(event, CallAnswered):
            self._customer_answered(event)
        elif isinstance(event, CallEnded):
            self._ended(event)
        elif isinstance(event, SessionEnded) and (agent := self._world.agents.get(event.user_id)):
            self._save_by_agent(agent)

    def _entered(self, event: CallEntered) -> None:
        queue = self._world.queues.get(event.queue_id or 0)
        call = self._world.calls.get(event.call_id)
        chosen, self._chosen = self._chosen, None
        if queue is None or call is None or event.direction is not Direction.OUTBOUND:
            return
        if queue.type is not QueueType.CAMPAIGN:
            return
        if chosen is None or chosen.number != event.called:
            chosen = self._record_to(event.called, queue_id=queue.id)
        if chosen is None:
            return
        self._records.mark(chosen, action=RecordAction.LOADED, call_id=call.id)
        call.script_id = self._record_of_call[call.id] = chosen.id

    def _record_to(self, number: str, *, queue_id: int) -> Record | None:
        """A record of the campaign with this number that may be called, or else a new one if there is room."""
        found = self._records.of_number(number, queue_id=queue_id, actions=CALLABLE)
        if found:
            return found[0]
        return None if self._records.is_full else self._records.create(queue_id=queue_id, number=number)

    def _customer_answered(self, event: CallAnswered) -> None:
        record = self._record(event.call_id)
        agent = self._world.agents.get(event.user_id or 0)
        if record is None or agent is None or event.call_id in self._answered:
            return
        self._save_by_agent(agent)
        self._answered.add(event.call_id)
        self._records.attempt_note(record.id, is_answered=True, at=event.at)
        self._records.mark(record, action=RecordAction.ANSWERED, user_id=agent.user.id)
        agent.script_id = record.id

    def _ended(self, event: CallEnded) -> None:
        record = self._record(event.call_id)
        self._record_of_call.pop(event.call_id, None)
        if event.call_id in self._answered:
            self._answered.discard(event.call_id)
        elif record is not None:
            tried = self._records.attempt_note(record.id, is_answered=False, at=event.at)
            if tried.unanswered >= MOST_ATTEMPTS:
                self._records.save(record, action=RecordAction.DONE, status_id=STATUS_NO_ANSWER)
            else:
                again_at = event.at + self._draws.uniform_ms(*AGAIN_S)
                self._records.mark(record, action=RecordAction.PLANNED, next_call_at=again_at)

    def _record(self, call_id: str) -> Record | None:
        return self._records.find(self._record_of_call.get(call_id, 0))

    def _save_by_agent(self, agent: Agent) -> None:
        """The agent fills in the form and saves it, if they have one open."""
        record = self.open_record(agent.user.id)
        agent.script_id = None
        if record is None:
            return
        status_id, is_done = self._draws.weighted([result[:2] for result in RESULTS], [r[2] for r in RESULTS])
        later_at = None if is_done else self._world.now_at + self._draws.uniform_ms(*LATER_S)
        fields = {**record.fields, NOTE_FIELD: (self._draws.one_of(NOTES),)}
        action = RecordAction.DONE if is_done else RecordAction.PLANNED
        self._records.save(
            record,
            by=agent.user.id,
            action=action,
            status_id=status_id,
            next_call_at=later_at,
            fields=fields,
        )
