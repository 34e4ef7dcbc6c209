"""Statistics: what happened. Moments are the PBX's local time, YYYY-MM-DD HH:MM:SS."""

from collections.abc import Iterable

from dashboard.pbx.groups.base import Action, Group
from dashboard.pbx.ids import CallId, Extension, Login, PauseId, Phone, QueueId, QueueNumber, StatusId, UserId
from dashboard.pbx.request import Request, brackets, given, interval, one_of, true_false
from dashboard.pbx.shapes import Page, found, page, rows
from dashboard.pbx.wire.history import (
    CdrRow,
    LastCall,
    LastCallOfNumber,
    RepeatedCalls,
    StatsCall,
    TraceStep,
    UserPause,
    UserQueue,
    UserSession,
)
from dashboard.pbx.words import CdrDirection, Trace

CALLS = page(StatsCall)
REPEATED = rows(RepeatedCalls)
TRACE = rows(TraceStep)
CDR = rows(CdrRow)
PAUSES = page(UserPause)
QUEUES = page(UserQueue)
SESSIONS = page(UserSession)
LAST_CALL = found(LastCall, key="id_call")
LAST_CALL_OF_NUMBER = found(LastCallOfNumber, key="call")


class HistoryStatistics(Group):
    @Action
    @staticmethod
    def calls(
        *,
        datetime_from: str,
        datetime_to: str,
        phonenumber: Phone | None = None,
        queues: Iterable[QueueId] | None = None,
        did: Phone | None = None,
        callstatus: StatusId | None = None,
        answered: bool | None = None,
        id_call: CallId | None = None,
        users: Iterable[UserId] | None = None,
        skip: int = 0,
        take: int = 100,
        deadline_s: float | None = None,
    ) -> Request[Page[StatsCall]]:
        """StatsCalls: one page of calls, newest first; `take` is 1000 at most. All pages: `each_row`."""
        params = interval(datetime_from, datetime_to) + given(
            {
                "phonenumber": phonenumber,
                "did": did,
                "callstatus": callstatus,
                "answered": true_false(answered),
                "id_call": id_call,
            }
        )
        params += brackets("queues", queues) + brackets("users", users) + given({"skip": skip, "take": take})
        return Request(action="StatsCalls", version="4.1", params=params, shape=CALLS, deadline_s=deadline_s)

    @Action
    @staticmethod
    def calls_repeated(
        *,
        datetime_from: str,
        datetime_to: str,
        queues: Iterable[QueueId] | None = None,
        phonenumber: Phone | None = None,
        count: int | None = None,
        deadline_s: float | None = None,
    ) -> Request[list[RepeatedCalls]]:
        """StatsCallsRepeated: numbers with more than `count` calls."""
        params = interval(datetime_from, datetime_to) + brackets("queues", queues)
        params += given({"phonenumber": phonenumber, "count": count})
        return Request(
            action="StatsCallsRepeated", version="3.9", params=params, shape=REPEATED, deadline_s=deadline_s
        )

    @Action
    @staticmethod
    def trace(
        *,
        datetime_from: str,
        datetime_to: str,
        user: Login,
        trace: Trace | None = None,
        deadline_s: float | None = None,
    ) -> Request[list[TraceStep]]:
        """StatsTrace: what one agent did, by login."""
        params = interval(datetime_from, datetime_to) + given({"user": user, "trace": trace})
        return Request(action="StatsTrace", version="3.5", params=params, shape=TRACE, deadline_s=deadline_s)

    @Action
    @staticmethod
    def users_pauses(
        *,
        datetime_from: str,
        datetime_to: str,
        users: Iterable[UserId] | None = None,
        pauses: Iterable[PauseId] | None = None,
        skip: int = 0,
        take: int = 100,
        deadline_s: float | None = None,
    ) -> Request[Page[UserPause]]:
        """StatsUsersPauses: one page of pauses in time order."""
        params = interval(datetime_from, datetime_to) + brackets("users", users) + brackets("pauses", pauses)
        params += given({"skip": skip, "take": take})
        return Request(
            action="StatsUsersPauses", version="4.1", params=params, shape=PAUSES, deadline_s=deadline_s
        )

    @Action
    @staticmethod
    def users_queues(
        *,
        datetime_from: str,
        datetime_to: str,
        users: Iterable[UserId] | None = None,
        skip: int = 0,
        take: int = 100,
        deadline_s: float | None = None,
    ) -> Request[Page[UserQueue]]:
        """StatsUsersQueues: one page of logins to queues in time order."""
        params = interval(datetime_from, datetime_to) + brackets("users", users)
        params += given({"skip": skip, "take": take})
        return Request(
            action="StatsUsersQueues", version="4.1", params=params, shape=QUEUES, deadline_s=deadline_s
        )

    @Action
    @staticmethod
    def users_sessions(
        *,
        datetime_from: str,
        datetime_to: str,
        users: Iterable[UserId] | None = None,
        skip: int = 0,
        take: int = 100,
        deadline_s: float | None = None,
    ) -> Request[Page[UserSession]]:
        """StatsUsersSessions: one page of logins to the call centre in time order."""
        params = interval(datetime_from, datetime_to) + brackets("users", users)
        params += given({"skip": skip, "take": take})
        return Request(
            action="StatsUsersSessions", version="4.1", params=params, shape=SESSIONS, deadline_s=deadline_s
        )

    @Action
    @staticmethod
    def cdr(
        *,
        datetime_from: str,
        datetime_to: str,
        real_extens: Iterable[Extension] | None = None,
        accountcodes: Iterable[str] | None = None,
        direction: CdrDirection | None = None,
        destinations: Iterable[str] | None = None,
        answered_only: bool = False,
        src_channels: Iterable[str] | None = None,
        dst_channels: Iterable[str] | None = None,
        min_price_call: str | None = None,
        billing: bool | None = None,
        deadline_s: float | None = None,
    ) -> Request[list[CdrRow]]:
        """CDR: charged calls. `min_price_call` is a decimal as text, in the currency of the price list."""
        params = interval(datetime_from, datetime_to) + given(
            {
                "direction": direction,
                "disposition": "ANSWERED" if answered_only else None,
                "min_price_call": min_price_call,
                "billing": true_false(billing),
            }
        )
        params += brackets("real_extens", real_extens) + brackets("accountcodes", accountcodes)
        params += brackets("destinations", destinations)
        params += brackets("src_channels", src_channels) + brackets("dst_channels", dst_channels)
        return Request(action="CDR", version="3.5", params=params, shape=CDR, deadline_s=deadline_s)

    @Action
    @staticmethod
    def last_call(
        *, user: Login | None = None, extension: Extension | None = None, deadline_s: float | None = None
    ) -> Request[LastCall | None]:
        """LastCall: the running call of an agent or line, else the last one; None if there was none."""
        return Request(
            action="LastCall",
            version="3.9",
            params=one_of(extension=extension, user=user),
            shape=LAST_CALL,
            if_refused=_no_call,
            deadline_s=deadline_s,
        )

    @Action
    @staticmethod
    def last_call_of_number(
        phonenumber: Phone,
        *,
        interval_s: int | None = None,
        answered: bool | None = None,
        queues: Iterable[QueueId] | None = None,
        queues_number: Iterable[QueueNumber] | None = None,
        deadline_s: float | None = None,
    ) -> Request[LastCallOfNumber | None]:
        """LastCallNumber: who handled the last call of a number in the last `interval_s` (a day); None if nobody."""
        params = given({"phonenumber": phonenumber, "interval": interval_s, "answered": true_false(answered)})
        params += brackets("queues", queues) + brackets("queues_number", queues_number)
        return Request(
            action="LastCallNumber",
            version="3.9",
            params=params,
            shape=LAST_CALL_OF_NUMBER,
            if_refused=_no_call,
            deadline_s=deadline_s,
        )


def _no_call() -> None:
    """The document does not say what comes when no call is found: an error is one of the ways."""
