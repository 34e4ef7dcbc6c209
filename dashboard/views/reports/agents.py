"""What agents did: calls, time, sessions."""

from __future__ import annotations

from typing import Any

import msgspec
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from dashboard.figures.agents import agents_counted
from dashboard.figures.notices import AGENTS, Notice, notices
from dashboard.history import selectors as history
from dashboard.history.answers import AgentFigures
from dashboard.models import Agent, AgentStay, PauseKind, Pbx, Queue
from dashboard.outgoing.table import Kind, Table, Value
from dashboard.views.reports.asking import (
    Question,
    calls_address,
    period_links,
    question,
)
from dashboard.views.reports.door import page, report
from dashboard.views.reports.files import file_answer, file_name, is_file, period_notes, plain_table
from dashboard.views.reports.people import agent_is_visible


class AgentLine(msgspec.Struct, frozen=True, kw_only=True):
    """An agent, or all together. `work_s` is of all his calls, and occupancy that / (that + ready time)."""

    name: str
    answered: int
    missed: int
    outbound: int
    talk_s: int
    hold_s: int
    acw_s: int
    work_s: int
    logged_in_s: int
    paused_s: int
    ready_s: int
    url: str = ""
    calls_url: str = ""

    @property
    def handled(self) -> int:
        """Calls taken, and calls made."""
        return self.answered + self.outbound

    @property
    def aht_s(self) -> float | None:
        return (self.talk_s + self.hold_s + self.acw_s) / self.handled if self.handled else None

    @property
    def occupancy(self) -> float | None:
        whole = self.work_s + self.ready_s
        return self.work_s / whole if whole else None


SUMS = (
    *("answered", "missed", "outbound", "talk_s", "hold_s", "acw_s", "work_s"),
    *("logged_in_s", "paused_s", "ready_s"),
)


@report
def agents(request: HttpRequest) -> HttpResponse:
    """Agents of the queues in scope, by name."""
    asked = question(request)
    lines = [_line(pbx, row, asked) for pbx in asked.pbxs for row in _figures(pbx, asked)]
    lines.sort(key=lambda line: line.name)
    total = AgentLine(name="", **{name: sum(getattr(line, name) for line in lines) for name in SUMS})
    told = notices(asked.pbxs, first=asked.period.first, last=asked.period.last, actions=AGENTS)
    if is_file(request):
        return file_answer(request, _table(lines, total, asked, told), name=file_name(asked, "agents"))
    context: dict[str, Any] = {
        "asked": asked,
        "trouble": asked.trouble,
        "notices": told,
        "periods": period_links(request, asked.period, asked.today),
        "chosen": asked.chosen_text,
        "lines": lines,
        "total": total,
    }
    return page(request, "agents", context, tab="reports_agents")


@report
def agent(request: HttpRequest, slug: str, agent_id: str) -> HttpResponse:
    """Sessions, stays in queues and pauses of one agent. 404 for one beyond the scope."""
    asked = question(request)
    pbx = next((pbx for pbx in asked.pbxs if pbx.slug == slug), None)
    if pbx is None:
        raise Http404("There is no such agent, or it is not yours to see.")
    rows = [row for row in _figures(pbx, asked) if row.agent_id == agent_id]
    stays = history.stays(pbx, agent_id, scope=asked.scope, days=_days(asked))
    known = Agent.objects.filter(pbx=pbx, agent_id=agent_id).first()
    if known is None or not agent_is_visible(asked, pbx, agent_id):
        raise Http404("There is no such agent, or it is not yours to see.")
    told = notices([pbx], first=asked.period.first, last=asked.period.last, actions=AGENTS)
    shown = _shown(pbx, stays, asked)
    if is_file(request):
        table = _stays_table(str(known), shown, notes=period_notes(asked, told))
        return file_answer(request, table, name=file_name(asked, f"agent-{agent_id}"))
    context: dict[str, Any] = {
        "asked": asked,
        "trouble": asked.trouble,
        "notices": told,
        "periods": period_links(request, asked.period, asked.today),
        "agent": known,
        "line": _line(pbx, rows[0], asked) if rows else None,
        "stays": shown,
        "calls_url": calls_address(asked.asks, agent=f"{slug}/{agent_id}", figure="answered"),
    }
    return page(request, "agent", context, tab="reports_agents")


