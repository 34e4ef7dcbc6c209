"""What an agent with a login may read: what supervisors did to himself, and nothing about anybody else."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db.models import OuterRef, Q, QuerySet, Subquery

from dashboard.models import ActionEvent, PbxAccount


def is_agent(user: User) -> bool:
    return PbxAccount.objects.filter(user=user).exclude(agent_id="").exists()


def actions_about(user: User) -> QuerySet[ActionEvent]:
    """Actions by their first event, newest first, with state and moment of the last one (`last_state`, `last_at`).

    Also for administrators only those about themselves; nothing for who is no agent.
    """
    about = Q(pk__in=[])
    accounts = PbxAccount.objects.filter(user=user).exclude(agent_id="")
    for stream, agent_id in accounts.values_list("pbx__slug", "agent_id"):
        about |= Q(stream=stream, agent_id=agent_id)
    last = ActionEvent.objects.filter(request=OuterRef("request")).order_by("-step")
    rows = ActionEvent.objects.filter(about, step=ActionEvent.Step.OPENED)
    return rows.annotate(
        last_state=Subquery(last.values("state")[:1]), last_at=Subquery(last.values("at")[:1])
    ).order_by("-at", "-pk")
