"""By which rules a queue's calls are judged."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias

from dashboard.domain.kpi.hours import Hours
from dashboard.domain.thresholds import Thresholds


class Rules(Thresholds, frozen=True, kw_only=True):
    """How a queue's service level is reckoned. `goal` is a share from 0 to 1; `variant` a word of `VARIANTS`."""

    threshold_s: int = 20
    short_s: int = 5
    goal: float = 0.8
    variant: str = "no_short"


DEFAULT_RULES: Final = Rules()

RulesOf: TypeAlias = Callable[[str], Rules]
"""Queue ID to the rules in force now."""


def default_rules(_queue_id: str) -> Rules:
    return DEFAULT_RULES


IsOpen: TypeAlias = Callable[[str, int], bool]
"""Whether a call that enters this queue at this moment (ms) comes within its business hours."""


def always_open(_queue_id: str, _at: int) -> bool:
    return True


class Definition(Rules, frozen=True, kw_only=True):
    """The rules in force for a queue on a day, and when it is open. `version` None: nobody has defined anything yet."""

    hours: Hours = Hours()
    version: int | None = None
    holds_for: str = ""

    @property
    def limits(self) -> Thresholds:
        """Only what calls are sorted by."""
        return Thresholds(threshold_s=self.threshold_s, short_s=self.short_s)

    @property
    def rules(self) -> Rules:
        """Only what the service level depends on."""
        return Rules(threshold_s=self.threshold_s, short_s=self.short_s, goal=self.goal, variant=self.variant)


DEFAULT_DEFINITION: Final = Definition()
