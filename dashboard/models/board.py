"""A board: which streams it shows, which queues, and how private it is."""

from __future__ import annotations

from django.db import models

from dashboard.models.pbx import Pbx


class Board(models.Model):
    """Everything a board sends to a browser passes its scope and its privacy first."""

    class Numbers(models.TextChoices):
        FULL = "full", "full"
        MASKED = "masked", "last three digits"
        HIDDEN = "hidden", "hidden"

    class Names(models.TextChoices):
        FULL = "full", "full names"
        FIRST = "first", "first names"
        INITIALS = "initials", "initials"
        NONE = "none", "no names"

    slug = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=100)
    pbxs: models.ManyToManyField[Pbx, Pbx] = models.ManyToManyField(
        Pbx, blank=True, related_name="boards", verbose_name="PBXs"
    )
    queue_ids = models.JSONField(
        "queues",
        default=None,
        null=True,
        blank=True,
        help_text='Queue IDs per PBX, such as {"main": ["4", "6"]}; empty for all queues.',
    )
    numbers = models.CharField("callers' numbers", max_length=6, choices=Numbers, default=Numbers.MASKED)
    names = models.CharField("agents' names", max_length=8, choices=Names, default=Names.FULL)
    caller_names = models.BooleanField("callers' names", default=False)
    pause_titles = models.BooleanField(
        "kinds of pauses", default=True, help_text='If not, only "paused" is shown.'
    )
    surname_first = models.BooleanField("the PBX writes the surname first", default=False)

    class Meta:
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title
