"""What is kept: the database, the history, screens, people and queues, and which version this is."""

from __future__ import annotations

import platform
import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import django
from django.contrib.auth.models import User
from django.db import connection
from django.template.defaultfilters import date as date_shown
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dashboard import conf
from dashboard.admin.people.users import IN_NO_TEAM
from dashboard.admin.start.lines import Line
from dashboard.history.selectors import gaps
from dashboard.models import Pbx, Queue, ReadingFailure, ReportDelivery, Screen, Team
from dashboard.screens.selectors import screens_off

FREE_AT_LEAST: Final = 2 * 1024**3
NAMES_SHOWN: Final = 3


def stock_lines() -> list[Line]:
    return [_database(), _history(), _mails(), _screens(), _queues(), _users(), _version()]


def _database() -> Line:
    subject = _("Database")
    if connection.vendor != "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_database_size(current_database())")
            size = cursor.fetchone()[0]
        return Line(
            key="database",
            subject=subject,
            level="ok",
            text=_("PostgreSQL, %(size)s.") % {"size": filesizeformat(size)},
        )
    path = Path(str(connection.settings_dict["NAME"]))
    parts = [path, path.with_name(f"{path.name}-wal")]
    size = sum(part.stat().st_size for part in parts if part.is_file())
    free = shutil.disk_usage(path.parent if path.parent.is_dir() else "/").free
    told = {"size": filesizeformat(size), "free": filesizeformat(free)}
    if free >= FREE_AT_LEAST:
        return Line(
            key="database",
            subject=subject,
            level="ok",
            text=_("SQLite, %(size)s; %(free)s free on its disk.") % told,
        )
    return Line(
        key="database",
        subject=subject,
        level="critical",
        text=_("SQLite, %(size)s; only %(free)s free on its disk.") % told,
        advice=_("Make room on the disk: when it is full, nothing is recorded any more."),
    )


def _history() -> Line:
    subject = _("Reading of the history")
    failures = list(ReadingFailure.objects.select_related("pbx").order_by("since_at"))
    if not failures:
        return Line(key="history", subject=subject, level="ok", text=_gaps_told())
    first = failures[0]
    told = {
        "pbx": first.pbx.title,
        "action": first.action,
        "reason": first.text,
        "since": timesince(first.since_at),
    }
    return Line(
        key="history",
        subject=subject,
        level="warning",
        text=_("%(pbx)s: %(action)s fails since %(since)s. %(reason)s") % told,
        advice=_(
            "What is missing is read by itself when the PBX answers again; reports show the gap until then."
        ),
    )


def _gaps_told() -> str:
    """How much is still to be read; a first reading of months takes a while, and is no trouble."""
    left = sum(
        (gap.ends_at - gap.begins_at).total_seconds() for pbx in Pbx.objects.all() for gap in gaps(pbx)
    )
    if left < 3600:
        return _("Complete; no reading fails.")
    return _("No reading fails; %(hours)s hours of it are still to be read.") % {
        "hours": f"{left / 3600:.0f}"
    }


def _mails() -> Line:
    """What was given up, and what is still tried, in the last week."""
    subject, url = _("Reports by e-mail"), reverse("admin:dashboard_reportsubscription_changelist")
    since = timezone.localdate() - timedelta(days=7)
    rows = ReportDelivery.objects.filter(sent_at=None, tries__gt=0, last_day__gte=since)
    failed = list(rows.select_related("user").order_by("-pk"))
    if not failed:
        is_used = ReportDelivery.objects.exists()
        text = _("None has failed this week.") if is_used else _("Nobody has ordered a report.")
        return Line(key="mails", subject=subject, level="ok" if is_used else "off", text=text, url=url)
    told = ngettext(
        "%(count)s was not sent this week, the last to %(user)s: %(reason)s",
        "%(count)s were not sent this week, the last to %(user)s: %(reason)s",
        len(failed),
    )
    last = failed[0]
    return Line(
        key="mails",
        subject=subject,
        level="warning",
        text=told % {"count": len(failed), "user": last.user, "reason": last.error},
        advice=_("Look at the mail settings and the address of the receiver."),
        url=url,
    )


