"""How figures look: a dash for what nobody counted, one decimal for shares, m:ss for times."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django import template
from django.utils import timezone

from dashboard.models import Queue
from dashboard.reports.worklist import LostNumber

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


@register.filter
def of(values: Mapping[str, Any], key: str) -> Any:
    """The value of a key; the key itself where there is none, as for a queue that is not there any more."""
    return values.get(key, key)


@register.filter
def queue_key(queue: Queue) -> str:
    """How a queue is named in addresses."""
    return f"{queue.pbx.slug}/{queue.queue_id}"


@register.filter
def line_name(line: LostNumber) -> str:
    """How a line of the worklist is named in forms."""
    return f"{line.pbx.slug}/{line.caller_key}"


@register.simple_tag(takes_context=True)
def page_address(context: Mapping[str, Any], number: int) -> str:
    """This page's address with another page number."""
    asked = context["request"].GET.copy()
    asked["page"] = str(number)
    asked.pop("done", None)
    return f"?{asked.urlencode()}"
