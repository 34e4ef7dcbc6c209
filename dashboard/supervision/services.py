"""Does what supervisors ask for: once, in the order that `docs/supervision.md` names, and never without a record."""

from __future__ import annotations

import time
import uuid
from typing import Final

from django.contrib.auth.models import User

from dashboard.access import scope_of
from dashboard.models import ActionEvent, OpenAction, Pbx, PbxAccount
from dashboard.supervision import log
from dashboard.supervision.actions import ACTIONS
from dashboard.supervision.carrying import LIMIT_S, pbx_ask
from dashboard.supervision.facts import PlannedPause
from dashboard.supervision.log import Transition, Work
from dashboard.supervision.parameters import ActionName, Ask, BulkAsk, PauseAfterCall
from dashboard.supervision.preparing import Prepared, draft_of, known_record, prepared_of
from dashboard.supervision.records import Record, record_of
from dashboard.supervision.refusal import Malformed, Refusal
from dashboard.supervision.rights import may_do

State = ActionEvent.State
Step = ActionEvent.Step

ALL_WITHIN_S: Final = 6.0
"""After so long of several agents no further one is begun with: the page gives up after 20 s, and one may take twice `LIMIT_S`."""
NO_ANSWER = frozenset({"timeout", "broken", "unreachable", "not_read", "settings", "no_live_state"})
"""After one of these the agents that are left are not asked about: a PBX that hangs must not be asked fifty times."""


def action_do(user: User, ask: Ask, *, address: str, limit_s: float = LIMIT_S) -> Record:
    """Do it, or refuse it; the record of it. The same key never does anything twice.

    Raises `Malformed` and `KeyUsed`, which leave no record.
    """
    draft = draft_of(user, ask, address)
    known = known_record(draft)
    if known is not None:
        return known
    try:
        prepared = prepared_of(user, ask, draft)
        if ask.action is ActionName.PAUSE_AFTER_CALL:
            _plan(prepared, draft)
        else:
            pbx_ask(user, prepared, draft, limit_s=limit_s)
    except Refusal as refusal:
        log.event_open(draft, Transition(state=State.REFUSED, code=refusal.code, about=refusal.about))
    return _record(draft.request)


def actions_do(
    user: User, bulk: BulkAsk, *, address: str, limit_s: float = LIMIT_S, within_s: float = ALL_WITHIN_S
) -> list[Record]:
    """The same for several agents, one after the other: each an action of its own. The records, in the agents' order.

    The PBX is not asked about those whose turn does not come within `within_s`. Raises `Malformed` and `KeyUsed`.
    """
    if not ACTIONS[bulk.action].is_bulk:
        raise Malformed("this action is for one agent at a time")
    until_s = time.monotonic() + within_s
    records: list[Record] = []
    for agent_id in dict.fromkeys(bulk.agent_ids):
        ask = _ask_for(bulk, agent_id)
        if any(record["code"] in NO_ANSWER for record in records):
            records.append(_not_asked(user, ask, "not_asked", address=address))
        elif time.monotonic() >= until_s:
            records.append(_not_asked(user, ask, "no_time_left", address=address))
        else:
            records.append(action_do(user, ask, address=address, limit_s=limit_s))
    return records


def _ask_for(bulk: BulkAsk, agent_id: str) -> Ask:
    """One agent's part; its key follows from the whole's, so that a double click does nothing twice."""
    try:
        key = uuid.uuid5(uuid.UUID(bulk.key), agent_id)
    except ValueError as exc:
        raise Malformed("key must be a UUID") from exc
    return Ask(
        key=str(key),
        stream=bulk.stream,
        action=bulk.action,
        agent_id=agent_id,
        parameters=bulk.parameters,
        reason=bulk.reason,
    )


def _not_asked(user: User, ask: Ask, code: str, *, address: str) -> Record:
    draft = draft_of(user, ask, address)
    known = known_record(draft)
    if known is None:
        log.event_open(draft, Transition(state=State.REFUSED, code=code))
    return known or _record(draft.request)


def plan_cancel(user: User, request: uuid.UUID, *, address: str) -> Record | None:
    """Withdraw a plan that has not been carried out yet; its record. None if there is no such plan in the user's scope.

    Who may not withdraw a plan that there is leaves a row in the audit log, and learns nothing about it.
    """
    opening = ActionEvent.objects.filter(request=request, step=Step.OPENED, state=State.PLANNED).first()
    if opening is None:
        return None
    if not _may_cancel(user, opening):
        _withdrawal_refuse(user, opening, address=address)
        return None
    opening.actor_id, opening.actor_name, opening.address = user.pk, user.get_username(), address
    withdrawn = Transition(state=State.CANCELLED, code="withdrawn", about={"actor": user.get_username()})
    log.event_next(opening, Step.CARRIED_OUT, withdrawn, is_over=True)
    return _record(request)


def _withdrawal_refuse(user: User, opening: ActionEvent, *, address: str) -> None:
    """An event of its own: the plan goes on. Without names, since the user's record of it is the user's to read."""
    draft = ActionEvent(
        request=uuid.uuid4(),
        actor_id=user.pk,
        actor_name=user.get_username(),
        address=address,
        action=opening.action,
        stream=opening.stream,
        agent_id=opening.agent_id,
        parameters={"withdraw": str(opening.request)},
    )
    log.event_open(draft, Transition(state=State.REFUSED, code="withdrawal_refused"))


def extension_remember(user: User, pbx: Pbx, extension: str) -> None:
    """From now on this telephone rings when the user listens to a call of this PBX."""
    PbxAccount.objects.update_or_create(user=user, pbx=pbx, defaults={"extension": extension})


def _plan(prepared: Prepared, draft: ActionEvent) -> None:
    """Keep it until the call ends. A new plan for the same agent takes the place of an older one."""
    assert isinstance(prepared.parameters, PauseAfterCall)  # noqa: S101  # the table says so
    agent_id = prepared.scene.agent_id
    plans = OpenAction.objects.filter(stream=prepared.pbx.slug, kind=OpenAction.Kind.PLAN)
    for older in [row for row in plans if row.fact.get("agent_id") == agent_id]:
        opening = ActionEvent.objects.get(request=older.request, step=Step.OPENED)
        replaced = Transition(state=State.CANCELLED, code="plan_replaced")
        log.event_next(opening, Step.CARRIED_OUT, replaced, is_over=True)
    fact = PlannedPause(
        agent_id=agent_id, pause_id=prepared.parameters.pause_id, call_id=prepared.scene.call_id
    )
    work = Work(kind=OpenAction.Kind.PLAN, fact=fact, lasts_s=prepared.spec.waits_s or 0.0)
    log.event_open(draft, Transition(state=State.PLANNED, code="planned"), work=work)


def _may_cancel(user: User, opening: ActionEvent) -> bool:
    if not may_do(user, ActionName(opening.action)):
        return False
    return opening.actor_id == user.pk or scope_of(user).has_queue(opening.stream, opening.queue_id or None)


def _record(request: uuid.UUID) -> Record:
    record = record_of(request)
    if record is None:
        raise LookupError(f"There is no action {request}.")
    return record
