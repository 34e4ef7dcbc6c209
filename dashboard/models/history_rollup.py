"""Quarters of an hour, summed up from the calls. They can be thrown away and built again at any time."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from dashboard.models.pbx import Pbx


class RollUp(models.Model):
    """The terms of `FigureRow` for the calls that entered one queue within a quarter of an hour.

    Calls are sorted by the limits in `RollUpBasis`. Changes in the same transaction as the calls it sums up.
    """

    pbx = models.ForeignKey(Pbx, on_delete=models.CASCADE, related_name="roll_ups", db_index=False)
    queue_id = models.CharField(_("queue ID"), max_length=20, blank=True)
    begins_at = models.DateTimeField(_("begins"))
    day = models.DateField(_("day"))
    answered_in = models.IntegerField()
    answered_late = models.IntegerField()
    abandoned_short = models.IntegerField()
    abandoned_in = models.IntegerField()
    abandoned_late = models.IntegerField()
    flowed_out = models.IntegerField()
    wait_answered_s = models.IntegerField()
    wait_all_s = models.IntegerField()
    longest_wait_s = models.IntegerField(null=True)
    talk_s = models.IntegerField()
    hold_s = models.IntegerField()
    acw_s = models.IntegerField()
    numbered = models.IntegerField()
    repeats = models.IntegerField()
    outbound = models.IntegerField()
    outbound_answered = models.IntegerField()
    provisional = models.IntegerField()
    running = models.IntegerField(default=0)

    class Meta:
        verbose_name = _("roll-up")
        verbose_name_plural = _("roll-ups")
        constraints = [
            models.UniqueConstraint(fields=["pbx", "begins_at", "queue_id"], name="roll_up_once_per_interval")
        ]

    def __str__(self) -> str:
        return f"{self.queue_id} {self.begins_at:%Y-%m-%d %H:%M}"


class RollUpTotal(models.Model):
    """The same terms over all queues of a PBX, calls in no queue apart: the question asked most. Sums up `RollUp`."""

    pbx = models.ForeignKey(Pbx, on_delete=models.CASCADE, related_name="roll_up_totals", db_index=False)
    begins_at = models.DateTimeField(_("begins"))
    day = models.DateField(_("day"))
    answered_in = models.IntegerField()
    answered_late = models.IntegerField()
    abandoned_short = models.IntegerField()
    abandoned_in = models.IntegerField()
    abandoned_late = models.IntegerField()
    flowed_out = models.IntegerField()
    wait_answered_s = models.IntegerField()
    wait_all_s = models.IntegerField()
    longest_wait_s = models.IntegerField(null=True)
    talk_s = models.IntegerField()
    hold_s = models.IntegerField()
    acw_s = models.IntegerField()
    numbered = models.IntegerField()
    repeats = models.IntegerField()
    outbound = models.IntegerField()
    outbound_answered = models.IntegerField()
    provisional = models.IntegerField()
    running = models.IntegerField(default=0)

    class Meta:
        verbose_name = _("roll-up over all queues")
        verbose_name_plural = _("roll-ups over all queues")
        constraints = [
            models.UniqueConstraint(fields=["pbx", "begins_at"], name="roll_up_total_once_per_interval")
        ]

    def __str__(self) -> str:
        return f"{self.begins_at:%Y-%m-%d %H:%M}"


class ReadyTime(models.Model):
    """Seconds for which the agents of a queue were free to take a call, within a quarter of an hour.

    An agent in two queues is ready for each half of the time, so several queues' sum counts that agent's time once.
    """

    pbx = models.ForeignKey(Pbx, on_delete=models.CASCADE, related_name="ready_times", db_index=False)
    queue_id = models.CharField(_("queue ID"), max_length=20)
    begins_at = models.DateTimeField(_("begins"))
    ready_s = models.IntegerField()

    class Meta:
        verbose_name = _("ready time")
        verbose_name_plural = _("ready times")
        constraints = [
            models.UniqueConstraint(fields=["pbx", "begins_at", "queue_id"], name="ready_once_per_interval")
        ]

    def __str__(self) -> str:
        return f"{self.queue_id} {self.begins_at:%Y-%m-%d %H:%M}"


class ReadyTotal(models.Model):
    """The same over all queues of a PBX: the question asked most. Sums up `ReadyTime`, and changes in the same transaction."""

    pbx = models.ForeignKey(Pbx, on_delete=models.CASCADE, related_name="ready_totals", db_index=False)
    begins_at = models.DateTimeField(_("begins"))
    ready_s = models.IntegerField()

    class Meta:
        verbose_name = _("ready time over all queues")
        verbose_name_plural = _("ready times over all queues")
        constraints = [
            models.UniqueConstraint(fields=["pbx", "begins_at"], name="ready_total_once_per_interval")
        ]

    def __str__(self) -> str:
        return f"{self.begins_at:%Y-%m-%d %H:%M}"


class RollUpBasis(models.Model):
    """By which limits the roll-ups of a queue are sorted, from a day on until the next row's.

    Every queue that has roll-ups or ready time has a row, made with the defaults: so these are also all queues there are.
    """

    pbx = models.ForeignKey(Pbx, on_delete=models.CASCADE, related_name="roll_up_bases", db_index=False)
    queue_id = models.CharField(_("queue ID"), max_length=20)
    day_from = models.DateField()
    threshold_s = models.IntegerField()
    short_s = models.IntegerField()

    class Meta:
        verbose_name = _("basis of roll-ups")
        verbose_name_plural = _("bases of roll-ups")
        ordering = ["queue_id", "day_from"]
        constraints = [
            models.UniqueConstraint(fields=["pbx", "queue_id", "day_from"], name="basis_once_per_day")
        ]

    def __str__(self) -> str:
        return f"{self.queue_id}: {self.threshold_s}/{self.short_s}"
