"""Calls: what can be learnt about them."""

from collections.abc import Iterable

from dashboard.pbx.groups.base import Action, Group
from dashboard.pbx.ids import CallId, QueueId, UserId
from dashboard.pbx.request import Request, brackets, given, interval, true_false
from dashboard.pbx.shapes import Binary, Page, page, rows
from dashboard.pbx.wire.calls import Attempt, CallLeg

LEGS = rows(CallLeg)
ATTEMPTS = page(Attempt)
BINARY = Binary()


class CallReads(Group):
    @Action
    @staticmethod
    def about(id_call: CallId, *, deadline_s: float | None = None) -> Request[list[CallLeg]]:
        """AboutCall: every row of a call."""
        params = given({"id_call": id_call})
        return Request(action="AboutCall", version="3.0", params=params, shape=LEGS, deadline_s=deadline_s)

    @Action
    @staticmethod
    def attempts(
        *,
        datetime_from: str,
        datetime_to: str,
        queues: Iterable[QueueId] | None = None,
        id_call: CallId | None = None,
        users: Iterable[UserId] | None = None,
        skip: int = 0,
        take: int = 100,
        deadline_s: float | None = None,
    ) -> Request[Page[Attempt]]:
        """GetAttempts: one page of attempts to connect calls, newest first; `take` is 1000 at most."""
        params = interval(datetime_from, datetime_to) + given({"id_call": id_call})
        params += brackets("queues", queues) + brackets("users", users) + given({"skip": skip, "take": take})
        return Request(
            action="GetAttempts", version="4.1", params=params, shape=ATTEMPTS, deadline_s=deadline_s
        )

    @Action
    @staticmethod
    def recording(
        recording_hash: str, *, octetstream: bool | None = None, deadline_s: float | None = None
    ) -> Request[bytes]:
        """GetRecording into memory. To a file, and resumed when it breaks off: `save_recording`."""
        params = given({"recording_hash": recording_hash, "octetstream": true_false(octetstream)})
        return Request(
            action="GetRecording", version="3.0", params=params, shape=BINARY, deadline_s=deadline_s
        )
