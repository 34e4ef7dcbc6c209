"""How figures look: a dash for what nobody counted, one decimal for shares, m:ss for times."""

from __future__ import annotations

from typing import Any, Final

from django import template
from django.utils import timezone

register = template.Library()

DASH: Final = "–"
NARROW_SPACE: Final = "\u202f"


def _is_unknown(value: Any) -> bool:
    """None, or what templates make of a part that is not there."""
    return value is None or value == ""


@register.filter
def share(value: Any) -> str:
    """0.7292 as "72.9 %"."""
    return DASH if _is_unknown(value) else f"{value * 100:.1f}{NARROW_SPACE}%"


@register.filter
def whole_share(value: Any) -> str:
    """0.8 as "80 %"; decimals only where there are any, as in goals."""
    return DASH if _is_unknown(value) else f"{round(value * 100, 2):g}{NARROW_SPACE}%"


@register.filter
def count(value: Any) -> str:
    """1234 as "1 234"."""
    return DASH if _is_unknown(value) else f"{value:,}".replace(",", NARROW_SPACE)


@register.filter
def seconds(value: Any) -> str:
    """65 as "1:05", 3665 as "1:01:05"."""
    if _is_unknown(value):
        return DASH
    minutes, rest = divmod(round(value), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


@register.filter
def hours(value: Any) -> str:
    """Long times without seconds: 9000 as "2:30 h"."""
    if _is_unknown(value):
        return DASH
    minutes = round(value / 60)
    return f"{minutes // 60}:{minutes % 60:02}{NARROW_SPACE}h"


@register.filter
def clock(value: Any) -> str:
    """The time of day in the call centre, to the second."""
    return DASH if _is_unknown(value) else f"{timezone.localtime(value):%H:%M:%S}"
