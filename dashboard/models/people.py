"""Who works with whom, and how people who log in here are known to a PBX."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import models
from django.utils.translation import gettext_lazy as _

from dashboard.models.pbx import Pbx
from dashboard.models.queue import Queue


class Team(models.Model):
    """Joins users to queues: what a user sees and may do is limited to the queues of the user's teams."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    members: models.ManyToManyField[User, User] = models.ManyToManyField(
        User, blank=True, related_name="teams", verbose_name=_("members")
    )
    queues: models.ManyToManyField[Queue, Queue] = models.ManyToManyField(
        Queue, blank=True, related_name="teams", verbose_name=_("queues")
    )
    all_queues = models.BooleanField(
        _("all queues"), default=False, help_text=_("All queues of all PBXs, also those that come later.")
    )

    class Meta:
        verbose_name = _("team")
        verbose_name_plural = _("teams")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class PbxAccount(models.Model):
    """How a user is known to a PBX: as which agent, and on which telephone the user listens."""

    user = models.ForeignKey(
        User,
        on_delete=models.CASCADE,
        related_name="pbx_accounts",
        verbose_name=_("user"),
    )
    pbx = models.ForeignKey(Pbx, on_delete=models.CASCADE, related_name="accounts", verbose_name=_("PBX"))
    agent_id = models.CharField(
        _("agent ID"),
        max_length=20,
        blank=True,
        help_text=_("The PBX's user ID of this person; empty for somebody who takes no calls."),
    )
    extension = models.CharField(
        _("own extension"),
        max_length=40,
        blank=True,
        help_text=_("The telephone that rings when this person listens to a call."),
    )

    class Meta:
        verbose_name = _("account at a PBX")
        verbose_name_plural = _("accounts at PBXs")
        constraints = [models.UniqueConstraint(fields=["user", "pbx"], name="account_once_per_pbx")]

    def __str__(self) -> str:
        return f"{self.user} · {self.pbx}"


class Profile(models.Model):
    """What a user chose for himself."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="profile", primary_key=True)
    language = models.CharField(
        _("language"), max_length=10, blank=True, help_text=_("Empty: the browser's own.")
    )

    class Meta:
        verbose_name = _("profile")
        verbose_name_plural = _("profiles")

    def __str__(self) -> str:
        return str(self.user)
