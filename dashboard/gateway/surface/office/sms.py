"""Short messages through the hosted gateway with its SIM cards."""

from dataclasses import replace
from typing import Any

from dashboard.gateway.office.messages import Draft, Message, MessageState, Sim
from dashboard.gateway.office.outbox import Outbox
from dashboard.gateway.surface import values
from dashboard.gateway.surface.asking import ABSENT, ApiError, Ask, Result, flag
from dashboard.gateway.surface.commands.subjects import account_only
from dashboard.gateway.surface.office import drafts
from dashboard.gateway.surface.office.records import phone
from dashboard.gateway.surface.variant import Variant

BILLING_ID, PRICE, NO_PRICE = "674", "1.490", "0.000"
SIMS = (Sim(1, 1, 1), Sim(1, 1, 2))
PLACES = ("gw", "slot", "port")
# The causes by which mobile networks refuse a message: no such subscriber, subscriber not reachable.
ERROR_CODES = {MessageState.NOT_DELIVERED: "1", MessageState.EXPIRED: "1B"}
LAST_HOUR = 23
# The settings by the names the API has for them.
CALLBACKS = {name: name for name in ("incoming_callback", "outgoing_callback")}
EMAILS = {name: name for name in ("incoming_email", "outgoing_email")}
HOURS = {"allowed_hour_begin": "hour_begin", "allowed_hour_end": "hour_end"}
RATES = {"sending_rate_limit": "rate_limit", "sending_rate_time": "rate_s"}


def settings_get(ask: Ask) -> Result:
    """GetSMSSettings: numbers are texts, what is not set is null."""
    with ask.engine.office() as office:
        found = office.sms.settings
    return {
        "settings": {
            "billing_id": BILLING_ID,
            "enabled_sms": "CONNECT",
            "outgoing_price": NO_PRICE,
            "incoming_callback": found.incoming_callback,
            "outgoing_callback": found.outgoing_callback,
            "incoming_email": found.incoming_email,
            "outgoing_email": found.outgoing_email,
            "email_notification_allow": "in,out,confirmed",
            "sending_rate_limit": str(found.rate_limit),
            "sending_rate_time": str(found.rate_s),
            "allowed_hour_begin": str(found.hour_begin),
            "allowed_hour_end": str(found.hour_end),
            "sending_rate_limit_admin": "1000",
            "sending_rate_time_admin": "86400",
            "lang": "cs_CZ",
            "connect_sender": None,
        },
        "sim": [],
    }


def settings_set(ask: Ask) -> Result:
    """SetSMSSettings: what is not sent stays, what is sent empty is switched off."""
    account_only(ask)
    with ask.engine.office() as office:
        changed = replace(office.sms.settings, **_changes(ask))
        if bool(changed.rate_limit) is not bool(changed.rate_s):
            raise ApiError("Parametry sending_rate_limit a sending_rate_time je třeba zadat společně")
        office.sms.settings_change(changed)
        office.connect.settings_change(replace(changed, rate_limit=0, rate_s=0))
        return ABSENT


def message_send(ask: Ask) -> Result:
    """SendSMS: numbers as texts."""
    with ask.engine.office() as office:
        sim = _sim(ask)
        message = office.sms.send(replace(drafts.draft(ask, _number), sim=sim))
        return {"count_sms": str(message.draft.parts), "id": str(message.id)}


def group_send(ask: Ask) -> Result:
    """SendGroupSMS: one entry for each message, and the head of the group, which is none."""
    with ask.engine.office() as office:
        wanted = [replace(draft, sim=_turn(n)) for n, draft in enumerate(drafts.drafts(ask, _number))]
        return group_sent(office.sms, wanted)


def group_sent(outbox: Outbox, wanted: list[Draft], *, is_forbidden: bool = False) -> Result:
    """Send the group and print it; numbers as numbers."""
    group_id, messages = outbox.send_group(wanted, is_forbidden=is_forbidden)
    head = {str(group_id): {"count_sms": 0, "id": group_id, "group_id": group_id}}
    return head | {
        str(message.id): {"count_sms": message.draft.parts, "id": message.id, "group_id": group_id}
        for message in messages
    }


def messages_list(ask: Ask) -> Result:
    """GetSMS: a list, narrowed by whatever is sent."""
    with ask.engine.office() as office:
        accountcodes = [code for code in ask.parameters.values("accountcode") if code]
        found = drafts.chosen(ask, office.sms.messages(), accountcodes=accountcodes)
        if address := drafts.email(ask, "email"):
            found = [message for message in found if message.draft.email == address]
        for place, name in enumerate(PLACES):
            wanted = values.number(ask, name)
            if wanted is not None:
                found = [message for message in found if _place(message)[place] == wanted]
        return [_row(ask, message) for message in found]


def group_remove(ask: Ask) -> Result:
    """RemoveGroupSMS: stop what still waits."""
    if not ask.record_id:
        raise ApiError("Chybí povinný parametr id")
    group_id = values.number_of(ask.record_id, name="id")
    with ask.engine.office() as office:
        boxes = [box for box in (office.sms, office.connect) if group_id in box.group_ids]
        if not boxes:
            raise ApiError("Skupina zpráv neexistuje")
        return {"count_removed": boxes[0].group_remove(group_id)}


