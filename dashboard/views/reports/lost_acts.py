"""What can be done with a line of the worklist."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Final
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dashboard.access import scope_of
from dashboard.access.address import client_address
from dashboard.reports import cases
from dashboard.reports.cases import CaseChanged, CaseKey
from dashboard.reports.worklist import Touched, line_touched
from dashboard.views.reports.calling import call_back
from dashboard.views.reports.door import report, user_of
from dashboard.views.reports.queues import key_of, queues_of

KEYS_BELOW: Final = 2**63
AHEAD: Final = timedelta(days=1)
"""The PBX's clock may be ahead of ours, by as much as its records may."""
LONG_AGO: Final = datetime(2000, 1, 1, tzinfo=UTC)


@require_POST
@report
def lost_call_back(request: HttpRequest) -> HttpResponse:
    """Has the PBX call the reader's own telephone and then the number. An action like any other: permitted, asked once, noted."""
    line = _touched(request)
    told = call_back(
        user_of(request),
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
            user=user_of(request),
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
            return redirect(f"{back}{sign}{urlencode({'done': line.name})}")
    return redirect(back)


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
