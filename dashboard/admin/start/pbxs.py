"""One line per PBX: is it polled, does it answer, how old are its figures, does its clock agree."""

from __future__ import annotations

from typing import Final

import redis
from django.urls import reverse
from django.utils.translation import gettext as _

from dashboard import conf
from dashboard.admin.start.lines import Line
from dashboard.domain.source import Source
from dashboard.hub.store import connect
from dashboard.models import Pbx
from dashboard.polling.selectors import PbxStatus, pbx_status

SKEW_S: Final = 5


def pbx_lines() -> list[Line]:
    """Nothing if Redis does not answer: its own line says so."""
    rows = list(Pbx.objects.all())
    if not rows:
        return [_no_pbx()]
    client = connect(conf.redis_url())
    try:
        client.ping()
        return [_line(pbx, pbx_status(pbx, client=client)) for pbx in rows]
    except redis.RedisError:
        return []
    finally:
        client.close()


def _no_pbx() -> Line:
    return Line(
        key="pbx",
        subject=_("PBX"),
        level="warning",
        text=_("There is none yet, so there is nothing to show."),
        advice=_("Add the PBX; the button in its form tests the connection."),
        url=reverse("admin:dashboard_pbx_add"),
    )


def _line(pbx: Pbx, status: PbxStatus) -> Line:
    key, url = f"pbx-{pbx.slug}", reverse("admin:dashboard_pbx_change", args=[pbx.pk])
    if not pbx.is_enabled:
        return Line(key=key, subject=pbx.title, level="off", text=status.text, url=url)
    if not status.is_good:
        advice = _("Open it and test the connection. Boards show how old their figures are.")
        return Line(
            key=key, subject=pbx.title, level="critical", text=_failing(status), advice=advice, url=url
        )
    skew = _skew_told(status.source)
    return Line(
        key=key,
        subject=pbx.title,
        level="warning" if skew else "ok",
        text=" ".join(filter(None, (status.text, _ages_told(status), skew))),
        advice=_("Keep the clocks of both machines by NTP, and check the PBX's time zone.") if skew else "",
        url=url,
    )


def _failing(status: PbxStatus) -> str:
    """The first failure in words, and how many more there are."""
    failing = sum(row.error is not None for row in status.rows)
    if failing < 2:
        return status.text
    return f"{status.text} " + _("%(failing)s of %(count)s actions fail.") % {
        "failing": failing,
        "count": len(status.rows),
    }


def _ages_told(status: PbxStatus) -> str:
    live = [row.age_s for row in status.rows if row.age_s is not None and row.every_s <= 2]
    return _("Its figures are %(age)s s old.") % {"age": max(live)} if live else ""


def _skew_told(source: Source | None) -> str:
    seconds = round(source.skew_ms / 1000) if source else 0
    if abs(seconds) < SKEW_S:
        return ""
    told = _("Its clock is %(s)s s ahead of ours.") if seconds > 0 else _("Its clock is %(s)s s behind ours.")
    return told % {"s": abs(seconds)}