def _screens() -> Line:
    subject, url = _("Screens"), f"{reverse('admin:dashboard_screen_changelist')}?state=off"
    count = Screen.objects.filter(revoked_at=None).count()
    if not count:
        return Line(key="screens", subject=subject, level="off", text=_("No screen is paired yet."))
    off: list[Any] = screens_off()
    if not off:
        told = ngettext("%(count)s screen is on.", "All %(count)s screens are on.", count) % {"count": count}
        return Line(key="screens", subject=subject, level="ok", text=told)
    names = [
        f"{screen.name} ({_('since %(at)s') % {'at': _moment(screen.seen_at)} if screen.seen_at else _('never seen')})"
        for screen in off
    ]
    told = ngettext(
        "%(off)s of %(count)s screens is off: %(names)s.",
        "%(off)s of %(count)s screens are off: %(names)s.",
        len(off),
    )
    return Line(
        key="screens",
        subject=subject,
        level="warning",
        text=told % {"off": len(off), "count": count, "names": _some(names)},
        advice=_(
            "Look whether the screen has power and network; it comes back by itself. Revoke one that is gone for good."
        ),
        url=url,
    )


def _queues() -> Line:
    subject = _("Queues")
    rows = Queue.objects.filter(is_gone=False)
    lost = (
        []
        if Team.objects.filter(all_queues=True).exists()
        else [queue.title for queue in rows.filter(teams=None)]
    )
    if not lost:
        text = ngettext(
            "%(count)s queue, seen by a team.", "%(count)s queues, each seen by a team.", rows.count()
        )
        return Line(key="queues", subject=subject, level="ok", text=text % {"count": rows.count()})
    told = ngettext(
        "%(count)s queue is in no team: %(names)s.", "%(count)s queues are in no team: %(names)s.", len(lost)
    )
    return Line(
        key="queues",
        subject=subject,
        level="warning",
        text=told % {"count": len(lost), "names": _some(lost)},
        advice=_("Only administrators see them. Put them into a team."),
        url=f"{reverse('admin:dashboard_queue_changelist')}?team=none",
    )


def _users() -> Line:
    subject = _("Users")
    names = [user.get_username() for user in User.objects.filter(IN_NO_TEAM).order_by("username")]
    if not names:
        count = User.objects.filter(is_active=True).count()
        text = ngettext(
            "%(count)s user can log in.", "%(count)s users can log in; each sees something.", count
        )
        return Line(key="users", subject=subject, level="ok", text=text % {"count": count})
    told = ngettext(
        "%(count)s user is in no team: %(names)s.", "%(count)s users are in no team: %(names)s.", len(names)
    )
    return Line(
        key="users",
        subject=subject,
        level="warning",
        text=told % {"count": len(names), "names": _some(names)},
        advice=_("They see nothing. Put them into a team, or make them inactive."),
        url=f"{reverse('admin:auth_user_changelist')}?team=none",
    )


def _version() -> Line:
    text = f"Wallboard {conf.build()}, Django {django.get_version()}, Python {platform.python_version()}."
    if conf.is_demo():
        text += " " + _("A demonstration: its passwords are well known.")
    return Line(key="version", subject=_("Version"), level="ok", text=text)


def _some(names: list[str]) -> str:
    more = len(names) - NAMES_SHOWN
    told = ", ".join(names[:NAMES_SHOWN])
    return _("%(names)s and %(count)s more") % {"names": told, "count": more} if more > 0 else told


def _moment(at: Any) -> str:
    """The time of day, with the date if it was another day."""
    local = timezone.localtime(at)
    return date_shown(local, "H:i" if local.date() == timezone.localdate() else "j. n. H:i")
