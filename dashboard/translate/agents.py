"""Rows of agents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from dashboard.domain.moments import Clock, LocalTimes, Stamp
from dashboard.domain.rows import AgentRow, LiveState, PauseRow
from dashboard.pbx.ids import UserId
from dashboard.pbx.wire.live import RtSession, UserState
from dashboard.pbx.wire.states import AgentState, PauseType
from dashboard.translate.answers import Answers
from dashboard.translate.directory import Directory


def session_stamps(sessions: Iterable[RtSession]) -> Iterable[Stamp]:
    """The times by which RTStatsSessions tells its clock."""
    for row in sessions:
        yield row.state_time_absolute, row.state_time_relative


class AgentRows:
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
            answered_today=was.answered_today if was else None,
            talk_today_s=was.talk_today_s if was else None,
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
