"""SMS through the hosted gateway, on the central host."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from dashboard.pbx.groups.base import Action, Group
from dashboard.pbx.ids import MessageGroupId, MessageId, Phone
from dashboard.pbx.request import Effect, Host, Params, Request, array, brackets, flag, given, moments
from dashboard.pbx.shapes import nothing, one, rows, rows_by_id
from dashboard.pbx.wire.messages import (
    GroupRemoved,
    GroupSmsSent,
    GroupStatus,
    Sms,
    SmsSent,
    SmsSettingsAnswer,
    SmsStatus,
)
from dashboard.pbx.words import Direction

MESSAGES = rows(Sms)
SENT = one(SmsSent)
GROUP_SENT = rows_by_id(GroupSmsSent, key="id")
GROUP_STATUS = rows_by_id(GroupStatus, key="group_id")
REMOVED = one(GroupRemoved)
SETTINGS = one(SmsSettingsAnswer)
STATUS = one(SmsStatus)
NOTHING = nothing()

GROUP_LIMIT = 20_000
TEXT_LIMIT = 1377
UNICODE_TEXT_LIMIT = 603
PRIORITIES = range(21)


class SimCard(NamedTuple):
    """The card that a message leaves through: all three numbers or none."""

    gw: int
    slot: int
    port: int


class SmsMessages(Group):
    @Action
    @staticmethod
    def settings(*, deadline_s: float | None = None) -> Request[SmsSettingsAnswer]:
        """GetSMSSettings, also for SMS Connect."""
        return Request(
            action="GetSMSSettings", version="3.1", host=Host.SMS, shape=SETTINGS, deadline_s=deadline_s
        )

    @Action
    @staticmethod
    def messages(
        *,
        message: MessageId | None = None,
        direction: Direction | None = None,
        keyword: str | None = None,
        accountcode: str | Iterable[str] | None = None,
        email: str | None = None,
        sim: SimCard | None = None,
        datetime_from: str | None = None,
        datetime_to: str | None = None,
        deadline_s: float | None = None,
    ) -> Request[list[Sms]]:
        """GetSMS: messages of the last six months. Sort them yourself: the order is not reliable."""
        params = given({"direction": direction, "keyword": keyword, "email": email})
        params += one_or_more("accountcode", accountcode) + sim_card(sim)
        params += moments(datetime_from=datetime_from, datetime_to=datetime_to)
        return Request(
            action="GetSMS",
            version="3.1",
            host=Host.SMS,
            id=message,
            params=params,
            shape=MESSAGES,
            deadline_s=deadline_s,
        )

    @Action
    @staticmethod
    def remove_group(group: MessageGroupId, *, deadline_s: float | None = None) -> Request[GroupRemoved]:
        """RemoveGroupSMS: stop, for good, what waits to be sent."""
        return Request(
            action="RemoveGroupSMS",
            version="3.1",
            effect=Effect.ACTION,
            host=Host.SMS,
            id=group,
            shape=REMOVED,
            deadline_s=deadline_s,
        )

    @Action
    @staticmethod
    def send_group(
        messages: Sequence[tuple[Phone, str]],
        *,
        confirmation: bool = False,
        unicode: bool = False,
        email: str | None = None,
        accountcode: str | None = None,
        priority: int | None = None,
        datetime_scheduled: str | None = None,
        deadline_s: float | None = None,
    ) -> Request[dict[MessageId, GroupSmsSent]]:
        """SendGroupSMS: pairs of number and text, at most 20,000. One row of the answer is the group's head."""
        params = group_of(messages, unicode=unicode) + given(
            {
                "confirmation": flag(confirmation, "yes"),
                "unicode": flag(unicode, "yes"),
                "email": email,
                "accountcode": accountcode,
                "priority": checked_priority(priority),
            }
        )
        return Request(
            action="SendGroupSMS",
            version="3.1",
            effect=Effect.ACTION,
            host=Host.SMS,
            params=params + moments(datetime_scheduled=datetime_scheduled),
            shape=GROUP_SENT,
            deadline_s=deadline_s,
        )

    @Action
    @staticmethod
    def send(
        number: Phone,
        message: str,
        *,
        confirmation: bool = False,
        unicode: bool = False,
        email: str | None = None,
        accountcode: str | None = None,
        sim: SimCard | None = None,
        priority: int | None = None,
        datetime_scheduled: str | None = None,
        deadline_s: float | None = None,
    ) -> Request[SmsSent]:
        """SendSMS. Priority 0 (low) to 20; the default is 10."""
        params = given(
            {
                "number": number,
                "message": checked_text(message, unicode=unicode),
                "confirmation": flag(confirmation, "yes"),
                "unicode": flag(unicode, "yes"),
                "email": email,
                "accountcode": accountcode,
                "priority": checked_priority(priority),
            }
        )
        return Request(
            action="SendSMS",
            version="3.1",
            effect=Effect.ACTION,
            host=Host.SMS,
            params=params + sim_card(sim) + moments(datetime_scheduled=datetime_scheduled),
            shape=SENT,
            deadline_s=deadline_s,
        )

    @Action
    @staticmethod
    def set_settings(
        *,
        incoming_callback: str | None = None,
        outgoing_callback: str | None = None,
        incoming_email: str | None = None,
        outgoing_email: str | None = None,
        sending_rate: tuple[int, int] | None = None,
        allowed_hour_begin: int | None = None,
        allowed_hour_end: int | None = None,
        deadline_s: float | None = None,
    ) -> Request[None]:
        """SetSMSSettings, also for SMS Connect. `sending_rate` is messages in so many seconds.

        Hours are inclusive (16 is until 16:59); 0 turns a limit off, so hour 0 cannot be one.
        """
        limit, time = sending_rate or (None, None)
        params = given(
            {
                "incoming_callback": incoming_callback,
                "outgoing_callback": outgoing_callback,
                "incoming_email": incoming_email,
                "outgoing_email": outgoing_email,
                "sending_rate_limit": limit,
                "sending_rate_time": time,
                "allowed_hour_begin": allowed_hour_begin,
                "allowed_hour_end": allowed_hour_end,
            }
        )
        return Request(
            action="SetSMSSettings",
            version="3.1",
            effect=Effect.ACTION,
            host=Host.SMS,
            params=params,
            shape=NOTHING,
            deadline_s=deadline_s,
        )

    @Action
    @staticmethod
    def group_status(
        *, group: MessageGroupId | None = None, waiting: bool = False, deadline_s: float | None = None
    ) -> Request[dict[MessageGroupId, GroupStatus]]:
        """StatusGroupSMS: counts of each group, or only of those with messages that wait."""
        return Request(
            action="StatusGroupSMS",
            version="3.1",
            host=Host.SMS,
            id=group,
            params=given({"waiting": flag(waiting, "true")}),
            shape=GROUP_STATUS,
            deadline_s=deadline_s,
        )

    @Action
    @staticmethod
    def status(*, deadline_s: float | None = None) -> Request[SmsStatus]:
        """StatusSMS: how many messages wait."""
        return Request(action="StatusSMS", version="3.1", host=Host.SMS, shape=STATUS, deadline_s=deadline_s)


def one_or_more(name: str, value: str | Iterable[str] | None) -> Params:
    return given({name: value}) if value is None or isinstance(value, str) else brackets(name, value)


def sim_card(sim: SimCard | None) -> Params:
    return given(sim._asdict()) if sim else ()


def group_of(messages: Sequence[tuple[Phone, str]], *, unicode: bool) -> Params:
    if not 1 <= len(messages) <= GROUP_LIMIT:
        raise ValueError(f"A group holds 1 to {GROUP_LIMIT} messages.")
    texts = (checked_text(text, unicode=unicode) for _, text in messages)
    return array("number", (number for number, _ in messages)) + array("message", texts)


def checked_text(text: str, *, unicode: bool) -> str:
    limit = UNICODE_TEXT_LIMIT if unicode else TEXT_LIMIT
    if len(text) > limit:
        raise ValueError(f"The text of a message is {limit} characters at most.")
    return text


def checked_priority(priority: int | None) -> int | None:
    if priority is not None and priority not in PRIORITIES:
        raise ValueError("The priority of a message is 0 to 20.")
    return priority
