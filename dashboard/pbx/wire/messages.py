"""Rows of SMS and SMS Connect, and of e-mails."""

from dashboard.pbx.loose import (
    IdKey,
    LooseBool,
    LooseDecimal,
    LooseDirection,
    LooseId,
    LooseInt,
    LooseMessageGroupId,
    LoosePhone,
    LooseQueueId,
    LooseText,
    LooseTime,
    LooseUserId,
    MessageGroupKey,
    MessageKey,
)
from dashboard.pbx.wire.base import Wire


class SmsSettings(Wire, frozen=True, kw_only=True):
    """The `settings` of GetSMSSettings. In limits and hours 0 means off; the end hour is inclusive."""

    enabled_sms: LooseText = None
    outgoing_price: LooseDecimal = None
    incoming_callback: LooseText = None
    outgoing_callback: LooseText = None
    incoming_email: LooseText = None
    outgoing_email: LooseText = None
    email_notification_allow: LooseText = None
    sending_rate_limit: LooseInt = None
    sending_rate_time: LooseInt = None
    allowed_hour_begin: LooseInt = None
    allowed_hour_end: LooseInt = None
    sending_rate_limit_admin: LooseInt = None
    sending_rate_time_admin: LooseInt = None
    lang: LooseText = None
    connect_sender: LooseText = None


class SmsSettingsAnswer(Wire, frozen=True, kw_only=True):
    """GetSMSSettings."""

    settings: SmsSettings


class Sms(Wire, frozen=True, kw_only=True):
    """GetSMS. `datetime` is local; `datetime_processed` runs on another clock, so do not show it."""

    id: MessageKey
    direction: LooseDirection = None
    datetime: LooseTime = None
    datetime_processed: LooseTime = None
    number: LoosePhone = None
    attempts: LooseInt = None
    count_sms: LooseInt = None
    message: LooseText = None
    result: LooseText = None
    code_error: LooseText = None
    confirmation_enable: LooseBool = None
    confirmed: LooseBool = None
    price: LooseDecimal = None
    gw_number: LooseInt = None
    slot_number: LooseInt = None
    port_number: LooseInt = None
    accountcode: LooseText = None
    email: LooseText = None


class ConnectSms(Wire, frozen=True, kw_only=True):
    """GetSMSConnect."""

    id: MessageKey
    message_id: LooseText = None
    direction: LooseDirection = None
    result: LooseText = None
    datetime: LooseTime = None
    datetime_sent: LooseTime = None
    datetime_delivered: LooseTime = None
    datetime_notdelivered: LooseTime = None
    sender: LooseText = None
    recipient: LoosePhone = None
    price: LooseDecimal = None
    message: LooseText = None
    count_sms: LooseInt = None
    request_dlr: LooseBool = None
    attempts: LooseInt = None
    group_id: LooseMessageGroupId = None
    accountcode: LooseText = None


class SmsSent(Wire, frozen=True, kw_only=True):
    """SendSMS, SendSMSConnect: `count_sms` parts; SMS Connect does not say how many."""

    id: MessageKey
    count_sms: LooseInt = None


class GroupSmsSent(Wire, frozen=True, kw_only=True):
    """SendGroupSMS: one message of a group, or the head of the group, which is no message."""

    id: MessageKey
    group_id: LooseMessageGroupId = None
    count_sms: LooseInt = None

    @property
    def is_head(self) -> bool:
        return str(self.id) == self.group_id


class GroupRemoved(Wire, frozen=True, kw_only=True):
    """RemoveGroupSMS: how many messages will not be sent."""

    count_removed: LooseInt


class GroupStatus(Wire, frozen=True, kw_only=True):
    """StatusGroupSMS."""

    group_id: MessageGroupKey
    accountcode: LooseText = None
    datetime: LooseTime = None
    datetime_processed: LooseTime = None
    count_total: LooseInt = None
    count_ok: LooseInt = None
    count_waiting: LooseInt = None
    count_error: LooseInt = None


class SmsStatus(Wire, frozen=True, kw_only=True):
    """StatusSMS, StatusSMSConnect: messages that wait. SMS Connect does not say when the last one left."""

    count_waiting: LooseInt
    last_datetime_processed: LooseTime = None


class Email(Wire, frozen=True, kw_only=True):
    """The e-mail of EmailCreate. `queue` is the queue's ID, although its number was sent."""

    email: IdKey
    queue: LooseQueueId = None
    user: LooseUserId = None
    name: LooseText = None
    title: LooseText = None
    address: LooseText = None
    direction: LooseDirection = None
    text: LooseText = None
    time: LooseTime = None


class Activity(Wire, frozen=True, kw_only=True):
    """The activity of EmailCreate."""

    activity: IdKey
    ticket: LooseId = None
    name: LooseText = None
    title: LooseText = None
    type: LooseText = None
    item: LooseId = None
    queue: LooseQueueId = None
    user: LooseUserId = None
    priority: LooseInt = None
    time: LooseTime = None
    time_open: LooseTime = None
    time_close: LooseTime = None


class EmailCreated(Wire, frozen=True, kw_only=True):
    """EmailCreate."""

    email: Email
    activity: Activity | None = None
