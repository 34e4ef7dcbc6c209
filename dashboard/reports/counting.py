"""Each call with what it does to the figures, and the sums of those, straight from the rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Final

import msgspec
from django.utils.translation import gettext as _

from dashboard.domain.kpi import Effect, Outcome, Rules, effect_of, outcome_of, reason_text

OUTBOUND_ANSWERED: Final = "outbound_answered"
TERMS_OF: Final[dict[str, frozenset[Outcome]]] = {
    "answered": frozenset({Outcome.ANSWERED_IN, Outcome.ANSWERED_LATE}),
    "answered_in": frozenset({Outcome.ANSWERED_IN}),
    "answered_late": frozenset({Outcome.ANSWERED_LATE}),
    "abandoned": frozenset({Outcome.ABANDONED_SHORT, Outcome.ABANDONED_IN, Outcome.ABANDONED_LATE}),
    "abandoned_short": frozenset({Outcome.ABANDONED_SHORT}),
    "flowed_out": frozenset({Outcome.FLOWED_OUT}),
    "outbound": frozenset({Outcome.OUTBOUND}),
}
"""Which calls a figure is made of. Other figures are made of all inbound calls."""

SAME_AS: Final = {
    "asa_s": "answered",
    "aht_s": "answered",
    "average_talk_s": "answered",
    "occupancy": "answered",
    "abandon_rate": "abandoned",
    OUTBOUND_ANSWERED: "outbound",
}


def terms_of(figure: str) -> frozenset[Outcome] | None:
    """The outcomes that a figure is made of; None for all inbound ones."""
    return TERMS_OF.get(SAME_AS.get(figure, figure))


def is_of(call: Judged, figure: str) -> bool:
    """Whether the figure is made of this call, among others."""
    terms = terms_of(figure)
    if terms is None:
        return call.facts.direction == "in"
    return call.outcome in terms and (figure != OUTBOUND_ANSWERED or call.facts.outcome == "answered")


class CallFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What of a call's row decides how it is counted."""

    pk: int
    queue_id: str
    day: date
    entered_at: datetime
    direction: str
    outcome: str
    wait_s: int
    talk_s: int | None
    hold_s: int | None
    acw_s: int | None


class Judged(msgspec.Struct, frozen=True, kw_only=True):
    """A call with its outcome, what it does to the service level, and why in words."""

    facts: CallFacts
    outcome: Outcome
    effect: Effect

    @property
    def reason(self) -> str:
        return reason_text(self.outcome, wait_s=self.facts.wait_s, translate=_)


RulesOf = Callable[[CallFacts], tuple[Rules, bool]]
"""The rules by which a call is judged, and whether it came within the business hours."""


def judged(facts: CallFacts, *, rules_of: RulesOf) -> Judged:
    """Outside the business hours no figure counts a call, an outbound one neither."""
    rules, is_open = rules_of(facts)
    if not is_open:
        return Judged(facts=facts, outcome=Outcome.OUTSIDE_HOURS, effect=Effect.NONE)
    outcome = outcome_of(
        rules=rules,
        direction=facts.direction,
        is_answered=facts.outcome == "answered",
        wait_s=facts.wait_s,
        has_flowed_out=facts.outcome == "flowed_out",
    )
    return Judged(facts=facts, outcome=outcome, effect=effect_of(outcome, variant=rules.variant))


class Foot(msgspec.Struct, frozen=True, kw_only=True):
    """Sums over the calls of a list, from which its figure follows.

    Calls outside the business hours are in `outside` alone. `waiting`: callers past the threshold now, who are misses too.
    """

    calls: int
    outside: int
    waiting: int
    hits: int
    misses: int
    not_counted: int
    answered: int
    handled: int
    """Answered calls that have ended."""
    abandoned: int
    wait_answered_s: int
    wait_all_s: int
    talk_s: int
    hold_s: int
    acw_s: int

    @property
    def counted(self) -> int:
        return self.hits + self.misses + self.waiting

    @property
    def service_level(self) -> float | None:
        return self.hits / self.counted if self.counted else None

    @property
    def asa_s(self) -> float | None:
        return self.wait_answered_s / self.answered if self.answered else None

    @property
    def aht_s(self) -> float | None:
        return (self.talk_s + self.hold_s + self.acw_s) / self.handled if self.handled else None


def foot_of(calls: Iterable[Judged], *, waiting: int = 0) -> Foot:
    """The sums. Outbound calls are only in `calls`, `not_counted` and the times."""
    everything = list(calls)
    listed = [call for call in everything if call.outcome is not Outcome.OUTSIDE_HOURS]
    effects = Counter(call.effect for call in listed)
    answered = [call for call in listed if call.outcome in TERMS_OF["answered"]]
    return Foot(
        calls=len(listed),
        outside=len(everything) - len(listed),
        waiting=waiting,
        hits=effects[Effect.HIT],
        misses=effects[Effect.MISS],
        not_counted=effects[Effect.NONE],
        answered=len(answered),
        handled=sum(call.facts.talk_s is not None for call in answered),
        abandoned=sum(call.outcome in TERMS_OF["abandoned"] for call in listed),
        wait_answered_s=sum(call.facts.wait_s for call in answered),
        wait_all_s=sum(call.facts.wait_s for call in listed),
        talk_s=sum(call.facts.talk_s or 0 for call in listed),
        hold_s=sum(call.facts.hold_s or 0 for call in listed),
        acw_s=sum(call.facts.acw_s or 0 for call in listed),
    )
