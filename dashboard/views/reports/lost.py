"""The worklist of lost calls."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from dashboard.access import scope_of
from dashboard.access.address import client_address
from dashboard.figures.counted import call_queues
from dashboard.figures.notices import CALLS, notices
from dashboard.models import Queue
from dashboard.reports import cases
from dashboard.reports.cases import CaseChanged, CaseKey
from dashboard.reports.worklist import LostNumber, Standing, Touched, line_touched, worklist
from dashboard.views.reports.calling import call_back, callable_pbxs
from dashboard.views.reports.door import page, report
from dashboard.views.reports.files import file_answer, is_file, other_table
from dashboard.views.reports.lost_files import anonymous_table, numbers_table
from dashboard.views.reports.queues import key_of, queues_of

PER_PAGE: Final = 100
ANONYMOUS_SHOWN: Final = 50
KEYS_BELOW: Final = 2**63
AHEAD: Final = timedelta(days=1)
"""The PBX's clock may be ahead of ours, by as much as its records may."""
LONG_AGO: Final = datetime(2000, 1, 1, tzinfo=UTC)
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


@report
def lost(request: HttpRequest) -> HttpResponse:
    """`show`, `days`, `queue` and `number` narrow the list; `done` names the line whose closing can be undone."""
    scope, asked = scope_of(request.user), request.GET
    queues = queues_of(scope)
    days = asked.get("days") if asked.get("days") in DAYS else DAYS_DEFAULT
    show = asked.get("show") if asked.get("show") in SHOWN else "open"
    chosen = (
        queues_of(scope, asked=[asked["queue"]])
        if asked.get("queue")
        else call_queues(queues, is_chosen=False)
    )
    waited = asked.get("waited") if asked.get("waited") in WAITED else ""
    found = worklist(scope=scope, since_at=_since(days or DAYS_DEFAULT), queue_ids=_per_pbx(chosen))
    user = _user(request)
    matching = [
        line
        for line in found.numbers
        if _has_number(line, asked.get("number", "")) and line.longest_wait_s >= int(waited or 0)
    ]
    anonymous = (
        [] if asked.get("number") else [one for one in found.anonymous if one.wait_s >= int(waited or 0)]
    )
    counts = {name: sum(test(line, user) for line in matching) for name, (_t, test) in SHOWN.items()}
    lines = [line for line in matching if SHOWN[show or "open"][1](line, user)]
    titles = {(queue.pbx.pk, queue.queue_id): queue.title for queue in queues}
    told = notices(
        dict.fromkeys(queue.pbx for queue in queues),
        first=timezone.localdate(_since(days or DAYS_DEFAULT)),
        last=timezone.localdate(),
        actions=CALLS,
    )
    if other_table(request):
        table = anonymous_table(anonymous, titles, told)
        return file_answer(request, table, name=f"lost-calls-without-number-{timezone.localdate()}")
    if is_file(request):
        return file_answer(
            request, numbers_table(lines, titles, told), name=f"lost-calls-{timezone.localdate()}"
        )
    context: dict[str, Any] = {
        "notices": told,
        "tabs_shown": _tabs(request, counts, show or "open"),
        "lines": Paginator(lines, PER_PAGE).get_page(asked.get("page")),
        "anonymous": anonymous,
        "anonymous_shown": ANONYMOUS_SHOWN,
        "slugs": {queue.pbx.pk: queue.pbx.slug for queue in queues},
        "queues": queues,
        "titles": titles,
        "chosen": asked.get("queue", ""),
        "days": days,
        "day_choices": DAYS,
        "waited": waited,
        "waited_choices": WAITED,
        "show": show,
        "number": asked.get("number", ""),
        "back": request.get_full_path(),
        "callable": callable_pbxs(user),
        "undo": _undo(found.numbers, asked.get("done", "")),
    }
    return page(request, "lost", context, tab="reports_lost")


@require_POST
@report
def lost_call_back(request: HttpRequest) -> HttpResponse:
    """Has the PBX call the reader's own telephone and then the number. An action like any other: permitted, asked once, noted."""
    line = _touched(request)
    told = call_back(
        _user(request),
        pbx=line.pbx,
        number=line.number,
        key=request.POST.get("key", ""),
        address=client_address(request),
    )
    messages.info(request, told)
    return redirect(_back(request.POST.get("back", "")))


