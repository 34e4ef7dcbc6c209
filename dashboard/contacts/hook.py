"""What a webhook says, read tolerantly: the query of the dialplan lines is free text and comes unescaped."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final
from urllib.parse import unquote_to_bytes

import msgspec

from dashboard.domain.numbers import number_canonical

READ_AT_MOST: Final = 8_192
"""Characters of query and form that are looked at; the documented lines have some two hundred."""

_CALL_ID: Final = re.compile(r"[\w.\-]{1,64}", re.ASCII)


class Event(StrEnum):
    """When the PBX calls; `OTHER` is an action that the documents do not name."""

    ARRIVAL = "arrival"
    RINGING = "ringing"
    ANSWER = "answer"
    HANGUP = "hangup"
    OTHER = "other"


class HookCall(msgspec.Struct, frozen=True, kw_only=True):
    """One webhook. `caller` is canonical; both are "" where they are missing or make no sense."""

    event: Event
    caller: str
    call_id: str


def hook_read(*texts: str, country: str) -> HookCall:
    """Read a query and a form: of repeated values the first that is not empty counts.

    The first hook of the documents calls the caller's number `callid`, the others `callerId`; both are taken from all.
    """
    values = _values(texts)
    call_id = values.get("idcall", "").strip()
    return HookCall(
        event=_event(values.get("action", "")),
        caller=number_canonical(values.get("callerid") or values.get("callid"), country=country),
        call_id=call_id if _CALL_ID.fullmatch(call_id) else "",
    )


def _values(texts: tuple[str, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for text in texts:
        for part in text[:READ_AT_MOST].split("&"):
            name, _, value = part.partition("=")
            # A plus sign stays one: numbers come unescaped, and no value of these lines has blanks.
            text_of_value = unquote_to_bytes(value).decode(errors="replace")
            if text_of_value.strip():
                found.setdefault(name.strip().lower(), text_of_value)
    return found


def _event(action: str) -> Event:
    word = action.strip().lower()
    if not word:
        return Event.ARRIVAL
    return Event(word) if word in Event._value2member_map_ else Event.OTHER
