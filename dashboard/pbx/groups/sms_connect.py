"""SMS Connect, on the central host. Its settings are those of SMS."""

from collections.abc import Iterable, Sequence

from dashboard.pbx.groups.base import Action, Group
from dashboard.pbx.groups.sms import checked_priority, checked_text, group_of, one_or_more
from dashboard.pbx.ids import MessageId, Phone
from dashboard.pbx.request import Effect, Host, Request, flag, given, moments
from dashboard.pbx.shapes import one, rows_by_id
from dashboard.pbx.wire.messages import ConnectSms, GroupSmsSent, SmsSent, SmsStatus
from dashboard.pbx.words import Direction

MESSAGES = rows_by_id(ConnectSms, key="id")
SENT = one(SmsSent)
GROUP_SENT = rows_by_id(GroupSmsSent, key="id")
STATUS = one(SmsStatus)


class SmsConnect(Group):
    @Action
    @staticmethod
    def messages(
        *,
        message: MessageId | None = None,
        direction: Direction | None = None,
        keyword: str | None = None,
        datetime_from: str | None = None,
        datetime_to: str | None = None,
        accountcode: str | Iterable[str] | None = None,
        deadline_s: float | None = None,
    ) -> Request[dict[MessageId, ConnectSms]]:
        """GetSMSConnect: messages of the last six months, by ID."""
        params = given({"direction": direction, "keyword": keyword})
        params += moments(datetime_from=datetime_from, datetime_to=datetime_to)
        return Request(
            action="GetSMSConnect",
            version="4.1",
            host=Host.SMS,
            id=message,
            params=params + one_or_more("accountcode", accountcode),
            shape=MESSAGES,
            deadline_s=deadline_s,
        )

    @Action
    @staticmethod
    def send_group(
        messages: Sequence[tuple[Phone, str]],
        *,
        confirmation: bool = False,
        accountcode: str | None = None,
        priority: int | None = None,
        datetime_scheduled: str | None = None,
        sender: str | None = None,
        version: str = "3.1",
        deadline_s: float | None = None,
    ) -> Request[dict[MessageId, GroupSmsSent]]:
        """SendGroupSMSConnect. The document's version may be a slip: its neighbours are at 4.1."""
        params = group_of(messages, unicode=False) + given(
            {
                "confirmation": flag(confirmation, "yes"),
                "accountcode": accountcode,
                "priority": checked_priority(priority),
                "sender": sender,
            }
        )
        return Request(
            action="SendGroupSMSConnect",
            version=version,
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
        priority: int | None = None,
        accountcode: str | None = None,
        datetime_scheduled: str | None = None,
        sender: str | None = None,
        unicode: bool = False,
        deadline_s: float | None = None,
    ) -> Request[SmsSent]:
        """SendSMSConnect. The number begins with + and the country."""
        if not number.startswith("+"):
            raise ValueError("SMS Connect wants the number as +420123456789.")
        params = given(
            {
                "number": number,
                "message": checked_text(message, unicode=unicode),
                "confirmation": flag(confirmation, "yes"),
                "priority": checked_priority(priority),
                "accountcode": accountcode,
                "sender": sender,
                "unicode": flag(unicode, "yes"),
            }
        )
        return Request(
            action="SendSMSConnect",
            version="4.1",
            effect=Effect.ACTION,
            host=Host.SMS,
            params=params + moments(datetime_scheduled=datetime_scheduled),
            shape=SENT,
            deadline_s=deadline_s,
        )

    @Action
    @staticmethod
    def status(*, deadline_s: float | None = None) -> Request[SmsStatus]:
        """StatusSMSConnect: how many messages wait."""
        return Request(
            action="StatusSMSConnect", version="4.1", host=Host.SMS, shape=STATUS, deadline_s=deadline_s
        )
