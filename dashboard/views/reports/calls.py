"""The list of calls behind a figure: each with the reason why it counts, the sums at the foot."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dashboard.domain.kpi import CATALOGUE, Effect
from dashboard.figures.counted import call_queues, counted_queues
from dashboard.figures.notices import notices
from dashboard.figures.told import definitions_told
from dashboard.models import Agent, CallRecord
from dashboard.outgoing.table import Kind, Table
from dashboard.reports.calls import JUDGED_AT_MOST, Asked, TooMany, calls_judged
from dashboard.reports.charts import DAY_MIN, clock
from dashboard.reports.counting import Judged, foot_of
from dashboard.views.reports.asking import Question, period_links, question, recent, same_page
from dashboard.views.reports.door import page, report
from dashboard.views.reports.files import file_answer, file_name, is_file, period_notes, plain_table
from dashboard.views.reports.people import agent_name_asked
from dashboard.views.reports.waiting import late_now

PER_PAGE: Final = 100
KEPT: Final = ("at", "last", "effect", "agent", "repeated")
"""Parameters that the form passes on, as they have no field."""
IN_ONE_QUESTION: Final = 10_000
REPEATS: Final = "repeat_free_rate"
"""The figure that opens into what spoils it."""
REPEATED: Final = gettext_lazy("the number called this queue again within 7 days")
FIGURES: Final = ("offered", "answered", "abandoned", "outbound")
EFFECTS: Final = {
    Effect.HIT: gettext_lazy("in time"),
    Effect.MISS: gettext_lazy("missed"),
    Effect.NONE: gettext_lazy("not counted"),
}


@report
def call_list(request: HttpRequest) -> HttpResponse:
    """`queue`, the period, `at` (minutes of the day), `figure`, `effect` and `agent` ("main/7") say which.

    `last` (15, 30 or 60): of today's those of the last so many minutes.
    """
    asked = question(request)
    wanted = _wanted(request, asked)
    told = notices(asked.pbxs, first=asked.period.first, last=asked.period.last)
    definitions = definitions_told(wanted.queues, (asked.period.first, asked.period.last))
    context: dict[str, Any] = {
        "asked": asked,
        "wanted": wanted,
        "periods": period_links(request, asked.period, asked.today),
        "trouble": asked.trouble,
        "notices": told,
        "definitions": definitions,
        "title": _title(wanted.figure),
        "about": asked.chosen_text,
        "effects": _effects(request, wanted),
        "figure_choices": _figure_choices(wanted.figure),
        "kept": [(name, request.GET[name]) for name in KEPT if request.GET.get(name)],
        "narrowed": _narrowed(request, asked, wanted),
    }
    try:
        judged = calls_judged(wanted)
    except TooMany as exc:
        context |= {"is_too_long": True, "trouble": _too_long_text(exc)}
        return page(request, "calls", context, tab="reports_calls", status=400 if is_file(request) else 200)
    waiting, silent = late_now(wanted)
    told += silent
    if is_file(request):
        table = _table(judged, waiting, notes=period_notes(asked, told, definitions), asked=asked)
        return file_answer(request, table, name=file_name(asked, "calls"))
    shown = Paginator(judged, PER_PAGE).get_page(request.GET.get("page"))
    context |= {
        "shown": shown,
        "rows": _rows(list(shown.object_list), asked),
        "waiting": waiting if shown.number == 1 else (),
        "foot": foot_of(judged, waiting=len(waiting)),
    }
    return page(request, "calls", context, tab="reports_calls")


def _too_long_text(exc: TooMany) -> str:
    text = _(
        "These are %(count)s calls; a list judges %(most)s at most. Choose a shorter period, one queue, or missed ones."
    )
    return text % {"count": exc.count, "most": JUDGED_AT_MOST}


def _wanted(request: HttpRequest, asked: Question) -> Asked:
    figure, effect = request.GET.get("figure", ""), request.GET.get("effect", "")
    is_repeated = request.GET.get("repeated") == "1" or figure == REPEATS
    minutes = recent(request, asked)
    # Outbound calls are made in outbound queues too.
    counted = counted_queues if figure.startswith("outbound") else call_queues
    agent_pbx, _slash, agent_id = request.GET.get("agent", "").rpartition("/")
    return Asked(
        queues=tuple(counted(asked.queues, is_chosen=bool(asked.chosen))),
        # Of a business day that has begun meanwhile, or of the one before.
        first=asked.period.first - timedelta(days=1) if minutes else asked.period.first,
        last=asked.period.last,
        since=timezone.now() - timedelta(minutes=minutes) if minutes else None,
        minutes=_minutes(request.GET.get("at", "")),
        figure=figure if figure in CATALOGUE else "",
        effect=Effect(effect) if effect in set(Effect) else None,
        agent_id=agent_id,
        agent_pbx=agent_pbx,
        is_repeated=True if is_repeated else None,
    )


def _minutes(text: str) -> tuple[int, int] | None:
    found = re.fullmatch(r"(\d{1,4})-(\d{1,4})", text)
    if found is None or not int(found[1]) < int(found[2]) <= DAY_MIN:
        return None
    return int(found[1]), int(found[2])


def _title(figure: str) -> str:
    return _("Calls behind: %(figure)s") % {"figure": _(CATALOGUE[figure].title)} if figure else _("Calls")


def _figure_choices(figure: str) -> list[tuple[str, str]]:
    """The usual kinds of calls, and the figure that is shown."""
    keys = dict.fromkeys([*FIGURES, figure] if figure else FIGURES)
    return [(key, _(CATALOGUE[key].title)) for key in keys]


def _narrowed(request: HttpRequest, asked: Question, wanted: Asked) -> list[dict[str, str]]:
    """What no field of the form says of these calls, in words, each with the address of the list without it."""
    parts: list[tuple[str, dict[str, str]]] = []
    if wanted.minutes:
        parts.append((f"{clock(wanted.minutes[0])}–{clock(wanted.minutes[1])}", {"at": ""}))
    if minutes := recent(request, asked):
        text = ngettext("last %(count)s minute", "last %(count)s minutes", minutes) % {"count": minutes}
        parts.append((text, {"last": ""}))
    if wanted.is_repeated:
        parts.append((str(REPEATED), {"repeated": ""} | ({"figure": ""} if wanted.figure == REPEATS else {})))
    if wanted.agent_id:
        name = agent_name_asked(asked, wanted.agent_id, slug=wanted.agent_pbx) or wanted.agent_id
        parts.append((name, {"agent": ""}))
    return [{"name": name, "url": same_page(request, **without)} for name, without in parts]


def _effects(request: HttpRequest, wanted: Asked) -> list[dict[str, Any]]:
    rows = [{"name": _("all"), "url": same_page(request, effect=""), "is_here": wanted.effect is None}]
    rows += [
        {"name": title, "url": same_page(request, effect=str(effect)), "is_here": wanted.effect is effect}
        for effect, title in EFFECTS.items()
    ]
    return rows


def _rows(judged: Sequence[Judged], asked: Question) -> list[dict[str, Any]]:
    """The calls of one page, with everything that is shown of them."""
    records = _records([one.facts.pk for one in judged])
    titles = {(queue.pbx_id, queue.queue_id): queue.title for queue in asked.all_queues}
    ids = {record.agent_id for record in records.values() if record.agent_id}
    agents = {(agent.pbx_id, agent.agent_id): str(agent) for agent in Agent.objects.filter(agent_id__in=ids)}
    return [
        {
            "call": record,
            "judged": one,
            "effect": EFFECTS[one.effect],
            "repeated": REPEATED if record.is_repeated and record.is_inbound else "",
            "queue": titles.get((record.pbx_id, record.queue_id), record.queue_id),
            "agent": agents.get((record.pbx_id, record.agent_id), record.agent_id),
        }
        for one in judged
        if (record := records.get(one.facts.pk)) is not None
    ]


def _records(keys: Sequence[int]) -> dict[int, CallRecord]:
    """In pieces: a database takes so many values in one question."""
    found: dict[int, CallRecord] = {}
    for start in range(0, len(keys), IN_ONE_QUESTION):
        found |= CallRecord.objects.select_related("pbx").in_bulk(keys[start : start + IN_ONE_QUESTION])
    return found


def _table(
    judged: Sequence[Judged], waiting: Sequence[dict[str, Any]], *, notes: Sequence[str], asked: Question
) -> Table:
    """All calls of the list, with the sums of its foot."""
    foot = foot_of(judged, waiting=len(waiting))
    columns = [
        (_("Entered"), Kind.MOMENT),
        (_("Queue"), Kind.TEXT),
        (_("Number"), Kind.TEXT),
        (_("Wait"), Kind.SECONDS),
        (_("Talk"), Kind.SECONDS),
        (_("Hold"), Kind.SECONDS),
        (_("After-call work"), Kind.SECONDS),
        (_("Agent"), Kind.TEXT),
        (_("What became of it"), Kind.TEXT),
        (_("Counts"), Kind.TEXT),
        (_("Call ID"), Kind.TEXT),
    ]
    rows = [
        (
            *(one["entered_at"], one["queue"], one["number"], one["wait_s"], None, None, None, None),
            *(one["reason"], str(EFFECTS[Effect.MISS]), one["call_id"]),
        )
        for one in waiting
    ]
    rows += [
        (
            *(row["call"].entered_at, row["queue"], row["call"].number, row["call"].wait_s),
            *(row["call"].talk_s, row["call"].hold_s, row["call"].acw_s, row["agent"]),
            "; ".join(filter(None, (row["judged"].reason, str(row["repeated"])))),
            *(str(row["effect"]), row["call"].call_id),
        )
        for row in _rows(judged, asked)
    ]
    sums = (foot.wait_all_s, foot.talk_s, foot.hold_s, foot.acw_s)
    totals = (None, _("All together"), None, *sums, None, None, None, None)
    return plain_table(columns, rows, title=_("Calls"), totals=totals, notes=notes)
