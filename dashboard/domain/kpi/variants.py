"""The variants of the service level: which calls are hits, and which are counted at all.

Every variant is a share of sums, so two sets of terms say everything about it; the same table is in static/js/metrics-table.js.
"""

from __future__ import annotations

from typing import Final

import msgspec

from dashboard.domain.kpi.outcomes import TERMS, Outcome
from dashboard.domain.kpi.texts import gettext_noop as _

ANSWERED: Final = (Outcome.ANSWERED_IN, Outcome.ANSWERED_LATE)
ABANDONED: Final = (Outcome.ABANDONED_SHORT, Outcome.ABANDONED_IN, Outcome.ABANDONED_LATE)
IN_TIME: Final = (Outcome.ANSWERED_IN, Outcome.ABANDONED_SHORT, Outcome.ABANDONED_IN)


class Variant(msgspec.Struct, frozen=True, kw_only=True):
    """`formula` in the letters of docs/metrics.md; `title` says it in words."""

    title: str
    formula: str
    counted: tuple[Outcome, ...]
    hits: tuple[Outcome, ...] = (Outcome.ANSWERED_IN,)


def _without(*terms: Outcome, of: tuple[Outcome, ...] = TERMS) -> tuple[Outcome, ...]:
    return tuple(term for term in of if term not in terms)


VARIANTS: Final[dict[str, Variant]] = {
    "no_short": Variant(
        title=_("Answered in time, of all calls but short abandons"),
        formula="A≤ / (O − B≤s)",
        counted=_without(Outcome.ABANDONED_SHORT),
    ),
    "offered": Variant(title=_("Answered in time, of all calls"), formula="A≤ / O", counted=TERMS),
    "answered": Variant(
        title=_("Answered in time, of answered calls"), formula="A≤ / (A≤ + A>)", counted=ANSWERED
    ),
    "ignore_abandoned_in_threshold": Variant(
        title=_("Answered in time, of all calls but those abandoned within the threshold"),
        formula="A≤ / (O − B≤s − B≤T)",
        counted=_without(Outcome.ABANDONED_SHORT, Outcome.ABANDONED_IN),
    ),
    "abandoned_in_threshold_positive": Variant(
        title=_("Answered or abandoned within the threshold, of all calls"),
        formula="(A≤ + B≤s + B≤T) / O",
        hits=IN_TIME,
        counted=TERMS,
    ),
    "late_abandons_only": Variant(
        title=_("Answered in time, of answered calls and late abandons"),
        formula="A≤ / (A≤ + A> + B>T)",
        counted=(*ANSWERED, Outcome.ABANDONED_LATE),
    ),
    "asterisk_sl2": Variant(
        title=_("Answered or abandoned within the threshold, of answered and abandoned calls"),
        formula="(A≤ + B≤s + B≤T) / (A≤ + A> + B≤s + B≤T + B>T)",
        hits=IN_TIME,
        counted=(*ANSWERED, *ABANDONED),
    ),
    "genesys": Variant(
        title=_("Genesys: answered in time, of answered and abandoned calls"),
        formula="A≤ / (A + B)",
        counted=(*ANSWERED, *ABANDONED),
    ),
    "genesys+flow": Variant(
        title=_("Genesys, with calls that flowed out"), formula="A≤ / (A + B + F)", counted=TERMS
    ),
    "genesys-short": Variant(
        title=_("Genesys, without short abandons"),
        formula="A≤ / (A + B − B≤s)",
        counted=_without(Outcome.ABANDONED_SHORT, Outcome.FLOWED_OUT),
    ),
    "genesys+flow-short": Variant(
        title=_("Genesys, with calls that flowed out, without short abandons"),
        formula="A≤ / (A + B + F − B≤s)",
        counted=_without(Outcome.ABANDONED_SHORT),
    ),
    "genesys-abandons": Variant(title=_("Genesys, without abandons"), formula="A≤ / A", counted=ANSWERED),
    "genesys+flow-abandons": Variant(
        title=_("Genesys, with calls that flowed out, without abandons"),
        formula="A≤ / (A + F)",
        counted=(*ANSWERED, Outcome.FLOWED_OUT),
    ),
}
"""By the word that queue rows carry. Genesys' three switches are part of the word."""

DEFAULT_VARIANT: Final = "no_short"


def variant_of(word: str | None) -> Variant:
    """The variant of that name; the default one for a word that this version does not know."""
    return VARIANTS.get(word or "") or VARIANTS[DEFAULT_VARIANT]
