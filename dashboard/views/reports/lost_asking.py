"""What a reader of the worklist asks for."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from typing import Any, Final

import msgspec
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy

from dashboard.access import scope_of
from dashboard.access.scope import Scope
from dashboard.figures.counted import call_queues
from dashboard.models import Queue
from dashboard.reports.worklist import LostCall, LostNumber, Standing, Worklist, worklist
from dashboard.views.reports.queues import queues_of

DAYS: Final = ("1", "3", "7", "14", "30")
DAYS_DEFAULT: Final = "7"
WAITED: Final = ("6", "21", "61")
"""Seconds from which a lost call is shown: without short abandons, past a usual threshold, past a minute."""

SHOWN: Final[dict[str, tuple[Any, Callable[[LostNumber, User], bool]]]] = {
    "open": (gettext_lazy("Open"), lambda line, _user: line.standing is Standing.OPEN),
    "mine": (
        gettext_lazy("Mine"),
        lambda line, user: line.standing is Standing.OPEN and line.owner == user,
    ),
    "closed": (gettext_lazy("Closed"), lambda line, _user: line.standing is not Standing.OPEN),
    "all": (gettext_lazy("All"), lambda _line, _user: True),
}
SHOWN_DEFAULT: Final = "open"


class LostQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """`queues` are all that the reader may see, `counted` those asked for; `chosen` and `number` as they were typed."""

    scope: Scope
    queues: list[Queue]
    counted: list[Queue]
    chosen: str
    days: str
    show: str
    waited: str
    number: str

    @property
    def since_at(self) -> datetime:
        return timezone.now() - timedelta(days=int(self.days))

    def found(self) -> Worklist:
        """Lines of the time and the queues, whatever the number and the wait."""
        per_pbx: dict[str, list[str]] = {}
        for queue in self.counted:
            per_pbx.setdefault(queue.pbx.slug, []).append(queue.queue_id)
        return worklist(scope=self.scope, since_at=self.since_at, queue_ids=per_pbx)

    def fits(self, line: LostNumber) -> bool:
        digits = "".join(sign for sign in self.number if sign.isdigit())
        return (not digits or digits in line.number) and line.longest_wait_s >= int(self.waited or 0)

    def fits_anonymous(self, call: LostCall) -> bool:
        return not self.number and call.wait_s >= int(self.waited or 0)


def lost_question(request: HttpRequest) -> LostQuestion:
    """From the address; what cannot be is as if it had not been asked."""
    asked, scope = request.GET, scope_of(request.user)
    queues, chosen = queues_of(scope), asked.get("queue", "")
    return LostQuestion(
        scope=scope,
        queues=queues,
        counted=queues_of(scope, asked=[chosen]) if chosen else call_queues(queues, is_chosen=False),
        chosen=chosen,
        days=_one_of(DAYS, asked.get("days"), otherwise=DAYS_DEFAULT),
        show=_one_of(SHOWN, asked.get("show"), otherwise=SHOWN_DEFAULT),
        waited=_one_of(WAITED, asked.get("waited"), otherwise=""),
        number=asked.get("number", ""),
    )


def _one_of(known: Collection[str], text: str | None, *, otherwise: str) -> str:
    return text if text is not None and text in known else otherwise
