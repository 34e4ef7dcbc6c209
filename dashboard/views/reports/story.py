"""The story of one call: what happened to it, why it counts as it does, and its recordings."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Final

import msgspec
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from dashboard.access import Scope, scope_of
from dashboard.connection import client_of
from dashboard.figures.definitions import definitions_of
from dashboard.figures.told import version_text
from dashboard.history import selectors as history
from dashboard.models import Agent, CallRecord, Pbx, Queue
from dashboard.pbx.errors import PbxError
from dashboard.pbx.ids import CallId
from dashboard.pbx.wire.calls import CallLeg
from dashboard.reports import calls
from dashboard.reports.judging import call_judged
from dashboard.reports.timeline import timeline
from dashboard.views.reports.door import page, report

OTHERS_AT_MOST: Final = 12
LEGS_WITHIN_S: Final = 3.0


class Legs(msgspec.Struct, frozen=True, kw_only=True):
    """What AboutCall says; `trouble` is a sentence where it says nothing."""

    rows: list[CallLeg]
    trouble: str = ""


@report
def call_story(request: HttpRequest, slug: str, call_id: str) -> HttpResponse:
    """404 for a call beyond the reader's scope: nobody learns whether it exists."""
    scope = scope_of(request.user)
    call = call_or_404(scope, slug=slug, call_id=call_id)
    attempts = history.attempts(call.pbx, call.call_id, scope=scope)
    legs = legs_of(call, scope=scope)
    own = [leg.id_agent or "" for leg in legs.rows if _names_agent(leg, call, scope=scope)]
    names = agent_names(call.pbx, [call.agent_id, *(one.agent_id for one in attempts), *own])
    definitions = definitions_of(call.pbx)
    context: dict[str, Any] = {
        "call": call,
        "queue": Queue.objects.filter(pbx=call.pbx, queue_id=call.queue_id).first(),
        "judged": call_judged(call, definitions=definitions),
        "definition": definitions.of(call.queue_id, call.day),
        "version": version_text(definitions.of(call.queue_id, call.day).version),
        "answered_at": call.entered_at + timedelta(seconds=call.wait_s) if call.is_answered else None,
        "agent": names.get(call.agent_id, call.agent_id),
        "steps": timeline(call, attempts, names=names),
        "legs": [
            {
                "row": leg,
                "agent": names.get(leg.id_agent or "") if _names_agent(leg, call, scope=scope) else "",
            }
            for leg in legs.rows
        ],
        "legs_trouble": legs.trouble,
        "recordings": _recordings(call, legs),
        "others": calls.others_of(call, scope=scope, most=OTHERS_AT_MOST),
    }
    return page(request, "story", context, tab="reports_calls")


def call_or_404(scope: Scope, *, slug: str, call_id: str) -> CallRecord:
    """Raises Http404 for what is not there and for what is beyond the scope, without telling which."""
    call = calls.call_in_scope(scope, slug=slug, call_id=call_id)
    if call is None:
        raise Http404("There is no such call, or it is not yours to see.")
    return call


def legs_of(call: CallRecord, *, scope: Scope) -> Legs:
    """Asks the PBX now. Without legs in queues beyond the scope. Never raises for the PBX's faults."""
    try:
        with client_of(call.pbx) as client:
            rows = client.calls.about(CallId(call.call_id), deadline_s=LEGS_WITHIN_S)
    except PbxError as exc:
        return Legs(rows=[], trouble=exc.sentence)
    except (ValueError, OSError) as exc:
        return Legs(rows=[], trouble=str(exc))
    own = [row for row in rows if row.id_queue is None or scope.has_queue(call.pbx.slug, row.id_queue)]
    return Legs(rows=own, trouble="" if own else _("The PBX keeps no details of this call."))


def _names_agent(leg: CallLeg, call: CallRecord, *, scope: Scope) -> bool:
    """Whether the reader may learn whose the leg is. One in no queue may be anybody's."""
    return leg.id_agent == call.agent_id or scope.has_queue(call.pbx.slug, leg.id_queue)


def agent_names(pbx: Pbx, agent_ids: Iterable[str]) -> dict[str, str]:
    """By agent ID, of those that are known."""
    rows = Agent.objects.filter(pbx=pbx, agent_id__in=[id_ for id_ in agent_ids if id_])
    return {row.agent_id: str(row) for row in rows}


def _recordings(call: CallRecord, legs: Legs) -> list[dict[str, Any]]:
    """Addresses of the recordings, by the place of their leg."""
    return [
        {"leg": leg, "url": reverse("report_recording", args=[call.pbx.slug, call.call_id, place])}
        for place, leg in enumerate(legs.rows)
        if leg.recording_hash
    ]
