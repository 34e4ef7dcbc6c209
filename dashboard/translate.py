"""From the PBX's answers to the live state. Pure: answers and previous state in, state out.

What did not answer this time keeps the values it had; how old they are is told by the source, not by the rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final, Generic, TypeVar

import msgspec

from dashboard.domain.moments import Clock, LocalTimes, Stamp
from dashboard.domain.rows import AgentRow, CallRow, LiveState, PauseRow, QueueRow
from dashboard.pbx.ids import CallId, PauseId, QueueId, UserId
from dashboard.pbx.wire.directory import Device, Pause, Queue, User
from dashboard.pbx.wire.live import RtCall, RtPause, RtQueue, RtSession, UserState
from dashboard.pbx.wire.states import AgentState, CallState, PauseType

T = TypeVar("T")

WAITING_STATES: Final = frozenset({CallState.WAITING.value, CallState.RINGING.value})
BUSY_STATES: Final = frozenset({"calling", "ringing", "speaking", "on_hold"})
PAUSED_STATES: Final = frozenset({"paused", "acw"})


class Rules(msgspec.Struct, frozen=True, kw_only=True):
    """How a queue's service level is reckoned. Seconds; `goal` is a share from 0 to 1."""

    threshold_s: int = 20
    short_s: int = 5
    goal: float = 0.8
    variant: str = "no_short"


DEFAULT_RULES: Final = Rules()


class QueueInfo(msgspec.Struct, frozen=True, kw_only=True):
    number: str | None
    title: str
    direction: str | None
    type: str | None


class UserInfo(msgspec.Struct, frozen=True, kw_only=True):
    login: str | None
    name: str | None


class Directory(msgspec.Struct, frozen=True, kw_only=True):
    """What changes by the day: names of queues and users, kinds of pauses; each None until it was read once."""

    queues: dict[str, QueueInfo] | None = None
    users: dict[str, UserInfo] | None = None
    pauses: dict[str, PauseRow] | None = None


class Received(msgspec.Struct, Generic[T], frozen=True):
    """An answer and the PBX's clock as it tells it."""

    value: T
    clock: Clock = Clock(None)


class Answers(msgspec.Struct, frozen=True, kw_only=True):
    """The answers of one poll; None for what was not asked or did not answer."""

    queues: Received[dict[QueueId, RtQueue]] | None = None
    sessions: Received[dict[UserId, RtSession]] | None = None
    calls: Received[dict[CallId, RtCall]] | None = None
    users_state: Received[dict[UserId, UserState]] | None = None
    pauses: Received[dict[PauseId, RtPause]] | None = None
    devices: Received[list[Device]] | None = None


def directory_updated(
    directory: Directory,
    *,
    queues: Mapping[QueueId, Queue] | None = None,
    users: Mapping[UserId, User] | None = None,
    pauses: Mapping[PauseId, Pause] | None = None,
) -> Directory:
    """The directory with what was read anew; deleted queues and pauses are left out, deleted users keep their names."""
    return Directory(
        queues=directory.queues
        if queues is None
        else {id_: _queue_info(q) for id_, q in queues.items() if not q.deleted},
        users=directory.users
        if users is None
        else {id_: UserInfo(login=user.name, name=user.title) for id_, user in users.items()},
        pauses=directory.pauses
        if pauses is None
        else {id_: _pause_row(pause) for id_, pause in pauses.items() if not pause.deleted},
    )


def _queue_info(queue: Queue) -> QueueInfo:
    return QueueInfo(
        number=queue.name,
        title=queue.title or queue.name or queue.queue,
        direction=queue.direction,
        type=queue.type,
    )


def _pause_row(pause: Pause) -> PauseRow:
    return PauseRow(title=pause.title or pause.name or pause.pause, type=pause.type.value, paid=pause.paid)


def session_stamps(sessions: Iterable[RtSession]) -> Iterable[Stamp]:
    """The times by which RTStatsSessions tells its clock."""
    for row in sessions:
        yield row.state_time_absolute, row.state_time_relative


def call_stamps(calls: Iterable[RtCall]) -> Iterable[Stamp]:
    """The times by which RTStatsCalls tells its clock: of all its relative seconds, only those since the entry always run on."""
    for row in calls:
        yield row.enter_time_absolute, row.enter_time_relative


def has_unknowns(answers: Answers, *, before: LiveState, directory: Directory) -> bool:
    """Whether an agent or a call turned up of whom only RTUsersState can tell more."""
    calls = answers.calls.value if answers.calls else {}
    sessions = answers.sessions.value if answers.sessions else {}
    users = directory.users or {}
    return not calls.keys() <= before.calls.keys() or any(
        id_ not in before.agents and id_ not in users for id_ in sessions
    )


