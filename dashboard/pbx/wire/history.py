"""Rows of the past: calls, logins, pauses. Durations are seconds, moments the PBX's local time."""

import msgspec

from dashboard.pbx.loose import (
    CallKey,
    IdKey,
    LooseBool,
    LooseCallId,
    LooseDecimal,
    LooseDirection,
    LooseExtension,
    LooseId,
    LooseInt,
    LooseLogin,
    LoosePauseId,
    LoosePhone,
    LoosePrice,
    LooseQueueId,
    LooseQueueNumber,
    LooseText,
    LooseTime,
    LooseUserId,
    UserKey,
)
from dashboard.pbx.wire.base import Wire


class StatsCall(Wire, frozen=True, kw_only=True):
    """StatsCalls. The call's ID is in `name`; `call` is a row number. The row of a lost call is not documented."""

    name: CallKey
    call: LooseId = None
    call_time: LooseTime = None
    direction: LooseDirection = None
    answered: LooseBool = None
    queue: LooseQueueId = None
    user: LooseUserId = None
    clid: LoosePhone = None
    contact: LooseId = None
    did: LoosePhone = None
    waiting_time: LooseInt = None
    ringing_time: LooseInt = None
    hold_time: LooseInt = None
    duration: LooseInt = None
    orig_pos: LooseInt = None
    position: LooseInt = None
    disposition_cause: LooseText = None
    disconnection_cause: LooseText = None
    pressed_key: LooseText = None
    score: LooseText = None
    note: LooseText = None
    attempts: LooseInt = None

    @property
    def call_id(self) -> CallKey:
        return self.name

    @property
    def row_key(self) -> str:
        return self.call or self.name


class RepeatedCalls(Wire, frozen=True, kw_only=True):
    """StatsCallsRepeated: how often a number called."""

    clid: LoosePhone
    call_total: LooseInt = None
    call_answered: LooseInt = None
    call_unanswered: LooseInt = None
    waiting_avg: LooseInt = None
    duration_avg: LooseInt = None


class UserPause(Wire, frozen=True, kw_only=True):
    """StatsUsersPauses. A pause that goes on has no end."""

    id: IdKey
    user: LooseUserId = None
    start_time: LooseTime = None
    end_time: LooseTime = None
    duration: LooseInt = None
    pause: LoosePauseId = None

    @property
    def row_key(self) -> str:
        return self.id


class UserSession(Wire, frozen=True, kw_only=True):
    """StatsUsersSessions: a login to the call centre. One that goes on has no end."""

    id: IdKey
    user: LooseUserId = None
    start_time: LooseTime = None
    end_time: LooseTime = None
    duration: LooseInt = None

    @property
    def row_key(self) -> str:
        return self.id


class UserQueue(Wire, frozen=True, kw_only=True):
    """StatsUsersQueues: a login to a queue; the rows have no ID of their own."""

    user: UserKey
    start_time: LooseTime = None
    end_time: LooseTime = None
    duration: LooseInt = None
    queue: LooseQueueId = None

    @property
    def row_key(self) -> tuple[str | None, ...]:
        return (self.user, self.queue, self.start_time)


class TraceStep(Wire, frozen=True, kw_only=True):
    """StatsTrace: one thing an agent did. What `event_id` and `event_title` hold depends on `action_name`."""

    action_name: LooseText
    time: LooseTime = None
    duration: LooseInt = None
    is_start: LooseBool = msgspec.field(name="action_start", default=None)
    action_title: LooseText = None
    event_id: LooseText = None
    event_title: LooseText = None
    time_unixtime: LooseInt = None


class CdrRow(Wire, frozen=True, kw_only=True):
    """CDR: a charged call. `destination_price` is the tariff; the currency is that of the price list."""

    date: LooseTime
    real_exten: LooseExtension = None
    dst: LoosePhone = None
    billsec: LooseInt = None
    duration: LooseInt = None
    disposition: LooseText = None
    accountcode: LooseText = None
    uniqueid: LooseCallId = None
    id_call: LooseCallId = None
    from_did: LoosePhone = None
    direction: LooseDirection = None
    price: LoosePrice = None
    destination_type: LooseText = None
    destination_type_description: LooseText = None
    destination: LooseText = None
    destination_price: LooseDecimal = None


class LastCall(Wire, frozen=True, kw_only=True):
    """LastCall: the running call of an agent or line, else the last one."""

    id_call: CallKey
    exten: LooseExtension = None
    user: LooseText = None
    queue: LooseText = None
    direction: LooseDirection = None
    clid: LoosePhone = None
    time: LooseTime = None
    is_running: LooseBool = msgspec.field(name="_is_realtime", default=None)


class LastCallOfNumber(Wire, frozen=True, kw_only=True):
    """LastCallNumber: who handled the last call of a phone number. The call's ID is in `call`."""

    call: CallKey
    call_time: LooseTime = None
    direction: LooseDirection = None
    queue: LooseQueueId = None
    user: LooseUserId = None
    answered: LooseBool = None
    clid: LoosePhone = None
    waiting_time: LooseInt = None
    ringing_time: LooseInt = None
    hold_time: LooseInt = None
    duration: LooseInt = None
    disposition: LooseText = None
    # The PBX misspells it; the right spelling is read too.
    raw_orig_posision: LooseInt = msgspec.field(name="orig_posision", default=None)
    raw_orig_position: LooseInt = msgspec.field(name="orig_position", default=None)
    attempts: LooseInt = None
    queue_title: LooseText = None
    queue_number: LooseQueueNumber = None
    queue_direction: LooseDirection = None
    user_title: LooseText = None
    user_login: LooseLogin = None

    @property
    def call_id(self) -> CallKey:
        return self.call

    @property
    def orig_position(self) -> int | None:
        return self.raw_orig_posision if self.raw_orig_position is None else self.raw_orig_position


class QueuePresence(Wire, frozen=True, kw_only=True):
    """RTQueuePresence: whether a chat or click-to-call queue has agents."""

    online_presence: LooseBool
    count_users: LooseInt = None
