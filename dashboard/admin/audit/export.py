"""The audit log as a file: one line per event, so that each action's whole course is there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from dashboard import conf
from dashboard.models import ActionEvent
from dashboard.outgoing.files import CSV_TYPE, XLSX_TYPE, table_csv, table_xlsx
from dashboard.outgoing.table import Column, Kind, Table, Value
from dashboard.supervision import wording

KINDS: Final = {"csv": CSV_TYPE, "xlsx": XLSX_TYPE}
EVENTS_AT_MOST: Final = 20_000


def events_of(chosen: QuerySet[ActionEvent]) -> QuerySet[ActionEvent]:
    """All events of these actions, oldest first."""
    requests = chosen.order_by().values("request")
    return ActionEvent.objects.filter(request__in=requests).order_by("at", "request", "step")


def count_of(chosen: QuerySet[ActionEvent]) -> int:
    return events_of(chosen).count()


def answer(chosen: QuerySet[ActionEvent], *, kind: str) -> HttpResponse:
    """The file of this kind."""
    table = audit_table(events_of(chosen))
    content = table_csv(table) if kind == "csv" else table_xlsx(table)
    name = f"audit-{timezone.localdate():%Y-%m-%d}.{kind}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type=KINDS[kind], headers=headers)


def audit_table(events: QuerySet[ActionEvent]) -> Table:
    """Texts are what people typed and what the PBX said: the files keep them from being taken for formulas."""
    titles = [
        *(_("when"), _("state"), _("who"), _("address"), _("what"), _("PBX"), _("agent ID"), _("agent")),
        *(_("queue"), _("call"), _("reason"), _("outcome"), _("the PBX's own words"), _("action's ID")),
    ]
    columns = [
        Column(title=title, kind=Kind.MOMENT if place == 0 else Kind.TEXT)
        for place, title in enumerate(titles)
    ]
    return Table(
        title=_("Audit log"),
        columns=columns,
        rows=list(_lines(events)),
        zone=ZoneInfo(conf.time_zone()),
        notes=[_("One line per event; the lines of one action have the same ID.")],
    )


def _lines(events: QuerySet[ActionEvent]) -> Iterator[list[Value]]:
    for event in events.iterator(chunk_size=1000):
        yield [
            *(event.at, str(ActionEvent.State(event.state).label), event.actor_name, event.address),
            *(wording.action_title(event.action), event.stream, event.agent_id, event.agent_name),
            *(event.queue_title or event.queue_id, event.call_id, event.reason),
            *(wording.told(event), event.pbx_text, str(event.request)),
        ]