def live_state(
    before: LiveState,
    answers: Answers,
    *,
    directory: Directory,
    times: LocalTimes,
    rules: Mapping[str, Rules] | None = None,
) -> LiveState:
    """The state after these answers."""
    calls = before.calls if answers.calls is None else _calls(before, answers, answers.calls, times=times)
    call_ids = _call_ids_by_agent(calls)
    pauses = before.pauses if directory.pauses is None else directory.pauses
    agents = _Agents(before, answers, directory=directory, pauses=pauses, times=times).rows(call_ids)
    queues = _queues(before, answers, directory=directory, agents=agents, calls=calls, rules=rules or {})
    return LiveState(queues=queues, agents=agents, calls=calls, pauses=pauses, figures=before.figures)


def _calls(
    before: LiveState, answers: Answers, received: Received[dict[CallId, RtCall]], *, times: LocalTimes
) -> dict[str, CallRow]:
    names = _caller_names(answers)
    return {
        id_: _call_row(row, before.calls.get(id_), received.clock, times=times, caller_name=names.get(id_))
        for id_, row in received.value.items()
    }


def _caller_names(answers: Answers) -> dict[str, str]:
    """Names of callers by call, as far as RTUsersState knows them."""
    states = answers.users_state.value if answers.users_state else {}
    return {call.id_call: call.clid_name for user in states.values() for call in user.calls if call.clid_name}


def _call_row(
    row: RtCall, was: CallRow | None, clock: Clock, *, times: LocalTimes, caller_name: str | None
) -> CallRow:
    state = row.state
    entered = clock.moment(
        (row.enter_time_absolute, row.enter_time_relative),
        times=times,
        before=was.entered_at if was else None,
    )
    is_waiting = state.value in WAITING_STATES
    return CallRow(
        queue_id=row.queue,
        agent_id=None if is_waiting else row.agent,
        ringing_agent_ids=tuple(sorted(row.users)) if state is CallState.RINGING else (),
        caller=row.clid,
        caller_name=caller_name or (was.caller_name if was else None),
        direction=row.direction,
        state=state.value,
        state_raw=row.state_raw or "",
        entered_at=entered,
        # Seconds of ringing and waiting stop at the answer, those of talk go on: only the texts are of use here.
        ringing_at=clock.moment((row.ring_time_absolute, None), times=times),
        answered_at=clock.moment((row.answer_time_absolute, None), times=times),
        held_at=clock.moment((row.hold_time_absolute, None), times=times),
    )


