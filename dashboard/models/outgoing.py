"""What leaves the house without somebody at the browser: tokens of the API, and reports by e-mail."""

from __future__ import annotations

from datetime import time

from django.contrib.auth.models import User
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from dashboard.models.people import Team
from dashboard.models.queue import Queue


def early_morning() -> time:
    return time(7, 0)


class ApiToken(models.Model):
    """Lets a program read what its owner may see. Only a digest is kept; the token itself is shown once, when it is made."""

    user = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="api_tokens", verbose_name=_("owner")
    )
    name = models.CharField(
        _("name"), max_length=100, help_text=_("What it is for, such as the program that uses it.")
    )
    digest = models.CharField(max_length=64, unique=True, editable=False)
    beginning = models.CharField(
        _("begins with"), max_length=12, editable=False, help_text=_("By which a token is recognised.")
    )
    made_at = models.DateTimeField(_("made"), auto_now_add=True)
    expires_at = models.DateTimeField(_("valid until"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True, editable=False)
    used_at = models.DateTimeField(_("last used"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.name} ({self.beginning}…)"


class ReportSubscription(models.Model):
    """Sends a report to a user, or to every member of a team. Each gets only the queues he or she may see."""

    class Period(models.TextChoices):
        DAILY = "daily", _("daily, about the day before")
        WEEKLY = "weekly", _("weekly, about the seven days before")

    class Weekday(models.IntegerChoices):
        MONDAY = 0, _("Monday")
        TUESDAY = 1, _("Tuesday")
        WEDNESDAY = 2, _("Wednesday")
        THURSDAY = 3, _("Thursday")
        FRIDAY = 4, _("Friday")
        SATURDAY = 5, _("Saturday")
        SUNDAY = 6, _("Sunday")

    user = models.ForeignKey(
        User,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="report_subscriptions",
        verbose_name=_("user"),
    )
    team = models.ForeignKey(
        Team,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="report_subscriptions",
        verbose_name=_("team"),
        help_text=_("Every member gets the report, about the team's queues."),
    )
    period = models.CharField(_("how often"), max_length=6, choices=Period, default=Period.DAILY)
    weekday = models.PositiveSmallIntegerField(
        _("weekday"),
        choices=Weekday,
        default=Weekday.MONDAY,
        validators=[MaxValueValidator(6)],
        help_text=_("On which a weekly report is sent."),
    )
    send_at = models.TimeField(
        _("time"), default=early_morning, help_text=_("From when it is sent, in the time of the call centre.")
    )
    queues: models.ManyToManyField[Queue, Queue] = models.ManyToManyField(
        Queue,
        blank=True,
        related_name="report_subscriptions",
        verbose_name=_("queues"),
        help_text=_("None chosen: all that the receiver may see."),
    )
    is_enabled = models.BooleanField(_("sent"), default=True)
    made_at = models.DateTimeField(_("made"), auto_now_add=True)

    class Meta:
        verbose_name = _("report by e-mail")
        verbose_name_plural = _("reports by e-mail")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(user__isnull=False, team__isnull=True)
                | models.Q(user__isnull=True, team__isnull=False),
                name="report_for_user_or_team",
            )
        ]

    def __str__(self) -> str:
        return f"{self.team or self.user}: {self.get_period_display()}"


class ReportDelivery(models.Model):
    """One report to one receiver: sent, or why not yet. `next_try_at` None: it was sent, or given up."""

    subscription = models.ForeignKey(ReportSubscription, on_delete=models.CASCADE, related_name="deliveries")
    user = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="report_deliveries", verbose_name=_("receiver")
    )
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    next_try_at = models.DateTimeField(_("next try"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    error = models.TextField(_("error"), blank=True)

    class Meta:
        verbose_name = _("sending of a report")
        verbose_name_plural = _("sendings of reports")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["subscription", "user", "last_day"], name="report_sent_once_per_period"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.first_day:%Y-%m-%d} – {self.last_day:%Y-%m-%d}"
