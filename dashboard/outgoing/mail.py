"""Makes the e-mail of a report and sends it."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from dashboard import conf
from dashboard.access import Scope, scope_of
from dashboard.figures.counted import call_queues
from dashboard.figures.notices import notices
from dashboard.history import selectors as history
from dashboard.history.answers import Days
from dashboard.models import Profile, Queue, ReportSubscription
from dashboard.outgoing.files import XLSX_TYPE, table_xlsx
from dashboard.outgoing.report import days_text, queues_table
from dashboard.outgoing.text import table_texts

PERMISSION = "dashboard.view_reports"


class Undeliverable(Exception):
    """Nothing can be sent to this receiver, and trying again does not help; the message says why."""


def report_send(subscription: ReportSubscription, user: User, days: Days) -> None:
    """Send the report, about what the receiver may see today.

    Raises `Undeliverable`, and OSError (smtplib's errors are such) if the mail server does not take it now.
    """
    if not conf.has_mail_server():
        raise Undeliverable("No mail server is set up: EMAIL_URL is not set.")
    if not user.is_active:
        raise Undeliverable("The receiver is not active any more.")
    if not user.email:
        raise Undeliverable("The receiver has no e-mail address.")
    if not user.has_perm(PERMISSION):
        raise Undeliverable("The receiver may not see reports.")
    queues = _queues(subscription, user, days)
    if not queues:
        raise Undeliverable("None of the queues is the receiver's to see.")
    with translation.override(_language(user)):
        _message(subscription, user, queues, days).send()


def _queues(subscription: ReportSubscription, user: User, days: Days) -> list[Queue]:
    """Those of the subscription, else those of the team that take calls, else all such; of these what the receiver may see.

    One that is gone only if it had calls on these days.
    """
    rows = Queue.objects.select_related("pbx").order_by("title", "queue_id")
    is_chosen = subscription.queues.exists()
    if is_chosen:
        rows = rows.filter(report_subscriptions=subscription)
    elif subscription.team is not None and not subscription.team.all_queues:
        rows = rows.filter(teams=subscription.team)
    scope = scope_of(user)
    own = [
        queue
        for queue in rows.distinct()
        if scope.has_queue(queue.pbx.slug, queue.queue_id) and _is_told(queue, scope=scope, days=days)
    ]
    counted = call_queues(own, is_chosen=is_chosen)
    if own and not counted:
        raise Undeliverable(
            "Only e-mail and outbound queues are the receiver's to see: they are sent if they are chosen."
        )
    return counted


def _is_told(queue: Queue, *, scope: Scope, days: Days) -> bool:
    if not queue.is_gone:
        return True
    return history.calls(queue.pbx, scope=scope, days=days, queue_ids=[queue.queue_id]).exists()


def _language(user: User) -> str:
    profile = Profile.objects.filter(user=user).first()
    return (profile.language if profile else "") or conf.languages()[0][0]


def _message(
    subscription: ReportSubscription, user: User, queues: list[Queue], days: Days
) -> EmailMultiAlternatives:
    pbxs = dict.fromkeys(queue.pbx for queue in queues)
    told = [notice.text for notice in notices(pbxs, first=days.first, last=days.last)]
    table = queues_table(queues, scope=scope_of(user), days=days, told=told)
    titles = {"daily": _("Queues on %(days)s"), "weekly": _("Queues in the week %(days)s")}
    subject = titles[subscription.period] % {"days": days_text(days)}
    headings = [column.title for column in table.columns]
    lines = table_texts(table)
    context = {
        "subject": subject,
        "notices": told,
        "titles": headings,
        "lines": lines,
        "blocks": [(line[0], list(zip(headings[1:], line[1:], strict=True))) for line in lines],
        "formulas": [column for column in table.columns if column.formula],
        "team": subscription.team,
        "address": conf.public_url(),
    }
    message = EmailMultiAlternatives(
        subject=subject,
        body=render_to_string("outgoing/report.txt", context),
        to=[user.email],
        headers={"Auto-Submitted": "auto-generated"},
    )
    message.attach_alternative(render_to_string("outgoing/report.html", context), "text/html")
    message.attach(f"report-{days.last:%Y-%m-%d}.xlsx", table_xlsx(table), XLSX_TYPE)
    return message
