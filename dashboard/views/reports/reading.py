"""Sentences about how complete the records are: what is still being read, what is missing, what waits for the PBX."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec
from django.utils import timezone
from django.utils.translation import gettext as _

from dashboard.history import selectors as history
from dashboard.history.answers import Gap
from dashboard.models import Pbx

CALLS_ACTION = "StatsCalls"
LATE = timedelta(minutes=10)


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    level: str
    text: str


def notices(pbxs: Iterable[Pbx], *, first: date, last: date) -> list[Notice]:
    """What a reader of these days must know."""
    return [notice for pbx in pbxs for notice in _of(pbx, first=first, last=last)]


def _of(pbx: Pbx, *, first: date, last: date) -> list[Notice]:
    progress = history.progress(pbx)
    if progress.since is None:
        text = _("The history of %(pbx)s has not been read yet; it begins by itself within a minute.")
        return [Notice(level="warning", text=text % {"pbx": pbx})]
    zone = ZoneInfo(pbx.timezone)
    begins_at = datetime.combine(first, datetime.min.time(), zone)
    ends_at = min(
        datetime.combine(last + timedelta(days=1), datetime.min.time(), zone), timezone.now() - LATE
    )
    found = []
    if begins_at < progress.since:
        text = _("Of %(pbx)s nothing before %(since)s has been read.")
        since = f"{progress.since.astimezone(zone):%d.%m.%Y %H:%M}"
        found.append(Notice(level="warning", text=text % {"pbx": pbx, "since": since}))
    holes = [
        gap
        for gap in history.gaps(pbx)
        if gap.action == CALLS_ACTION and gap.begins_at < ends_at and gap.ends_at > begins_at
    ]
    if holes:
        found.append(_hole(holes, zone=zone, share=progress.share))
    return found


def _hole(holes: list[Gap], *, zone: ZoneInfo, share: float | None) -> Notice:
    """One sentence for all: from the first to the last."""
    begin = min(gap.begins_at for gap in holes).astimezone(zone)
    end = max(gap.ends_at for gap in holes).astimezone(zone)
    reason = next((gap.reason for gap in holes if gap.reason), None)
    values = {
        "begin": f"{begin:%d.%m. %H:%M}",
        "end": f"{end:%d.%m. %H:%M}",
        "share": int((share or 0) * 100),
    }
    if reason:
        text = _(
            "Calls between %(begin)s and %(end)s are missing: %(reason)s They are read as soon as the PBX answers."
        )
        return Notice(level="critical", text=text % (values | {"reason": reason}))
    text = _(
        "The history is being read (%(share)s %% done): calls between %(begin)s and %(end)s are not in these figures yet."
    )
    return Notice(level="info", text=text % values)
