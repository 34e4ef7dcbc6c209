"""Which agents a reader may learn of."""

from __future__ import annotations

from dashboard.history import selectors as history
from dashboard.models import Agent, Pbx
from dashboard.views.reports.asking import Question, today_of


def agent_is_visible(asked: Question, pbx: Pbx, agent_id: str) -> bool:
    """Whoever sees everything may know anybody; others those who were in their queues within the last weeks."""
    if asked.scope.queueless:
        return True
    recent = history.Days(
        min(asked.period.first, today_of()).replace(day=1), max(asked.period.last, today_of())
    )
    return agent_id in history.agents_visible(pbx, scope=asked.scope, days=recent)


def agent_name_asked(asked: Question, agent_id: str, *, slug: str = "") -> str:
    """Of an agent who was asked for by ID, within the PBX named; "" for nobody, and for who is beyond the scope."""
    for agent in Agent.objects.select_related("pbx").filter(agent_id=agent_id, pbx__in=asked.pbxs):
        if slug in ("", agent.pbx.slug) and agent_is_visible(asked, agent.pbx, agent_id):
            return str(agent)
    return ""
