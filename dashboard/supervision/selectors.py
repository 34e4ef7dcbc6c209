"""What a user may see and do on the supervision page, and which of the audit log's events."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any, Final

from django.contrib.auth.models import User
from django.db.models import Q, QuerySet
from django.utils import timezone

from dashboard import access
from dashboard.access import is_administrator, scope_of
from dashboard.domain.privacy import EVERYTHING, View
from dashboard.models import ActionEvent, OpenAction, Pbx, PbxAccount
from dashboard.supervision.actions import ACTIONS
from dashboard.supervision.parameters import ActionName
from dashboard.supervision.records import Record, record_of, records_of
from dashboard.supervision.refusal import Refusal
from dashboard.supervision.rights import may_do, may_supervise, rules
from dashboard.supervision.scene import scene_of

RECENT: Final = timedelta(minutes=15)
RECENT_AT_MOST: Final = 50


def supervision_views(user: access.User) -> dict[str, View] | None:
    """All that is polled, unmasked, within the user's scope; None for who may not supervise, or is in no team."""
    if not may_supervise(user):
        return None
    scope = scope_of(user)
    if scope.is_empty:
        return None
    slugs = Pbx.objects.filter(is_enabled=True).values_list("slug", flat=True)
    return {slug: scope.narrowed(EVERYTHING, stream=slug) for slug in slugs}


def options_of(user: User) -> dict[str, Any]:
    """The actions that the user may do, and per PBX the user's own telephone and the pauses there are."""
    in_force = rules()
    never = set() if scope_of(user).all_queues else {ActionName.LOGIN}
    actions = {
        name.value: {
            "title": str(spec.title),
            "is_reason_required": in_force[name].is_reason_required,
            "is_bulk": spec.is_bulk,
        }
        for name, spec in ACTIONS.items()
        if in_force[name].is_enabled and name not in never and may_do(user, name)
    }
    extensions = dict(PbxAccount.objects.filter(user=user).values_list("pbx__slug", "extension"))
    streams = {
        pbx.slug: {
            "title": pbx.title,
            "extension": extensions.get(pbx.slug, ""),
            "pauses": _pauses(user, pbx.slug),
        }
        for pbx in Pbx.objects.filter(is_enabled=True)
    }
    return {"actions": actions, "streams": streams}


def _pauses(user: User, stream: str) -> list[dict[str, str]]:
    """The pauses that can be chosen, by title; none while there is no live state."""
    try:
        scene = scene_of(stream, scope=scope_of(user), agent_id=None, call_id=None)
    except Refusal:
        return []
    rows = [
        {"id": id_, "title": pause.title, "type": pause.type}
        for id_, pause in scene.state.pauses.items()
        if pause.type not in {"wrap", "lajdak"}
    ]
    return sorted(rows, key=lambda row: row["title"].casefold())


def actions_of(user: User) -> list[Record]:
    """The user's own actions of the last minutes, and what is open in the user's scope: plans, and who listens; newest first."""
    since = timezone.now() - RECENT
    own = ActionEvent.objects.filter(
        actor_id=user.pk, at__gte=since, step=ActionEvent.Step.OPENED, action__in=list(ActionName)
    )
    recent = list(own.order_by("-at").values_list("request", flat=True)[:RECENT_AT_MOST])
    waiting = OpenAction.objects.values_list("request", flat=True)
    openings = ActionEvent.objects.filter(request__in=list(waiting), step=ActionEvent.Step.OPENED)
    still = [event.request for event in openings if event.actor_id == user.pk or _is_shared(user, event)]
    return records_of({*recent, *still})


def action_of(user: User, request: uuid.UUID) -> Record | None:
    """One action's record with its history: the user's own, or a plan or a listening in scope. None for anybody else's."""
    opening = ActionEvent.objects.filter(
        request=request, step=ActionEvent.Step.OPENED, action__in=list(ActionName)
    ).first()
    if opening is None or not (opening.actor_id == user.pk or _is_shared(user, opening)):
        return None
    return record_of(request)


def events_about(user: User) -> QuerySet[ActionEvent]:
    """The events that the user may read: all of them for administrators, for an agent with a login those about himself."""
    events = ActionEvent.objects.all()
    if is_administrator(user) or user.has_perm("dashboard.view_actionevent"):
        return events
    about = Q(pk__in=[])
    accounts = PbxAccount.objects.filter(user=user).exclude(agent_id="")
    for slug, agent_id in accounts.values_list("pbx__slug", "agent_id"):
        about |= Q(stream=slug, agent_id=agent_id)
    return events.filter(about)


def _is_shared(user: User, opening: ActionEvent) -> bool:
    """Plans are everybody's to withdraw who supervises the queue; and who listens to a call is not hidden from the others."""
    is_common = opening.state == ActionEvent.State.PLANNED or opening.action == ActionName.MONITORING
    return is_common and scope_of(user).has_queue(opening.stream, opening.queue_id or None)
