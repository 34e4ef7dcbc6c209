"""Pictures that boards show."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import models
from django.utils.translation import gettext_lazy as _


class Picture(models.Model):
    """Kept in the database, so that a copy of it is a copy of everything. The key is random: who knows it may see the picture."""

    key = models.CharField(_("key"), max_length=60, primary_key=True)
    content_type = models.CharField(_("kind"), max_length=20)
    content = models.BinaryField(_("content"))
    uploaded_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("uploaded by")
    )
    uploaded_at = models.DateTimeField(_("uploaded at"), auto_now_add=True)

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ["-uploaded_at"]

    def __str__(self) -> str:
        return self.key
