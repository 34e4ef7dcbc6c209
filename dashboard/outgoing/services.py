"""Which reports are due, and what became of each."""

from __future__ import annotations

import logging
from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.contrib.auth.models import User
from django.db.models import F
from django.utils import timezone

from dashboard import conf
from dashboard.history.answers import Days
from dashboard.models import ReportDelivery, ReportSubscription
from dashboard.outgoing.mail import Undeliverable, report_send

log = logging.getLogger(__name__)

WAITS: Final = tuple(timedelta(minutes=minutes) for minutes in (5, 15, 60, 240, 720))
"""After each failure; then it is given up."""
LEASE: Final = timedelta(minutes=10)
"""For so long nobody else tries what somebody has begun."""
LATE_AT_MOST: Final = timedelta(hours=12)
"""A report that could not even be begun for this long, since nothing ran, is left out."""


def reports_send(*, now: datetime | None = None) -> int:
    """Enter what is due, and try what waits to be tried; how many were sent. May run beside itself."""
    now = now or timezone.now()
    for subscription in ReportSubscription.objects.filter(is_enabled=True).select_related("user", "team"):
        _enter(subscription, now)
    waiting = ReportDelivery.objects.filter(next_try_at__lte=now, subscription__is_enabled=True)
    return sum(_try(pk, now) for pk in list(waiting.order_by("pk").values_list("pk", flat=True)))


def due_at(subscription: ReportSubscription, *, now: datetime) -> datetime:
    """The latest moment, until now, at which the report had to be sent."""
    zone = ZoneInfo(conf.time_zone())
    day = now.astimezone(zone).date()
    while True:
        moment = datetime.combine(day, _clock(subscription), zone)
        is_day = subscription.period == subscription.Period.DAILY or day.weekday() == subscription.weekday
        if is_day and moment <= now:
            return moment
        day -= timedelta(days=1)


def _clock(subscription: ReportSubscription) -> time:
    return subscription.send_at.replace(tzinfo=None)


def _enter(subscription: ReportSubscription, now: datetime) -> None:
    moment = due_at(subscription, now=now)
    if moment < subscription.made_at or now - moment > LATE_AT_MOST:
        return
    last = moment.date() - timedelta(days=1)
    length = 1 if subscription.period == subscription.Period.DAILY else 7
    for user in _receivers(subscription):
        ReportDelivery.objects.get_or_create(
            subscription=subscription,
            user=user,
            last_day=last,
            defaults={"first_day": last - timedelta(days=length - 1), "next_try_at": now},
        )


def _receivers(subscription: ReportSubscription) -> list[User]:
    if subscription.team is not None:
        return list(subscription.team.members.filter(is_active=True))
    return [subscription.user] if subscription.user is not None else []


def _try(pk: int, now: datetime) -> bool:
    """Whether it was sent. The delivery is taken first, so that nobody else sends it too."""
    mine = ReportDelivery.objects.filter(pk=pk, next_try_at__lte=now)
    if not mine.update(next_try_at=now + LEASE, tries=F("tries") + 1):
        return False
    row = ReportDelivery.objects.select_related("subscription__team", "user").get(pk=pk)
    try:
        report_send(row.subscription, row.user, Days(row.first_day, row.last_day))
    except Undeliverable as exc:
        _failed(row, str(exc), next_try_at=None)
        return False
    except OSError as exc:
        is_last = row.tries > len(WAITS)
        _failed(row, f"{exc}", next_try_at=None if is_last else now + WAITS[row.tries - 1])
        return False
    ReportDelivery.objects.filter(pk=pk).update(sent_at=timezone.now(), next_try_at=None, error="")
    return True


def _failed(row: ReportDelivery, text: str, *, next_try_at: datetime | None) -> None:
    log.warning("The report to %s was not sent. %s", row.user, text)
    ReportDelivery.objects.filter(pk=row.pk).update(error=text, next_try_at=next_try_at)
