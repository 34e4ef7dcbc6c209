"""Looks at what is asked for before the PBX is: rights, shape, scope, and whether the live state still allows it."""

from __future__ import annotations

import uuid
from typing import Final

import msgspec
from django.contrib.auth.models import User

from dashboard.access import scope_of
from dashboard.domain.rows import CallRow
from dashboard.models import ActionEvent, Pbx
from dashboard.supervision.actions import ACTIONS, Spec, Subject
from dashboard.supervision.parameters import ActionName, Ask, Parameters
from dashboard.supervision.records import Record, record_of
from dashboard.supervision.refusal import KeyUsed, Malformed, Refusal
from dashboard.supervision.rights import may_do, rules
from dashboard.supervision.scene import Scene, scene_of

Step = ActionEvent.Step

SAME: Final = ("actor_id", "action", "stream", "call_id", "parameters")
"""What two requests with one key must have in common to be one. The agent of a call may have been looked up."""


class Prepared(msgspec.Struct, frozen=True, kw_only=True):
    """An action that may be asked of the PBX, by all that is known here."""

    pbx: Pbx
    spec: Spec
    scene: Scene
    parameters: Parameters


def draft_of(user: User, ask: Ask, address: str) -> ActionEvent:
    """The columns that all events of the action share, as far as the request tells them.

    Whose call it is that is acted upon the live state tells, never the request.
    """
    try:
        request = uuid.UUID(ask.key)
        parameters = msgspec.json.decode(ask.parameters)
    except (ValueError, msgspec.DecodeError) as exc:
        raise Malformed("key must be a UUID, and parameters an object") from exc
    if not isinstance(parameters, dict):
        raise Malformed("parameters must be an object")
    return ActionEvent(
        request=request,
        actor_id=user.pk,
        actor_name=user.get_username(),
        address=address,
        action=ask.action.value,
        stream=ask.stream,
        agent_id="" if _is_by_call(ask.action) else ask.agent_id or "",
        call_id=ask.call_id or "",
        parameters=parameters,
        reason=ask.reason.strip(),
    )


def known_record(draft: ActionEvent) -> Record | None:
    """The record of the same request, if it came before. Raises `KeyUsed` if it was another one."""
    opening = ActionEvent.objects.filter(request=draft.request, step=Step.OPENED).first()
    if opening is None:
        return None
    if any(getattr(opening, name) != getattr(draft, name) for name in SAME):
        raise KeyUsed
    if draft.agent_id and draft.agent_id != opening.agent_id:
        raise KeyUsed
    return record_of(draft.request)


def prepared_of(user: User, ask: Ask, draft: ActionEvent) -> Prepared:
    spec = ACTIONS[ask.action]
    if not may_do(user, ask.action):
        raise Refusal("forbidden")
    rule = rules()[ask.action]
    if not rule.is_enabled:
        raise Refusal("disabled")
    parameters = _parameters(ask, spec)
    pbx = Pbx.objects.filter(slug=ask.stream, is_enabled=True).first()
    if pbx is None:
        raise Refusal("no_pbx")
    scene = scene_of(pbx.slug, scope=scope_of(user), agent_id=ask.agent_id, call_id=ask.call_id)
    _subject_note(draft, scene, parameters)
    spec.condition(scene, parameters)
    if rule.is_reason_required and not draft.reason:
        raise Refusal("reason_missing")
    return Prepared(pbx=pbx, spec=spec, scene=scene, parameters=parameters)


def _is_by_call(action: ActionName) -> bool:
    return ACTIONS[action].subject is Subject.CALL


def _parameters(ask: Ask, spec: Spec) -> Parameters:
    needs_agent = spec.subject is not Subject.CALL
    needs_call = spec.subject is not Subject.AGENT
    if (needs_agent and ask.agent_id is None) or (needs_call and ask.call_id is None):
        raise Refusal("malformed", detail="agent_id or call_id is missing")
    try:
        return msgspec.json.decode(ask.parameters, type=spec.parameters)
    except msgspec.ValidationError as exc:
        raise Refusal("malformed", detail=str(exc)) from exc


def _subject_note(draft: ActionEvent, scene: Scene, parameters: Parameters) -> None:
    """Names into the record, of what is in the user's scope."""
    call = scene.state.calls.get(scene.call_id)
    queue_id = getattr(parameters, "queue_id", None) or (call.queue_id if call else None)
    agent_id = draft.agent_id or (_answering(scene, call) if call else "")
    agent = scene.state.agents.get(agent_id)
    if agent is not None and scene.scope.has_agent(scene.stream, agent.queue_ids):
        draft.agent_id, draft.agent_name = agent_id, scene.agent_name(agent_id)
    queue = scene.state.queues.get(queue_id or "")
    if queue is not None and scene.scope.has_queue(scene.stream, queue_id):
        draft.queue_id, draft.queue_title = queue_id or "", queue.title


def _answering(scene: Scene, call: CallRow) -> str:
    """At whom the call is; of several at whom it rings the one that the supervisor saw, else nobody in particular."""
    at = scene.answering(call)
    if scene.agent_id in at:
        return scene.agent_id
    return at[0] if len(at) == 1 else ""