def _days(asked: Question) -> history.Days:
    return history.Days(asked.period.first, asked.period.last)


def _figures(pbx: Pbx, asked: Question) -> list[AgentFigures]:
    return agents_counted(
        pbx, asked.queues, scope=asked.scope, days=_days(asked), is_chosen=bool(asked.chosen)
    )


def _line(pbx: Pbx, row: AgentFigures, asked: Question) -> AgentLine:
    asks = {name: value for name, value in asked.asks.items() if name != "queue"}
    return AgentLine(
        name=row.name,
        **{name: getattr(row, name) for name in SUMS},
        url=f"{reverse('report_agent', args=[pbx.slug, row.agent_id])}?{urlencode(asks)}",
        calls_url=calls_address(asked.asks, agent=f"{pbx.slug}/{row.agent_id}", figure="answered"),
    )


def _shown(pbx: Pbx, stays: list[AgentStay], asked: Question) -> list[dict[str, Any]]:
    """What each stay is called; queues beyond the scope are left out."""
    titles = dict(Queue.objects.filter(pbx=pbx).values_list("queue_id", "title"))
    kinds = {kind.pause_id: str(kind) for kind in PauseKind.objects.filter(pbx=pbx)}
    found = []
    for stay in stays:
        if stay.kind == AgentStay.Kind.QUEUE and not asked.scope.has_queue(pbx.slug, stay.subject_id):
            continue
        names = titles if stay.kind == AgentStay.Kind.QUEUE else kinds
        lasts_s = (stay.end_at - stay.start_at).total_seconds() if stay.end_at else None
        name = names.get(stay.subject_id, stay.subject_id)
        found.append({"stay": stay, "name": name, "lasts_s": lasts_s})
    return found


def _stays_table(name: str, stays: list[dict[str, Any]], *, notes: list[str]) -> Table:
    columns = [
        (_("From"), Kind.MOMENT),
        (_("To"), Kind.MOMENT),
        (_("What"), Kind.TEXT),
        (_("Queue or kind of pause"), Kind.TEXT),
        (_("Lasted"), Kind.SECONDS),
    ]
    rows = [
        (
            *(row["stay"].start_at, row["stay"].end_at, row["stay"].get_kind_display()),
            *(row["name"], row["lasts_s"]),
        )
        for row in stays
    ]
    return plain_table(columns, rows, title=name, notes=notes)


def _table(lines: list[AgentLine], total: AgentLine, asked: Question, told: list[Notice]) -> Table:
    columns = [
        (_("Agent"), Kind.TEXT),
        (_("Handled"), Kind.COUNT),
        (_("Answered"), Kind.COUNT),
        (_("Not picked up"), Kind.COUNT),
        (_("Outbound"), Kind.COUNT),
        (_("Talk"), Kind.SECONDS),
        (_("Hold"), Kind.SECONDS),
        (_("After-call work"), Kind.SECONDS),
        (_("AHT"), Kind.SECONDS),
        (_("Occupancy"), Kind.SHARE),
        (_("Logged in"), Kind.SECONDS),
        (_("Ready"), Kind.SECONDS),
        (_("Paused"), Kind.SECONDS),
    ]
    names = (
        *("handled", "answered", "missed", "outbound", "talk_s", "hold_s", "acw_s", "aht_s", "occupancy"),
        *("logged_in_s", "ready_s", "paused_s"),
    )

    def values(line: AgentLine) -> list[Value]:
        return [line.name, *(getattr(line, name) for name in names)]

    totals = [_("All together"), *values(total)[1:]]
    rows = [values(line) for line in lines]
    return plain_table(columns, rows, title=_("Agents"), totals=totals, notes=period_notes(asked, told))
