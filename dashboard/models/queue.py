"""The queues of a PBX as they were last seen, so that teams, goals and reports can refer to them."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from dashboard.models.pbx import Pbx

DIRECTIONS: Final = [("in", _("inbound")), ("out", _("outbound"))]
TYPES: Final = [
    ("in", _("inbound calls")),
    ("out", _("outbound calls")),
    ("outbounder", _("calling campaign")),
    ("dialer", _("predictive dialler")),
    ("ctc", _("Click to Contact")),
    ("chat", _("chat")),
    ("email", _("e-mail")),
]
"""As the PBX's API documents them; one it does not document is kept and shown as it is."""


class Queue(models.Model):
    """Entered by the register of queues, never by hand. A queue the PBX no longer names stays, marked as gone."""

    pbx = models.ForeignKey(Pbx, on_delete=models.CASCADE, related_name="queues", verbose_name=_("PBX"))
    queue_id = models.CharField(_("queue ID"), max_length=20, help_text=_("The PBX's own ID of the queue."))
    number = models.CharField(_("number"), max_length=40, blank=True)
    title = models.CharField(_("title"), max_length=200)
    direction = models.CharField(_("direction"), max_length=20, blank=True, choices=DIRECTIONS)
    type = models.CharField(_("type"), max_length=20, blank=True, choices=TYPES)
    is_gone = models.BooleanField(
        _("gone"), default=False, help_text=_("The PBX does not name this queue any more.")
    )

    class Meta:
        verbose_name = _("queue")
        verbose_name_plural = _("queues")
        ordering = ["title", "queue_id"]
        constraints = [models.UniqueConstraint(fields=["pbx", "queue_id"], name="queue_once_per_pbx")]

    def __str__(self) -> str:
        return self.title
