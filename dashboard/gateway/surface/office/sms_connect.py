"""Short messages through SMS Connect, which needs no SIM card."""

import re
from dataclasses import replace
from typing import Any

from dashboard.gateway.office.messages import Message, MessageState
from dashboard.gateway.surface.asking import ApiError, Ask, Result, flag, id_text
from dashboard.gateway.surface.office import drafts
from dashboard.gateway.surface.office.sms import BILLING_ID, MESSAGE, NO_PRICE, group_sent, waiting
from dashboard.gateway.surface.variant import Variant

INTERNATIONAL = re.compile(r"^(?:\+|00)([1-9][0-9]{7,14})$")
PRICE, DEFAULT_SENDER = "0.590", "Info"
SENDERS = frozenset({DEFAULT_SENDER})
WITHOUT_RECEIPT = frozenset({MessageState.DELIVERED, MessageState.NOT_DELIVERED, MessageState.EXPIRED})
RESULTS = {
    MessageState.NEW: "NEW",
    MessageState.SENT: "SENT",
    MessageState.DELIVERED: "DELIVERED",
    MessageState.NOT_DELIVERED: "NOTDELIVERED",
    MessageState.EXPIRED: "EXPIRED",
    MessageState.ERROR: "ERROR",
    MessageState.FORBIDDEN: "FORBIDDEN",
}


def message_send(ask: Ask) -> Result:
    """SendSMSConnect: the document promises the number of parts, and shows only the id."""
    with ask.engine.office() as office:
        draft = drafts.draft(ask, _number)
        is_forbidden = (draft.sender or DEFAULT_SENDER) not in SENDERS
        return {"id": str(office.connect.send(draft, is_forbidden=is_forbidden).id)}


def group_send(ask: Ask) -> Result:
    """SendGroupSMSConnect: answers as SendGroupSMS does; there is no unicode here."""
    with ask.engine.office() as office:
        wanted = [replace(draft, is_unicode=False) for draft in drafts.drafts(ask, _number)]
        is_forbidden = any((draft.sender or DEFAULT_SENDER) not in SENDERS for draft in wanted)
        return group_sent(office.connect, wanted, is_forbidden=is_forbidden)


def messages_list(ask: Ask) -> Result:
    """GetSMSConnect: a map by id."""
    with ask.engine.office() as office:
        accountcodes = [code for code in ask.parameters.values("accountcode") if code]
        found = drafts.chosen(ask, office.connect.messages(), accountcodes=accountcodes)
        return ask.map({str(message.id): _row(ask, message) for message in found})


def messages_status(ask: Ask) -> Result:
    """StatusSMSConnect: how many wait."""
    with ask.engine.office() as office:
        return {"count_waiting": waiting(office.connect)}


def _number(text: str) -> str:
    """The number as it is stored: 00 and the country in front."""
    match = INTERNATIONAL.match(text)
    if match is None:
        raise ApiError("Parametr number musí být číslo ve tvaru +420123456789")
    return "00" + match[1]


def _row(ask: Ask, message: Message) -> dict[str, Any]:
    """Without a receipt nobody learns what became of a message once it was sent."""
    draft, state = message.draft, message.state(ask.floor.at)
    if not draft.wants_receipt and state in WITHOUT_RECEIPT:
        state = MessageState.SENT
    settled = ask.text(message.settled_at)
    row = {
        "id": str(message.id),
        "message_id": f"0130{message.created_at // 1000:011d}Bulk_{message.id:08x}",
        "billing_id": BILLING_ID,
        "direction": "IN" if message.is_inbound else "OUT",
        "result": RESULTS[state],
        "datetime": ask.text(message.created_at),
        "datetime_sent": ask.text(message.sent_at),
        "datetime_delivered": settled if state is MessageState.DELIVERED else None,
        "datetime_billed": None,
        "sender": draft.sender,
        "recipient": draft.number,
        "price": NO_PRICE if message.sent_at is None else PRICE,
        "message": draft.text,
        "sms_encoding": "UTF8",
        "count_sms": str(draft.parts),
        "request_dlr": flag(draft.wants_receipt),
        "attempts": "0",
        "group_id": id_text(message.group_id),
    }
    if state in {MessageState.NOT_DELIVERED, MessageState.EXPIRED}:
        row["datetime_notdelivered"] = settled
    return row


VARIANTS = (
    Variant(action="SendSMSConnect", version="4.1", answer=message_send, required=MESSAGE),
    Variant(action="SendGroupSMSConnect", version="3.1", answer=group_send, required=MESSAGE),
    Variant(action="GetSMSConnect", version="4.1", answer=messages_list),
    Variant(action="StatusSMSConnect", version="4.1", answer=messages_status),
)
