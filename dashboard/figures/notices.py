"""Sentences about how complete the records are: what is still being read, what is missing, what could not be counted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import msgspec
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dashboard.domain.stretches import Stretch
from dashboard.history import selectors as history
from dashboard.history.answers import Gap
from dashboard.models import Pbx, RejectedRow

CALLS: Final = ("StatsCalls",)
"""What a list of calls depends on."""
FIGURES: Final = (*CALLS, "StatsUsersPauses", "StatsUsersQueues")
"""After-call work and occupancy depend on pauses and stays in queues."""
AGENTS: Final = (*FIGURES, "StatsUsersSessions", "GetAttempts")
PAUSES: Final = ("StatsUsersPauses", "StatsUsersQueues")

NAMES: Final = {
    "StatsCalls": gettext_lazy("calls"),
    "StatsUsersPauses": gettext_lazy("pauses"),
    "StatsUsersQueues": gettext_lazy("stays of agents in queues"),
    "StatsUsersSessions": gettext_lazy("logins of agents"),
    "GetAttempts": gettext_lazy("attempts to ring"),
}
LATE: Final = timedelta(minutes=10)
REJECTED_AT_MOST: Final = 1000


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    level: str
    text: str


def notices(
    pbxs: Iterable[Pbx], *, first: date, last: date, actions: Sequence[str] = FIGURES
) -> list[Notice]:
    """What a reader of these days must know, of the records (`actions` of the PBX) that the figures are made of."""
    return [notice for pbx in pbxs for notice in _of(pbx, first=first, last=last, actions=actions)]


def _of(pbx: Pbx, *, first: date, last: date, actions: Sequence[str]) -> list[Notice]:
    progress = history.progress(pbx)
    if progress.since is None:
        text = (
            _("The history of %(pbx)s has not been read yet; it begins by itself within a minute.")
            if pbx.is_enabled
            else _("The history of %(pbx)s has not been read yet; it begins when the PBX is polled.")
        )
        return [Notice(level="warning", text=text % {"pbx": pbx})]
    zone = ZoneInfo(pbx.timezone)
    begins_at = datetime.combine(first, datetime.min.time(), zone)
    whole_end = datetime.combine(last + timedelta(days=1), datetime.min.time(), zone)
    ends_at = min(whole_end, timezone.now() - LATE)
    found = []
    if begins_at < progress.since:
        text = _("Of %(pbx)s nothing before %(since)s has been read.")
        since = f"{progress.since.astimezone(zone):%d.%m.%Y %H:%M}"
        found.append(Notice(level="warning", text=text % {"pbx": pbx, "since": since}))
    holes = [
        gap
        for gap in history.gaps(pbx)
        if gap.action in actions and gap.begins_at < ends_at and gap.ends_at > begins_at
    ]
    calls = [gap for gap in holes if gap.action in CALLS]
    if calls:
        found.append(_hole(calls, zone=zone, share=progress.share, is_read=pbx.is_enabled))
    found += _others([gap for gap in holes if gap.action not in CALLS], calls, zone=zone)
    return found + _rejected(pbx, actions, within=(begins_at, whole_end))


def _span(holes: Sequence[Gap]) -> Stretch:
    """From the first to the last."""
    return min(gap.begins_at for gap in holes), max(gap.ends_at for gap in holes)


def _words(span: Stretch, zone: ZoneInfo) -> dict[str, str]:
    begin, end = span
    return {
        "begin": f"{begin.astimezone(zone):%d.%m. %H:%M}",
        "end": f"{end.astimezone(zone):%d.%m. %H:%M}",
    }


def _hole(holes: list[Gap], *, zone: ZoneInfo, share: float | None, is_read: bool) -> Notice:
    """One sentence for all."""
    reason = next((gap.reason for gap in holes if gap.reason), None)
    values = _words(_span(holes), zone) | {"share": int((share or 0) * 100)}
    if not is_read:
        text = _(
            "Calls between %(begin)s and %(end)s are missing: polling is paused. They are read as soon as it goes on."
        )
        return Notice(level="critical", text=text % values)
    if reason:
        text = _(
            "Calls between %(begin)s and %(end)s are missing: %(reason)s They are read as soon as the PBX answers."
        )
        return Notice(level="critical", text=text % (values | {"reason": reason}))
    text = _(
        "The history is being read (%(share)s %% done): calls between %(begin)s and %(end)s are not in these figures yet."
    )
    return Notice(level="info", text=text % values)


def _others(holes: list[Gap], calls: list[Gap], *, zone: ZoneInfo) -> list[Notice]:
    """A sentence per reason. What is only still being read, as the calls of that time are, need not be said again."""
    known = _span(calls) if calls else None
    groups: dict[str, list[Gap]] = {}
    for gap in holes:
        if gap.reason or known is None or gap.begins_at < known[0] or gap.ends_at > known[1]:
            groups.setdefault(gap.reason or "", []).append(gap)
    found = []
    for reason, own in groups.items():
        what = ", ".join(str(NAMES[action]) for action in dict.fromkeys(gap.action for gap in own))
        values = _words(_span(own), zone) | {"what": what, "reason": reason}
        if reason:
            text = _("Not read between %(begin)s and %(end)s: %(what)s. %(reason)s")
        else:
            text = _("Still to be read between %(begin)s and %(end)s: %(what)s.")
        found.append(Notice(level="critical" if reason else "info", text=text % values))
    return found


def _rejected(pbx: Pbx, actions: Sequence[str], *, within: Stretch) -> list[Notice]:
    """Rows of these days that were set aside; those without a usable time by when they were."""
    rows = RejectedRow.objects.filter(pbx=pbx, action__in=actions, first_at__gte=within[0])
    count = sum(
        within[0] <= (_time(raw, ZoneInfo(pbx.timezone)) or first_at) < within[1]
        for raw, first_at in rows.values_list("raw", "first_at")[:REJECTED_AT_MOST]
    )
    if not count:
        return []
    text = ngettext(
        "%(count)s row of %(pbx)s's records could not be counted; the administration says why.",
        "%(count)s rows of %(pbx)s's records could not be counted; the administration says why.",
        count,
    )
    return [Notice(level="warning", text=text % {"count": count, "pbx": pbx})]


def _time(raw: object, zone: ZoneInfo) -> datetime | None:
    """The local time that a row gives itself."""
    if not isinstance(raw, dict):
        return None
    text = raw.get("call_time") or raw.get("start_time")
    try:
        local = datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
    return local.replace(tzinfo=zone) if local and 2000 <= local.year < 2100 else None
