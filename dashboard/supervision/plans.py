"""Pauses after a call: kept here, carried out once when the call has ended."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.utils import timezone

from dashboard.access import scope_of
from dashboard.connection import client_of
from dashboard.domain.rows import AgentRow
from dashboard.models import ActionEvent, OpenAction, Pbx
from dashboard.pbx.client import PbxClient
from dashboard.pbx.errors import PbxError
from dashboard.pbx.groups.pauses import Pauses
from dashboard.pbx.groups.statistics import Statistics
from dashboard.pbx.ids import Login, PauseId
from dashboard.supervision import log
from dashboard.supervision.actions import ACTIONS
from dashboard.supervision.carrying import answer_take
from dashboard.supervision.conditions import BUSY
from dashboard.supervision.facts import CALLS, SESSIONS, Evidence, OnPause, PlannedPause
from dashboard.supervision.log import Transition, Work
from dashboard.supervision.parameters import ActionName
from dashboard.supervision.rights import may_do, rules

State = ActionEvent.State
Step = ActionEvent.Step


def plan_look(
    pbx: Pbx | None,
    work: OpenAction,
    opening: ActionEvent,
    plan: PlannedPause,
    evidence: Evidence,
    *,
    limit_s: float,
) -> None:
    """Carry the plan out if its time has come, or cancel it if it never will."""
    if work.due_at <= timezone.now():
        _cancel(opening, "plan_too_old")
        return
    planned_at = round(opening.at.timestamp() * 1000)
    if not (evidence.is_after(SESSIONS, planned_at) and evidence.is_after(CALLS, planned_at)):
        return
    agent = evidence.agent(plan.agent_id)
    if agent is None:
        _cancel(opening, "plan_agent_gone")
    elif not agent.login:
        return  # not known yet: by it the agent is named to the PBX
    elif pbx is not None and not agent.call_ids and agent.state not in BUSY:
        forbidden = _forbidden(opening, agent)
        if forbidden:
            _cancel(opening, forbidden)
        else:
            _carry_out(pbx, opening, plan, login=agent.login, limit_s=limit_s)


def _forbidden(opening: ActionEvent, agent: AgentRow) -> str:
    """Why the author may not do it any more, hours after he planned it; "" if he may."""
    author = None if opening.actor_id is None else User.objects.filter(pk=opening.actor_id).first()
    if author is None or not may_do(author, ActionName.PAUSE_AFTER_CALL):
        return "plan_forbidden"
    if not rules()[ActionName.PAUSE_AFTER_CALL].is_enabled:
        return "plan_disabled"
    if not scope_of(author).has_agent(opening.stream, agent.queue_ids):
        return "plan_out_of_scope"
    return ""


def _cancel(opening: ActionEvent, code: str) -> None:
    cancelled = Transition(state=State.CANCELLED, code=code, about={"actor": opening.actor_name})
    log.event_next(opening, Step.CARRIED_OUT, cancelled, is_over=True)


def _carry_out(pbx: Pbx, opening: ActionEvent, plan: PlannedPause, *, login: str, limit_s: float) -> None:
    """Ask the PBX, never forced. Inserting the event claims the plan: of two who try, one goes on."""
    try:
        client = client_of(pbx)
    except (ValueError, OSError):
        return  # the PBX's page in the administration says what is wrong; the plan waits
    with client:
        if not _is_free(client, login, limit_s=limit_s):
            return
        deadline_s = ACTIONS[ActionName.PAUSE_AFTER_CALL].deadline_s
        fact = OnPause(agent_id=plan.agent_id, pause_id=plan.pause_id)
        work = Work(kind=OpenAction.Kind.OUTCOME, fact=fact, lasts_s=deadline_s + limit_s)
        asked = Transition(state=State.REQUESTED, code="asked")
        claimed = log.event_next(opening, Step.CARRIED_OUT, asked, work=work)
        if claimed is not None:
            request = Pauses.on(user=Login(login), pause=PauseId(plan.pause_id))
            answer_take(client, claimed, request, fact, deadline_s=deadline_s, limit_s=limit_s)


def _is_free(client: PbxClient, login: str, *, limit_s: float) -> bool:
    """Whether the agent surely has no call now: if one has come since the last poll, the plan waits for its end, too."""
    try:
        now = client.fetch(Statistics.user_state(user=Login(login), deadline_s=limit_s)).value
    except PbxError:
        return False
    return now is not None and not now.calls
