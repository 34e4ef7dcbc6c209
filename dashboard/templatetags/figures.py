"""How figures look: a dash for what nobody counted, one decimal for shares, m:ss for times."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django import template
from django.utils import timezone

register = template.Library()

DASH: Final = "–"
NARROW_SPACE: Final = "\u202f"


@register.filter
def share(value: float | None) -> str:
    """0.7292 as "72.9 %"."""
    return DASH if value is None else f"{value * 100:.1f}{NARROW_SPACE}%"


@register.filter
def whole_share(value: float | None) -> str:
    """0.8 as "80 %"; decimals only where there are any, as in goals."""
    return DASH if value is None else f"{round(value * 100, 2):g}{NARROW_SPACE}%"


@register.filter
def count(value: int | None) -> str:
    """1234 as "1 234"."""
    return DASH if value is None else f"{value:,}".replace(",", NARROW_SPACE)


@register.filter
def seconds(value: float | None) -> str:
    """65 as "1:05", 3665 as "1:01:05"."""
    if value is None:
        return DASH
    minutes, rest = divmod(round(value), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


@register.filter
def hours(value: float | None) -> str:
    """Long times without seconds: 9000 as "2:30 h"."""
    if value is None:
        return DASH
    minutes = round(value / 60)
    return f"{minutes // 60}:{minutes % 60:02}{NARROW_SPACE}h"


@register.filter
def clock(value: datetime | None) -> str:
    """The time of day in the call centre, to the second."""
    return DASH if value is None else f"{timezone.localtime(value):%H:%M:%S}"