@require_POST
@report
def lost_act(request: HttpRequest) -> HttpResponse:
    """Take, give back, note, close or reopen a line; then back to the list. Nothing happens to a line that changed meanwhile."""
    asked = request.POST
    line = _touched(request)
    back = _back(asked.get("back", ""))
    act = asked.get("do", "")
    try:
        _act(
            act,
            line=line,
            user=_user(request),
            version=_number(asked.get("version")),
            until=asked.get("until", ""),
            note=asked.get("note", ""),
        )
    except CaseChanged as exc:
        messages.error(request, _changed_text(exc))
    except ValueError:
        messages.error(request, _("A note has %(most)s characters at most.") % {"most": cases.NOTE_AT_MOST})
    else:
        if act == "close":
            sign = "&" if "?" in back else "?"
            return redirect(f"{back}{sign}{urlencode({'done': line_name(line)})}")
    return redirect(back)


def line_name(line: LostNumber | Touched) -> str:
    """How a line is named in forms."""
    return f"{line.pbx.slug}/{line.caller_key}"


def _act(act: str, *, line: Touched, user: User, version: int, until: str, note: str) -> None:
    key = CaseKey(pbx=line.pbx, queue_ids=line.queue_ids, caller_key=line.caller_key)
    if act == "take":
        cases.case_take(key, actor=user, version=version)
    elif act == "give_back":
        cases.case_give_back(key, actor=user, version=version)
    elif act == "note":
        cases.case_note(key, actor=user, version=version, note=note)
    elif act == "close":
        cases.case_close(key, actor=user, version=version, until_at=_until(until))
    elif act == "reopen":
        cases.case_reopen(key, actor=user, version=version)
    else:
        raise Http404("There is no such action.")


def _touched(request: HttpRequest) -> Touched:
    """The line as it stood on the page: in the queues it showed, and no others. Http404 beyond the scope."""
    slug, _slash, key = request.POST.get("line", "").rpartition("/")
    asked = {f"{slug}/{queue_id}" for queue_id in request.POST.getlist("queue")}
    queues = [queue for queue in queues_of(scope_of(request.user)) if key_of(queue) in asked]
    if (
        queues
        and len(queues) == len(asked)
        and re.fullmatch(r"-?\d{1,19}", key)
        and abs(int(key)) < KEYS_BELOW
    ):
        ids = [queue.queue_id for queue in queues]
        line = line_touched(queues[0].pbx, caller_key=int(key), queue_ids=ids)
        if line is not None:
            return line
    raise Http404("There is no such line, or it is not yours to see.")


def _until(text: str) -> datetime:
    """When the last call entered that the page showed. Later ones are not done."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as exc:
        raise Http404("There is no such moment.") from exc
    if moment.tzinfo is None or not LONG_AGO < moment <= timezone.now() + AHEAD:
        raise Http404("There is no such moment.")
    return moment


def _changed_text(exc: CaseChanged) -> str:
    if exc.by is None or exc.at is None:
        return _("Somebody else changed this line before you. Nothing was changed; look at it again.")
    return _("%(who)s changed this line at %(time)s, before you. Nothing was changed; look at it again.") % {
        "who": exc.by.get_username(),
        "time": f"{timezone.localtime(exc.at):%H:%M:%S}",
    }


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
    return next((line for line in lines if line_name(line) == name and line.standing is Standing.DONE), None)


def _per_pbx(queues: list[Queue]) -> dict[str, list[str]]:
    per_pbx: dict[str, list[str]] = {}
    for queue in queues:
        per_pbx.setdefault(queue.pbx.slug, []).append(queue.queue_id)
    return per_pbx


def _since(days: str) -> Any:
    return timezone.now() - timedelta(days=int(days))


def _has_number(line: LostNumber, text: str) -> bool:
    digits = "".join(sign for sign in text if sign.isdigit())
    return not digits or digits in line.number


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 10 else 0


def _back(address: str) -> str:
    """Only to the list itself, without what was said last."""
    place = reverse("reports_lost")
    if address != place and not address.startswith(f"{place}?"):
        return place
    start, sign, query = address.partition("?")
    kept = "&".join(part for part in query.split("&") if not part.startswith("done="))
    return f"{start}{sign}{kept}" if kept else start


def _user(request: HttpRequest) -> User:
    user = request.user
    if not isinstance(user, User):
        raise Http404("Nobody is logged in.")
    return user
