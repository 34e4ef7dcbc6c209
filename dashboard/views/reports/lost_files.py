"""The worklist of lost calls as files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dashboard.figures.notices import Notice
from dashboard.outgoing.table import Kind, Table
from dashboard.reports.worklist import LostCall, LostNumber, Place, Standing
from dashboard.views.reports.files import plain_table

Titles = Mapping[Place, str]
STANDINGS: Final = {
    Standing.OPEN: gettext_lazy("open"),
    Standing.ANSWERED: gettext_lazy("answered later"),
    Standing.REACHED: gettext_lazy("reached"),
    Standing.DONE: gettext_lazy("done"),
}


def anonymous_table(calls: Sequence[LostCall], titles: Titles, told: Iterable[Notice]) -> Table:
    """Calls without a number, latest first."""
    columns = [(_("Entered"), Kind.MOMENT), (_("Queue"), Kind.TEXT), (_("Wait"), Kind.SECONDS)]
    rows = [(call.entered_at, titles.get(call.place, call.queue_id), call.wait_s) for call in calls]
    return plain_table(columns, rows, title=_("Without a number"), notes=[notice.text for notice in told])


def numbers_table(lines: Iterable[LostNumber], titles: Titles, told: Iterable[Notice]) -> Table:
    """A row per number, as on the page."""
    columns = [
        (_("Number"), Kind.TEXT),
        (_("Lost"), Kind.COUNT),
        (_("First lost"), Kind.MOMENT),
        (_("Last lost"), Kind.MOMENT),
        (_("Longest wait"), Kind.SECONDS),
        (_("Queues"), Kind.TEXT),
        (_("Standing"), Kind.TEXT),
        (_("Owner"), Kind.TEXT),
        (_("Note"), Kind.TEXT),
    ]
    rows = [
        (
            *(line.number, len(line.calls), line.first_at, line.last_at, line.longest_wait_s),
            ", ".join(titles.get(place, place[1]) for place in line.places),
            str(STANDINGS[line.standing]),
            line.owner.get_username() if line.owner else None,
            line.note or None,
        )
        for line in lines
    ]
    return plain_table(columns, rows, title=_("Lost calls"), notes=[notice.text for notice in told])
