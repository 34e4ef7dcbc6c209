"""Asks the PBX, once, and records what it answered, or that it did not."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Iterator
from typing import Any, Final

import msgspec
from django.contrib.auth.models import User

from dashboard.connection import client_of
from dashboard.models import ActionEvent, OpenAction, Pbx, PbxAccount
from dashboard.pbx.client import PbxClient
from dashboard.pbx.errors import PbxError, PbxHttpError, PbxRefused, PbxTimeout
from dashboard.pbx.wire.calls import CallStarted
from dashboard.supervision import log, recheck
from dashboard.supervision.asking import Asked
from dashboard.supervision.facts import AnyFact, Calling, Listening, OnPause, Unseen
from dashboard.supervision.log import Transition, Work
from dashboard.supervision.parameters import ActionName
from dashboard.supervision.preparing import Prepared

State = ActionEvent.State
Step = ActionEvent.Step

LIMIT_S: Final = 5.0
"""How long the PBX may take for an answer, also for each of the questions before."""


def pbx_ask(user: User, prepared: Prepared, draft: ActionEvent, *, limit_s: float) -> None:
    """Read again, record, ask once, record the answer."""
    with _client(prepared.pbx, draft) as client:
        if client is None:
            return
        try:
            request, fact = _asked(client, user, prepared, draft, limit_s=limit_s)
        except PbxError as exc:
            log.event_open(draft, _not_read(exc))
            return
        deadline_s = prepared.spec.deadline_of(draft.parameters)
        work = Work(kind=OpenAction.Kind.OUTCOME, fact=fact, lasts_s=deadline_s + limit_s)
        opening = log.event_open(draft, _requested(fact), work=work)
        if opening is not None:
            answer_take(client, opening, request, fact, deadline_s=deadline_s, limit_s=limit_s)


def answer_take(
    client: PbxClient,
    opening: ActionEvent,
    request: Any,
    fact: AnyFact,
    *,
    deadline_s: float,
    limit_s: float = LIMIT_S,
) -> None:
    """Ask the PBX, once, and record what it answered, or that it did not. The request is recorded already."""
    try:
        told = client.fetch(dataclasses.replace(request, deadline_s=limit_s)).value
    except PbxError as exc:
        transition, is_open = _unwelcome(exc), exc.may_have_acted
    else:
        if isinstance(fact, Calling) and isinstance(told, CallStarted):
            fact = msgspec.structs.replace(fact, call_id=str(told.id_call))
        transition, is_open = _accepted(fact), True
    if isinstance(fact, Unseen) or not is_open:
        log.event_next(opening, Step.ANSWERED, transition, is_over=True)
    else:
        work = Work(kind=OpenAction.Kind.OUTCOME, fact=fact, lasts_s=deadline_s)
        log.event_next(opening, Step.ANSWERED, transition, work=work)


@contextlib.contextmanager
def _client(pbx: Pbx, draft: ActionEvent) -> Iterator[PbxClient | None]:
    """A client of its own for each action, so that nothing is ever sent on a connection that has gone stale."""
    try:
        client = client_of(pbx)
    except (ValueError, OSError) as exc:
        about = {"detail": str(exc)}
        log.event_open(draft, Transition(state=State.FAILED, code="settings", about=about))
        yield None
        return
    with client:
        yield client


def _asked(client: PbxClient, user: User, prepared: Prepared, draft: ActionEvent, *, limit_s: float) -> Asked:
    """What to send, after what has to be read right before."""
    scene, spec, action = prepared.scene, prepared.spec, ActionName(draft.action)
    further, listens = "", False
    if action is ActionName.MONITORING:
        further = _extension(user, prepared.pbx)
        listens = _listens(user, prepared.pbx.slug)
        recheck.listener_check(client, further, listens=listens, limit_s=limit_s)
    if action is ActionName.LOGIN:
        known = recheck.user_of(client, scene.agent_id, limit_s=limit_s)
        further, draft.agent_name = str(known.name), known.title or str(known.name)
    recheck.agent_check(client, scene, spec, prepared.parameters, limit_s=limit_s)
    request, fact = spec.ask(scene, prepared.parameters, further)
    if isinstance(fact, Listening):
        fact = msgspec.structs.replace(fact, was_in_use=listens)
    return request, fact


def _extension(user: User, pbx: Pbx) -> str:
    account = PbxAccount.objects.filter(user=user, pbx=pbx).first()
    return account.extension if account else ""


def _listens(user: User, stream: str) -> bool:
    """Whether the user listens to a call already: then his telephone is in use for that."""
    open_here = OpenAction.objects.filter(stream=stream, kind=OpenAction.Kind.LISTENING)
    requests = open_here.values_list("request", flat=True)
    return ActionEvent.objects.filter(request__in=list(requests), step=Step.OPENED, actor_id=user.pk).exists()


def _requested(fact: AnyFact) -> Transition:
    """Who listens at which telephone is recorded before anything rings."""
    if isinstance(fact, Listening):
        about = {"extension": fact.extension}
        return Transition(state=State.REQUESTED, code="asked_monitoring", about=about)
    return Transition(state=State.REQUESTED, code="asked")


def _accepted(fact: AnyFact) -> Transition:
    code, about = "accepted", {}
    if isinstance(fact, Unseen):
        code = "accepted_unseen"
    elif isinstance(fact, Listening):
        code, about = "accepted_monitoring", {"extension": fact.extension}
    elif isinstance(fact, OnPause) and fact.during_call_id:
        code = "accepted_after_call"
    return Transition(state=State.ACCEPTED, code=code, about=about)


def _unwelcome(exc: PbxError) -> Transition:
    """What an error of the client means for the action: said no, was never reached, or nobody knows."""
    if isinstance(exc, PbxRefused):
        return Transition(state=State.REFUSED, code="pbx_refused", pbx_text=exc.pbx_text)
    if not exc.may_have_acted:
        is_http = isinstance(exc, PbxHttpError)
        about = {"status": str(exc.status_code)} if isinstance(exc, PbxHttpError) else {}
        return Transition(state=State.FAILED, code="http" if is_http else "unreachable", about=about)
    if isinstance(exc, PbxTimeout):
        return Transition(state=State.UNANSWERED, code="timeout", about={"limit_s": f"{exc.limit_s:g}"})
    return Transition(state=State.UNANSWERED, code="broken")


def _not_read(exc: PbxError) -> Transition:
    """What has to be read before the PBX is asked could not be read: then it is not asked."""
    pbx_text = exc.pbx_text if isinstance(exc, PbxRefused) else ""
    return Transition(state=State.FAILED, code="not_read", pbx_text=pbx_text)
