"""What an address asks for, read once and the same way on all pages; and addresses made of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import msgspec
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dashboard import conf
from dashboard.access import Scope, scope_of
from dashboard.figures.counted import call_queues
from dashboard.figures.today import days_now
from dashboard.models import Pbx, Queue
from dashboard.reports.periods import Compare, Period, PeriodError, period_read, presets
from dashboard.views.reports.queues import keys_of, queues_of

MINUTES: Final = (15, 30, 60)
MINUTES_DEFAULT: Final = 30


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """Queues are those in scope, narrowed to `chosen` where a queue was asked for. `trouble` is a sentence for the reader."""

    scope: Scope
    all_queues: list[Queue]
    queues: list[Queue]
    chosen: tuple[str, ...]
    today: date
    period: Period
    compare: Compare
    minutes: int
    trouble: str = ""

    @property
    def pbxs(self) -> list[Pbx]:
        """Of the queues, each once."""
        return list(dict.fromkeys(queue.pbx for queue in self.queues))

    @property
    def chosen_text(self) -> str:
        """Such as "Podpora", "3 queues" or "All queues"."""
        if not self.chosen:
            return _("All queues")
        if len(self.queues) == 1:
            return self.queues[0].title
        count = len(self.queues)
        return ngettext("%(count)s queue", "%(count)s queues", count) % {"count": count}

    @property
    def asks(self) -> dict[str, Any]:
        """Parameters by which another page asks the same."""
        asks: dict[str, Any] = {"from": self.period.first.isoformat(), "to": self.period.last.isoformat()}
        if self.chosen:
            asks["queue"] = list(self.chosen)
        return asks


def today_of(queues: Iterable[Queue] = ()) -> date:
    """The call centre's day: the business day of these queues, the latest where they differ."""
    now = timezone.now()
    days = days_now(queues, now=now).values()
    return max(days, default=now.astimezone(ZoneInfo(conf.time_zone())).date())


def question(request: HttpRequest, *, default: str = "today") -> Question:
    """Raises Http404 for a queue beyond the scope. A wrong period is told in `trouble`, and the default one is shown."""
    asked, scope = request.GET, scope_of(request.user)
    chosen = keys_of(asked.getlist("queue"))
    queues = queues_of(scope, asked=chosen)
    today = today_of(queue for queue in call_queues(queues, is_chosen=bool(chosen)) if not queue.is_gone)
    trouble = ""
    try:
        period = period_read(asked.dict(), today=today, default=default)
    except PeriodError as exc:
        trouble, period = str(exc), presets(today)[default][1]
    compare = asked.get("compare", "")
    minutes = asked.get("minutes", "")
    return Question(
        scope=scope,
        all_queues=queues_of(scope),
        queues=queues,
        chosen=chosen,
        today=today,
        period=period,
        compare=Compare(compare) if compare in set(Compare) else Compare.NOTHING,
        minutes=int(minutes) if minutes in {str(one) for one in MINUTES} else MINUTES_DEFAULT,
        trouble=trouble,
    )


def recent(request: HttpRequest, asked: Question) -> int | None:
    """The last so many minutes (`last`), as a board's figure counts them; None where whole days are meant."""
    minutes = request.GET.get("last", "")
    is_today = asked.period.first == asked.period.last == asked.today
    return int(minutes) if is_today and minutes in {str(one) for one in MINUTES} else None


def calls_address(asks: dict[str, Any], **more: Any) -> str:
    """The list of the calls behind a figure."""
    return f"{reverse('reports_calls')}?{urlencode(asks | more, doseq=True)}"


def same_page(request: HttpRequest, **changes: str) -> str:
    """This page's address with other parameters; "" takes one away."""
    asked = request.GET.copy()
    for name, value in changes.items():
        asked.pop(name, None)
        if value:
            asked[name] = value
    asked.pop("page", None)
    return f"?{asked.urlencode()}"


def period_links(request: HttpRequest, period: Period, today: date) -> list[dict[str, Any]]:
    """The presets as links."""
    return [
        {
            "name": title,
            "url": same_page(request, period=name, **{"from": "", "to": ""}),
            "is_here": one == period,
        }
        for name, (title, one) in presets(today).items()
    ]
