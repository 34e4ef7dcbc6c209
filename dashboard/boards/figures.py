"""The figures a widget can show, by the names of `static/js/figures.js`, which computes them (a test compares both)."""

from __future__ import annotations

from typing import Any, Final

import msgspec
from django.utils.translation import gettext_lazy as _

WINDOWS: Final[tuple[tuple[str, Any], ...]] = (
    ("now", _("now")),
    ("15m", _("last 15 minutes")),
    ("30m", _("last 30 minutes")),
    ("60m", _("last 60 minutes")),
    ("today", _("today")),
)


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """`unit`: count, share, duration (seconds) or timer (runs). `is_now`: of this moment, else of a window."""

    key: str
    label: Any
    unit: str
    formula: Any
    is_now: bool = False


def _now(key: str, unit: str, label: Any, formula: Any) -> Figure:
    return Figure(key=key, label=label, unit=unit, formula=formula, is_now=True)


def _past(key: str, unit: str, label: Any, formula: Any) -> Figure:
    return Figure(key=key, label=label, unit=unit, formula=formula)


FIGURES: Final[tuple[Figure, ...]] = (
    _now("waiting", "count", _("Callers waiting"), _("Inbound calls that wait or ring, without e-mails.")),
    _now(
        "longest_wait", "timer", _("Longest wait"), _("Now − the earliest entry among the callers who wait.")
    ),
    _now(
        "over_threshold",
        "count",
        _("Waiting too long"),
        _("Callers who have waited for longer than their queue's threshold."),
    ),
    _now(
        "calls_active",
        "count",
        _("Calls being handled"),
        _("Calls that an agent has answered and that go on."),
    ),
    _now("agents_total", "count", _("Agents logged in"), _("Distinct agents logged in to these queues.")),
    _now("agents_ready", "count", _("Agents ready"), _("Distinct agents who could take a call now.")),
    _now("agents_busy", "count", _("Agents on calls"), _("Distinct agents who ring, speak, call or hold.")),
    _now("agents_acw", "count", _("Agents in wrap-up"), _("Distinct agents in after-call work.")),
    _now("agents_paused", "count", _("Agents paused"), _("Distinct agents on a pause other than wrap-up.")),
    _past(
        "service_level_live",
        "share",
        _("Service level, live"),
        _(
            "Answered within the threshold ÷ offered as the variant counts, callers past the threshold counted as missed."
        ),
    ),
    _past(
        "service_level",
        "share",
        _("Service level, closed"),
        _("Answered within the threshold ÷ offered as the variant counts; ended waits only."),
    ),
    _past(
        "budget",
        "count",
        _("Misses still allowed"),
        _("floor((1 − goal) · (calls so far + calls expected)) − missed so far."),
    ),
    _past(
        "offered",
        "count",
        _("Calls offered"),
        _("Answered + abandoned + flowed out, of calls that entered in the window."),
    ),
    _past("answered", "count", _("Calls answered"), _("Answered within and after the threshold.")),
    _past(
        "abandoned",
        "count",
        _("Calls abandoned"),
        _("All callers who left before an answer, short abandons too."),
    ),
    _past(
        "abandon_rate",
        "share",
        _("Abandon rate"),
        _("Abandoned ÷ offered; short abandons as for the service level."),
    ),
    _past("asa", "duration", _("Average speed of answer"), _("Wait of answered calls ÷ answered.")),
    _past("average_wait", "duration", _("Average wait"), _("Wait of all calls ÷ all, abandoned too.")),
    _past("longest_wait_past", "duration", _("Longest wait of the window"), _("The longest ended wait.")),
    _past("aht", "duration", _("Average handle time"), _("(Talk + hold + after-call work) ÷ answered.")),
    _past(
        "occupancy",
        "share",
        _("Occupancy"),
        _("(Talk + hold + wrap-up) ÷ (that + ready time); pauses in neither."),
    ),
    _past(
        "repeat_free",
        "share",
        _("Repeat-free rate (7 days)"),
        _("1 − calls from a number that called the same queue again within 7 days ÷ calls with a number."),
    ),
    _past("outbound", "count", _("Outbound calls"), _("Outbound calls begun in the window.")),
    _past(
        "outbound_answered", "count", _("Outbound calls answered"), _("Outbound calls that were answered.")
    ),
)
FIGURE: Final = {figure.key: figure for figure in FIGURES}
FIGURE_CHOICES: Final = tuple((figure.key, figure.label) for figure in FIGURES)
