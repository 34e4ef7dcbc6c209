"""Calls: what can be learnt about them, and what can be done to running ones."""

from dashboard.pbx.groups.base import Action
from dashboard.pbx.groups.calls_read import CallReads
from dashboard.pbx.groups.calls_start import CallStarts
from dashboard.pbx.ids import CallId, Extension, Login, Phone, QueueId, UserId
from dashboard.pbx.request import Effect, Request, given, one_of
from dashboard.pbx.shapes import nothing, one, optional
from dashboard.pbx.wire.calls import CallAnswered, CallMonitored, Playback
from dashboard.pbx.words import MonitoringMode, PlaybackCommand, TransferType

ANSWERED = one(CallAnswered)
MONITORED = one(CallMonitored)
PLAYBACK = optional(Playback)
NOTHING = nothing()


class Calls(CallStarts, CallReads):
    """All actions of the section Calls."""

    @Action
    @staticmethod
    def answer(
        *, user: Login | None = None, extension: Extension | None = None, deadline_s: float | None = None
    ) -> Request[CallAnswered]:
        """Answer the call that rings at an agent. The phone must support auto answer."""
        return Request(
            action="Answer",
            version="3.7",
            effect=Effect.ACTION,
            params=one_of(extension=extension, user=user),
            shape=ANSWERED,
            deadline_s=deadline_s,
        )

    @Action
    @staticmethod
    def hangup(
        *,
        user: Login | None = None,
        extension: Extension | None = None,
        call: CallId | None = None,
        deadline_s: float | None = None,
    ) -> Request[None]:
        """Hangup: end a running call, by agent, line or call."""
        return Request(
            action="Hangup",
            version="3.0",
            effect=Effect.ACTION,
            params=one_of(user=user, extension=extension, call=call),
            shape=NOTHING,
            deadline_s=deadline_s,
        )

    @Action
    @staticmethod
    def transfer(
        *,
        user: Login | None = None,
        extension: Extension | None = None,
        number: Phone | None = None,
        dst_queue: QueueId | None = None,
        dst_user: UserId | None = None,
        type: TransferType | None = None,  # noqa: A002 - the API's name
        deadline_s: float | None = None,
    ) -> Request[None]:
        """Transfer the call of an agent or line; attended unless told otherwise."""
        params = one_of(user=user, extension=extension)
        params += one_of(number=number, dst_queue=dst_queue, dst_user=dst_user) + given({"type": type})
        return Request(
            action="Transfer",
            version="3.0",
            effect=Effect.ACTION,
            params=params,
            shape=NOTHING,
            deadline_s=deadline_s,
        )

    @Action
    @staticmethod
    def pickup_from_queue(*, call_id: CallId, user: Login, deadline_s: float | None = None) -> Request[None]:
        """PickupFromQueue: hand a waiting call to an agent."""
        return Request(
            action="PickupFromQueue",
            version="4.0",
            effect=Effect.ACTION,
            params=given({"call_id": call_id, "user": user}),
            shape=NOTHING,
            deadline_s=deadline_s,
        )

    @Action
    @staticmethod
    def monitor(
        *, user: Login, listener: Extension, mode: MonitoringMode, deadline_s: float | None = None
    ) -> Request[CallMonitored]:
        """Monitoring 3.1: listen to an agent's call at the extension `listener`."""
        return Request(
            action="Monitoring",
            version="3.1",
            effect=Effect.ACTION,
            params=given({"user": user, "listener": listener, "mode": mode}),
            shape=MONITORED,
            deadline_s=deadline_s,
        )

    @Action
    @staticmethod
    def monitor_extension(
        *, exten: Extension, listener: Extension, mode: MonitoringMode, deadline_s: float | None = None
    ) -> Request[None]:
        """Monitoring 3.0: listen to a line's call, without call-centre demands."""
        return Request(
            action="Monitoring",
            version="3.0",
            effect=Effect.ACTION,
            params=given({"exten": exten, "listener": listener, "mode": mode}),
            shape=NOTHING,
            deadline_s=deadline_s,
        )

    @Action
    @staticmethod
    def control_playback(
        *,
        command: PlaybackCommand,
        user: Login | None = None,
        extension: Extension | None = None,
        recording: str | None = None,
        begintime: int | None = None,
        skiptime: int | None = None,
        deadline_s: float | None = None,
    ) -> Request[None]:
        """ControlPlayback: play an announcement into a call. Times are milliseconds and belong to PLAY."""
        play_only = given({"recording": recording, "begintime": begintime, "skiptime": skiptime})
        if play_only and command is not PlaybackCommand.PLAY:
            raise ValueError("recording, begintime and skiptime belong to the command play.")
        return Request(
            action="ControlPlayback",
            version="3.6",
            effect=Effect.ACTION,
            params=given({"command": command}) + one_of(extension=extension, user=user) + play_only,
            shape=NOTHING,
            deadline_s=deadline_s,
        )

    @Action
    @staticmethod
    def playback_status(
        *, user: Login | None = None, extension: Extension | None = None, deadline_s: float | None = None
    ) -> Request[Playback | None]:
        """ControlPlayback with the command status; None if the PBX says nothing."""
        return Request(
            action="ControlPlayback",
            version="3.6",
            params=given({"command": "status"}) + one_of(extension=extension, user=user),
            shape=PLAYBACK,
            deadline_s=deadline_s,
        )