def _call_ids_by_agent(calls: Mapping[str, CallRow]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for id_, call in calls.items():
        for agent_id in {call.agent_id, *call.ringing_agent_ids} - {None}:
            found[str(agent_id)].append(id_)
    return found


class _Agents:
    """Rows of agents: who is logged in comes from RTStatsSessions, the rest is added from the other answers."""

    def __init__(
        self,
        before: LiveState,
        answers: Answers,
        *,
        directory: Directory,
        pauses: Mapping[str, PauseRow],
        times: LocalTimes,
    ) -> None:
        self._before = before.agents
        self._sessions = answers.sessions
        self._users = directory.users or {}
        self._states: dict[UserId, UserState] = answers.users_state.value if answers.users_state else {}
        self._pauses = pauses
        self._times = times
        self._paused = _pauses_by_agent(answers)
        devices = answers.devices.value if answers.devices else None
        self._devices = None if devices is None else {str(d.exten): d.status.value for d in devices}

    def rows(self, call_ids: Mapping[str, list[str]]) -> dict[str, AgentRow]:
        if self._sessions is None:
            return {
                id_: self._kept(id_, row, _sorted(call_ids.get(id_))) for id_, row in self._before.items()
            }
        clock = self._sessions.clock
        return {
            id_: self._row(id_, session, clock, _sorted(call_ids.get(id_)))
            for id_, session in self._sessions.value.items()
        }

    def _kept(self, id_: str, was: AgentRow, call_ids: tuple[str, ...]) -> AgentRow:
        login, name = self._names(id_, was)
        device = self._device(was.extension, was)
        return msgspec.structs.replace(was, login=login, name=name, device_status=device, call_ids=call_ids)

    def _row(self, id_: str, session: RtSession, clock: Clock, call_ids: tuple[str, ...]) -> AgentRow:
        was = self._before.get(id_)
        login, name = self._names(id_, was)
        since = clock.moment(
            (session.state_time_absolute, session.state_time_relative),
            times=self._times,
            before=was.state_since_at if was else None,
        )
        login_at = clock.moment(
            (session.login_time_absolute, session.login_time_relative),
            times=self._times,
            before=was.login_at if was else None,
        )
        is_paused = session.state is AgentState.PAUSED
        pause_id = (session.pause or self._paused.get(id_)) if is_paused else None
        return AgentRow(
            login=login,
            name=name,
            extension=session.extension,
            state=self._word(session, pause_id),
            state_raw=session.state_raw or "",
            state_since_at=since,
            login_at=login_at,
            pause_id=pause_id,
            pause_since_at=since if is_paused else None,
            queue_ids=tuple(sorted(session.queues)),
            call_ids=call_ids,
            device_status=self._device(session.extension, was),
        )

    def _word(self, session: RtSession, pause_id: str | None) -> str:
        pause = self._pauses.get(pause_id) if pause_id else None
        return "acw" if pause is not None and pause.type == PauseType.WRAP else session.state.value

    def _names(self, id_: str, was: AgentRow | None) -> tuple[str | None, str | None]:
        known, state = self._users.get(id_), self._states.get(UserId(id_))
        login = (known.login if known else None) or (state.agent_name if state else None)
        name = (known.name if known else None) or (state.agent_title if state else None)
        return login or (was.login if was else None), name or (was.name if was else None)

    def _device(self, extension: str | None, was: AgentRow | None) -> str | None:
        if self._devices is not None:
            return self._devices.get(extension or "")
        return was.device_status if was is not None and was.extension == extension else None


def _pauses_by_agent(answers: Answers) -> dict[str, str]:
    rows = answers.pauses.value if answers.pauses else {}
    return {user_id: pause_id for pause_id, row in rows.items() for user_id in row.users}


def _sorted(ids: list[str] | None) -> tuple[str, ...]:
    return tuple(sorted(ids)) if ids else ()


class _Counts(msgspec.Struct):
    """Distinct agents logged in to one queue, by what they do."""

    total: int = 0
    ready: int = 0
    busy: int = 0
    paused: int = 0


def _agent_counts(agents: Mapping[str, AgentRow]) -> dict[str, _Counts]:
    counts: dict[str, _Counts] = defaultdict(_Counts)
    for agent in agents.values():
        state = agent.state
        for queue_id in agent.queue_ids:
            count = counts[queue_id]
            count.total += 1
            count.ready += state == "idle"
            count.busy += state in BUSY_STATES
            count.paused += state in PAUSED_STATES
    return counts


class _Waiting(msgspec.Struct):
    count: int = 0
    oldest_at: int | None = None


def _waiting(calls: Mapping[str, CallRow]) -> dict[str, _Waiting]:
    """Inbound calls per queue that nobody has answered yet."""
    waiting: dict[str, _Waiting] = defaultdict(_Waiting)
    for call in calls.values():
        if call.queue_id is None or call.direction == "out" or call.state not in WAITING_STATES:
            continue
        row = waiting[call.queue_id]
        row.count += 1
        if call.entered_at is not None and (row.oldest_at is None or call.entered_at < row.oldest_at):
            row.oldest_at = call.entered_at
    return waiting


def _queues(
    before: LiveState,
    answers: Answers,
    *,
    directory: Directory,
    agents: Mapping[str, AgentRow],
    calls: Mapping[str, CallRow],
    rules: Mapping[str, Rules],
) -> dict[str, QueueRow]:
    counted: dict[QueueId, RtQueue] = answers.queues.value if answers.queues else {}
    ids = _queue_ids(before, answers, directory)
    counts, waiting = _agent_counts(agents), _waiting(calls)
    rows = {}
    for id_ in ids:
        was = before.queues.get(id_)
        row = _queue_row(id_, was, directory, rules.get(id_, DEFAULT_RULES))
        changes: dict[str, object] = {}
        if answers.sessions is not None:
            count = counts.get(id_) or _Counts()
            changes.update(
                agents_total=count.total,
                agents_ready=count.ready,
                agents_busy=count.busy,
                agents_paused=count.paused,
            )
        if answers.calls is not None:
            now = waiting.get(id_) or _Waiting()
            changes.update(calls_waiting=now.count, oldest_waiting_at=now.oldest_at)
        active = counted.get(QueueId(id_))
        if active is not None:
            changes.update(calls_active=active.calls_count)
        rows[id_] = msgspec.structs.replace(row, **changes)
    return rows


def _queue_ids(before: LiveState, answers: Answers, directory: Directory) -> list[str]:
    """Queues of the directory and those that RTStatsQueues counts beside them; those of before while neither is known."""
    listed = directory.queues.keys() if directory.queues is not None else set[str]()
    counted = answers.queues.value.keys() if answers.queues else set[str]()
    if directory.queues is None and answers.queues is None:
        return sorted(before.queues)
    kept = before.queues.keys() - listed if answers.queues is None else set[str]()
    return sorted(listed | counted | kept)


def _queue_row(id_: str, was: QueueRow | None, directory: Directory, rules: Rules) -> QueueRow:
    """The row with its names and rules, and the counts it had."""
    info = (directory.queues or {}).get(id_)
    return QueueRow(
        number=info.number if info else None,
        title=info.title if info else (was.title if was else id_),
        direction=info.direction if info else None,
        type=info.type if info else None,
        agents_total=was.agents_total if was else None,
        agents_ready=was.agents_ready if was else None,
        agents_busy=was.agents_busy if was else None,
        agents_paused=was.agents_paused if was else None,
        calls_active=was.calls_active if was else None,
        calls_waiting=was.calls_waiting if was else None,
        oldest_waiting_at=was.oldest_waiting_at if was else None,
        threshold_s=rules.threshold_s,
        short_s=rules.short_s,
        goal=rules.goal,
        variant=rules.variant,
    )
