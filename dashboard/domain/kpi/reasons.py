"""Why a call counts or does not, for the list behind a figure."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Final

from dashboard.domain.kpi.outcomes import Outcome
from dashboard.domain.kpi.texts import gettext_noop as _
from dashboard.domain.kpi.texts import seconds_text
from dashboard.domain.kpi.variants import variant_of


class Effect(StrEnum):
    """What a call does to the service level."""

    HIT = "hit"
    MISS = "miss"
    NONE = "none"


TEXTS: Final = {
    Outcome.ANSWERED_IN: _("answered in time, after %(wait)s"),
    Outcome.ANSWERED_LATE: _("answered late, after %(wait)s"),
    Outcome.ABANDONED_SHORT: _("short abandon, %(wait)s"),
    Outcome.ABANDONED_IN: _("abandoned within the threshold, %(wait)s"),
    Outcome.ABANDONED_LATE: _("abandoned after the threshold, %(wait)s"),
    Outcome.FLOWED_OUT: _("left the queue before an answer, %(wait)s"),
    Outcome.WAITING: _("still waiting, %(wait)s"),
    Outcome.WAITING_LATE: _("still waiting past the threshold, %(wait)s"),
    Outcome.OUTBOUND: _("outbound call"),
    Outcome.OTHER: _("neither inbound nor outbound: in no figure"),
    Outcome.OUTSIDE_HOURS: _("outside business hours"),
    Outcome.UNKNOWN: _("how long it waited is not known"),
}

EFFECT_TEXTS: Final = {
    Effect.HIT: _("counts as in time"),
    Effect.MISS: _("counts as missed"),
    Effect.NONE: _("does not count"),
}


def effect_of(outcome: Outcome, *, variant: str | None, is_live: bool = False) -> Effect:
    """What a call with this outcome does to the service level of that variant."""
    chosen = variant_of(variant)
    if outcome in chosen.counted:
        return Effect.HIT if outcome in chosen.hits else Effect.MISS
    return Effect.MISS if is_live and outcome is Outcome.WAITING_LATE else Effect.NONE


def reason_text(outcome: Outcome, *, wait_s: int | None, translate: Callable[[str], str] = str) -> str:
    """Such as "short abandon, 3 s". `translate` gives the text in the reader's language."""
    wait = "–" if wait_s is None else seconds_text(wait_s)
    return translate(TEXTS[outcome]) % {"wait": wait}
