"""Short messages on their way: they wait for their time, leave one after the other, arrive or do not."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

SECOND_MS, DAY_MS = 1000, 86_400_000
DELIVERED_AFTER_MS, MISSED_AFTER_MS, EXPIRED_AFTER_MS = 4 * SECOND_MS, 20 * SECOND_MS, 3 * DAY_MS
# Numbers by which it can be told what becomes of a message.
BLOCKED_ENDING, SWITCHED_OFF_ENDING = "00", "99"
DEFAULT_PRIORITY, PRIORITIES = 10, range(21)


class MessageState(StrEnum):
    """Where a message stands. `expired` was not read for days, `forbidden` was never to be sent."""

    NEW = "new"
    SENT = "sent"
    DELIVERED = "delivered"
    NOT_DELIVERED = "not_delivered"
    EXPIRED = "expired"
    ERROR = "error"
    FORBIDDEN = "forbidden"


class Notice(StrEnum):
    """What there is to tell of a message: it came in, went out, or arrived where a receipt was asked for."""

    IN = "in"
    OUT = "out"
    CONFIRMED = "confirmed"


class Sim(NamedTuple):
    """The place of a SIM card."""

    gateway: int
    slot: int
    port: int


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A message somebody wants to be sent, with its text as it will be sent."""

    number: str
    text: str
    parts: int
    is_unicode: bool = False
    wants_receipt: bool = False
    email: str | None = None
    accountcode: str | None = None
    priority: int = DEFAULT_PRIORITY
    scheduled_at: int | None = None
    sender: str | None = None
    sim: Sim | None = None


@dataclass(frozen=True, kw_only=True)
class Message:
    """A message as it is stored. `group_id` is None for one that was sent alone; `is_inbound` came from outside.

    `fate` is what becomes of it for good; until `settled_at` it is merely sent.
    """

    id: int
    draft: Draft
    created_at: int
    group_id: int | None = None
    is_inbound: bool = False
    sent_at: int | None = None
    settled_at: int | None = None
    fate: MessageState = MessageState.NEW

    def state(self, now_at: int) -> MessageState:
        """Where it stands at this moment."""
        if self.settled_at is not None and self.settled_at <= now_at:
            return self.fate
        return MessageState.NEW if self.sent_at is None else MessageState.SENT

    def sent(self, at: int) -> "Message":
        """The message once it has left; what becomes of it depends on the number."""
        fate, after_ms = _fate(self.draft.number)
        return replace(self, sent_at=at, settled_at=at + after_ms, fate=fate)

    def received(self, at: int) -> "Message":
        """The message if it came from outside."""
        return replace(self, sent_at=at, settled_at=at, fate=MessageState.DELIVERED)

    def forbidden(self) -> "Message":
        """The message if it must not be sent."""
        return replace(self, settled_at=self.created_at, fate=MessageState.FORBIDDEN)


def _fate(number: str) -> tuple[MessageState, int]:
    if number.endswith(BLOCKED_ENDING):
        return MessageState.NOT_DELIVERED, MISSED_AFTER_MS
    if number.endswith(SWITCHED_OFF_ENDING):
        return MessageState.EXPIRED, EXPIRED_AFTER_MS
    return MessageState.DELIVERED, DELIVERED_AFTER_MS


@dataclass(frozen=True, kw_only=True)
class SmsSettings:
    """Whom the gateway tells of messages, and when and how fast it sends. 0 switches a limit off.

    `rate_limit` messages in `rate_s` seconds concerns messages sent one by one; `hour_end` is the last hour in which
    messages may be sent, to its end.
    """

    incoming_callback: str | None = None
    outgoing_callback: str | None = None
    incoming_email: str | None = None
    outgoing_email: str | None = None
    rate_limit: int = 0
    rate_s: int = 0
    hour_begin: int = 0
    hour_end: int = 0

    def allows(self, hour: int) -> bool:
        """Whether messages may be sent in this hour; limits that run past midnight are allowed."""
        begin, end = self.hour_begin, self.hour_end or 23
        return begin <= hour <= end if begin <= end else hour >= begin or hour <= end
