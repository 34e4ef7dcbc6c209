"""The agents of a PBX, their pauses, and when they were there. Names stay when the PBX forgets them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from dashboard.models.pbx import Pbx


class Agent(models.Model):
    """An agent as the PBX last named him or her. Entered by reading, never by hand."""

    pbx = models.ForeignKey(Pbx, on_delete=models.CASCADE, related_name="agents")
    agent_id = models.CharField(_("agent ID"), max_length=20)
    login = models.CharField(_("login"), max_length=100, blank=True)
    name = models.CharField(_("name"), max_length=200, blank=True)
    is_gone = models.BooleanField(
        _("gone"), default=False, help_text=_("The PBX does not name this agent any more.")
    )

    class Meta:
        verbose_name = _("agent")
        verbose_name_plural = _("agents")
        ordering = ["name", "agent_id"]
        constraints = [models.UniqueConstraint(fields=["pbx", "agent_id"], name="agent_once_per_pbx")]

    def __str__(self) -> str:
        return self.name or self.login or self.agent_id


class PauseKind(models.Model):
    """A kind of pause; `type` is wrap, lajdak or normal."""

    pbx = models.ForeignKey(Pbx, on_delete=models.CASCADE, related_name="pause_kinds")
    pause_id = models.CharField(_("pause ID"), max_length=20)
    title = models.CharField(_("title"), max_length=200, blank=True)
    type = models.CharField(_("type"), max_length=20, blank=True)
    is_paid = models.BooleanField(_("paid"), null=True)

    class Meta:
        verbose_name = _("kind of pause")
        verbose_name_plural = _("kinds of pauses")
        ordering = ["title", "pause_id"]
        constraints = [models.UniqueConstraint(fields=["pbx", "pause_id"], name="pause_kind_once_per_pbx")]

    def __str__(self) -> str:
        return self.title or self.pause_id


class AgentStay(models.Model):
    """An agent was logged in, in a queue or on a pause. `end_at` is None while it lasts.

    `subject_id` is the ID of the queue or of the pause, "" for a session; `row_key` is what the PBX tells the row by.
    """

    class Kind(models.TextChoices):
        SESSION = "session", _("logged in")
        QUEUE = "queue", _("in a queue")
        PAUSE = "pause", _("pause")

    pbx = models.ForeignKey(Pbx, on_delete=models.CASCADE, related_name="agent_stays", db_index=False)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    row_key = models.CharField(max_length=80)
    agent_id = models.CharField(_("agent ID"), max_length=20)
    subject_id = models.CharField(max_length=20, blank=True)
    start_at = models.DateTimeField(_("began"))
    end_at = models.DateTimeField(_("ended"), null=True)

    class Meta:
        verbose_name = _("stay of an agent")
        verbose_name_plural = _("stays of agents")
        ordering = ["start_at"]
        constraints = [models.UniqueConstraint(fields=["pbx", "kind", "row_key"], name="stay_once_per_pbx")]
        indexes = [
            models.Index(fields=["pbx", "kind", "start_at"], name="stay_start"),
            models.Index(fields=["pbx", "agent_id", "start_at"], name="stay_agent"),
            models.Index(fields=["pbx", "kind"], condition=models.Q(end_at__isnull=True), name="stay_open"),
        ]

    def __str__(self) -> str:
        return f"{self.agent_id}: {self.kind}"
