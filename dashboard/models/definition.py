"""By which rules the calls of a queue are judged, in versions: what a figure of last year meant stays known."""

from __future__ import annotations

from datetime import time

from django.contrib.auth.models import User
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from dashboard.models.pbx import Pbx
from dashboard.models.queue import Queue


def midnight() -> time:
    return time(0, 0)


class QueueDefinition(models.Model):
    """One version. Rows are added, never changed: of those that apply on a day the one made last counts.

    It holds for a queue, for all queues of a PBX that have none of their own, or, with neither, for all others. `applies_from`
    None: for all days, past ones too. `hours` lists spans per weekday ("0" Monday to "6", "holiday") as ["08:00", "18:00"];
    {} is around the clock, a day without spans is closed.
    """

    pbx = models.ForeignKey(
        Pbx,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="definitions",
        verbose_name=_("PBX"),
    )
    queue = models.ForeignKey(
        Queue,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="definitions",
        verbose_name=_("queue"),
    )
    applies_from = models.DateField(_("applies from"), null=True, blank=True)
    threshold_s = models.PositiveIntegerField(
        _("threshold"), default=20, validators=[MaxValueValidator(3600)]
    )
    short_s = models.PositiveIntegerField(
        _("short-abandon seconds"), default=5, validators=[MaxValueValidator(3600)]
    )
    goal = models.FloatField(_("goal"), default=0.8, validators=[MinValueValidator(0), MaxValueValidator(1)])
    variant = models.CharField(_("variant"), max_length=40, default="no_short")
    hours: models.JSONField[dict[str, list[list[str]]], dict[str, list[list[str]]]] = models.JSONField(
        _("business hours"), default=dict, blank=True
    )
    day_start = models.TimeField(_("the day begins at"), default=midnight)
    note = models.CharField(_("reason"), max_length=200, blank=True)
    made_at = models.DateTimeField(_("made"), auto_now_add=True)
    made_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("made by")
    )

    class Meta:
        verbose_name = _("definition of a service level")
        verbose_name_plural = _("definitions of service levels")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(short_s__lte=models.F("threshold_s")), name="short_within_threshold"
            )
        ]

    def __str__(self) -> str:
        return f"{self.holds_for}: {round(self.goal * 100)}/{self.threshold_s}"

    @property
    def holds_for(self) -> str:
        """Such as the queue's title."""
        if self.queue is not None:
            return str(self.queue)
        return str(_("All queues of %(pbx)s") % {"pbx": self.pbx}) if self.pbx else str(_("All queues"))