def groups_status(ask: Ask) -> Result:
    """StatusGroupSMS: counts by group, of all groups or one, or with `waiting` of those with messages waiting."""
    wanted_id = values.number_of(ask.record_id, name="id") if ask.record_id else None
    only_waiting = values.is_yes(ask, "waiting")
    with ask.engine.office() as office:
        groups: dict[int, list[Message]] = {}
        for message in (*office.sms.messages(), *office.connect.messages()):
            if message.group_id is not None and wanted_id in {None, message.group_id}:
                groups.setdefault(message.group_id, []).append(message)
        rows = {str(group_id): _group(ask, group_id, group) for group_id, group in groups.items()}
    if only_waiting:
        rows = {group_id: row for group_id, row in rows.items() if row["count_waiting"] != "0"}
    return ask.map(rows)


def messages_status(ask: Ask) -> Result:
    """StatusSMS: how many wait, and when the last one left."""
    with ask.engine.office() as office:
        left = [
            message.sent_at for message in office.sms.messages() if message.sent_at and not message.is_inbound
        ]
        return {
            "count_waiting": waiting(office.sms),
            "last_datetime_processed": ask.text(max(left, default=None)),
        }


def waiting(outbox: Outbox) -> str:
    """How many messages have still to be sent."""
    return str(sum(outbox.is_waiting(message) for message in outbox.messages()))


def _changes(ask: Ask) -> dict[str, Any]:
    """What is sent of the settings; sent empty it is None or 0."""
    return {
        field: read(ask, name)
        for (read, names) in ((_callback, CALLBACKS), (drafts.email, EMAILS), (_hour, HOURS), (_count, RATES))
        for name, field in names.items()
        if values.text(ask, name) is not None
    }


def _callback(ask: Ask, name: str) -> str | None:
    url = values.text(ask, name)
    if url and not url.startswith(("http://", "https://")):
        raise ApiError(f"Parametr {name} musí být adresa http:// nebo https://")
    return url or None


def _hour(ask: Ask, name: str) -> int:
    hour = _count(ask, name)
    if hour > LAST_HOUR:
        raise ApiError(f"Parametr {name} musí být hodina od 0 do {LAST_HOUR}")
    return hour


def _count(ask: Ask, name: str) -> int:
    return values.number(ask, name) or 0


def _number(text: str) -> str:
    return phone(text, name="number")


def _sim(ask: Ask) -> Sim:
    """The SIM card that gateway, slot and port name together; without them the cards take turns."""
    given = [values.number(ask, name) for name in PLACES]
    places = [place for place in given if place is not None]
    if not places:
        with ask.engine.office() as office:
            return _turn(len(office.sms.messages()))
    if len(places) < len(PLACES):
        raise ApiError("Parametry gw, slot a port je třeba zadat společně")
    sim = Sim(*places)
    if sim not in SIMS:
        raise ApiError("SIM karta s tímto gw, slot a port neexistuje")
    return sim


def _turn(number: int) -> Sim:
    return SIMS[number % len(SIMS)]


def _place(message: Message) -> Sim:
    return message.draft.sim or SIMS[0]


def _row(ask: Ask, message: Message) -> dict[str, Any]:
    """The moment of processing runs on another clock, in UTC; a message that waits has none and no result."""
    state, draft = message.state(ask.floor.at), message.draft
    is_error = state in ERROR_CODES
    is_done = state is not MessageState.NEW
    row = {
        "id": str(message.id),
        "billing_id": BILLING_ID,
        "direction": drafts.INBOUND if message.is_inbound else drafts.OUTBOUND,
        "datetime": ask.text(message.created_at),
        "datetime_processed": None if message.sent_at is None else ask.time.utc_text(message.sent_at),
        "number": draft.number,
        "attempts": "0",
        "count_sms": str(draft.parts),
        "from_client": "",
        "message": draft.text,
        "result": ("error" if is_error else "ok") if is_done else None,
        "confirmation_enable": flag(draft.wants_receipt),
        "confirmed": flag(draft.wants_receipt and state is MessageState.DELIVERED),
        "price": PRICE if is_done and not is_error and not message.is_inbound else NO_PRICE,
        **{f"{name}_number": str(place) for name, place in zip(PLACES, _place(message), strict=True)},
        "accountcode": draft.accountcode,
        "email": draft.email,
    }
    return row | {"code_error": ERROR_CODES[state]} if is_error else row


def _group(ask: Ask, group_id: int, messages: list[Message]) -> dict[str, Any]:
    states = [message.state(ask.floor.at) for message in messages]
    failed = sum(state in ERROR_CODES or state is MessageState.FORBIDDEN for state in states)
    left = [message.sent_at for message in messages if message.sent_at is not None]
    return {
        "group_id": str(group_id),
        "accountcode": messages[0].draft.accountcode,
        "datetime_processed": ask.text(max(left, default=None)),
        "datetime": ask.text(messages[0].created_at),
        "count_total": str(len(messages)),
        "count_ok": str(len(messages) - states.count(MessageState.NEW) - failed),
        "count_waiting": str(states.count(MessageState.NEW)),
        "count_error": str(failed),
    }


MESSAGE = ("number", "message")
VARIANTS = (
    Variant(action="GetSMSSettings", version="3.1", answer=settings_get),
    Variant(action="SetSMSSettings", version="3.1", answer=settings_set),
    Variant(action="SendSMS", version="3.1", answer=message_send, required=MESSAGE),
    Variant(action="SendGroupSMS", version="3.1", answer=group_send, required=MESSAGE),
    Variant(action="GetSMS", version="3.1", answer=messages_list),
    Variant(action="RemoveGroupSMS", version="3.1", answer=group_remove),
    Variant(action="StatusGroupSMS", version="3.1", answer=groups_status),
    Variant(action="StatusSMS", version="3.1", answer=messages_status),
)
