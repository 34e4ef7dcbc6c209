"""What people have done about the lost calls of a number in a queue: whose they are, a note, and what counts as done."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import models
from django.utils.translation import gettext_lazy as _

from dashboard.models.pbx import Pbx


class LostCase(models.Model):
    """Made when somebody first touches a line of the worklist. The calls themselves are not here, and are never changed.

    `caller_key` is that of `CallRecord`, so that the case outlives the number.

    Lost calls that entered until `closed_until_at` are done; a later one brings the number back. `version` rises with each
    change, so that two people at once notice each other.
    """

    pbx = models.ForeignKey(Pbx, on_delete=models.CASCADE, related_name="lost_cases", verbose_name=_("PBX"))
    queue_id = models.CharField(_("queue ID"), max_length=20)
    caller_key = models.BigIntegerField(_("digest of the number"))
    owner = models.ForeignKey(
        User,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="lost_cases",
        verbose_name=_("owner"),
    )
    note = models.CharField(_("note"), max_length=500, blank=True)
    closed_until_at = models.DateTimeField(_("done until"), null=True, blank=True)
    changed_by = models.ForeignKey(
        User,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("changed by"),
    )
    changed_at = models.DateTimeField(_("changed"))
    version = models.PositiveIntegerField(_("version"), default=1)

    class Meta:
        verbose_name = _("lost call in work")
        verbose_name_plural = _("lost calls in work")
        constraints = [
            models.UniqueConstraint(
                fields=["pbx", "queue_id", "caller_key"], name="lost_case_once_per_queue"
            ),
        ]
        permissions = [("view_reports", "Can see the reports")]

    def __str__(self) -> str:
        return f"{self.caller_key} · {self.queue_id}"
