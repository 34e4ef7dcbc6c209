"""Actions as the page gets them: what is true now, from the events of each."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final

from dashboard.models import ActionEvent, OpenAction
from dashboard.supervision.actions import ACTIONS
from dashboard.supervision.parameters import ActionName
from dashboard.supervision.sentences import meaning, sentence

State = ActionEvent.State

OPEN_STATES: Final = frozenset({State.PLANNED, State.REQUESTED})
Record = dict[str, Any]


def record_of(request: uuid.UUID) -> Record | None:
    """The action's record with its history; None if there is none."""
    events = list(ActionEvent.objects.filter(request=request).order_by("step"))
    if not events:
        return None
    work = OpenAction.objects.filter(request=request).first()
    return _record(events, work) | {"history": [_transition(event) for event in events]}


def records_of(requests: Iterable[uuid.UUID]) -> list[Record]:
    """Records without history, newest first."""
    wanted = list(requests)
    works = {work.request: work for work in OpenAction.objects.filter(request__in=wanted)}
    events: dict[uuid.UUID, list[ActionEvent]] = {}
    for event in ActionEvent.objects.filter(request__in=wanted).order_by("step"):
        events.setdefault(event.request, []).append(event)
    records = [_record(rows, works.get(request)) for request, rows in events.items()]
    return sorted(records, key=lambda record: record["requested_at"], reverse=True)


def _record(events: Sequence[ActionEvent], work: OpenAction | None) -> Record:
    """`events` by step: the last one says how it stands."""
    first, last = events[0], events[-1]
    waits = work is not None and work.kind != OpenAction.Kind.LISTENING
    pbx_text = next((event.pbx_text for event in reversed(events) if event.pbx_text), "")
    return {
        "id": str(first.request),
        "action": first.action,
        "title": str(ACTIONS[ActionName(first.action)].title),
        "state": last.state,
        "state_title": str(State(last.state).label),
        "is_over": work is None and last.state not in OPEN_STATES,
        "can_cancel": last.state == State.PLANNED,
        "code": last.code,
        "text": sentence(last),
        "pbx_text": pbx_text,
        "pbx_meaning": meaning(pbx_text),
        "stream": first.stream,
        "agent_id": first.agent_id or None,
        "agent_name": first.agent_name or None,
        "call_id": first.call_id or None,
        "queue_id": first.queue_id or None,
        "queue_title": first.queue_title or None,
        "parameters": first.parameters,
        "reason": first.reason,
        "actor": first.actor_name,
        "requested_at": _ms(first.at),
        "at": _ms(last.at),
        "due_at": _ms(work.due_at) if work is not None and waits else None,
    }


def _transition(event: ActionEvent) -> Record:
    return {
        "state": event.state,
        "state_title": str(State(event.state).label),
        "at": _ms(event.at),
        "text": sentence(event),
        "pbx_text": event.pbx_text,
        "pbx_meaning": meaning(event.pbx_text),
    }


def _ms(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)
