"""How figures look: a dash for what nobody counted, one decimal for shares, m:ss for times."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any, Final

from django import template
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dashboard.domain.kpi import CATALOGUE, variant_of
from dashboard.models import Queue
from dashboard.reports.lines import Cell

register = template.Library()

DASH: Final = "–"
NARROW_SPACE: Final = "\u202f"

SHORT: Final = {
    "service_level": gettext_lazy("Service level"),
    "service_level_live": gettext_lazy("Service level live"),
    "budget": gettext_lazy("Misses left"),
    "asa_s": gettext_lazy("ASA"),
    "aht_s": gettext_lazy("AHT"),
    "longest_wait_s": gettext_lazy("Longest wait"),
    "longest_wait_now_s": gettext_lazy("Longest wait now"),
    "repeat_free_rate": gettext_lazy("Repeat-free rate (7 days)"),
}
"""Where a title of the catalogue is too long for a column; the formula stands in the column's hint."""


def _is_unknown(value: Any) -> bool:
    """None, or what templates make of a part that is not there."""
    return value is None or value == ""


@register.filter
def share(value: Any) -> str:
    """0.7292 as "72.9 %", with the language's decimal sign."""
    return DASH if _is_unknown(value) else f"{number_format(f'{value * 100:.1f}')}{NARROW_SPACE}%"


@register.filter
def whole_share(value: Any) -> str:
    """0.8 as "80 %"; decimals only where there are any, as in goals."""
    return DASH if _is_unknown(value) else f"{number_format(f'{round(value * 100, 2):g}')}{NARROW_SPACE}%"


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
def figure(cell: Cell) -> str:
    """A figure in its unit."""
    if cell.unit == "share":
        return whole_share(cell.value) if cell.key == "goal" else share(cell.value)
    return seconds(cell.value) if cell.unit == "seconds" else count(cell.value)


@register.filter
def change(cell: Cell) -> str:
    """The difference to the period before, with its sign: points of per cent, seconds or calls."""
    difference = cell.change
    if difference is None:
        return ""
    sign = "+" if difference > 0 else "−" if difference < 0 else "±"
    size = abs(difference)
    if cell.unit == "share":
        return sign + number_format(f"{size * 100:.1f}")
    return f"{sign}{seconds(size)}" if cell.unit == "seconds" else f"{sign}{count(round(size))}"


@register.filter
def percent(value: Any) -> str:
    """0.7292 as "73", where the heading says what it is. Never rounded up to a full hundred."""
    return DASH if _is_unknown(value) else str(min(99, round(value * 100)) if value < 1 else 100)


@register.filter
def figure_title(key: str) -> str:
    """What a figure is called."""
    return _(CATALOGUE[key].title)


@register.filter
def figure_short(key: str) -> str:
    """What a figure is called at the head of a column."""
    return str(SHORT[key]) if key in SHORT else figure_title(key)


@register.filter
def figure_formula(key: str) -> str:
    return _(CATALOGUE[key].formula)


@register.filter
def variant_title(word: str) -> str:
    return _(variant_of(word).title)


@register.filter
def variant_formula(word: str) -> str:
    return variant_of(word).formula


@register.filter
def chart_rows(chart: dict[str, Any]) -> list[dict[str, str]]:
    """A chart's data as lines of a table."""
    show = share if chart["unit"] == "share" else _number
    usual = chart["usual"] or [None] * len(chart["labels"])
    return [
        {"label": label, "fact": show(fact), "usual": show(before), "link": link}
        for label, fact, before, link in zip(
            chart["labels"], chart["fact"], usual, chart["links"], strict=True
        )
    ]


def _number(value: Any) -> str:
    return DASH if _is_unknown(value) else f"{value:g}"


@register.filter
def of(values: Mapping[Any, Any], key: Any) -> Any:
    """The value of a key; the key itself, of several parts the last, where there is none: a queue that is not there any more."""
    return values.get(key, key[-1] if isinstance(key, tuple) else key)


@register.filter
def queue_key(queue: Queue) -> str:
    """How a queue is named in addresses."""
    return f"{queue.pbx.slug}/{queue.queue_id}"


@register.simple_tag(takes_context=True)
def page_address(context: Mapping[str, Any], number: int) -> str:
    """This page's address with another page number."""
    asked = context["request"].GET.copy()
    asked["page"] = str(number)
    asked.pop("done", None)
    return f"?{asked.urlencode()}"


@register.simple_tag(takes_context=True)
def file_address(context: Mapping[str, Any], ending: str, table: str = "") -> str:
    """This page's table as a file, or the one of this name where there are several."""
    asked = context["request"].GET.copy()
    asked["format"] = ending
    if table:
        asked["table"] = table
    for name in ("page", "done"):
        asked.pop(name, None)
    return f"?{asked.urlencode()}"


@register.simple_tag
def new_key() -> str:
    """By which a click is told from its repetition."""
    return str(uuid.uuid4())
