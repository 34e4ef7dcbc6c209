"""Makes events of the audit log as the supervision writes them."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from dashboard.models import ActionEvent

Step, State = ActionEvent.Step, ActionEvent.State
COURSE = {
    Step.OPENED: State.REQUESTED,
    Step.ANSWERED: State.ACCEPTED,
    Step.SETTLED: State.CONFIRMED,
    Step.ENDED: State.ENDED,
}


def action_make(
    *, until: ActionEvent.Step = Step.SETTLED, at: datetime | None = None, **columns: Any
) -> uuid.UUID:
    """An action with its course up to this step; its request."""
    request = uuid.uuid4()
    begun = at or timezone.now()
    values = {
        "action": "monitoring",
        "actor_id": 1,
        "actor_name": "eva",
        "address": "192.0.2.7",
        "stream": "main",
        "agent_id": "12",
        "agent_name": "Jana Nováková",
        "call_id": "1332333840.98",
        "queue_id": "1",
        "queue_title": "Prodej",
        "reason": "Training",
        "parameters": {"type": "spy"},
        "about": {"extension": "204"},
        **columns,
    }
    for number, (step, state) in enumerate(COURSE.items()):
        if step <= until:
            ActionEvent.objects.create(
                request=request,
                step=step,
                state=state,
                at=begun + timedelta(seconds=number),
                text=f"{state}.",
                **values,
            )
    return request


def refused_make(**columns: Any) -> uuid.UUID:
    """An action that was refused at once."""
    values = {"action": "hangup", "actor_name": "eva", "stream": "main", "code": "forbidden", **columns}
    event = ActionEvent.objects.create(
        request=uuid.uuid4(), step=Step.OPENED, state=State.REFUSED, at=timezone.now(), text="No.", **values
    )
    return event.request
