"""The worklist of lost calls."""

from __future__ import annotations

from typing import Any, Final

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from dashboard.figures.notices import CALLS, Notice, notices
from dashboard.reports.worklist import LostNumber, Standing
from dashboard.views.reports.calling import callable_pbxs
from dashboard.views.reports.door import page, report, user_of
from dashboard.views.reports.files import file_answer, is_file, other_table
from dashboard.views.reports.lost_asking import DAYS, SHOWN, WAITED, LostQuestion, lost_question
from dashboard.views.reports.lost_files import anonymous_table, numbers_table

PER_PAGE: Final = 100
ANONYMOUS_SHOWN: Final = 50


@report
def lost(request: HttpRequest) -> HttpResponse:
    """`show`, `days`, `queue`, `waited` and `number` narrow the list; `done` names the line whose closing can be undone."""
    asked, user = lost_question(request), user_of(request)
    found = asked.found()
    matching = [line for line in found.numbers if asked.fits(line)]
    anonymous = [call for call in found.anonymous if asked.fits_anonymous(call)]
    lines = [line for line in matching if SHOWN[asked.show][1](line, user)]
    titles = {(queue.pbx.pk, queue.queue_id): queue.title for queue in asked.queues}
    told = _notices(asked)
    if other_table(request):
        table = anonymous_table(anonymous, titles, told)
        return file_answer(request, table, name=f"lost-calls-without-number-{timezone.localdate()}")
    if is_file(request):
        table = numbers_table(lines, titles, told)
        return file_answer(request, table, name=f"lost-calls-{timezone.localdate()}")
    counts = {name: sum(test(line, user) for line in matching) for name, (_t, test) in SHOWN.items()}
    context: dict[str, Any] = {
        "notices": told,
        "tabs_shown": _tabs(request, counts, asked.show),
        "lines": Paginator(lines, PER_PAGE).get_page(request.GET.get("page")),
        "anonymous": anonymous,
        "anonymous_shown": ANONYMOUS_SHOWN,
        "slugs": {queue.pbx.pk: queue.pbx.slug for queue in asked.queues},
        "titles": titles,
        "asked": asked,
        "day_choices": DAYS,
        "waited_choices": WAITED,
        "back": request.get_full_path(),
        "callable": callable_pbxs(user),
        "undo": _undo(found.numbers, request.GET.get("done", "")),
    }
    return page(request, "lost", context, tab="reports_lost")


def _notices(asked: LostQuestion) -> list[Notice]:
    pbxs = dict.fromkeys(queue.pbx for queue in asked.queues)
    return notices(pbxs, first=timezone.localdate(asked.since_at), last=timezone.localdate(), actions=CALLS)


def _tabs(request: HttpRequest, counts: dict[str, int], show: str) -> list[dict[str, Any]]:
    def address(name: str) -> str:
        asked = request.GET.copy()
        asked["show"] = name
        for key in ("page", "done"):
            asked.pop(key, None)
        return f"?{asked.urlencode()}"

    return [
        {"name": title, "count": counts[name], "url": address(name), "is_here": name == show}
        for name, (title, _test) in SHOWN.items()
    ]


def _undo(lines: list[LostNumber], name: str) -> LostNumber | None:
    return next((line for line in lines if line.name == name and line.standing is Standing.DONE), None)
