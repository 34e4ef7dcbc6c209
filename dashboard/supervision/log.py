"""Writes the audit log. Every function here inserts; none changes what is there."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any, Final

import msgspec
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import get_language, override

from dashboard.hub.control import SUPERVISION, control_send
from dashboard.models import ActionEvent, OpenAction
from dashboard.supervision.facts import AnyFact
from dashboard.supervision.parameters import ActionName
from dashboard.supervision.records import record_of
from dashboard.supervision.sentences import sentence

State = ActionEvent.State
Step = ActionEvent.Step

COPIED: Final = (
    *("request", "actor_id", "actor_name", "address", "action", "stream", "agent_id", "agent_name"),
    *("call_id", "queue_id", "queue_title", "parameters", "reason"),
)


class Transition(msgspec.Struct, frozen=True, kw_only=True):
    """What becomes of an action: the state, the sentence's code and what fills it in, and the PBX's words if it said any."""

    state: State
    code: str
    about: dict[str, str] = {}
    pbx_text: str = ""


class Work(msgspec.Struct, frozen=True, kw_only=True):
    """What the follow-up is to do about an action, and until when."""

    kind: OpenAction.Kind
    fact: AnyFact
    lasts_s: float


def event_open(draft: ActionEvent, transition: Transition, *, work: Work | None = None) -> ActionEvent | None:
    """Insert an action's first event, with the work it leaves; None if the same request was opened already."""
    return _inserted(draft, Step.OPENED, transition, work=work)


def event_next(
    opening: ActionEvent,
    step: ActionEvent.Step,
    transition: Transition,
    *,
    work: Work | None = None,
    is_over: bool = False,
) -> ActionEvent | None:
    """Insert the next event of an action; None if that step was made already, by whomever.

    `work` replaces what the follow-up had to do; `is_over` takes it away.
    """
    event = ActionEvent(**{name: getattr(opening, name) for name in COPIED})
    return _inserted(event, step, transition, work=work, is_over=is_over)


def _inserted(
    event: ActionEvent,
    step: ActionEvent.Step,
    transition: Transition,
    *,
    work: Work | None = None,
    is_over: bool = False,
) -> ActionEvent | None:
    event.step, event.state, event.at = step, transition.state, timezone.now()
    event.code, event.about, event.pbx_text = transition.code, transition.about, transition.pbx_text
    event.text = sentence(event)
    try:
        with transaction.atomic():
            event.save(force_insert=True)
            if work is not None:
                work_put(event.request, event.stream, work, now=event.at)
            elif is_over:
                OpenAction.objects.filter(request=event.request).delete()
    except IntegrityError:
        return None
    event_tell(event)
    return event


def work_put(request: uuid.UUID, stream: str, work: Work, *, now: datetime) -> None:
    """Leave this work to the follow-up, in place of what was left before. Keeps the language of who asked."""
    OpenAction.objects.update_or_create(
        request=request,
        defaults={
            "stream": stream,
            "kind": work.kind,
            "due_at": now + timedelta(seconds=work.lasts_s),
            "fact": msgspec.to_builtins(work.fact),
        },
        create_defaults={
            "stream": stream,
            "kind": work.kind,
            "due_at": now + timedelta(seconds=work.lasts_s),
            "fact": msgspec.to_builtins(work.fact),
            "language": get_language() or "",
        },
    )


def event_tell(event: ActionEvent) -> None:
    """Tell the sockets of who acted, and all supervisors that plans, or who listens, have changed. Without Redis they ask later."""
    if event.actor_id is not None:
        control_send("action", board=SUPERVISION, user=event.actor_id, record=record_of(event.request))
    if (
        event.state == State.PLANNED
        or event.step == Step.CARRIED_OUT
        or event.action == ActionName.MONITORING
    ):
        control_send("plans", board=SUPERVISION)


def in_language(language: str) -> Any:
    """Sentences of a block in the language of who asked, where that is known."""
    return override(language or None)
