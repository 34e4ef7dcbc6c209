"""How the history of a PBX is read: its rules, what has been read, what could not be used, and what the nights found."""

from __future__ import annotations

import secrets

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from dashboard.models.pbx import Pbx
from dashboard.models.secret import SecretField


def digest_key_new() -> str:
    return secrets.token_hex(32)


class HistoryPolicy(models.Model):
    """One per PBX, made at the first reading. Whoever writes history locks its row, so that writers take turns."""

    pbx = models.OneToOneField(
        Pbx, on_delete=models.CASCADE, primary_key=True, related_name="history", verbose_name=_("PBX")
    )
    since = models.DateTimeField(
        _("read since"),
        help_text=_("Everything from here on is read, also what was before this installation."),
    )
    waiting_includes_ringing = models.BooleanField(
        _("waiting includes ringing"),
        default=True,
        help_text=_("Whether the PBX's waiting_time goes on while a telephone rings."),
    )
    seen_with_ringing = models.PositiveIntegerField(default=0, editable=False)
    seen_without_ringing = models.PositiveIntegerField(default=0, editable=False)
    duration_includes_hold = models.BooleanField(
        _("duration includes hold"),
        default=True,
        help_text=_("Whether the PBX's duration of a call goes on while the caller is on hold."),
    )
    keep_days = models.PositiveIntegerField(
        _("kept for days"),
        null=True,
        blank=True,
        validators=[MinValueValidator(31)],
        help_text=_("Calls older than this are deleted at night. Empty: kept for ever."),
    )
    pseudonymise_after_days = models.PositiveIntegerField(
        _("numbers kept for days"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Numbers of older calls are taken away at night; no figure changes. Empty: kept."),
    )
    digest_key = SecretField(editable=False, default=digest_key_new)
    numbers_until = models.DateField(
        null=True, editable=False, help_text=_("Numbers of days before this one were taken away.")
    )

    class Meta:
        verbose_name = _("rules of the history")
        verbose_name_plural = _("rules of the histories")

    def __str__(self) -> str:
        return str(self.pbx)


class Coverage(models.Model):
    """What an action lists between two moments has been read. Rows of one action do not overlap; what lies between is a gap."""

    pbx = models.ForeignKey(Pbx, on_delete=models.CASCADE, related_name="coverage")
    action = models.CharField(_("action"), max_length=40)
    begins_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))

    class Meta:
        verbose_name = _("stretch read")
        verbose_name_plural = _("stretches read")
        ordering = ["action", "begins_at"]
        constraints = [
            models.UniqueConstraint(fields=["pbx", "action", "begins_at"], name="coverage_once_per_begin")
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.begins_at:%Y-%m-%d %H:%M}"


class ReadingFailure(models.Model):
    """Why an action cannot be read at present; gone with the next success."""

    pbx = models.ForeignKey(Pbx, on_delete=models.CASCADE, related_name="reading_failures")
    action = models.CharField(_("action"), max_length=40)
    text = models.TextField(_("reason"))
    since_at = models.DateTimeField(_("since"))
    last_at = models.DateTimeField(_("last tried"))

    class Meta:
        verbose_name = _("failure of reading")
        verbose_name_plural = _("failures of reading")
        constraints = [models.UniqueConstraint(fields=["pbx", "action"], name="reading_failure_once")]

    def __str__(self) -> str:
        return f"{self.action}: {self.text}"


class RejectedRow(models.Model):
    """A row of the PBX that cannot be counted, kept as it came with the reason. Deleted when a later reading brings it right."""

    pbx = models.ForeignKey(
        Pbx, on_delete=models.CASCADE, related_name="rejected_rows", verbose_name=_("PBX")
    )
    action = models.CharField(_("action"), max_length=40)
    row_key = models.CharField(_("row"), max_length=100)
    reason = models.TextField(_("reason"))
    raw: models.JSONField[object, object] = models.JSONField(_("as it came"))
    first_at = models.DateTimeField(_("first seen"))

    class Meta:
        verbose_name = _("row set aside")
        verbose_name_plural = _("rows set aside")
        ordering = ["-first_at"]
        constraints = [models.UniqueConstraint(fields=["pbx", "action", "row_key"], name="rejected_once")]

    def __str__(self) -> str:
        return f"{self.action} {self.row_key}"


class Reconciliation(models.Model):
    """What a second reading of a day found: calls that were missing, changed, or that the PBX does not list."""

    pbx = models.ForeignKey(
        Pbx, on_delete=models.CASCADE, related_name="reconciliations", verbose_name=_("PBX")
    )
    day = models.DateField(_("day"))
    done_at = models.DateTimeField(_("done"))
    listed = models.PositiveIntegerField(_("calls listed by the PBX"))
    missing = models.PositiveIntegerField(_("missing before"))
    changed = models.PositiveIntegerField(_("changed"))
    unlisted = models.PositiveIntegerField(_("not listed by the PBX"))
    examples: models.JSONField[list[dict[str, object]], list[dict[str, object]]] = models.JSONField(
        _("examples"), default=list
    )

    class Meta:
        verbose_name = _("reconciliation")
        verbose_name_plural = _("reconciliations")
        ordering = ["-day"]
        constraints = [models.UniqueConstraint(fields=["pbx", "day"], name="reconciled_once_per_day")]

    def __str__(self) -> str:
        return f"{self.pbx} {self.day}"
