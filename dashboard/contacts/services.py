"""Answers webhooks, and gives PBXs their secrets."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from functools import partial

import msgspec
from django.utils import timezone

from dashboard.contacts import selectors
from dashboard.contacts.hook import Event, HookCall
from dashboard.contacts.process import the_process
from dashboard.contacts.recall import Answer
from dashboard.models import Hook, Pbx
from dashboard.models.hooks import secret_digest

SECRET_BYTES = 32


def hook_ensure(pbx: Pbx) -> Hook:
    """The PBX's hook; made with a new secret at the first call."""
    hook, _ = Hook.objects.get_or_create(pbx=pbx, defaults=_new_secret())
    return hook


def hook_renew(pbx: Pbx) -> Hook:
    """Give the PBX a new secret. The old one opens nothing any more."""
    hook, _ = Hook.objects.update_or_create(pbx=pbx, defaults=_new_secret())
    return hook


def _new_secret() -> dict[str, object]:
    secret = secrets.token_urlsafe(SECRET_BYTES)
    return {"secret": secret, "secret_digest": secret_digest(secret), "renewed_at": timezone.now()}


class HookAnswer(msgspec.Struct, frozen=True):
    """What the PBX is told about the caller, and what is to be done once it has been told."""

    answer: Answer
    afterwards: Callable[[], None]


def hook_answer(call: HookCall, *, stream: str) -> HookAnswer:
    """What is known of the caller, {} after a hang-up; afterwards it is kept, so that boards can show the name."""
    recall = the_process().recall
    if call.event is Event.HANGUP:
        return HookAnswer({}, partial(recall.forget, stream=stream, call_id=call.call_id))
    answer = None if call.event is Event.OTHER else _found(call, stream=stream)
    if answer is None:
        return HookAnswer({}, _nothing)
    keep = partial(recall.keep, answer, stream=stream, number=call.caller, call_id=call.call_id)
    return HookAnswer(answer, keep)


def _nothing() -> None:
    """Nothing is known for certain, so nothing is kept."""


def _found(call: HookCall, *, stream: str) -> Answer | None:
    """From the contacts, else as remembered from the arrival of the call, else from the CRM; None if nothing is certain."""
    if answer := selectors.contact_answer(call.caller):
        return answer
    if call.event is not Event.ARRIVAL:
        kept = the_process().recall.answer(stream=stream, number=call.caller, call_id=call.call_id)
        if kept is not None:
            return kept
    return _crm_answer(call.caller, stream=stream)


def _crm_answer(number: str, *, stream: str) -> Answer | None:
    if not number:
        return None
    url = Hook.objects.filter(pbx__slug=stream).values_list("crm_url", flat=True).first()
    return the_process().crm(url, stream=stream).answer(number) if url else {}
