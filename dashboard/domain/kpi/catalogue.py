"""Every figure by name: what boards, manager pages, exports and the API call it, and the formula that is shown with it.

static/js/metrics-table.js is written from this (`manage.py write_metrics`); a test holds the two together.
"""

from __future__ import annotations

from typing import Final, Literal

import msgspec

from dashboard.domain.kpi.texts import gettext_noop as _

Unit = Literal["count", "share", "seconds"]
Better = Literal["up", "down"]

WINDOWS: Final = ("15m", "30m", "60m", "today")
WINDOW_S: Final = {"15m": 900, "30m": 1800, "60m": 3600}
TODAY: Final = ("today",)
NOW: Final[tuple[str, ...]] = ()


class FigureEntry(msgspec.Struct, frozen=True, kw_only=True):
    """`better`: the direction that is good, None if neither is. `windows`: over which it can be shown; none for "now".

    `needs_live`: it moves with the clock or with calls that have not ended, so only the live state can tell it.
    """

    key: str
    title: str
    unit: Unit
    formula: str
    better: Better | None = None
    windows: tuple[str, ...] = WINDOWS
    needs_live: bool = False


_ENTRIES: Final = (
    FigureEntry(
        key="service_level_live",
        title=_("Service level, live"),
        unit="share",
        formula=_("calls in time / calls counted, with those waiting past the threshold now as misses"),
        better="up",
        needs_live=True,
    ),
    FigureEntry(
        key="service_level",
        title=_("Service level"),
        unit="share",
        formula=_(
            "calls in time / calls counted, of ended waits; the queue's variant says which calls these are"
        ),
        better="up",
    ),
    FigureEntry(
        key="goal",
        title=_("Goal"),
        unit="share",
        formula=_("the service level the queue is to hold, by its definition"),
        windows=NOW,
    ),
    FigureEntry(
        key="budget",
        title=_("Misses left"),
        unit="count",
        formula=_("floor((1 − goal) · (counted + expected)) − missed; below 0 the goal is lost for today"),
        better="up",
        windows=TODAY,
        needs_live=True,
    ),
    FigureEntry(
        key="offered",
        title=_("Offered"),
        unit="count",
        formula=_("answered + abandoned + flowed out; a call belongs to when it entered the queue"),
    ),
    FigureEntry(
        key="answered",
        title=_("Answered"),
        unit="count",
        formula=_("answered within the threshold + answered after it"),
        better="up",
    ),
    FigureEntry(
        key="answered_in",
        title=_("Answered in time"),
        unit="count",
        formula=_("calls answered within the threshold"),
        better="up",
    ),
    FigureEntry(
        key="answered_late",
        title=_("Answered late"),
        unit="count",
        formula=_("calls answered after the threshold"),
        better="down",
    ),
    FigureEntry(
        key="abandoned",
        title=_("Abandoned"),
        unit="count",
        formula=_("callers who left before an answer, short abandons too"),
        better="down",
    ),
    FigureEntry(
        key="abandoned_short",
        title=_("Short abandons"),
        unit="count",
        formula=_("callers who left within the short-abandon seconds"),
    ),
    FigureEntry(
        key="flowed_out",
        title=_("Flowed out"),
        unit="count",
        formula=_(
            "calls that left the queue before an answer by transfer, overflow or voicemail, as far as seen"
        ),
        better="down",
    ),
    FigureEntry(
        key="abandon_rate",
        title=_("Abandon rate"),
        unit="share",
        formula=_("abandoned / offered; short abandons in or out on both sides, as for the service level"),
        better="down",
    ),
    FigureEntry(
        key="asa_s",
        title=_("Average speed of answer"),
        unit="seconds",
        formula=_("wait of answered calls / answered"),
        better="down",
    ),
    FigureEntry(
        key="average_wait_s",
        title=_("Average wait"),
        unit="seconds",
        formula=_("wait of all calls / offered, those who gave up too"),
        better="down",
    ),
    FigureEntry(
        key="longest_wait_s",
        title=_("Longest wait"),
        unit="seconds",
        formula=_("the longest ended wait"),
        better="down",
    ),
    FigureEntry(
        key="average_talk_s",
        title=_("Average talk time"),
        unit="seconds",
        formula=_("talk / answered calls that have ended, without hold and after-call work"),
    ),
    FigureEntry(
        key="aht_s",
        title=_("Average handle time"),
        unit="seconds",
        formula=_("(talk + hold + after-call work) / answered calls that have ended"),
    ),
    FigureEntry(
        key="occupancy",
        title=_("Occupancy"),
        unit="share",
        formula=_("(talk + hold + after-call work) / (that + ready time); pauses in neither"),
        windows=TODAY,
    ),
    FigureEntry(
        key="repeat_free_rate",
        title=_("Repeat-free rate (7 days)"),
        unit="share",
        formula=_("1 − calls whose number called the same queue again within 7 days / calls with a number"),
        better="up",
    ),
    FigureEntry(
        key="waiting",
        title=_("Callers waiting"),
        unit="count",
        formula=_("inbound calls that nobody has answered yet, waiting or ringing"),
        better="down",
        windows=NOW,
        needs_live=True,
    ),
    FigureEntry(
        key="longest_wait_now_s",
        title=_("Longest wait now"),
        unit="seconds",
        formula=_("now − earliest entry among the callers waiting or ringing"),
        better="down",
        windows=NOW,
        needs_live=True,
    ),
    FigureEntry(
        key="agents_total",
        title=_("Agents logged in"),
        unit="count",
        formula=_("distinct agents logged in to the queues"),
        windows=NOW,
        needs_live=True,
    ),
    FigureEntry(
        key="agents_ready",
        title=_("Agents ready"),
        unit="count",
        formula=_("distinct agents who could take a call now"),
        better="up",
        windows=NOW,
        needs_live=True,
    ),
    FigureEntry(
        key="agents_busy",
        title=_("Agents busy"),
        unit="count",
        formula=_("distinct agents ringing, speaking or holding"),
        windows=NOW,
        needs_live=True,
    ),
    FigureEntry(
        key="agents_paused",
        title=_("Agents paused"),
        unit="count",
        formula=_("distinct agents on a pause or in after-call work"),
        windows=NOW,
        needs_live=True,
    ),
    FigureEntry(
        key="agents_needed",
        title=_("Agents needed now (estimate)"),
        unit="count",
        formula=_(
            "fewest agents with whom Erlang C reaches the goal, from the arrivals and the average handle time of the interval"
        ),
        windows=("15m", "30m", "60m"),
        needs_live=True,
    ),
    FigureEntry(
        key="outbound",
        title=_("Outbound calls"),
        unit="count",
        formula=_("calls out of the queue; no part of any figure above"),
    ),
    FigureEntry(
        key="outbound_answered",
        title=_("Outbound calls answered"),
        unit="count",
        formula=_("outbound calls that were answered"),
    ),
)

CATALOGUE: Final[dict[str, FigureEntry]] = {entry.key: entry for entry in _ENTRIES}
"""In the order in which figures are offered to choose from."""
