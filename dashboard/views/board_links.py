"""Where the titles of a board's widgets lead: to the calls and agents of this moment, or to the reports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final
from urllib.parse import urlencode

from django.urls import reverse

from dashboard.access import User, scope_of
from dashboard.boards import selectors
from dashboard.boards.figures import FIGURE
from dashboard.domain.kpi import CATALOGUE
from dashboard.figures.counted import call_queues, counted_queues
from dashboard.models import Board, Queue
from dashboard.supervision.rights import may_supervise
from dashboard.views.reports.door import VIEW_REPORTS
from dashboard.views.reports.queues import key_of, queues_of

OF_MOMENT: Final = frozenset(
    {"callers", "ready", "waiting", "queue", "queues", "queue-table", "agents", "agent-states", "calls"}
    | {"pauses", "longest"}
)
OF_DAY: Final = {
    "service-level": "service_level_live",
    "leaders": "answered",
    "campaign": "outbound_answered",
}
"""Types of widgets over a day, and the figure behind each."""
OF_FIGURE: Final = frozenset({"number", "trend"})
"""Types of widgets whose figure is chosen."""
MINUTES_OF: Final = {"15m": 15, "30m": 30, "60m": 60}
"""Windows that go on with the clock, as the list of calls takes them."""
WITHOUT_CALLS: Final = frozenset({"agents_needed", "goal"})
"""Figures that no list of calls explains."""


def board_links(board: Board, shown: Mapping[str, Any], *, user: User) -> dict[str, str]:
    """From a widget's ID to its address, as far as the user may go there. `shown` is the board as its page is told of it."""
    may_live, may_report = may_supervise(user), _may_report(user)
    if not (may_live or may_report):
        return {}
    known = _known_queues(board, user)
    is_part = not board.all_pbxs or board.queue_ids is not None
    links = {}
    for widget_id, type_, options in _widgets(shown):
        figure = options.get("figure", "") if type_ in OF_FIGURE else OF_DAY.get(type_, "")
        is_now = type_ in OF_MOMENT or (figure in FIGURE and FIGURE[figure].is_now)
        if not (is_now or figure):
            continue
        queues = _queues_of(options, known, figure=figure, is_part=is_part)
        if queues is None:
            continue
        is_live = may_live if is_now else not may_report
        if is_live:
            links[widget_id] = _live(queues)
        else:
            window = options.get("window", "")
            links[widget_id] = _report(queues, type_=type_, figure=figure, window=window)
    return links


def _widgets(shown: Mapping[str, Any]) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    for widget in (shown["layout"] or {}).get("widgets", shown["automatic"]):
        yield widget["id"], widget["type"], widget["options"]


def _may_report(user: User) -> bool:
    return user.has_perm(VIEW_REPORTS)  # type: ignore[union-attr]  # only real users are logged in


def _known_queues(board: Board, user: User) -> dict[str, Queue]:
    """The queues of the board that the user may see, as widgets name them."""
    scope = scope_of(user)
    views = selectors.board_views(board, scope=scope)
    return {
        key_of(queue): queue
        for queue in queues_of(scope)
        if (view := views.get(queue.pbx.slug)) is not None
        and (view.queue_ids is None or queue.queue_id in view.queue_ids)
    }


def _queues_of(
    options: Mapping[str, Any], known: Mapping[str, Queue], *, figure: str, is_part: bool
) -> Sequence[str] | None:
    """What the address names: none where the widget is about all there is, None where the widget shows nothing."""
    chosen = [options["queue"]] if options.get("queue") else options.get("queues") or []
    if chosen or "queue" in options:
        return [key for key in chosen if key in known] or None
    is_outbound = figure.startswith("outbound")
    if not (is_part or is_outbound):
        return []
    if not figure or FIGURE[figure].is_now:
        return list(known) or None  # calls and agents of this moment are shown whatever their queue is for
    # Named in an address each would be counted, whatever it is.
    counted = (counted_queues if is_outbound else call_queues)(known.values(), is_chosen=False)
    return [key_of(queue) for queue in counted] or None


def _live(queues: Sequence[str]) -> str:
    """The page of supervisors is about one queue, or about all."""
    return reverse("supervision") + (f"?{urlencode({'queue': queues[0]})}" if len(queues) == 1 else "")


def _report(queues: Sequence[str], *, type_: str, figure: str, window: str) -> str:
    asks: dict[str, Any] = {"queue": list(queues)}
    name = "reports"
    if type_ == "leaders":
        name = "reports_agents"
    elif figure in CATALOGUE and figure not in WITHOUT_CALLS and CATALOGUE[figure].windows:
        name, asks = "reports_calls", {**asks, "figure": figure}
        if window in MINUTES_OF:
            asks["last"] = MINUTES_OF[window]
    text = urlencode(asks, doseq=True)
    return reverse(name) + (f"?{text}" if text else "")
