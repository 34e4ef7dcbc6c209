"""A PBX that is polled. Its slug names its stream of live state."""

from __future__ import annotations

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from dashboard.models.secret import SecretField


def timezone_validate(value: str) -> None:
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError) as exc:
        raise ValidationError(_("This must be the name of a time zone, such as Europe/Prague.")) from exc


class Pbx(models.Model):
    """Only the access token is stored (SHA1 of login and password), encrypted; never login or password."""

    class TokenIn(models.TextChoices):
        COOKIE = "cookie", _("cookie")
        QUERY = "query", _("query parameter")

    slug = models.SlugField(
        _("short name"),
        max_length=40,
        unique=True,
        help_text=_("Names the stream of live state; boards refer to it."),
    )
    title = models.CharField(_("title"), max_length=100)
    base_url = models.CharField(
        _("address"),
        max_length=200,
        validators=[URLValidator(schemes=["http", "https"])],
        help_text=_("Such as https://pbx.example.com, without /api."),
    )
    token = SecretField(help_text=_("Access token of the API user."))
    token_in = models.CharField(
        _("token sent as"),
        max_length=6,
        choices=TokenIn,
        default=TokenIn.COOKIE,
        help_text=_("A cookie keeps the token out of the PBX's access log."),
    )
    timezone = models.CharField(
        _("time zone"),
        max_length=60,
        default="Europe/Prague",
        validators=[timezone_validate],
        help_text=_("The zone in which the PBX prints its times."),
    )
    ca_file = models.CharField(
        _("CA file"),
        max_length=300,
        blank=True,
        help_text=_("Certificate authority of the PBX, if it is your own."),
    )
    is_enabled = models.BooleanField(_("polled"), default=True)
    deadline_s = models.FloatField(
        _("deadline"),
        default=3.0,
        validators=[MinValueValidator(0.5), MaxValueValidator(30)],
        help_text=_("Seconds within which all answers of one poll must be complete."),
    )
    every_s: models.JSONField[dict[str, float], dict[str, float]] = models.JSONField(
        _("intervals"),
        default=dict,
        blank=True,
        help_text=_(
            'Seconds between two questions, per action, where it differs from the default: {"RTUsersState": 10}.'
        ),
    )
    has_starter_boards = models.BooleanField(
        _("has got its first boards"),
        default=False,
        editable=False,
        help_text=_("Boards are made once, when the PBX's queues are first known."),
    )

    class Meta:
        verbose_name = _("PBX")
        verbose_name_plural = _("PBXs")
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.title
