"""What each figure is: formulas over the counts of `FigureRow`, the same in static/js/metrics.js (docs/metrics.md).

Shares are from 0 to 1, times are seconds, None is "nobody counted" or "not known".
"""

from dashboard.domain.kpi.adding import figures_added, figures_empty
from dashboard.domain.kpi.averages import (
    abandon_rate,
    abandoned,
    aht_s,
    answered,
    asa_s,
    average_talk_s,
    average_wait_s,
    counts_short_abandons,
    occupancy,
    offered,
    repeat_free_rate,
)
from dashboard.domain.kpi.catalogue import CATALOGUE, FigureEntry
from dashboard.domain.kpi.erlang import agents_needed, erlang_asa_s, erlang_service_level, erlang_waiting
from dashboard.domain.kpi.outcomes import Outcome, outcome_of, waiting_outcome
from dashboard.domain.kpi.reasons import Effect, effect_of, reason_text
from dashboard.domain.kpi.rules import (
    DEFAULT_DEFINITION,
    DEFAULT_RULES,
    Definition,
    IsOpen,
    Rules,
    RulesOf,
    always_open,
    default_rules,
)
from dashboard.domain.kpi.service import Part, Share, budget, goal_of, misses_over, service_level
from dashboard.domain.kpi.values import FIGURE_KEYS, Now, figure_value
from dashboard.domain.kpi.variants import VARIANTS, Variant, variant_of

__all__ = [
    "CATALOGUE",
    "DEFAULT_DEFINITION",
    "DEFAULT_RULES",
    "FIGURE_KEYS",
    "VARIANTS",
    "Definition",
    "Effect",
    "FigureEntry",
    "IsOpen",
    "Now",
    "Outcome",
    "Part",
    "Rules",
    "RulesOf",
    "Share",
    "Variant",
    "abandon_rate",
    "abandoned",
    "agents_needed",
    "aht_s",
    "always_open",
    "answered",
    "asa_s",
    "average_talk_s",
    "average_wait_s",
    "budget",
    "counts_short_abandons",
    "default_rules",
    "effect_of",
    "erlang_asa_s",
    "erlang_service_level",
    "erlang_waiting",
    "figure_value",
    "figures_added",
    "figures_empty",
    "goal_of",
    "misses_over",
    "occupancy",
    "offered",
    "outcome_of",
    "reason_text",
    "repeat_free_rate",
    "service_level",
    "variant_of",
    "waiting_outcome",
]
