"""Screens on the wall: devices, not users. How they are paired, what they show and when, and what is announced on them."""

from __future__ import annotations

from typing import Final

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from dashboard.models.board import Board

WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Playlist(models.Model):
    """Boards in turn, each with its own seconds and times."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    jumps_on_critical = models.BooleanField(
        _("jump to a critical board"),
        default=True,
        help_text=_(
            "When something becomes critical on one of the boards, show that board until it is over."
        ),
    )

    class Meta:
        verbose_name = _("playlist")
        verbose_name_plural = _("playlists")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class PlaylistEntry(models.Model):
    """One board's turn. Without days and hours it is shown always."""

    class Holidays(models.TextChoices):
        ALSO = "also", _("also on holidays")
        ONLY = "only", _("only on holidays")
        NEVER = "never", _("not on holidays")

    playlist = models.ForeignKey(Playlist, on_delete=models.CASCADE, related_name="entries")
    board = models.ForeignKey(Board, on_delete=models.CASCADE, verbose_name=_("board"))
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    seconds = models.PositiveSmallIntegerField(
        _("seconds"), default=30, validators=[MinValueValidator(5), MaxValueValidator(3600)]
    )
    weekdays = models.JSONField(_("days"), default=list, blank=True, help_text=_("None ticked: every day."))
    starts = models.TimeField(_("from"), null=True, blank=True)
    ends = models.TimeField(
        _("until"),
        null=True,
        blank=True,
        help_text=_("May be after midnight. The same as from: a whole day."),
    )
    holidays = models.CharField(_("holidays"), max_length=5, choices=Holidays.choices, default=Holidays.ALSO)

    class Meta:
        verbose_name = _("turn")
        verbose_name_plural = _("turns")
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return f"{self.board} · {self.seconds} s"

    def clean(self) -> None:
        if (self.starts is None) != (self.ends is None):
            raise ValidationError(_("Give both hours, or neither for the whole day."))
        if not isinstance(self.weekdays, list) or any(day not in WEEKDAYS for day in self.weekdays):
            raise ValidationError({"weekdays": _("Choose days of the week.")})


class Screen(models.Model):
    """A paired device. Its cookie's hash is all that is kept of what lets it in; deleting or revoking it shuts it out."""

    class Sound(models.TextChoices):
        UNKNOWN = "", _("not asked for")
        ALLOWED = "allowed", _("allowed")
        BLOCKED = "blocked", _("blocked by the browser")

    name = models.CharField(
        _("name"), max_length=100, unique=True, help_text=_("Where it hangs, such as “Hall left”.")
    )
    board = models.ForeignKey(
        Board,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="screens",
        verbose_name=_("board"),
    )
    playlist = models.ForeignKey(
        Playlist,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="screens",
        verbose_name=_("playlist"),
        help_text=_("Instead of one board: several in turn."),
    )
    language = models.CharField(
        _("language"), max_length=10, blank=True, help_text=_("Empty: the one of the installation.")
    )
    blank_from = models.TimeField(
        _("dark from"), null=True, blank=True, help_text=_("The screen is black at night.")
    )
    blank_until = models.TimeField(_("dark until"), null=True, blank=True)
    shifts_pixels = models.BooleanField(
        _("shift the picture"),
        default=True,
        help_text=_("Moves everything by a few pixels every few minutes, so that nothing burns in."),
    )
    key_hash = models.CharField(max_length=64, unique=True, editable=False)
    paired_at = models.DateTimeField(_("paired"), editable=False)
    paired_by = models.CharField(_("paired by"), max_length=150, editable=False)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True, editable=False)
    seen_at = models.DateTimeField(_("last seen"), null=True, editable=False)
    width = models.PositiveIntegerField(_("width"), null=True, editable=False)
    height = models.PositiveIntegerField(_("height"), null=True, editable=False)
    build = models.CharField(_("version"), max_length=40, blank=True, editable=False)
    sound = models.CharField(_("sound"), max_length=7, choices=Sound.choices, blank=True, editable=False)
    last_error = models.CharField(_("last error"), max_length=300, blank=True, editable=False)
    error_at = models.DateTimeField(_("error at"), null=True, editable=False)

    class Meta:
        verbose_name = _("screen")
        verbose_name_plural = _("screens")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if self.board is not None and self.playlist is not None:
            raise ValidationError(_("Choose a board or a playlist, not both."))
        if (self.blank_from is None) != (self.blank_until is None):
            raise ValidationError(_("Give both hours of the night, or neither."))
        if self.blank_from is not None and self.blank_from == self.blank_until:
            raise ValidationError(
                _("The night must end at another hour than it begins. Without hours there is none.")
            )


class Pairing(models.Model):
    """A code on a screen that waits for an approval. `key_hash` is of the secret in the waiting browser's own cookie."""

    code = models.CharField(max_length=6, unique=True)
    key_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    screen = models.OneToOneField(Screen, on_delete=models.CASCADE, null=True, related_name="pairing")

    class Meta:
        verbose_name = _("pairing")
        verbose_name_plural = _("pairings")

    def __str__(self) -> str:
        return self.code


class Announcement(models.Model):
    """A sentence for the wall: everywhere, or on some screens and boards. When the last of those is deleted, nowhere."""

    class Level(models.TextChoices):
        INFO = "info", _("information")
        WARNING = "warning", _("warning")
        CRITICAL = "critical", _("critical")

    text = models.CharField(_("text"), max_length=200)
    level = models.CharField(_("level"), max_length=8, choices=Level.choices, default=Level.INFO)
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(
        _("until"), null=True, blank=True, help_text=_("Empty: until it is deleted.")
    )
    everywhere = models.BooleanField(
        _("everywhere"),
        default=True,
        help_text=_("On every screen and board, also on those that are added later."),
    )
    screens: models.ManyToManyField[Screen, Screen] = models.ManyToManyField(
        Screen, blank=True, verbose_name=_("screens")
    )
    boards: models.ManyToManyField[Board, Board] = models.ManyToManyField(
        Board,
        blank=True,
        verbose_name=_("boards"),
        help_text=_("Also for whoever looks at one of these boards."),
    )
    made_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, editable=False, related_name="+")

    class Meta:
        verbose_name = _("announcement")
        verbose_name_plural = _("announcements")
        ordering = ["-starts_at"]

    def __str__(self) -> str:
        return self.text

    def clean(self) -> None:
        if self.ends_at is not None and self.starts_at is not None and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": _("It must end after it begins.")})
