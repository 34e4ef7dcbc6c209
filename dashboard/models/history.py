"""The calls of a PBX, one row each, and how often they rang at whom.

Rows come from the PBX's own records (StatsCalls, GetAttempts), or, until those list the call, from what the poller saw.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from dashboard.models.pbx import Pbx


class CallRecord(models.Model):
    """A call whose wait has ended. Seconds are None where they are not known yet.

    It belongs to the quarter of an hour `interval_at` and the PBX's local `day` in which it entered its queue. `caller_key` is a
    keyed digest of `number`, by which calls of one number are found also after the number itself was taken away; None for a
    call without a number.
    """

    class Outcome(models.TextChoices):
        ANSWERED = "answered", _("answered")
        ABANDONED = "abandoned", _("abandoned")
        FLOWED_OUT = "flowed_out", _("flowed out")

    pbx = models.ForeignKey(Pbx, on_delete=models.CASCADE, related_name="call_records", db_index=False)
    call_id = models.CharField(_("call ID"), max_length=64)
    row_number = models.CharField(max_length=20, blank=True, help_text=_("Of the row in StatsCalls."))
    queue_id = models.CharField(_("queue ID"), max_length=20, blank=True)
    direction = models.CharField(_("direction"), max_length=20, blank=True)
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome)
    cause = models.CharField(
        _("ended by"), max_length=40, blank=True, help_text=_("The PBX's own word for who ended the call.")
    )
    entered_at = models.DateTimeField(_("entered"))
    interval_at = models.DateTimeField()
    day = models.DateField(_("day"))
    ended_at = models.DateTimeField(_("ended"), null=True)
    wait_s = models.IntegerField(_("wait"))
    ringing_s = models.IntegerField(_("ringing"), null=True)
    talk_s = models.IntegerField(_("talk"), null=True, help_text=_("Without hold."))
    hold_s = models.IntegerField(_("hold"), null=True)
    acw_s = models.IntegerField(_("after-call work"), null=True)
    agent_id = models.CharField(_("agent ID"), max_length=20, blank=True)
    number = models.CharField(_("number"), max_length=40, blank=True)
    caller_key = models.BigIntegerField(null=True)
    did = models.CharField(_("number called"), max_length=40, blank=True)
    attempts = models.IntegerField(_("attempts"), null=True)
    is_repeated = models.BooleanField(
        default=False, help_text=_("The same number called the same queue again within 7 days.")
    )
    is_provisional = models.BooleanField(
        default=False, help_text=_("Seen by the poller, but not in the PBX's records yet.")
    )
    extras: models.JSONField[dict[str, object] | None, dict[str, object] | None] = models.JSONField(
        null=True, help_text=_("What else the PBX said: position, score, note, pressed key.")
    )

    class Meta:
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        ordering = ["-entered_at", "call_id"]
        constraints = [models.UniqueConstraint(fields=["pbx", "call_id"], name="call_once_per_pbx")]
        indexes = [
            models.Index(fields=["pbx", "interval_at", "queue_id"], name="call_interval"),
            models.Index(
                fields=["pbx", "caller_key", "queue_id", "entered_at"],
                condition=models.Q(caller_key__isnull=False),
                name="call_caller",
            ),
            models.Index(
                fields=["pbx", "agent_id", "ended_at"], condition=~models.Q(agent_id=""), name="call_agent"
            ),
            models.Index(fields=["pbx"], condition=models.Q(is_provisional=True), name="call_provisional"),
        ]

    def __str__(self) -> str:
        return self.call_id

    @property
    def is_answered(self) -> bool:
        return self.outcome == self.Outcome.ANSWERED

    @property
    def is_inbound(self) -> bool:
        return self.direction == "in"


class CallAttempt(models.Model):
    """A call rang at an agent."""

    pbx = models.ForeignKey(Pbx, on_delete=models.CASCADE, related_name="call_attempts", db_index=False)
    attempt_id = models.CharField(max_length=20)
    call_id = models.CharField(_("call ID"), max_length=64)
    queue_id = models.CharField(_("queue ID"), max_length=20, blank=True)
    agent_id = models.CharField(_("agent ID"), max_length=20, blank=True)
    start_at = models.DateTimeField(_("began"))
    end_at = models.DateTimeField(_("ended"), null=True)
    duration_s = models.IntegerField(_("duration"), null=True)

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        ordering = ["start_at", "attempt_id"]
        constraints = [models.UniqueConstraint(fields=["pbx", "attempt_id"], name="attempt_once_per_pbx")]
        indexes = [
            models.Index(fields=["pbx", "call_id"], name="attempt_call"),
            models.Index(fields=["pbx", "start_at"], name="attempt_start"),
        ]

    def __str__(self) -> str:
        return f"{self.call_id} → {self.agent_id}"
