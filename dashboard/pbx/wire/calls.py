"""Rows of what the actions on calls answer."""

from dashboard.pbx.loose import (
    CallKey,
    IdKey,
    LooseBool,
    LooseCallId,
    LooseDirection,
    LooseExtension,
    LooseInt,
    LoosePhone,
    LooseQueueId,
    LooseQueueNumber,
    LooseText,
    LooseTime,
    LooseUserId,
)
from dashboard.pbx.wire.base import Wire


class CallStarted(Wire, frozen=True, kw_only=True):
    """CreateCall, CreateRemoteCall, ClickToCall: the call that was started."""

    id_call: CallKey


class CallAnswered(Wire, frozen=True, kw_only=True):
    """Answer. `calling_queue` is the queue's number, not its ID."""

    calling_number: LoosePhone = None
    calling_queue: LooseQueueNumber = None
    calling_queue_name: LooseText = None
    id_call: LooseCallId = None


class CallMonitored(Wire, frozen=True, kw_only=True):
    """Monitoring 3.1: the call that is listened to. Seconds of ringing and talk."""

    calling_direction: LooseDirection = None
    calling_number: LoosePhone = None
    calling_queue: LooseQueueNumber = None
    calling_queue_name: LooseText = None
    ringing: LooseInt = None
    billsec: LooseInt = None


class Playback(Wire, frozen=True, kw_only=True):
    """ControlPlayback status. The form of the answer is not documented beyond `playing`."""

    playing: LooseBool = None


class CallLeg(Wire, frozen=True, kw_only=True):
    """AboutCall: one row of a call, which may have several. Durations are seconds.

    `uniqueid` names the row, `id_call` the call; `recording_hash` is what a recording is fetched with.
    """

    id_call: LooseCallId
    uniqueid: LooseCallId = None
    calldate: LooseTime = None
    clid: LoosePhone = None
    src: LoosePhone = None
    dst: LoosePhone = None
    channel: LooseText = None
    dstchannel: LooseText = None
    duration: LooseInt = None
    billsec: LooseInt = None
    disposition: LooseText = None
    accountcode: LooseText = None
    userfield: LooseText = None
    real_exten: LooseExtension = None
    direction: LooseDirection = None
    from_did: LoosePhone = None
    id_queue: LooseQueueId = None
    id_agent: LooseUserId = None
    waiting_time: LooseInt = None
    ringing_time: LooseInt = None
    hold_time: LooseInt = None
    orig_pos: LooseInt = None
    position: LooseInt = None
    disposition_cause: LooseText = None
    disconnection_cause: LooseText = None
    recording_hash: LooseText = None


class Attempt(Wire, frozen=True, kw_only=True):
    """GetAttempts: an attempt to connect a call with an agent; duration in seconds."""

    id: IdKey
    id_call: LooseCallId = None
    name: LooseText = None
    start_time: LooseTime = None
    end_time: LooseTime = None
    duration: LooseInt = None
    id_agent: LooseUserId = None
    id_queue: LooseQueueId = None

    @property
    def row_key(self) -> str:
        return self.id
