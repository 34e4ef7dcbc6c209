"""Statistics: what happens now."""

from collections.abc import Iterable

from dashboard.pbx.groups.base import Action, Group
from dashboard.pbx.ids import CallId, Extension, Login, PauseId, QueueId, QueueNumber, UserId
from dashboard.pbx.request import Request, array, given, one_of
from dashboard.pbx.shapes import found, one, rows_by_id
from dashboard.pbx.wire.history import QueuePresence
from dashboard.pbx.wire.live import RtCall, RtPause, RtQueue, RtSession, RtSummary, UserState

RT_QUEUES = rows_by_id(RtQueue, key="id")
RT_SESSIONS = rows_by_id(RtSession, key="id")
RT_CALLS = rows_by_id(RtCall, key="id")
RT_PAUSES = rows_by_id(RtPause, key="id")
PRESENCE = one(QueuePresence)
RT_SUMMARY = one(RtSummary)
USERS_STATE = rows_by_id(UserState, key="id_agent")
USER_STATE = found(UserState, key="id_agent")

# The PBX holds the long poll for 60 s and asks for a limit of at least 70 s.
LONG_POLL_DEADLINE_S = 70.0


class LiveStatistics(Group):
    @Action
    @staticmethod
    def rt_queues(*, deadline_s: float | None = None) -> Request[dict[QueueId, RtQueue]]:
        """RTStatsQueues: agents and calls in each queue now."""
        return Request(action="RTStatsQueues", version="3.5", shape=RT_QUEUES, deadline_s=deadline_s)

    @Action
    @staticmethod
    def rt_queues_summary(
        *,
        users: Iterable[UserId] | None = None,
        queues: Iterable[QueueId] | None = None,
        deadline_s: float | None = None,
    ) -> Request[RtSummary]:
        """RTStatsQueuesSummary: totals, each agent counted once."""
        params = array("users", users) + array("queues", queues)
        return Request(
            action="RTStatsQueuesSummary",
            version="3.5",
            params=params,
            shape=RT_SUMMARY,
            deadline_s=deadline_s,
        )

    @Action
    @staticmethod
    def rt_sessions(
        *,
        users: Iterable[UserId] | None = None,
        queues: Iterable[QueueId] | None = None,
        deadline_s: float | None = None,
    ) -> Request[dict[UserId, RtSession]]:
        """RTStatsSessions: the agents who are logged in, with state, pause and queues."""
        params = array("users", users) + array("queues", queues)
        return Request(
            action="RTStatsSessions", version="3.5", params=params, shape=RT_SESSIONS, deadline_s=deadline_s
        )

    @Action
    @staticmethod
    def rt_calls(*, deadline_s: float | None = None) -> Request[dict[CallId, RtCall]]:
        """RTStatsCalls: the running calls of the queues."""
        return Request(action="RTStatsCalls", version="3.5", shape=RT_CALLS, deadline_s=deadline_s)

    @Action
    @staticmethod
    def rt_pauses(*, deadline_s: float | None = None) -> Request[dict[PauseId, RtPause]]:
        """RTStatsPauses: who is on which pause."""
        return Request(action="RTStatsPauses", version="3.5", shape=RT_PAUSES, deadline_s=deadline_s)

    @Action
    @staticmethod
    def users_state(*, deadline_s: float | None = None) -> Request[dict[UserId, UserState]]:
        """RTUsersState: all agents who are logged in, with names and calls. Heavy: ten kilobytes an agent."""
        return Request(action="RTUsersState", version="4.1", shape=USERS_STATE, deadline_s=deadline_s)

    @Action
    @staticmethod
    def user_state(
        *, user: Login | None = None, extension: Extension | None = None, deadline_s: float | None = None
    ) -> Request[UserState | None]:
        """RTUserState 3.9 of one agent, by login or line; None if not logged in."""
        return Request(
            action="RTUserState",
            version="3.9",
            params=one_of(user=user, extension=extension),
            shape=USER_STATE,
            if_refused=_not_logged_in,
            deadline_s=deadline_s,
        )

    @Action
    @staticmethod
    def user_state_poll(
        *,
        user: Login | None = None,
        extension: Extension | None = None,
        hash: str | None = None,  # noqa: A002 - the API's name
        deadline_s: float | None = LONG_POLL_DEADLINE_S,
    ) -> Request[UserState | None]:
        """RTUserState 4.0. With the `hash` of the last answer the PBX waits for a change, 60 s at most.

        Use `watch_user_state` for a loop: it does not spin when a PBX ignores the hash.
        """
        return Request(
            action="RTUserState",
            version="4.0",
            params=one_of(user=user, extension=extension) + given({"hash": hash}),
            shape=USER_STATE,
            if_refused=_not_logged_in,
            deadline_s=deadline_s,
        )

    @Action
    @staticmethod
    def queue_presence(queue: QueueNumber, *, deadline_s: float | None = None) -> Request[QueuePresence]:
        """RTQueuePresence: whether a chat or click-to-call queue has agents. By the queue's number."""
        params = (("queue", queue),)
        return Request(
            action="RTQueuePresence", version="3.9", params=params, shape=PRESENCE, deadline_s=deadline_s
        )


def _not_logged_in() -> None:
    """The document does not say what comes for an agent who is not logged in: an error is one of the ways."""
