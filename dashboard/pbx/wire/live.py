"""Rows of the real-time actions. Relative times are seconds, absolute ones the PBX's local time."""

from typing import Any, TypeVar

import msgspec

from dashboard.pbx.errors import PbxBadAnswer
from dashboard.pbx.loose import (
    CallKey,
    LooseBool,
    LooseDirection,
    LooseExtension,
    LooseId,
    LooseInt,
    LooseLogin,
    LoosePauseId,
    LoosePhone,
    LooseQueueId,
    LooseQueueIds,
    LooseQueueNumber,
    LooseText,
    LooseTime,
    LooseUserId,
    LooseUserIds,
    PauseKey,
    QueueKey,
    UserKey,
    decode_loose,
)
from dashboard.pbx.wire.base import Wire
from dashboard.pbx.wire.states import AgentState, CallState, to_agent_state, to_call_state


class RtQueue(Wire, frozen=True, kw_only=True):
    """RTStatsQueues. Agents are counted in each of their queues: never add the rows up."""

    id: QueueKey
    users_total: LooseInt = None
    users_ready: LooseInt = None
    users_busy: LooseInt = None
    users_pause: LooseInt = None
    calls_count: LooseInt = None
    calls_wait: LooseInt = None
    calls_time: LooseInt = None


class RtSummary(Wire, frozen=True, kw_only=True):
    """RTStatsQueuesSummary: the same counts over all queues, each agent once."""

    users_total: LooseInt
    users_ready: LooseInt = None
    users_busy: LooseInt = None
    users_pause: LooseInt = None
    calls_count: LooseInt = None
    calls_in: LooseInt = None
    calls_out: LooseInt = None
    calls_wait: LooseInt = None
    calls_time: LooseInt = None


class RtSession(Wire, frozen=True, kw_only=True):
    """RTStatsSessions: an agent who is logged in."""

    id: UserKey
    extension: LooseExtension = None
    queues: LooseQueueIds = []
    state_raw: str | None = msgspec.field(name="state", default=None)
    pause: LoosePauseId = None
    state_time_absolute: LooseTime = None
    state_time_relative: LooseInt = None
    login_time_absolute: LooseTime = None
    login_time_relative: LooseInt = None

    @property
    def state(self) -> AgentState:
        return to_agent_state(self.state_raw)


class RtCall(Wire, frozen=True, kw_only=True):
    """RTStatsCalls. `ring_time_relative` runs on after the answer: reckon ringing from the absolute times."""

    id: CallKey
    queue: LooseQueueId = None
    agent: LooseUserId = None
    users: LooseUserIds = []
    clid: LoosePhone = None
    direction: LooseDirection = None
    state_raw: str | None = msgspec.field(name="state", default=None)
    enter_time_absolute: LooseTime = None
    enter_time_relative: LooseInt = None
    wait_time_absolute: LooseTime = None
    wait_time_relative: LooseInt = None
    ring_time_absolute: LooseTime = None
    ring_time_relative: LooseInt = None
    answer_time_absolute: LooseTime = None
    answer_time_relative: LooseInt = None
    hold_time_absolute: LooseTime = None
    hold_time_relative: LooseInt = None

    @property
    def state(self) -> CallState:
        return to_call_state(self.state_raw)


class RtPause(Wire, frozen=True, kw_only=True):
    """RTStatsPauses: who is on this pause."""

    id: PauseKey
    count: LooseInt = None
    users: LooseUserIds = []


class UserCall(Wire, frozen=True, kw_only=True):
    """A call of an agent in RTUserState and RTUsersState. Trust `id_queue`; the queue object beside it may differ."""

    id_call: CallKey
    direction: LooseDirection = None
    clid: LoosePhone = None
    clid_name: LooseText = None
    id_queue: LooseQueueId = None
    entered: LooseTime = None
    ringed: LooseTime = None
    answered: LooseTime = None
    state_raw: str | None = msgspec.field(name="call_state", default=None)
    onhold: LooseTime = None

    @property
    def state(self) -> CallState:
        return to_call_state(self.state_raw)


class LoginQueue(Wire, frozen=True, kw_only=True):
    """A queue that the agent may log in to; `rt_logged` says whether it is logged in to now."""

    queue: QueueKey
    name: LooseQueueNumber = None
    title: LooseText = None
    type: LooseText = None
    direction: LooseDirection = None
    rt_logged: LooseBool = None


_LoginQueues: Any = list[LoginQueue] | dict[str, LoginQueue] | None
_LOGIN_QUEUES = msgspec.json.Decoder(_LoginQueues, dec_hook=decode_loose)


class UserState(Wire, frozen=True, kw_only=True):
    """RTUserState and RTUsersState: an agent who is logged in, with calls.

    `state_time` may not move from ringing to speaking: prefer the times of the call.
    """

    id_agent: UserKey
    agent_name: LooseLogin = None
    agent_title: LooseText = None
    exten: LooseExtension = None
    logintime: LooseTime = None
    state_raw: str | None = msgspec.field(name="agent_state", default=None)
    state_time: LooseTime = None
    id_pause: LoosePauseId = None
    onpause: LooseTime = None
    callscript_opened: LooseId = None
    raw_calls: list[UserCall] | dict[str, UserCall] | None = msgspec.field(name="calls", default=None)
    # Ten kilobytes for each agent, nearly all of it queue options: kept as text until somebody asks.
    raw_login_oqueues: msgspec.Raw = msgspec.field(name="login_oqueues", default=msgspec.Raw(b"null"))
    hash: LooseText = None

    @property
    def state(self) -> AgentState:
        return to_agent_state(self.state_raw)

    @property
    def calls(self) -> list[UserCall]:
        return _as_list(self.raw_calls)

    def login_oqueues(self) -> list[LoginQueue]:
        """Decodes on each call, so a wrong shape shows here, as PbxBadAnswer."""
        try:
            return _as_list(_LOGIN_QUEUES.decode(self.raw_login_oqueues))
        except msgspec.ValidationError as exc:
            raise PbxBadAnswer(
                "login_oqueues", f"The answer has another shape than documented: {exc}."
            ) from exc


Row = TypeVar("Row")


def _as_list(rows: list[Row] | dict[str, Row] | None) -> list[Row]:
    return list(rows.values()) if isinstance(rows, dict) else rows or []
