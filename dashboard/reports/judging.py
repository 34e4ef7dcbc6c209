"""By which rules the calls of a PBX are judged."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from dashboard.domain.kpi import Rules
from dashboard.figures.definitions import Definitions
from dashboard.models import CallRecord, Pbx
from dashboard.reports.counting import CallFacts, Judged, RulesOf, judged


def rules_of(pbx: Pbx, definitions: Definitions) -> RulesOf:
    """By the definition in force on the call's day, with its business hours."""
    zone = ZoneInfo(pbx.timezone)

    def rules(facts: CallFacts) -> tuple[Rules, bool]:
        local = facts.entered_at.astimezone(zone)
        definition = definitions.of(facts.queue_id, facts.day)
        return definition, definition.hours.is_open(local, is_holiday=local.date() in definitions.holidays)

    return rules


def call_judged(call: CallRecord, *, definitions: Definitions) -> Judged:
    """One call."""
    facts = CallFacts(
        pk=call.pk,
        queue_id=call.queue_id,
        day=call.day,
        entered_at=call.entered_at,
        direction=call.direction,
        outcome=call.outcome,
        wait_s=call.wait_s,
        talk_s=call.talk_s,
        hold_s=call.hold_s,
        acw_s=call.acw_s,
    )
    return judged(facts, rules_of=rules_of(call.pbx, definitions))
