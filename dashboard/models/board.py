"""A board: which streams it shows, which queues, and how private it is."""

from __future__ import annotations

import hashlib

import msgspec
from django.contrib.auth.models import User
from django.db import models
from django.utils.translation import gettext_lazy as _

from dashboard.models.pbx import Pbx


class Board(models.Model):
    """Everything a board sends to a browser passes its scope and its privacy first."""

    class Theme(models.TextChoices):
        DARK = "dark", _("dark")
        LIGHT = "light", _("light")
        CONTRAST = "contrast", _("high contrast")

    class Leaders(models.TextChoices):
        PEOPLE = "people", _("each agent's own figures")
        TEAM = "team", _("figures of whole queues only")
        OFF = "off", _("off")

    class Numbers(models.TextChoices):
        FULL = "full", _("full")
        MASKED = "masked", _("last three digits")
        HIDDEN = "hidden", _("hidden")

    class Names(models.TextChoices):
        FULL = "full", _("full names")
        FIRST = "first", _("first names")
        INITIALS = "initials", _("initials")
        NONE = "none", _("no names")

    slug = models.SlugField(_("address"), max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=100)
    all_pbxs = models.BooleanField(
        _("all PBXs"), default=True, help_text=_("Also those that are added later.")
    )
    pbxs: models.ManyToManyField[Pbx, Pbx] = models.ManyToManyField(
        Pbx, blank=True, related_name="boards", verbose_name=_("PBXs")
    )
    queue_ids = models.JSONField(
        _("queues"),
        default=None,
        null=True,
        blank=True,
        help_text=_('Queue IDs per PBX, such as {"main": ["4", "6"]}; empty for all queues.'),
    )
    numbers = models.CharField(_("callers' numbers"), max_length=6, choices=Numbers, default=Numbers.MASKED)
    names = models.CharField(_("agents' names"), max_length=8, choices=Names, default=Names.FULL)
    caller_names = models.BooleanField(_("callers' names"), default=False)
    pause_titles = models.BooleanField(
        _("kinds of pauses"), default=True, help_text=_('If not, only "paused" is shown.')
    )
    surname_first = models.BooleanField(_("the PBX writes the surname first"), default=False)
    leaders = models.CharField(
        _("figures of people"),
        max_length=6,
        choices=Leaders,
        default=Leaders.TEAM,
        help_text=_("Whether boards may list how many calls each agent answered."),
    )
    layout = models.JSONField(
        _("layout"), default=None, null=True, blank=True, help_text=_("Empty: the board lays itself out.")
    )
    levels = models.JSONField(
        _("levels"),
        default=dict,
        blank=True,
        help_text=_("Limits per figure; those not named here have defaults."),
    )
    theme = models.CharField(_("theme"), max_length=8, choices=Theme, default=Theme.DARK)
    language = models.CharField(
        _("language"), max_length=10, blank=True, help_text=_("Empty: the reader's own.")
    )
    flash = models.BooleanField(
        _("flash when critical"),
        default=False,
        help_text=_("Not where the viewer's system asks for less motion."),
    )
    sound = models.BooleanField(_("sound when critical"), default=False)
    speech = models.BooleanField(_("say what is critical"), default=False)
    revision = models.PositiveIntegerField(
        _("revision"), default=1, editable=False, help_text=_("Rises with every change of the layout.")
    )
    changed_by = models.ForeignKey(
        User,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("changed by"),
    )
    changed_at = models.DateTimeField(_("changed at"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("board")
        verbose_name_plural = _("boards")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title

    @property
    def look(self) -> str:
        """Differs whenever an open page of the board would be drawn differently."""
        parts = [self.title, self.revision, self.theme, self.language, self.levels, self.leaders]
        parts += [self.surname_first, self.flash, self.sound, self.speech]
        return hashlib.sha256(msgspec.json.encode(parts)).hexdigest()[:12]
