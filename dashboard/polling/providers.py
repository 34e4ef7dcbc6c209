"""What a poll is given by whoever composes it: names, definitions and figures, and what is to follow."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

import msgspec

from dashboard.domain.figures import Figures
from dashboard.domain.kpi import IsOpen, RulesOf, always_open, default_rules
from dashboard.domain.rows import LiveState

CallerNames = Callable[[Mapping[str, str | None]], Mapping[str, str]]
"""Calls without a name, with their callers' numbers, to names by call. It is not asked without such calls."""


def no_names(_calls: Mapping[str, str | None]) -> Mapping[str, str]:
    return {}


FollowUp = Callable[[LiveState, LiveState, int], None]
"""What is to be done after a commit: it gets the states before and after it, and the PBX's time in ms. It must be quick."""


def no_follow_up(_before: LiveState, _after: LiveState, _at: int) -> None:
    """Nothing."""


FiguresAt = Callable[[int], Figures | None]
"""The PBX's time in milliseconds to the figures at that moment; None if they are not known now."""


def no_figures(_now_at: int) -> Figures | None:
    return None


class Providers(msgspec.Struct, frozen=True, kw_only=True):
    """What the live state holds beside the PBX's answers, and what follows a commit. Whoever composes a poll gives these."""

    caller_names: CallerNames = no_names
    rules_of: RulesOf = default_rules
    is_open: IsOpen = always_open
    figures_at: FiguresAt = no_figures
    follow_up: FollowUp = no_follow_up


NO_PROVIDERS: Final = Providers()
