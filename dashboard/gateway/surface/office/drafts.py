"""Short messages as they are asked for: texts, numbers and options, checked before any of them is taken over."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from dashboard.gateway.office.messages import DEFAULT_PRIORITY, PRIORITIES, Draft, Message, MessageState
from dashboard.gateway.office.texts import longest_text, parts_count, sent_text
from dashboard.gateway.surface import values
from dashboard.gateway.surface.asking import ApiError, Ask
from dashboard.gateway.surface.office import finding

MOST_IN_GROUP = 20_000
KEPT = timedelta(days=183)
OUTBOUND, INBOUND = "out", "in"


def draft(ask: Ask, number_of: Callable[[str], str]) -> Draft:
    """The one message that is asked for; `number_of` checks and normalises its number."""
    number = number_of(values.needed(ask, "number"))
    return _with_text(_options(ask), number=number, text=values.needed(ask, "message"))


def drafts(ask: Ask, number_of: Callable[[str], str]) -> list[Draft]:
    """The messages of a group: a text for each number, by index."""
    numbers, texts = _indexed(ask, "number"), _indexed(ask, "message")
    if numbers.keys() != texts.keys():
        raise ApiError("Ke každému číslu number[i] musí být zpráva message[i]")
    if len(numbers) > MOST_IN_GROUP:
        raise ApiError(f"Skupina může mít nejvýše {MOST_IN_GROUP} zpráv")
    common = _options(ask)
    return [
        _with_text(common, number=number_of(number), text=texts[index]) for index, number in numbers.items()
    ]


def chosen(ask: Ask, messages: list[Message], *, accountcodes: list[str]) -> list[Message]:
    """Those of the messages that the parameters of a list ask for, newest first as the document's example has it."""
    found = messages
    if ask.record_id:
        wanted_id = values.number_of(ask.record_id, name="id")
        found = [message for message in found if message.id == wanted_id]
    if direction := values.one_of(ask, "direction", allowed=(INBOUND, OUTBOUND)):
        found = [message for message in found if message.is_inbound is (direction == INBOUND)]
    if keyword := (values.text(ask, "keyword") or "").casefold():
        found = [m for m in found if keyword in m.draft.number or keyword in m.draft.text.casefold()]
    if accountcodes:
        found = [message for message in found if message.draft.accountcode in accountcodes]
    within = finding.interval(ask, "datetime")
    return [message for message in reversed(found) if within.holds(message.created_at)]


def last_moment_at(message: Message, *, now_at: int) -> int | None:
    """When the gateway last had to do with it: when it left, None as long as it waits."""
    return None if message.state(now_at) is MessageState.NEW else message.sent_at


def _indexed(ask: Ask, name: str) -> dict[str, str]:
    given = values.pairs(ask, name)
    if not given:
        raise ApiError(f"Chybí povinný parametr {name}[]")
    return given


def _options(ask: Ask) -> Draft:
    """Everything about a message but its number and text."""
    priority = values.number(ask, "priority")
    if priority is not None and priority not in PRIORITIES:
        raise ApiError(f"Parametr priority musí být od 0 do {PRIORITIES[-1]}")
    return Draft(
        number="",
        text="",
        parts=0,
        is_unicode=values.is_yes(ask, "unicode") or False,
        wants_receipt=values.is_yes(ask, "confirmation") or False,
        email=email(ask, "email"),
        accountcode=values.text(ask, "accountcode") or None,
        priority=DEFAULT_PRIORITY if priority is None else priority,
        scheduled_at=values.moment(ask, "datetime_scheduled"),
        sender=values.text(ask, "sender") or None,
    )


def email(ask: Ask, name: str) -> str | None:
    """An e-mail address; None if it was not sent or sent empty."""
    text = values.text(ask, name)
    if text and not is_email(text):
        raise ApiError(f"Parametr {name} musí být e-mailová adresa")
    return text or None


def is_email(text: str) -> bool:
    """Whether this looks like an e-mail address."""
    local, at, domain = text.rpartition("@")
    return bool(local and at and domain) and not any(letter.isspace() for letter in text)


def _with_text(common: Draft, *, number: str, text: str) -> Draft:
    if not text:
        raise ApiError("Zpráva nesmí být prázdná")
    is_unicode = common.is_unicode
    sent = sent_text(text, is_unicode=is_unicode)
    longest = longest_text(is_unicode=is_unicode)
    if len(sent) > longest:
        raise ApiError(f"Zpráva má {len(sent)} znaků, nejvýše jich může mít {longest}")
    parts = parts_count(sent, is_unicode=is_unicode)
    return replace(common, number=number, text=sent, parts=parts)
