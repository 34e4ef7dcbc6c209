"""By which rules a queue's calls are judged."""

from __future__ import annotations

from typing import Final

import msgspec


class Rules(msgspec.Struct, frozen=True, kw_only=True):
    """How a queue's service level is reckoned. Seconds; `goal` is a share from 0 to 1; `variant` a word of `VARIANTS`."""

    threshold_s: int = 20
    short_s: int = 5
    goal: float = 0.8
    variant: str = "no_short"


DEFAULT_RULES: Final = Rules()
